#include "engine/answer/planner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/answer/reach.h"
#include "engine/answer/spans.h"
#include "engine/answer/summarising.h"

namespace commonplace::answer {
namespace {

using document::Place;

constexpr const char* kStays = "its folder is local only, and the model does not run on this computer";

}  // namespace

Planner::Planner(const Question& question, const Backends& backends, const Evidence& evidence,
                 const trace::Span& span, std::stop_token stop)
    : m_question(question),
      m_backends(backends),
      m_evidence(evidence),
      m_span(span),
      m_stop(std::move(stop)),
      m_isElsewhere(backends.model->place() == Place::Elsewhere),
      m_firstTurn(firstSendableTurn()) {
    for (std::size_t i = 0; i < evidence.passages().size(); ++i)
        if (!m_isElsewhere || !mustStay(evidence.passages()[i], question.localOnly)) m_sendable.push_back(i);
    for (std::size_t i = m_firstTurn; i < question.history.size(); ++i)
        m_turns.push_back({question.history[i].question, question.history[i].answer});
    if (question.historySummary && isUsable(*question.historySummary)) m_summary = question.historySummary;
}

/// What is left out has no hole in it: nothing older than a turn that must stay is sent either.
std::size_t Planner::firstSendableTurn() const {
    std::size_t first = 0;
    for (std::size_t i = 0; m_isElsewhere && i < m_question.history.size(); ++i)
        if (mustStay(m_question.history[i], m_question.localOnly)) first = i + 1;
    return first;
}

/// A summary may go where all of its turns may go.
bool Planner::isUsable(const HistorySummary& summary) const {
    return m_backends.longHistory == LongHistory::Summarise && !summary.text.empty() &&
           summary.turns > summary.skipped && summary.turns <= m_question.history.size() &&
           summary.skipped >= m_firstTurn;
}

const document::TokenCounter& Planner::counter() const {
    const document::TokenCounter* own = m_backends.counter;
    if (own == nullptr) own = m_backends.model->counter();
    return own != nullptr ? *own : m_estimate;
}

std::vector<prompt::PassageText> Planner::passageTexts() const {
    std::vector<prompt::PassageText> passages;
    for (const std::size_t index : m_sendable) {
        const retrieve::Passage& passage = m_evidence.passages()[index];
        passages.push_back({passage.document.title, placeName(passage), passage.chunk.text});
    }
    return passages;
}

prompt::Packed Planner::pack(std::size_t window, std::size_t summaryRoom) const {
    const auto reserve = static_cast<std::size_t>(std::max(m_backends.maxAnswerTokens, 1));
    prompt::EarlierTurns earlier;
    if (m_summary && summaryRoom > 0) earlier = {m_summary->text, m_summary->turns - m_summary->skipped};
    return prompt::pack(m_question.text, passageTexts(), m_turns, {window, reserve, summaryRoom}, counter(),
                        earlier);
}

bool Planner::coversDropped(const prompt::Packed& packed) const {
    return m_summary && m_summary->turns - m_firstTurn >= m_turns.size() - packed.turns;
}

/// With room for a summary fewer turns fit, so that it is found out first which ones the summary must stand
/// for. What fits does not depend on its words.
Result<prompt::Packed> Planner::packWithSummary(prompt::Packed plain, std::size_t window,
                                                const trace::Span& packing) {
    const bool mayAsk = m_backends.small != nullptr && !m_hasTried;
    if (m_backends.longHistory == LongHistory::LeaveOut || (!m_summary && !mayAsk)) return plain;
    const std::size_t room = prompt::summaryRoomOf(window);
    prompt::Packed packed = pack(window, room);
    if (packed.summaryRoom == 0) return plain;
    if (mayAsk && !coversDropped(packed)) {
        TRY_VOID(summarise(packed, packing));
        if (!m_summary) return plain;
        packed = pack(window, room);
    }
    return packed;
}

/// Of half of the turns that still fit, too: the next questions then need no new one.
Result<void> Planner::summarise(const prompt::Packed& packed, const trace::Span& packing) {
    m_hasTried = true;
    const std::size_t end = m_firstTurn + m_turns.size() - packed.turns + packed.turns / 2;
    const SummaryTask task{m_firstTurn, end, packed.summaryRoom, m_summary};
    TRY(auto made, summarisedHistory(m_question, task, *m_backends.small, packing, m_stop));
    if (made) m_summary = std::move(made);
    return {};
}

Result<Plan> Planner::plan(std::size_t window) {
    trace::Span packing = m_span.child("pack");
    prompt::Packed packed = pack(window, 0);
    if (packed.turns < m_turns.size()) {
        TRY(packed, packWithSummary(std::move(packed), window, packing));
    }
    notePacked(packing, window, packed);
    Plan plan;
    plan.problem = problemOf(packed, window);
    plan.request = requestFor(packed);
    plan.receipt.window = window;
    fillReceipt(packed, plan);
    for (const std::size_t index : packed.passages) plan.passages.push_back(m_sendable[index]);
    if (packed.summaryRoom > 0 || m_hasTried) plan.summary = m_summary;
    return plan;
}

std::string Planner::problemOf(const prompt::Packed& packed, std::size_t window) const {
    if (m_sendable.empty())
        return "all passages found lie in folders that stay on this computer, and the model does not run "
               "here";
    if (packed.passages.empty() || packed.messages.front().role != document::Role::System)
        return "the model's context window of " + std::to_string(window) +
               " tokens has no room for the rules and a passage (choose a model that can read more, or set a "
               "larger context window, if the settings are what bounds it)";
    return {};
}

/// Only a model here gets to see what must stay; what stands in for it must not pass it on.
bool Planner::holdsLocal(const prompt::Packed& packed) const {
    const auto& passages = m_evidence.passages();
    const auto& history = m_question.history;
    const auto turnStays = [&](const Turn& turn) { return mustStay(turn, m_question.localOnly); };
    const auto from = history.end() - static_cast<std::ptrdiff_t>(packed.turns);
    if (std::any_of(from, history.end(), turnStays)) return true;
    if (m_summary && packed.summaryRoom > 0 &&
        std::any_of(history.begin() + static_cast<std::ptrdiff_t>(m_summary->skipped),
                    history.begin() + static_cast<std::ptrdiff_t>(m_summary->turns), turnStays))
        return true;
    return std::any_of(passages.begin(), passages.end(), [&](const retrieve::Passage& passage) {
        return mustStay(passage, m_question.localOnly);
    });
}

document::ChatRequest Planner::requestFor(const prompt::Packed& packed) const {
    document::ChatRequest request;
    request.messages = packed.messages;
    request.maxTokens = static_cast<int>(packed.answerReserve);
    request.promptTokens = packed.used - packed.answerReserve;
    if (!packed.blocks.passages.empty()) request.blocks = packed.blocks;
    if (!m_isElsewhere && holdsLocal(packed)) request.mayReach = Place::ThisComputer;
    return request;
}

void Planner::fillReceipt(const prompt::Packed& packed, Plan& plan) const {
    plan.receipt.used = packed.used;
    addKept(plan.receipt);
    for (const prompt::Part& part : packed.parts) plan.receipt.parts.push_back({part.name, part.tokens});
    for (const prompt::Dropped& part : packed.dropped) plan.receipt.dropped.push_back({part.name, part.why});
    std::set<std::string> files;
    for (const std::size_t index : packed.passages) {
        const store::DocumentRow& document = m_evidence.passages()[m_sendable[index]].document;
        if (files.insert(document.sha256).second)
            plan.sources.insert(plan.sources.end(), document.paths.begin(), document.paths.end());
    }
    plan.filesRead = static_cast<int>(files.size());
    // What an answer repeats of the turns before it comes from their documents.
    std::set<std::string> known(plan.sources.begin(), plan.sources.end());
    for (std::size_t turn = m_firstTurn; turn < m_question.history.size(); ++turn)
        for (const std::string& path : m_question.history[turn].sources)
            if (known.insert(path).second) plan.sources.push_back(path);
}

/// What was found and stays on this computer.
void Planner::addKept(ContextReceipt& receipt) const {
    for (const retrieve::Passage& passage : m_evidence.passages())
        if (m_isElsewhere && mustStay(passage, m_question.localOnly))
            receipt.dropped.push_back({placeName(passage), kStays});
    if (m_firstTurn > 0)
        receipt.dropped.push_back({"history", std::to_string(m_firstTurn) + " earlier turns: " + kStays});
}

}  // namespace commonplace::answer
