#include "engine/answer/generative.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/answer/reference.h"
#include "engine/base/text.h"
#include "engine/prompt/prompt.h"
#include "engine/prompt/visible.h"

namespace commonplace::answer {
namespace {

using document::Citation;

// No vocabulary's tokens are longer on average; a model that says more than it may is out of control.
constexpr std::size_t kBytesPerToken = 16;
constexpr std::size_t kBytesBeside = 1024;

/// What has come so far, and how much of it has been passed on.
class Outlet {
  public:
    Outlet(const OnText& onText, std::size_t bound) : m_onText(onText), m_bound(bound) {}

    /// False when the bound is reached.
    bool take(std::string_view piece) {
        m_waiting += piece.substr(0, m_bound - std::min(m_bound, m_taken));
        m_taken += piece.size();
        pass(m_waiting.size() - base::unfinishedBytes(m_waiting));
        return m_taken <= m_bound;
    }
    std::string finish() && {
        pass(m_waiting.size());
        return std::move(m_text);
    }

  private:
    void pass(std::size_t bytes) {
        const std::string text = prompt::visible(std::string_view(m_waiting).substr(0, bytes));
        m_waiting.erase(0, bytes);
        if (text.empty()) return;
        m_text += text;
        if (m_onText) m_onText(text);
    }

    const OnText& m_onText;
    std::size_t m_bound = 0;
    std::size_t m_taken = 0;
    std::string m_waiting;
    std::string m_text;
};

/// Writers put their own comma or full stop inside the quotation marks, and dots where they begin or end.
std::string_view withoutEnds(std::string_view quote) {
    constexpr std::u32string_view kEnds = U".,;:!?… ";
    const auto isEnd = [&](std::size_t at) {
        return kEnds.find(base::decodeUtf8(quote, at).value) != std::u32string_view::npos;
    };
    while (!quote.empty() && isEnd(0)) quote.remove_prefix(base::decodeUtf8(quote, 0).bytes);
    while (!quote.empty()) {
        std::size_t last = quote.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(quote[last]) & 0xC0) == 0x80) --last;
        if (!isEnd(last)) break;
        quote = quote.substr(0, last);
    }
    return quote;
}

/// The end of a long one stands nearest to its marker.
std::string shownClaim(std::string_view claim) {
    constexpr std::size_t kMostBytes = 1024;
    std::string shown = base::collapseSpace(claim);
    if (shown.size() <= kMostBytes) return shown;
    std::size_t begin = shown.size() - kMostBytes;
    while (begin < shown.size() && (static_cast<unsigned char>(shown[begin]) & 0xC0) == 0x80) ++begin;
    return shown.substr(begin);
}

/// The number of a marker that belongs to a quotation.
struct Owned {
    std::size_t quoteEnd = 0;
    int number = 0;
};

class Resolver {
  public:
    Resolver(std::string_view answer, const std::vector<std::size_t>& shown, const Evidence& evidence)
        : m_answer(answer), m_shown(shown), m_evidence(evidence), m_judge(evidence, shown) {}

    std::vector<Citation> run(const std::vector<document::CitedText>& cited) && {
        for (const prompt::QuotedSpan& quoted : prompt::quotedSpans(m_answer)) {
            const base::Range& range = quoted.range;
            const Citation found = addQuotation(m_answer.substr(range.begin, range.size()), quoted.numbers);
            // A quotation that stands in none of its passages makes references of none of them.
            for (const int number : quoted.numbers)
                if (!found.verified || number == found.number) m_owned.push_back({range.end, number});
        }
        for (const document::CitedText& one : cited)
            m_citedByModel.insert(addQuotation(one.text, {one.number}).number);
        addReferences();
        std::stable_sort(m_citations.begin(), m_citations.end(), [](const Citation& a, const Citation& b) {
            return a.number - 1u < b.number - 1u;  // 0 comes last
        });
        return std::move(m_citations);
    }

  private:
    bool isKnown(int number) const {
        return number >= 1 && static_cast<std::size_t>(number) <= m_shown.size();
    }
    std::size_t passageOf(int number) const { return m_shown[static_cast<std::size_t>(number) - 1]; }

    Citation cite(int number, std::string_view words) const {
        Citation whole = m_evidence.cite(number, passageOf(number), words);
        if (whole.verified) return whole;
        Citation inner = m_evidence.cite(number, passageOf(number), withoutEnds(words));
        return inner.verified ? inner : whole;
    }

    /// With several numbers, a quotation is cited where it is found.
    Citation addQuotation(std::string_view words, const std::vector<int>& claimed) {
        std::vector<int> numbers;
        for (const int number : claimed)
            if (isKnown(number)) numbers.push_back(number);
        const bool named = !numbers.empty();
        for (std::size_t n = 1; !named && n <= m_shown.size(); ++n) numbers.push_back(static_cast<int>(n));
        std::optional<Citation> found;
        for (const int number : numbers) {
            Citation citation = cite(number, words);
            if (!found || (citation.verified && !found->verified)) found = std::move(citation);
        }
        if (!found) return {};
        if (!named && !found->verified) {
            *found = {};
            found->quote = base::collapseSpace(words);
        }
        if (isNew(*found)) m_citations.push_back(*found);
        return *found;
    }

    bool isNew(const Citation& citation) const {
        return std::none_of(m_citations.begin(), m_citations.end(), [&](const Citation& known) {
            return known.number == citation.number && known.quote == citation.quote;
        });
    }

    /// What was found, and which passage says more.
    using Found = std::pair<Judgement, int>;
    struct Reference {
        Found found;
        Citation citation;
    };
    /// By what was found, so that an unsupported claim does not take the support of another one away.
    using References = std::map<Found, Citation>;

    /// The markers that belong to no quotation: a reference for each number and finding.
    void addReferences() {
        const std::vector<prompt::Marker> markers = prompt::markers(m_answer);
        const std::vector<Claim> claims = claimsOf(m_answer, markers);
        std::map<int, References> references;
        for (std::size_t i = 0; i < markers.size(); ++i)
            for (const int number : markers[i].numbers) {
                if (!isKnown(number) || m_citedByModel.contains(number)) continue;
                if (takeOwned(number, markers[i].range.begin)) continue;
                add(refer(number, claims[i]), references[number]);
            }
        for (auto& [number, found] : references) {
            if (found.size() > 1) found.erase({Judgement::NoClaim, 0});
            for (auto& [finding, citation] : found) m_citations.push_back(std::move(citation));
        }
    }

    static void add(Reference reference, References& found) {
        const auto known = found.find(reference.found);
        if (known == found.end()) {
            found.emplace(reference.found, std::move(reference.citation));
            return;
        }
        std::vector<std::string>& claims = known->second.claims;
        claims.insert(claims.end(), reference.citation.claims.begin(), reference.citation.claims.end());
    }

    /// Of several markers with its number behind a quotation, the first is the quotation's.
    bool takeOwned(int number, std::size_t marker) {
        const auto isIt = [&](const Owned& one) { return one.number == number && one.quoteEnd <= marker; };
        const auto found = std::find_if(m_owned.begin(), m_owned.end(), isIt);
        if (found == m_owned.end()) return false;
        m_owned.erase(found);
        return true;
    }

    int numberOf(std::size_t passage) const {
        const auto found = std::find(m_shown.begin(), m_shown.end(), passage);
        return found == m_shown.end() ? 0 : static_cast<int>(found - m_shown.begin()) + 1;
    }

    Reference refer(int number, const Claim& claim) {
        const std::size_t passage = passageOf(number);
        std::vector<std::size_t> together;
        for (const int other : claim.numbers)
            if (isKnown(other)) together.push_back(passageOf(other));
        Finding finding = m_judge.judge(claim, passage, together);
        const Sentence* sentence = bestSentence(finding.claim, passage, m_evidence);
        // A document that went away meanwhile has no page to show.
        if (sentence == nullptr) finding.judgement = Judgement::NotJudged;
        Citation citation = sentence
                                ? m_evidence.cite(number, *sentence)
                                : m_evidence.cite(number, passage, m_evidence.passages()[passage].snippet);
        citation.kind = document::CitationKind::Reference;
        citation.verified = finding.judgement == Judgement::Supported;
        citation.judged = citation.verified || finding.judgement == Judgement::NotSupported;
        if (finding.judgement == Judgement::Contested) citation.better = numberOf(*finding.better);
        if (!finding.claim.empty()) citation.claims.push_back(shownClaim(finding.claim));
        return {{finding.judgement, citation.better}, std::move(citation)};
    }

    std::string_view m_answer;
    const std::vector<std::size_t>& m_shown;
    const Evidence& m_evidence;
    ClaimJudge m_judge;
    std::vector<Owned> m_owned;
    std::set<int> m_citedByModel;
    std::vector<Citation> m_citations;
};

}  // namespace

Result<document::ChatReply> write(document::ChatModel& model, const document::ChatRequest& request,
                                  const OnText& onText, std::stop_token stop) {
    Outlet outlet(onText, static_cast<std::size_t>(request.maxTokens) * kBytesPerToken + kBytesBeside);
    std::stop_source brake;
    const std::stop_callback forward(stop, [&brake] { brake.request_stop(); });
    bool endless = false;
    const auto take = [&](std::string_view piece) {
        if (endless || outlet.take(piece)) return;
        endless = true;
        brake.request_stop();
    };
    TRY(document::ChatReply reply, model.chat(request, take, brake.get_token()));
    reply.text = std::move(outlet).finish();
    if (endless)
        reply.error =
            "the model did not end: stopped at the limit of " + std::to_string(request.maxTokens) + " tokens";
    else if (stop.stop_requested() || reply.stopped)
        reply.error = "stopped; the answer is not complete";
    if (stop.stop_requested() && reply.text.empty())
        return Error(ErrorCode::Cancelled, "the answer was cancelled");
    return reply;
}

std::vector<Citation> citationsOf(std::string_view answer, const std::vector<std::size_t>& shown,
                                  const Evidence& evidence, const std::vector<document::CitedText>& cited) {
    return Resolver(answer, shown, evidence).run(cited);
}

std::string citationNote(std::string_view answer, const std::vector<Citation>& citations,
                         std::size_t passages) {
    std::set<int> unknown;
    bool isCited = !citations.empty();
    for (const prompt::Marker& marker : prompt::markers(answer))
        for (const int number : marker.numbers) {
            const bool isKnown = number >= 1 && static_cast<std::size_t>(number) <= passages;
            if (isKnown) isCited = true;
            if (!isKnown) unknown.insert(number);
        }
    if (!unknown.empty())
        return "the answer names [" + std::to_string(*unknown.begin()) + "]" +
               (unknown.size() > 1 ? " and others" : "") + ", but was given passages 1 to " +
               std::to_string(passages) + " only";
    const bool isEmpty = base::trim(answer).empty();
    return isCited || isEmpty ? "" : "the answer names no passage: nothing in it was checked";
}

}  // namespace commonplace::answer
