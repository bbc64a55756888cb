#include "engine/answer/answerer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/answer/evidence.h"
#include "engine/answer/extractive.h"
#include "engine/answer/generative.h"
#include "engine/answer/planner.h"
#include "engine/answer/question_words.h"
#include "engine/answer/receipt.h"
#include "engine/answer/rewriting.h"
#include "engine/answer/spans.h"
#include "engine/answer/support.h"
#include "engine/base/clock.h"
#include "engine/prompt/prompt.h"

namespace commonplace::answer {
namespace {

constexpr double kKnowsLanguage = 0.5;      // affinity of the embedder to the question
constexpr std::size_t kJudgedBytes = 4096;  // enough of it to know its language
constexpr std::size_t kMostPassages = 100;
constexpr int kMostShrinkings = 3;  // of a window that its model found too large

/// One question from start to end; lives as long as it.
class Asking {
  public:
    Asking(const Question& question, const Backends& backends, const OnText& onText, std::stop_token stop,
           const trace::Span& span)
        : m_question(question),
          m_backends(backends),
          m_onText(onText),
          m_stop(std::move(stop)),
          m_span(span) {}

    Result<Answer> run() {
        m_answer.question = m_question.text;
        TRY_VOID(decideSearch());
        TRY_VOID(search());
        if (m_found.passages.empty()) {
            abstain(nothingFound());
        } else {
            TRY(const Evidence evidence, Evidence::read(m_backends.store, std::move(m_found.passages)));
            TRY_VOID(m_backends.model != nullptr ? generate(evidence) : extract(evidence));
        }
        m_answer.timings.totalMs = m_clock.milliseconds();
        return std::move(m_answer);
    }

    /// With backends that ask nobody.
    Result<Preview> foresee() {
        TRY_VOID(decideSearch());
        TRY_VOID(search());
        Preview preview;
        preview.model = name(AnswerMode::Extractive);
        if (m_found.passages.empty()) {
            m_answer.notes.push_back("nothing would be sent: " + nothingFound());
        } else {
            TRY(const Evidence evidence, Evidence::read(m_backends.store, std::move(m_found.passages)));
            TRY_VOID(foresee(evidence, preview));
        }
        preview.question = m_question.text;
        preview.carriedWords = m_answer.carriedWords;
        preview.searchedFor = m_answer.searchedFor;
        preview.notes = std::move(m_answer.notes);
        preview.coverage = m_answer.coverage;
        return preview;
    }

  private:
    Result<void> foresee(const Evidence& evidence, Preview& preview) {
        if (m_backends.model == nullptr) {
            readReceipt(evidence);
            preview.context = m_answer.context;
            preview.filesRead = m_answer.filesRead;
            return {};
        }
        document::ChatModel& model = *m_backends.model;
        TRY(Plan plan, Planner(m_question, m_backends, evidence, m_span, m_stop).plan(model.window()));
        preview.context = std::move(plan.receipt);
        if (!plan.problem.empty()) {
            m_answer.notes.push_back("nothing would be sent: " + plan.problem);
            preview.context = {0, 0, {}, std::move(preview.context.dropped)};
            return {};
        }
        if (model.windowSource() == document::WindowSource::NotAskedYet)
            m_answer.notes.push_back(
                "the server of the model is first asked how much it can read, and not for this: should that "
                "be "
                "less than " +
                std::to_string(model.window()) + " tokens, passages are left out");
        preview.model = model.id();
        preview.place = model.place();
        preview.server = model.server();
        preview.mostCostUsd = model.mostCostUsd(plan.request);
        preview.maxAnswerTokens = plan.request.maxTokens;
        preview.filesRead = plan.filesRead;
        preview.messages = std::move(plan.request.messages);
        return {};
    }

    Result<void> decideSearch() {
        m_answer.searchedFor = m_question.searchFor;
        if (m_answer.searchedFor.empty() && m_backends.small != nullptr) {
            TRY(m_answer.searchedFor, rewrittenFollowUp(m_question, *m_backends.small, m_span, m_stop));
        }
        if (m_answer.searchedFor.empty())
            m_answer.carriedWords = carriedWords(m_question.text, m_question.history);
        return {};
    }
    const std::string& searchText() const {
        return m_answer.searchedFor.empty() ? m_question.text : m_answer.searchedFor;
    }

    Result<void> search() {
        retrieve::Query query;
        query.text = searchText();
        query.limit = std::clamp<std::size_t>(m_question.passages, 1, kMostPassages);
        query.within = m_question.within;
        query.carriedWords = m_answer.carriedWords;
        query.mode = m_backends.searchMode;
        trace::Span span = retrievalSpan(m_span, query);
        auto found = m_backends.retriever.search(query, m_stop, span);
        noteResults(span, found);
        m_answer.timings.retrieveMs = m_clock.milliseconds();
        // A scope that holds nothing is an answer, too.
        m_emptyScope = !found && found.error().code() == ErrorCode::NotFound && !m_question.within.empty();
        if (!found && !m_emptyScope) return found.error();
        if (found) m_found = std::move(*found);
        m_answer.coverage = m_found.coverage;
        return {};
    }

    std::string nothingFound() const {
        if (m_emptyScope) return "nothing is indexed in the places that were asked.";
        if (m_found.coverage.documents == 0) return "this library is empty. Add files or folders first.";
        return m_question.within.empty()
                   ? "none of the question's words occurs in them."
                   : "none of the question's words occurs in the places that were asked.";
    }

    // ---- extractive ----
    Result<void> extract(const Evidence& evidence) {
        trace::Span span = m_span.child("extract");
        const auto extracted = span.checked(quote(evidence));
        noteCitations(span, m_answer.citations);
        return extracted;
    }

    Result<void> quote(const Evidence& evidence) {
        readReceipt(evidence);
        TRY(const auto words, questionWords());
        const bool isKnown = words.language() == Language::Known;
        TRY(const auto scored,
            scoreSentences(evidence, words, isKnown ? m_backends.embedder : nullptr, m_stop));
        if (!isEnough(supportOf(evidence, words), words.language())) {
            addNearest(evidence, scored);
            abstain("no passage supports an answer to this question.");
            return {};
        }
        for (const Sentence& sentence : chooseSentences(evidence, scored)) {
            document::Citation citation =
                evidence.cite(static_cast<int>(m_answer.citations.size()) + 1, sentence);
            if (citation.verified) m_answer.citations.push_back(std::move(citation));
        }
        if (m_answer.citations.empty()) {
            addNearest(evidence, scored);
            abstain("the passages found hold no sentence that could be quoted.");
        } else {
            say(quotedText(m_answer.citations));
        }
        return {};
    }

    /// Without a judge of languages English is assumed, as the search does.
    Result<QuestionWords> questionWords() const {
        const std::string_view judged = base::clipUtf8(searchText(), kJudgedBytes);
        const bool isForeign =
            m_backends.embedder != nullptr && m_backends.embedder->affinity(judged) < kKnowsLanguage;
        return QuestionWords::weigh(m_backends.store, searchText(), m_answer.carriedWords,
                                    isForeign ? Language::Foreign : Language::Known);
    }

    void addNearest(const Evidence& evidence, const std::vector<ScoredSentence>& scored) {
        for (const Sentence& sentence : nearestSentences(evidence, scored))
            m_answer.nearest.push_back(
                evidence.cite(static_cast<int>(m_answer.nearest.size()) + 1, sentence));
    }

    void abstain(const std::string& why) {
        m_answer.abstained = true;
        say("Not in your documents: " + why);
    }

    void say(std::string text) {
        m_answer.text = std::move(text);
        m_answer.mode = AnswerMode::Extractive;
        m_answer.model = name(AnswerMode::Extractive);
        m_answer.timings.firstTokenMs = m_clock.milliseconds();
        if (m_onText) m_onText(m_answer.text);
    }

    /// Nothing is sent anywhere, so the window is 0; the parts say what was read.
    void readReceipt(const Evidence& evidence) {
        std::set<std::string> files;
        m_answer.context.used = 0;
        for (std::size_t i = 0; i < evidence.passages().size(); ++i) {
            const retrieve::Passage& passage = evidence.passages()[i];
            if (files.insert(passage.document.sha256).second) addSources(passage.document);
            m_answer.context.parts.push_back({"passage " + std::to_string(i + 1) + ": " + placeName(passage),
                                              m_estimate.count(passage.chunk.text)});
        }
        m_answer.filesRead = static_cast<int>(files.size());
    }

    void addSources(const store::DocumentRow& document) {
        m_answer.sources.insert(m_answer.sources.end(), document.paths.begin(), document.paths.end());
    }

    // ---- generative ----
    Result<void> generate(const Evidence& evidence) {
        Planner planner(m_question, m_backends, evidence, m_span, m_stop);
        // Who is not asked the question is not asked for the window either.
        document::ChatModel& model = *m_backends.model;
        std::size_t window = planner.hasSomethingToSend() ? model.learnWindow(m_stop) : model.window();
        for (int shrinkings = 0;; ++shrinkings, window /= 2) {
            TRY(Plan plan, planner.plan(window));
            if (plan.summary) m_answer.historySummary = plan.summary;
            if (!plan.problem.empty()) return quoteInstead(evidence, plan.problem);
            auto reply = ask(plan.request);
            // A server that told no window can have a smaller one than the settings say: less is sent, and
            // the person told.
            const bool tooLong = !reply && reply.error().code() == ErrorCode::Limit;
            if (!tooLong || shrinkings == kMostShrinkings) {
                if (!reply) return reply.error();
                return finish(std::move(*reply), std::move(plan), evidence);
            }
            m_answer.notes.push_back(
                "the question was too long for the window of the model, which is smaller than " +
                windowWords(window, shrinkings) + "; less was sent");
        }
    }

    /// Who believed in that window.
    std::string windowWords(std::size_t window, int shrinkings) const {
        const std::string tokens = std::to_string(window) + " tokens";
        if (shrinkings > 0) return tokens + ", too";
        const bool isTold = m_backends.model->windowSource() == document::WindowSource::Server;
        return "the " + tokens + (isTold ? " that its server tells of" : " of model.context_window");
    }

    Result<void> quoteInstead(const Evidence& evidence, const std::string& problem) {
        m_answer.error = problem + ": answered with quotations instead";
        return extract(evidence);
    }

    Result<void> finish(document::ChatReply reply, Plan plan, const Evidence& evidence) {
        m_answer.mode = AnswerMode::Generative;
        m_answer.model = m_backends.model->id();
        m_answer.text = std::move(reply.text);
        m_answer.error = std::move(reply.error);
        m_answer.usage = {reply.promptTokens, reply.completionTokens, reply.costUsd};
        m_answer.notes.insert(m_answer.notes.end(), reply.notes.begin(), reply.notes.end());
        if (reply.finishReason == "length" && !m_answer.error)
            m_answer.notes.push_back("the answer ends at its bound of " +
                                     std::to_string(plan.request.maxTokens) +
                                     " tokens; raise model.max_answer_tokens for longer ones");
        m_answer.sources = std::move(plan.sources);
        m_answer.filesRead = plan.filesRead;
        m_answer.context = std::move(plan.receipt);
        if (reply.promptTokens)
            m_answer.context = reconciled(std::move(m_answer.context), *reply.promptTokens);
        trace::Span checking = m_span.child("check");
        const auto resolved = checking.checked(resolve(plan.passages, reply.cited, evidence));
        noteCitations(checking, m_answer.citations);
        return resolved;
    }

    Result<document::ChatReply> ask(const document::ChatRequest& request) {
        trace::Span span = chatSpan(m_span, *m_backends.model, request);
        auto reply = write(*m_backends.model, request, timed(), m_stop);
        noteReply(span, *m_backends.model, reply);
        return reply;
    }

    Result<void> resolve(const std::vector<std::size_t>& shown, const std::vector<document::CitedText>& cited,
                         const Evidence& evidence) {
        m_answer.abstained = prompt::saysNotInDocuments(m_answer.text);
        if (!m_answer.abstained) {
            m_answer.citations = citationsOf(m_answer.text, shown, evidence, cited);
            if (const std::string note = citationNote(m_answer.text, m_answer.citations, shown.size());
                !note.empty())
                m_answer.notes.push_back(note);
            return {};
        }
        TRY(const auto words, questionWords());
        TRY(const auto scored, scoreSentences(evidence, words, nullptr, m_stop));
        addNearest(evidence, scored);
        return {};
    }

    OnText timed() {
        return [this](std::string_view piece) {
            if (m_answer.timings.firstTokenMs == 0) m_answer.timings.firstTokenMs = m_clock.milliseconds();
            if (m_onText) m_onText(piece);
        };
    }

    const Question& m_question;
    const Backends& m_backends;
    const OnText& m_onText;
    std::stop_token m_stop;
    const trace::Span& m_span;
    base::Stopwatch m_clock;
    prompt::EstimatingCounter m_estimate;
    retrieve::Results m_found;
    bool m_emptyScope = false;
    Answer m_answer;
};

}  // namespace

const char* name(AnswerMode mode) {
    return mode == AnswerMode::Extractive ? "extractive" : "generative";
}

Result<Answer> answer(const Question& question, const Backends& backends, const OnText& onText,
                      std::stop_token stop) {
    if (base::trim(question.text).empty())
        return Error(ErrorCode::InvalidArgument, "the question is empty: ask something");
    trace::Span span = questionSpan(question, backends);
    auto answered = Asking(question, backends, onText, std::move(stop), span).run();
    noteAnswer(span, answered);
    return answered;
}

Result<Preview> preview(const Question& question, const Backends& backends, std::stop_token stop) {
    if (base::trim(question.text).empty())
        return Error(ErrorCode::InvalidArgument, "the question is empty: ask something");
    const prompt::EstimatingCounter estimate;
    std::vector<std::string> notes;
    Backends nobody = backends;
    nobody.tracer = nullptr;
    nobody.small = nullptr;
    if (backends.small != nullptr && !question.history.empty())
        notes.push_back(
            "the small model " + backends.small->id() +
            " may first reword a follow-up, or summarise a long conversation; it is not asked for this");
    if (backends.model != nullptr && !backends.model->server().address.empty()) nobody.counter = &estimate;
    if (backends.embedder != nullptr && backends.embedder->place() == document::EmbeddingPlace::Server) {
        nobody.searchMode = retrieve::Mode::Keyword;
        notes.push_back(
            "found by words alone: the model that finds by meaning is served, and is not asked for this");
    }
    const OnText nowhere;
    TRY(Preview result, Asking(question, nobody, nowhere, std::move(stop), {}).foresee());
    result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
    return result;
}

}  // namespace commonplace::answer
