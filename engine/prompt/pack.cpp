// Packing: what goes into the window, in this order: the answer's reserve, the system text, the question, the
// newest turns (a quarter of what is left at most), the best passages, older turns while there is room.
#include <algorithm>
#include <optional>

#include "engine/prompt/prompt.h"
#include "engine/prompt/summary.h"
#include "engine/prompt/template.h"
#include "engine/prompt/visible.h"

namespace commonplace::prompt {
namespace {

using document::Message;
using document::Role;

// What a chat template puts around a message, and once around all: roles, separators, the begin of the
// answer. ChatML and Llama 3 take 5 a message.
constexpr std::size_t kFramingPerMessage = 6;
constexpr std::size_t kFramingOnce = 4;
constexpr std::size_t kFramingMarks = 4;  // of them, besides the role's name
constexpr std::size_t kHistoryShare = 4;  // a quarter
constexpr std::size_t kReserveShare = 4;
constexpr std::size_t kLeastForQuestion = 48;
constexpr std::size_t kSummaryShare = 6;      // of what the rules and the question leave
constexpr std::size_t kLeastForSummary = 96;  // its frame takes half of that
constexpr std::size_t kMostForSummary = 600;

/// Markers of an earlier answer mean other passages.
std::string withoutMarkers(std::string_view answer) {
    std::string result;
    std::size_t at = 0;
    for (const Marker& marker : markers(answer)) {
        result += answer.substr(at, marker.range.begin - at);
        at = marker.range.end;
    }
    return result += answer.substr(at);
}

/// A text as its sentences, each with what follows up to the next one: together they are the text.
std::vector<std::string> sentenceBlocks(const std::string& text) {
    std::vector<std::string> blocks;
    std::size_t begin = 0;
    const std::vector<base::Range> sentences = base::sentences(text);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const std::size_t end = i + 1 < sentences.size() ? sentences[i + 1].begin : text.size();
        blocks.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return blocks;
}

class Packer {
  public:
    Packer(std::string_view question, const std::vector<PassageText>& passages,
           const std::vector<HistoryTurn>& history, const Budget& budget,
           const document::TokenCounter& counter, const EarlierTurns& earlier)
        : m_passages(passages),
          m_history(history),
          m_budget(budget),
          m_counter(counter),
          m_earlier(earlier),
          m_question(visible(question)) {
        // Where a token is hardly more than a letter, the roles' names are what counts.
        const document::TokenCount role = counter.count("assistant\n");
        if (role.exact) m_framing = std::max(m_framing, role.tokens + kFramingMarks);
        if (role.exact) m_framingOnce = std::max(m_framingOnce, role.tokens + kFramingMarks / 2);
    }

    Packed run() && {
        m_result.answerReserve = std::min(m_budget.answerReserve, m_budget.window / kReserveShare);
        takeSystem();
        takeQuestion();
        takeSummary();
        takeHistory(left() / kHistoryShare);
        takePassages();
        takeHistory(left());
        settle();
        report();
        return std::move(m_result);
    }

  private:
    struct Turn {
        HistoryTurn text;
        std::size_t tokens = 0;
    };
    struct Chosen {
        std::size_t index = 0;
        std::size_t tokens = 0;
    };

    std::size_t count(std::string_view text) const { return m_counter.count(text).tokens; }
    std::size_t left() const {
        const std::size_t taken = m_taken + m_result.answerReserve;
        return taken < m_budget.window ? m_budget.window - taken : 0;
    }
    void drop(std::string name, std::string why) {
        m_result.dropped.push_back({std::move(name), std::move(why)});
    }
    std::string passageName(std::size_t number, std::size_t index) const {
        return "passage " + std::to_string(number) + ": " + m_passages[index].where;
    }

    static std::string why(std::size_t tokens, std::size_t room) {
        return "needs " + std::to_string(tokens) + " tokens, " + std::to_string(room) + " are left";
    }

    void takeSystem() {
        m_taken = m_framingOnce + 2 * m_framing;
        m_systemTokens = count(answerTemplate().system);
        // A window that the rules alone would fill is better spent on the question.
        m_hasSystem = m_systemTokens + kLeastForQuestion <= left();
        if (!m_hasSystem)
            drop("system",
                 "the window of " + std::to_string(m_budget.window) + " tokens is too small for it");
        m_taken = m_framingOnce + (m_hasSystem ? 2 : 1) * m_framing + (m_hasSystem ? m_systemTokens : 0);
    }

    std::string questionFrame() const {
        return fill(answerTemplate().question, {{"passages", ""}, {"question", m_question}});
    }

    void takeQuestion() {
        const std::size_t room = left();
        const std::size_t whole = count(questionFrame());
        if (whole > room) cutQuestion(whole, room);
        m_questionTokens = count(questionFrame());
        m_taken += m_questionTokens;
    }

    /// The longest beginning of `text` of which `fits` says that it fits.
    template <class Fits>
    static std::string clippedTo(std::string_view text, const Fits& fits) {
        if (fits(std::string(text))) return std::string(text);
        std::size_t inside = 0, over = text.size();
        while (over - inside > 1) {
            const std::size_t middle = inside + (over - inside) / 2;
            (fits(std::string(base::clipUtf8(text, middle))) ? inside : over) = middle;
        }
        return std::string(base::clipUtf8(text, inside));
    }

    void cutQuestion(std::size_t whole, std::size_t room) {
        const std::string full = m_question;
        m_question = clippedTo(full, [&](std::string clipped) {
            m_question = std::move(clipped);
            return count(questionFrame()) <= room;
        });
        drop("question", "cut to its first " + std::to_string(base::codePointCount(m_question)) + " of " +
                             std::to_string(base::codePointCount(full)) + " characters: it " +
                             why(whole, room));
    }

    /// All of its room is taken, whatever it fills: the rest of the prompt stays the same for any summary.
    void takeSummary() {
        if (m_budget.summaryRoom == 0) return;
        m_result.summaryRoom = std::min(m_budget.summaryRoom, left() / kSummaryShare);
        if (m_result.summaryRoom < kLeastForSummary) m_result.summaryRoom = 0;
        const auto shown = [&](const std::string& text) { return shownSummary(text, m_earlier.turns); };
        const std::string text = clippedTo(m_earlier.summary, [&](const std::string& clipped) {
            return count(shown(clipped)) <= m_result.summaryRoom;
        });
        if (base::trim(text).empty() && !m_earlier.summary.empty())
            drop(summaryName(), why(count(shown(m_earlier.summary)), m_result.summaryRoom));
        if (!base::trim(text).empty()) m_summary = shown(text);
        m_taken += m_result.summaryRoom;
    }
    std::string summaryName() const {
        return "history summary (" + std::to_string(m_earlier.turns) +
               (m_earlier.turns == 1 ? " turn)" : " turns)");
    }

    void takePassages() {
        for (std::size_t i = 0; i < m_passages.size(); ++i) {
            const std::size_t tokens = count(rendered(m_chosen.size() + 1, i));
            if (tokens > left()) {
                drop(m_passages[i].where, why(tokens, left()));
                continue;
            }
            m_chosen.push_back({i, tokens});
            m_taken += tokens;
        }
    }

    std::string rendered(std::size_t number, std::size_t index) const {
        const PassageText& passage = m_passages[index];
        std::string source = attributeText(passage.where);
        if (!passage.title.empty()) source += " (" + attributeText(passage.title) + ")";
        return fill(
            answerTemplate().passage,
            {{"number", std::to_string(number)}, {"source", source}, {"text", passageText(passage.text)}});
    }

    /// Goes on with older turns from where it stopped: a conversation has no holes.
    void takeHistory(std::size_t room) {
        room = std::min(room, left());
        while (m_turns.size() < m_history.size()) {
            const HistoryTurn& turn = m_history[m_history.size() - 1 - m_turns.size()];
            HistoryTurn text{visible(turn.question), withoutMarkers(visible(turn.answer))};
            const std::size_t tokens = count(text.question) + count(text.answer) + 2 * m_framing;
            if (tokens > room) return;
            room -= tokens;
            m_taken += tokens;
            m_turns.push_back({std::move(text), tokens});
        }
    }

    std::vector<Message> messages() const {
        std::vector<Message> result;
        if (m_hasSystem) result.push_back({Role::System, answerTemplate().system});
        for (auto turn = m_turns.rbegin(); turn != m_turns.rend(); ++turn) {
            result.push_back({Role::User, turn->text.question});
            result.push_back({Role::Assistant, turn->text.answer});
        }
        std::string passages;
        for (std::size_t n = 0; n < m_chosen.size(); ++n) passages += rendered(n + 1, m_chosen[n].index);
        result.push_back({Role::User, fill(answerTemplate().question,
                                           {{"passages", passages}, {"question", m_question}})});
        // Roles alternate, so it is no message of its own.
        result[m_hasSystem ? 1 : 0].text.insert(0, m_summary);
        return result;
    }

    /// Tokens of whole messages can be a few more than those of their parts (a tokenizer may cut across the
    /// seams), so the whole is counted again and the least important goes while it does not fit.
    void settle() {
        for (;;) {
            m_result.messages = messages();
            m_result.used = m_result.answerReserve + m_framingOnce;
            for (const Message& message : m_result.messages) m_result.used += count(message.text) + m_framing;
            if (m_result.used <= m_budget.window) return;
            if (m_chosen.empty() && m_turns.empty() && m_summary.empty()) return;
            dropLast();
        }
    }

    void dropLast() {
        if (m_chosen.empty() && m_turns.empty()) {
            drop(summaryName(), "does not fit together with the rest");
            return m_summary.clear();
        }
        const bool passage = !m_chosen.empty();
        const std::string name = passage ? m_passages[m_chosen.back().index].where : "an earlier turn";
        drop(name, "does not fit together with the rest");
        passage ? m_chosen.pop_back() : m_turns.pop_back();
    }

    void reportHistory() {
        m_result.turns = m_turns.size();
        if (m_turns.size() == m_history.size()) return;
        drop("history", std::to_string(m_history.size() - m_turns.size()) + " of " +
                            std::to_string(m_history.size()) + " earlier turns do not fit" +
                            (m_summary.empty() ? "" : "; a summary stands for the oldest"));
    }

    void addBlocks() {
        m_result.blocks.question =
            (m_turns.empty() ? m_summary : "") + fill(answerTemplate().ask, {{"question", m_question}});
        for (std::size_t n = 0; n < m_chosen.size(); ++n)
            m_result.blocks.passages.push_back(blockOf(n + 1, m_passages[m_chosen[n].index]));
    }
    static document::PassageBlock blockOf(std::size_t number, const PassageText& passage) {
        std::string title = "Passage " + std::to_string(number);
        if (!passage.title.empty()) title += ": " + attributeText(passage.title);
        return {std::move(title), attributeText(passage.where), sentenceBlocks(passageText(passage.text))};
    }

    void report() {
        reportHistory();
        addBlocks();
        const bool exact = m_counter.count(m_question).exact;
        std::size_t sum = m_result.answerReserve;
        const auto part = [&](std::string name, std::size_t tokens) {
            m_result.parts.push_back({std::move(name), {tokens, exact}});
            sum += tokens;
        };
        std::size_t history = 0;
        for (const Turn& turn : m_turns) history += turn.tokens - 2 * m_framing;
        if (m_hasSystem) part("system", m_systemTokens);
        if (!m_summary.empty()) part(summaryName(), count(m_summary));
        if (!m_turns.empty()) part("history", history);
        for (std::size_t n = 0; n < m_chosen.size(); ++n) {
            part(passageName(n + 1, m_chosen[n].index), m_chosen[n].tokens);
            m_result.passages.push_back(m_chosen[n].index);
        }
        part("question", m_questionTokens);
        // The parts counted one by one may be more than the whole: then the larger figure is the honest one.
        const std::size_t framing = m_framingOnce + m_result.messages.size() * m_framing;
        const std::size_t whole = std::max(m_result.used, std::min(sum + framing, m_budget.window));
        m_result.parts.push_back({kFraming, {whole > sum ? whole - sum : 0, false}});
        m_result.parts.push_back({kAnswerReserve, {m_result.answerReserve, true}});
        m_result.used = std::max(whole, sum);
    }

    const std::vector<PassageText>& m_passages;
    const std::vector<HistoryTurn>& m_history;
    const Budget& m_budget;
    const document::TokenCounter& m_counter;
    const EarlierTurns& m_earlier;
    std::size_t m_framing = kFramingPerMessage;
    std::size_t m_framingOnce = kFramingOnce;
    std::string m_question;
    std::string m_summary;  ///< as shown; empty: none is
    Packed m_result;
    bool m_hasSystem = true;
    std::size_t m_systemTokens = 0;
    std::size_t m_questionTokens = 0;
    std::size_t m_taken = 0;       ///< without the reserve
    std::vector<Turn> m_turns;     ///< newest first
    std::vector<Chosen> m_chosen;  ///< best first
};

}  // namespace

Packed pack(std::string_view question, const std::vector<PassageText>& passages,
            const std::vector<HistoryTurn>& history, const Budget& budget,
            const document::TokenCounter& counter, const EarlierTurns& earlier) {
    return Packer(question, passages, history, budget, counter, earlier).run();
}

std::size_t summaryRoomOf(std::size_t window) {
    return std::clamp<std::size_t>(window / 12, kLeastForSummary, kMostForSummary);
}

}  // namespace commonplace::prompt
