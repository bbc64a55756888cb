#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "app/cli/waiting_line.h"
#include "app/secrets.h"
#include "app/wiring_models.h"
#include "engine/base/file.h"
#include "engine/llm/spending.h"

namespace commonplace::app::cli {
namespace {

using document::Verdict;

std::string where(const document::Citation& citation) {
    const std::string page = document::pageText(citation.page, safeLine(citation.pageLabel));
    return safeLine(base::displayPath(citation.path)) + (page.empty() ? "" : ", " + page);
}

/// A quotation is proven; what a bare number is for is only supported by its passage, or nobody can tell.
std::string told(const document::Citation& citation) {
    switch (document::verdictOf(citation)) {
        case Verdict::Proven:
            return styled("✓", Style::Good);
        case Verdict::NotProven:
            return styled("✗ not found on its page", Style::Bad);
        case Verdict::Supported:
            return "→";
        case Verdict::NotSupported:
            return styled("? not supported by what stands there:", Style::Warning);
        case Verdict::Contested:
            return styled("≈ another passage says more of it, [" + std::to_string(citation.better) + "]:",
                          Style::Dim);
        case Verdict::NotJudged:
            return styled("– not judged:", Style::Dim);
    }
    return {};
}

std::string someOf(int some, int all, const std::string& what) {
    if (some == 0) return {};
    return ", " + (some == all ? "" : std::to_string(some) + " ") + what;
}

enum class WithQuote { Yes, No };

void print(const document::Citation& citation, WithQuote withQuote) {
    // Number 0 is a model's quotation that stands in no passage: it has no place that could be named.
    if (citation.number == 0) {
        std::cout << styled("✗ found in no passage", Style::Bad) << '\n';
    } else {
        std::cout << styled("[" + std::to_string(citation.number) + "]", Style::Bold) << ' ' << told(citation)
                  << ' ' << styled(where(citation), Style::Accent) << '\n';
    }
    if (withQuote == WithQuote::Yes && !citation.quote.empty())
        std::cout << wrapped("“" + safeLine(citation.quote) + "”", columns() - 6, "    ") << '\n';
    const Verdict verdict = document::verdictOf(citation);
    if (verdict != Verdict::NotSupported && verdict != Verdict::Contested) return;
    const Style style = verdict == Verdict::NotSupported ? Style::Warning : Style::Dim;
    for (const std::string& claim : citation.claims)
        std::cout << styled(wrapped("is cited for: " + safeLine(claim), columns() - 6, "    "), style)
                  << '\n';
}

/// " [1], [4]"
std::string numbersOf(const std::vector<document::Citation>& citations, Verdict verdict) {
    std::string numbers;
    for (const document::Citation& citation : citations)
        if (document::verdictOf(citation) == verdict)
            numbers += (numbers.empty() ? " [" : ", [") + std::to_string(citation.number) + "]";
    return numbers;
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
    std::string line = count(answer.filesRead, "files") + " read";
    const document::CitationCounts counts = document::countsOf(answer.citations);
    if (counts.quotations > 0)
        line +=
            " · " + std::to_string(counts.proven) + " of " + count(counts.quotations, "quotes") + " proven";
    if (counts.references > 0) line += " · " + count(counts.references, "references");
    line += someOf(counts.unsupported, counts.references,
                   "not supported:" + numbersOf(answer.citations, Verdict::NotSupported));
    line += someOf(counts.contested, counts.references, "contested");
    line += someOf(counts.unjudged, counts.references, "not judged");
    if (answer.context.window > 0)
        line += " · " + grouped(static_cast<std::int64_t>(answer.context.used)) + " of " +
                grouped(static_cast<std::int64_t>(answer.context.window)) + " tokens";
    if (answer.usage.costUsd.value_or(0) > 0)
        line += " · " + llm::usdText(std::llround(*answer.usage.costUsd * static_cast<double>(llm::kUsd)));
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
    if (!answer.searchedFor.empty())
        std::cout << styled("Searched for: " + safeLine(answer.searchedFor), Style::Dim) << '\n';
    if (const auto& summary = answer.historySummary)
        std::cout << styled("In place of " + std::to_string(summary->turns - summary->skipped) +
                                " earlier questions, a summary: " + safeLine(summary->text),
                            Style::Dim)
                  << '\n';
    for (const std::string& note : answer.notes)
        std::cout << styled("Note: " + safeLine(note), Style::Dim) << '\n';
    for (const auto& dropped : answer.context.dropped)
        std::cout << styled("Left out: " + safeLine(dropped.name) + " (" + safeLine(dropped.why) + ")",
                            Style::Dim)
                  << '\n';
    std::cout << styled(receipt(answer), Style::Dim) << '\n';
}

answer::Question questionOf(const AskOptions& options, const Context& context,
                            std::vector<std::string> within) {
    answer::Question question;
    question.text = options.question;
    question.passages = options.passages;
    question.within = std::move(within);
    question.searchFor = options.searchFor;
    question.localOnly = context.settings.privacy.localOnly;
    for (const std::string& earlier : options.earlier) question.history.push_back({earlier, {}});
    return question;
}

/// On the command line, naming a server is the consent; what it means is said each time.
void sayDeparture(const Departure& departure) {
    const std::string where = departure.host.empty() ? "another computer" : departure.host;
    if (departure.kind == DepartureKind::WindowLook) {
        warn(where + " is asked how much its model can read");
        return;
    }
    const auto passages = static_cast<std::int64_t>(departure.passages);
    warn("the question" + (passages > 0 ? " and " + count(passages, "passages") : "") +
         (passages > 0 ? " go to " : " goes to ") + where);
}

Result<document::ChatModels> wireAnswering(const AskOptions& options, const Context& context) {
    constexpr double kPatienceSeconds = 2;
    ModelChoice choice = options.model;
    choice.stop = context.stop;
    std::optional<WaitingLine> waiting;
    if (const auto file = chosenModelFile(context.settings, choice))
        waiting.emplace(kPatienceSeconds,
                        "trying " + base::displayPath(*file) + ", which is new here (Ctrl+C stops)");
    Surroundings around{context.folder};
    around.onDeparture = sayDeparture;
    return wireModels(context.settings, choice, around);
}

std::string waitingWords(const document::ChatModel& model, const AskOptions& options,
                         const Context& context) {
    if (chosenModelFile(context.settings, options.model))
        return "loading and asking " + model.id() + " (Ctrl+C stops)";
    const std::string who = model.id().empty() ? "the model at " + model.server().address : model.id();
    return "waiting for the first word of " + who + " (at most " +
           humanSeconds(context.settings.model.firstTokenSeconds) + "; Ctrl+C stops)";
}

library::AskWith askWith(const document::ChatModels& models, const Context& context) {
    library::AskWith with{models.answering.get(), nullptr, context.settings.model.maxAnswerTokens,
                          models.small.get()};
    with.longHistory = context.settings.model.summariseHistory ? answer::LongHistory::Summarise
                                                               : answer::LongHistory::LeaveOut;
    return with;
}

std::string destinationOf(const answer::Preview& preview) {
    if (preview.messages.empty())
        return std::string("Nothing would be sent anywhere.") +
               (preview.context.parts.empty() ? "" : " Read on this computer:");
    const std::string model = preview.model.empty() ? "the first model there" : safeLine(preview.model);
    if (preview.server.address.empty()) return "To " + model + ", in this program";
    const std::string server = safeLine(preview.server.address) + ":" + std::to_string(preview.server.port);
    const bool isHere = preview.place == document::Place::ThisComputer;
    return "To " + model + ", at " + server + (isHere ? " on this computer" : ", elsewhere");
}

std::string costOf(const answer::Preview& preview) {
    if (!preview.mostCostUsd) return "what it can cost is not known";
    if (*preview.mostCostUsd <= 0) return "it costs nothing";
    return "at most " + llm::usdText(std::llround(*preview.mostCostUsd * static_cast<double>(llm::kUsd)));
}

void print(const answer::Preview& preview) {
    std::cout << styled(destinationOf(preview), Style::Bold) << '\n';
    constexpr std::size_t kFigureWidth = 9;
    for (const answer::ContextPart& part : preview.context.parts) {
        const std::string tokens =
            (part.tokens.exact ? "" : "~") + grouped(static_cast<std::int64_t>(part.tokens.tokens));
        std::cout << std::string(kFigureWidth - std::min(kFigureWidth, tokens.size()), ' ') << tokens << "  "
                  << safeLine(part.name) << '\n';
    }
    for (const auto& dropped : preview.context.dropped)
        std::cout << styled("Left out: " + safeLine(dropped.name) + " (" + safeLine(dropped.why) + ")",
                            Style::Dim)
                  << '\n';
    for (const std::string& note : preview.notes)
        std::cout << styled("Note: " + safeLine(note), Style::Dim) << '\n';
    if (preview.messages.empty()) return;
    std::cout << grouped(static_cast<std::int64_t>(preview.context.used)) << " of "
              << grouped(static_cast<std::int64_t>(preview.context.window)) << " tokens, "
              << preview.maxAnswerTokens << " of them for the answer; " << costOf(preview) << ".\n"
              << "Nothing was sent.\n";
}

/// What asking and previewing need alike.
struct Ready {
    document::ChatModels models;
    std::unique_ptr<library::Library> library;
    std::unique_ptr<library::Session> session;
    answer::Question question;
};

Result<Ready> prepare(const AskOptions& options, const Context& context) {
    Ready ready;
    TRY(ready.models, wireAnswering(options, context));
    TRY(ready.library, openLibrary(context));
    TRY(ready.session, ready.library->openSession());
    TRY(auto within, absolutePaths(options.within, *ready.session));
    ready.question = questionOf(options, context, std::move(within));
    return ready;
}

int runPreview(const AskOptions& options, const Context& context) {
    auto ready = prepare(options, context);
    if (!ready) return fail(ready.error(), saidBy(options.model));
    const auto preview =
        ready->session->preview(ready->question, askWith(ready->models, context), context.stop);
    if (!preview) return fail(preview.error());
    const bool isOffline = options.model.permit.isOffline() || context.settings.network.offline;
    if (isOffline && preview->place == document::Place::Elsewhere && !preview->messages.empty())
        return fail({ErrorCode::Refused, "nothing could be sent to " + preview->server.address +
                                             ": it is not on this machine, and the offline switch is on; "
                                             "switch it off to go on"});
    if (context.output == Output::Json)
        std::cout << toJson(*preview) << '\n';
    else
        print(*preview);
    return 0;
}

}  // namespace

int run(const AskOptions& options, const Context& context) {
    if (options.preview) return runPreview(options, context);
    auto ready = prepare(options, context);
    if (!ready) return fail(ready.error(), saidBy(options.model));
    const bool streaming = options.stream && context.output == Output::Human;
    constexpr double kPatienceSeconds = 5;
    std::optional<WaitingLine> waiting;
    if (ready->models.answering)
        waiting.emplace(kPatienceSeconds, waitingWords(*ready->models.answering, options, context));
    const auto onText = [&](std::string_view piece) {
        if (waiting) waiting->stop();
        if (streaming) std::cout << safe(piece) << std::flush;
    };
    library::AskWith with = askWith(ready->models, context);
    with.trace = context.settings.trace;
    with.secrets = knownSecrets();
    const auto answer = ready->session->ask(ready->question, with, onText, context.stop);
    waiting.reset();
    if (!answer) return ready->models.answering ? fail(answer.error()) : fail(answer.error(), Said::Typed);
    const bool isNothing = answer->error && answer->text.empty();  // the error says it all
    if (streaming && !isNothing) std::cout << '\n';
    if (context.output == Output::Json)
        std::cout << toJson(*answer) << '\n';
    else if (!isNothing)
        print(*answer, streaming);
    if (answer->error) warn(*answer->error);
    if (const std::string line = coverageLine(answer->coverage);
        !line.empty() && context.output == Output::Human)
        warn(line);
    // Quotations in place of a model's words are an answer; half of a model's words are none.
    return answer->error && answer->mode == answer::AnswerMode::Generative ? 1 : 0;
}

}  // namespace commonplace::app::cli
