#include "engine/answer/answerer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/answer/evidence.h"
#include "engine/answer/extractive.h"
#include "engine/answer/generative.h"
#include "engine/answer/question_words.h"
#include "engine/answer/support.h"
#include "engine/base/clock.h"
#include "engine/prompt/prompt.h"

namespace commonplace::answer {
namespace {

constexpr double kKnowsLanguage = 0.5;      // affinity of the embedder to the question
constexpr std::size_t kJudgedBytes = 4096;  // enough of it to know its language
constexpr std::size_t kMostPassages = 100;

/// One question from start to end; lives as long as it.
class Asking {
  public:
    Asking(const Question& question, const Backends& backends, const OnText& onText, std::stop_token stop)
        : m_question(question), m_backends(backends), m_onText(onText), m_stop(std::move(stop)) {}

    Result<Answer> run() {
        m_answer.question = m_question.text;
        m_answer.carriedWords = carriedWords(m_question.text, m_question.history);
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

  private:
    Result<void> search() {
        retrieve::Query query;
        query.text = m_question.text;
        query.limit = std::clamp<std::size_t>(m_question.passages, 1, kMostPassages);
        query.within = m_question.within;
        query.carriedWords = m_answer.carriedWords;
        auto found = m_backends.retriever.search(query, m_stop);
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
        const std::string_view judged = base::clipUtf8(m_question.text, kJudgedBytes);
        const bool isForeign =
            m_backends.embedder != nullptr && m_backends.embedder->affinity(judged) < kKnowsLanguage;
        return QuestionWords::weigh(m_backends.store, m_question.text, m_answer.carriedWords,
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
            files.insert(passage.document.sha256);
            m_answer.context.parts.push_back({"passage " + std::to_string(i + 1) + ": " + placeName(passage),
                                              m_estimate.count(passage.chunk.text)});
        }
        m_answer.filesRead = static_cast<int>(files.size());
    }

    // ---- generative ----
    Result<void> generate(const Evidence& evidence) {
        const prompt::Packed packed = packFor(evidence);
        const bool hasRules = packed.messages.front().role == document::Role::System;
        if (packed.passages.empty() || !hasRules) {
            m_answer.error =
                "the model's context window of " + std::to_string(m_backends.model->window()) +
                " tokens has no room for the rules and a passage: answered with quotations instead";
            return extract(evidence);
        }
        sentReceipt(packed, evidence);
        document::ChatRequest request;
        request.messages = packed.messages;
        request.maxTokens = static_cast<int>(packed.answerReserve);
        TRY(document::ChatReply reply, write(*m_backends.model, request, timed(), m_stop));
        m_answer.mode = AnswerMode::Generative;
        m_answer.model = m_backends.model->id();
        m_answer.text = std::move(reply.text);
        m_answer.error = std::move(reply.error);
        m_answer.usage = {reply.promptTokens, reply.completionTokens, std::nullopt};
        return resolve(packed, evidence);
    }

    Result<void> resolve(const prompt::Packed& packed, const Evidence& evidence) {
        m_answer.abstained = prompt::saysNotInDocuments(m_answer.text);
        if (!m_answer.abstained) {
            m_answer.citations = citationsOf(m_answer.text, packed.passages, evidence);
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

    prompt::Packed packFor(const Evidence& evidence) const {
        std::vector<prompt::PassageText> passages;
        for (const retrieve::Passage& passage : evidence.passages())
            passages.push_back({passage.document.title, placeName(passage), passage.chunk.text});
        std::vector<prompt::HistoryTurn> history;
        for (const Turn& turn : m_question.history) history.push_back({turn.question, turn.answer});
        const prompt::Budget budget{m_backends.model->window(),
                                    static_cast<std::size_t>(std::max(m_backends.maxAnswerTokens, 1))};
        const document::TokenCounter& counter =
            m_backends.counter != nullptr ? *m_backends.counter : m_estimate;
        return prompt::pack(m_question.text, passages, history, budget, counter);
    }

    void sentReceipt(const prompt::Packed& packed, const Evidence& evidence) {
        m_answer.context.window = m_backends.model->window();
        m_answer.context.used = packed.used;
        for (const prompt::Part& part : packed.parts)
            m_answer.context.parts.push_back({part.name, part.tokens});
        for (const prompt::Dropped& part : packed.dropped)
            m_answer.context.dropped.push_back({part.name, part.why});
        std::set<std::string> files;
        for (const std::size_t index : packed.passages)
            files.insert(evidence.passages()[index].document.sha256);
        m_answer.filesRead = static_cast<int>(files.size());
    }

    const Question& m_question;
    const Backends& m_backends;
    const OnText& m_onText;
    std::stop_token m_stop;
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
    return Asking(question, backends, onText, std::move(stop)).run();
}

}  // namespace commonplace::answer
