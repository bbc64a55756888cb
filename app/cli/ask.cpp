#include <iostream>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "app/cli/waiting_line.h"
#include "engine/base/file.h"

namespace commonplace::app::cli {
namespace {

std::string where(const document::Citation& citation) {
    std::string text = safeLine(base::displayPath(citation.path));
    if (citation.page <= 0) return text;
    text += ", p. " + std::to_string(citation.page);
    if (!citation.pageLabel.empty() && citation.pageLabel != std::to_string(citation.page))
        text += " (" + safeLine(citation.pageLabel) + ")";
    return text;
}

enum class WithQuote { Yes, No };

void print(const document::Citation& citation, WithQuote withQuote) {
    const std::string proof =
        citation.verified ? styled("✓", Style::Good) : styled("✗ not found on its page", Style::Bad);
    // Number 0 is a model's quotation that stands in no passage: it has no place that could be named.
    if (citation.number == 0) {
        std::cout << styled("✗ found in no passage", Style::Bad) << '\n';
    } else {
        std::cout << styled("[" + std::to_string(citation.number) + "]", Style::Bold) << ' ' << proof << ' '
                  << styled(where(citation), Style::Accent) << '\n';
    }
    if (withQuote == WithQuote::Yes && !citation.quote.empty())
        std::cout << wrapped("“" + safeLine(citation.quote) + "”", columns() - 6, "    ") << '\n';
}

/// Each line of the answer's Markdown wrapped by itself, quotations behind their mark.
std::string wrappedLines(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view(text).substr(at, end - at);
        const std::string_view mark = line.starts_with("> ") ? "> " : "";
        out += wrapped(line.substr(mark.size()), columns() - 1 - mark.size(), mark) + "\n";
        at = end + 1;
    }
    return out;
}

std::string receipt(const answer::Answer& answer) {
    std::size_t proven = 0;
    for (const auto& citation : answer.citations) proven += citation.verified ? 1 : 0;
    std::string line = std::to_string(answer.filesRead) + " files read";
    if (!answer.citations.empty())
        line += " · " + std::to_string(proven) + " of " + std::to_string(answer.citations.size()) +
                " quotes proven";
    if (answer.context.window > 0)
        line += " · " + grouped(static_cast<std::int64_t>(answer.context.used)) + " of " +
                grouped(static_cast<std::int64_t>(answer.context.window)) + " tokens";
    return line + " · " + humanSeconds(answer.timings.totalMs / 1e3) + " · " + safeLine(answer.model);
}

void print(const answer::Answer& answer, bool alreadyStreamed) {
    if (!alreadyStreamed) std::cout << wrappedLines(safe(answer.text));
    std::cout << '\n';
    // An extractive answer is made of its quotations: they need not be printed twice.
    const bool quotesShown = answer.mode == answer::AnswerMode::Extractive;
    for (const auto& citation : answer.citations)
        print(citation, quotesShown ? WithQuote::No : WithQuote::Yes);
    if (answer.abstained && !answer.nearest.empty()) {
        std::cout << styled("Nearest passages:", Style::Bold) << '\n';
        for (const auto& citation : answer.nearest) print(citation, WithQuote::Yes);
    }
    if (!answer.carriedWords.empty()) {
        std::string words;
        for (const std::string& word : answer.carriedWords) words += " " + safeLine(word);
        std::cout << styled("Carried over from the previous question:" + words, Style::Dim) << '\n';
    }
    for (const auto& dropped : answer.context.dropped)
        std::cout << styled("Left out: " + safeLine(dropped.name) + " (" + safeLine(dropped.why) + ")",
                            Style::Dim)
                  << '\n';
    std::cout << styled(receipt(answer), Style::Dim) << '\n';
}

answer::Question questionOf(const AskOptions& options, std::vector<std::string> within) {
    answer::Question question;
    question.text = options.question;
    question.passages = options.passages;
    question.within = std::move(within);
    for (const std::string& earlier : options.earlier) question.history.push_back({earlier, {}});
    return question;
}

}  // namespace

int run(const AskOptions& options, const Context& context) {
    auto model = wireModel(context.settings, options.model, {});
    if (!model) return fail(model.error());
    auto library = openLibrary(context);
    if (!library) return fail(library.error());
    auto session = (*library)->openSession();
    if (!session) return fail(session.error());
    auto within = absolutePaths(options.within, **session);
    if (!within) return fail(within.error());
    const bool streaming = options.stream && context.output == Output::Human;
    constexpr double kPatienceSeconds = 5;
    std::optional<WaitingLine> waiting;
    if (*model)
        waiting.emplace(kPatienceSeconds, "waiting for the first word of " + (*model)->id() + " (at most " +
                                              humanSeconds(context.settings.model.firstTokenSeconds) +
                                              "; Ctrl+C stops)");
    const auto onText = [&](std::string_view piece) {
        if (waiting) waiting->stop();
        if (streaming) std::cout << safe(piece) << std::flush;
    };
    const library::AskWith with{model->get(), nullptr, context.settings.model.maxAnswerTokens};
    const auto answer = (*session)->ask(questionOf(options, std::move(*within)), with, onText, context.stop);
    waiting.reset();
    if (!answer) return fail(answer.error());
    if (streaming) std::cout << '\n';
    if (context.output == Output::Json)
        std::cout << toJson(*answer) << '\n';
    else
        print(*answer, streaming);
    if (answer->error) warn(*answer->error);
    if (const std::string line = coverageLine(answer->coverage);
        !line.empty() && context.output == Output::Human)
        warn(line);
    return answer->error ? 1 : 0;
}

}  // namespace commonplace::app::cli
