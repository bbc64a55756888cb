#include "engine/answer/generative.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "engine/base/text.h"
#include "engine/prompt/prompt.h"
#include "engine/prompt/visible.h"
#include "engine/retrieve/stop_words.h"
#include "engine/retrieve/word_key.h"

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
        pass(wholeCharacters(m_waiting));
        return m_taken <= m_bound;
    }
    std::string finish() && {
        pass(m_waiting.size());
        return std::move(m_text);
    }

  private:
    /// Without the bytes of a character that is still on its way.
    static std::size_t wholeCharacters(std::string_view text) {
        for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
            const auto byte = static_cast<unsigned char>(text[text.size() - back]);
            const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
            if ((byte & 0xC0) != 0x80) return length > back ? text.size() - back : text.size();
        }
        return text.size();
    }

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

std::set<std::string> contentKeys(std::string_view text) {
    std::set<std::string> keys;
    for (const base::Range& range : base::words(text)) {
        const std::string_view word = text.substr(range.begin, range.size());
        if (!retrieve::isStopWord(word)) keys.insert(retrieve::wordKey(word));
    }
    return keys;
}

/// The sentence of a passage that shares most words with a claim.
const Sentence* bestFor(std::string_view claim, std::size_t passage, const Evidence& evidence) {
    const std::set<std::string> wanted = contentKeys(claim);
    const Sentence* best = nullptr;
    std::size_t most = 0;
    for (const Sentence& sentence : evidence.sentences()) {
        if (sentence.passage != passage) continue;
        std::size_t shared = 0;
        for (const std::string& key : contentKeys(sentence.quote)) shared += wanted.count(key);
        if (best != nullptr && shared <= most) continue;
        best = &sentence;
        most = shared;
    }
    return best;
}

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

class Resolver {
  public:
    Resolver(std::string_view answer, const std::vector<std::size_t>& shown, const Evidence& evidence)
        : m_answer(answer), m_shown(shown), m_evidence(evidence), m_claims(base::sentences(answer)) {}

    std::vector<Citation> run(const std::vector<document::CitedText>& cited) && {
        for (const prompt::QuotedSpan& quoted : prompt::quotedSpans(m_answer))
            addQuotation(m_answer.substr(quoted.range.begin, quoted.range.size()), quoted.numbers);
        for (const document::CitedText& one : cited) addQuotation(one.text, {one.number});
        for (const prompt::Marker& marker : prompt::markers(m_answer))
            for (const int number : marker.numbers)
                if (isKnown(number) && m_cited.insert(number).second) addSupport(number, marker.range.begin);
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
    void addQuotation(std::string_view words, const std::vector<int>& claimed) {
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
        if (!found) return;
        if (!named && !found->verified)
            *found = {0, "", "", "", 0, "", base::collapseSpace(words), false, {}};
        m_cited.insert(found->number);
        if (isNew(*found)) m_citations.push_back(std::move(*found));
    }

    bool isNew(const Citation& citation) const {
        return std::none_of(m_citations.begin(), m_citations.end(), [&](const Citation& known) {
            return known.number == citation.number && known.quote == citation.quote;
        });
    }

    void addSupport(int number, std::size_t marker) {
        if (const Sentence* sentence = bestFor(claimAt(marker), passageOf(number), m_evidence))
            m_citations.push_back(m_evidence.cite(number, *sentence));
        else
            m_citations.push_back(
                m_evidence.cite(number, passageOf(number), m_evidence.passages()[passageOf(number)].snippet));
    }

    /// The sentence of the answer that a marker ends or stands in.
    std::string_view claimAt(std::size_t marker) const {
        base::Range claim{0, marker};
        for (const base::Range& sentence : m_claims)
            if (sentence.begin < marker) claim = {sentence.begin, std::max(marker, sentence.end)};
        return m_answer.substr(claim.begin, claim.size());
    }

    std::string_view m_answer;
    const std::vector<std::size_t>& m_shown;
    const Evidence& m_evidence;
    std::vector<base::Range> m_claims;
    std::set<int> m_cited;
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

}  // namespace commonplace::answer
