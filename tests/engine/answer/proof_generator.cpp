#include "tests/engine/answer/proof_generator.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kMinimum = 4, kMaximum = 40;

class Random {
  public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_engine() % bound); }
    bool chance(std::size_t percent) { return below(100) < percent; }

  private:
    std::mt19937_64 m_engine;
};

/// What white space separates; a token that ends in a line-end hyphen is glued to the next one, so that no
/// quote begins or ends inside a broken word.
std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> result;
    bool glue = false;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !base::isSpace(base::decodeUtf8(text, end).value))
            end += base::decodeUtf8(text, end).bytes;
        std::size_t next = end;
        while (next < text.size() && base::isSpace(base::decodeUtf8(text, next).value))
            next += base::decodeUtf8(text, next).bytes;
        const std::string_view word = text.substr(at, end - at), space = text.substr(end, next - end);
        if (!word.empty()) {
            if (glue)
                result.back() += word;
            else
                result.emplace_back(word);
            const bool hyphen = word.size() > 1 && word.back() == '-' &&
                                base::isLetter(static_cast<unsigned char>(word[word.size() - 2]));
            glue = hyphen && space.find('\n') != std::string_view::npos;
            if (glue) result.back() += '\n';
        }
        at = next;
    }
    return result;
}

std::string replaceAll(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string joined(const std::vector<std::string>& words, std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = first; i < first + count; ++i) text += (i > first ? " " : "") + words[i];
    return text;
}

/// Letters and digits only, compatibility forms and case folded: what no folding could tell apart.
std::string bones(std::string_view text) {
    const std::string folded = base::foldCase(base::normalizeNfkc(text));
    std::string result;
    for (std::size_t at = 0; at < folded.size();) {
        const base::CodePoint point = base::decodeUtf8(folded, at);
        if (base::isWordChar(point.value)) result.append(folded, at, point.bytes);
        at += point.bytes;
    }
    return result;
}

struct PageWords {
    std::vector<std::string> words;
    std::string bones;
};

class Maker {
  public:
    Maker(const std::vector<std::string>& pages, std::uint64_t seed) : m_random(seed) {
        for (std::size_t i = 0; i < pages.size(); ++i) {
            m_pages.push_back({tokens(pages[i]), bones(pages[i])});
            if (m_pages.back().words.size() >= 2 * kMinimum) m_usable.push_back(i);
        }
    }

    std::size_t somePage() { return m_usable[m_random.below(m_usable.size())]; }

    /// A run of words of the page, as they stand; line-end hyphens still inside.
    std::vector<std::string> run(std::size_t page) {
        const auto& words = m_pages[page].words;
        const std::size_t longest = std::min(kMaximum, words.size());
        const std::size_t count = kMinimum + m_random.below(longest - kMinimum + 1);
        const std::size_t first = m_random.below(words.size() - count + 1);
        return {words.begin() + static_cast<long>(first), words.begin() + static_cast<long>(first + count)};
    }

    /// As a model or a person would write the words: hyphens resolved one of three ways, ligatures spelled or
    /// kept.
    std::string rendered(const std::vector<std::string>& words) {
        std::string text = joined(words, 0, words.size());
        static constexpr std::string_view kWays[] = {"", "-", "- "};
        for (std::size_t at = text.find("-\n"); at != std::string::npos; at = text.find("-\n"))
            text.replace(at, 2, kWays[m_random.below(3)]);
        if (m_random.chance(60)) text = spelled(text);
        if (m_random.chance(50)) text = replaceAll(text, "\u00AD", "");
        return text;
    }

    std::string plainTypography(std::string text) {
        for (const char* quote : {"‘", "’", "‚"}) text = replaceAll(text, quote, "'");
        for (const char* quote : {"“", "”", "„"}) text = replaceAll(text, quote, "\"");
        for (const char* dash : {"–", "—", "−", "‐"}) text = replaceAll(text, dash, "-");
        return text;
    }
    std::string richTypography(std::string text) { return replaceAll(replaceAll(text, "'", "’"), "-", "–"); }

    static std::string spelled(std::string text) {
        static constexpr std::pair<const char*, const char*> kLigatures[] = {
            {"ﬃ", "ffi"}, {"ﬄ", "ffl"}, {"ﬀ", "ff"}, {"ﬁ", "fi"}, {"ﬂ", "fl"}};
        for (const auto& [ligature, letters] : kLigatures) text = replaceAll(text, ligature, letters);
        return text;
    }

    bool standsOn(std::string_view quote, std::size_t page) const {
        const std::string wanted = bones(quote);
        return m_pages[page].bones.find(wanted) != std::string::npos;
    }

    Random& random() { return m_random; }
    const PageWords& page(std::size_t i) const { return m_pages[i]; }
    std::size_t pages() const { return m_usable.size(); }

  private:
    Random m_random;
    std::vector<PageWords> m_pages;
    std::vector<std::size_t> m_usable;
};

bool has(const std::vector<std::string>& words, std::string_view part) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.find(part) != std::string::npos; });
}

std::string kindOf(const std::vector<std::string>& words) {
    if (has(words, "-\n")) return "hyphen";
    for (const char* ligature : {"ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ"})
        if (has(words, ligature)) return "ligature";
    return "plain";
}

using Mutation = std::function<std::optional<std::string>(Maker&, std::size_t page)>;

std::optional<std::string> changeDigit(Maker& maker, std::size_t page) {
    std::string quote = maker.rendered(maker.run(page));
    std::vector<std::size_t> digits;
    for (std::size_t i = 0; i < quote.size(); ++i)
        if (quote[i] >= '0' && quote[i] <= '9') digits.push_back(i);
    if (digits.empty()) return std::nullopt;
    char& digit = quote[digits[maker.random().below(digits.size())]];
    digit = static_cast<char>('0' + (digit - '0' + 1 + static_cast<int>(maker.random().below(9))) % 10);
    return quote;
}

std::optional<std::string> changeNot(Maker& maker, std::size_t page) {
    std::vector<std::string> words = maker.run(page);
    const auto negation = std::find_if(words.begin(), words.end(), [](const std::string& w) {
        return w == "not" || w == "no" || w == "never";
    });
    if (negation != words.end() && words.size() > kMinimum)
        words.erase(negation);
    else
        words.insert(words.begin() + 1 + static_cast<long>(maker.random().below(words.size() - 1)), "not");
    return maker.rendered(words);
}

std::optional<std::string> changeName(Maker& maker, std::size_t page) {
    static constexpr const char* kNames[] = {"Alvarez", "Brandt",  "Chen",    "Dubois",   "Eriksen",
                                             "Ferrara", "Granite", "Halberd", "Meridian", "Quillon"};
    std::vector<std::string> words = maker.run(page);
    std::vector<std::size_t> names;
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i].size() > 2 && words[i][0] >= 'A' && words[i][0] <= 'Z' &&
            words[i].find('\n') == std::string::npos)
            names.push_back(i);
    if (names.empty()) return std::nullopt;
    words[names[maker.random().below(names.size())]] = kNames[maker.random().below(std::size(kNames))];
    return maker.rendered(words);
}

std::optional<std::string> splice(Maker& maker, std::size_t page) {
    std::vector<std::string> words = maker.run(page);
    const std::vector<std::string> other = maker.run(page);
    words.resize(words.size() / 2);
    words.insert(words.end(), other.begin() + static_cast<long>(other.size() / 2), other.end());
    return maker.rendered(words);
}

std::optional<std::string> otherPage(Maker& maker, std::size_t page) {
    const std::size_t other = maker.somePage();
    return other == page ? std::nullopt : std::optional(maker.rendered(maker.run(other)));
}

/// The right words, but the first or last one loses a letter or digit: "15 million" becomes "5 million".
std::optional<std::string> cut(Maker& maker, std::size_t page) {
    std::vector<std::string> words = maker.run(page);
    std::string& word = maker.random().chance(50) ? words.front() : words.back();
    const bool front = &word == &words.front();
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (word.size() < 3 || !std::all_of(word.begin(), word.end(), plain)) return std::nullopt;
    front ? word.erase(0, 1) : word.erase(word.size() - 1);
    const std::string text = joined(words, 0, words.size());
    // True by accident only if the same words stand whole elsewhere: then their shortened form is a token of
    // the page.
    const auto& all = maker.page(page).words;
    const std::string_view shortened =
        front ? std::string_view(words.front()) : std::string_view(words.back());
    for (const std::string& token : all)
        if (bones(token) == bones(shortened)) return std::nullopt;
    return text;
}

}  // namespace

std::vector<Sample> genuineQuotes(const std::vector<std::string>& pages, std::size_t count,
                                  std::uint64_t seed) {
    Maker maker(pages, seed);
    std::vector<Sample> samples;
    while (samples.size() < count) {
        const std::size_t page = maker.somePage();
        const std::vector<std::string> words = maker.run(page);
        // Half of them must cross what is hard, where the pages have it.
        const std::string kind = kindOf(words);
        if (kind == "plain" && samples.size() % 2 == 0 && maker.random().chance(90)) continue;
        std::string quote = maker.rendered(words);
        if (maker.random().chance(30))
            quote = maker.plainTypography(quote);
        else if (maker.random().chance(20))
            quote = maker.richTypography(quote);
        if (maker.random().chance(20)) quote = replaceAll(quote, " ", "\n  ");
        if (base::words(quote).size() >= kMinimum) samples.push_back({kind, quote, page});
    }
    return samples;
}

std::vector<Sample> falseQuotes(const std::vector<std::string>& pages, std::size_t count,
                                std::uint64_t seed) {
    static const std::vector<std::pair<std::string, Mutation>> kKinds = {
        {"digit", changeDigit}, {"not", changeNot},        {"name", changeName},
        {"splice", splice},     {"other page", otherPage}, {"cut", cut}};
    Maker maker(pages, seed);
    std::vector<Sample> samples;
    while (samples.size() < count) {
        const auto& [kind, mutate] = kKinds[samples.size() % kKinds.size()];
        const std::size_t page = maker.somePage();
        const std::optional<std::string> quote = mutate(maker, page);
        if (!quote || base::words(*quote).size() < kMinimum) continue;
        if (kind != "cut" && maker.standsOn(*quote, page)) continue;
        samples.push_back({kind, *quote, page});
    }
    return samples;
}

std::vector<std::string> samplePages() {
    return {
        "3 Beneﬁts and eligibility\n\nEmployees of Harbour & Lind are eligible for the dental plan after 90 "
        "days of ser-\n"
        "vice. The plan pays 80 percent of basic treat-\nment and 50 percent of crowns, up to $1,500 per "
        "calendar year. It does not\n"
        "cover cosmetic treatment, and no waiting period applies to children under 12. Claims must be sent "
        "within\n"
        "180 days to Oﬃce 4, attention of Ms. Okafor; late claims are not paid. The em-\nployer’s share "
        "rises from 2.5 % to 3.75 %\n"
        "on 1 January 2027—“a ﬁrst step”, as Director Maria Lindqvist put it. Part-time staﬀ (fewer than 20 "
        "hours)\n"
        "receive one half of the beneﬁt, which is not paid in cash.\n",
        "Measurement of sediment ﬂux\n\nThe ﬂux was measured at 14 sta-\ntions between −3 °C and 21 °C. At "
        "Station Kessler the mean\n"
        "was 10² particles per litre; at Station Abara it was 102. We did not ﬁnd a diﬀer-\nence between "
        "spring and autumn\n"
        "(p = 0.47, n = 1,208). Professor Tanaka’s earlier value of 7.3 mg was not con-\nﬁrmed: our "
        "instru-\nments read 6.1 mg\n"
        "in 9 of 10 trials. The eﬀect of wind-\ndriven mixing can’t be excluded, and a well-known bias of "
        "0.5 mg\n"
        "remains. Samples from 1998–2004 were re-\nanalysed by Dr. Weiss; 33 of them had no label.\n",
        "Article 7. Termination\n\n(1) Either party may terminate this agree-\nment with 60 days’ notice. "
        "(2) The Lessee shall not sub-\nlet the\n"
        "premises without the written con-\nsent of Northgate Holdings Ltd. (3) If rent is more than 30 days "
        "overdue, the Lessor may\n"
        "withdraw at once; a fee of EUR 2,400 (“the exit fee”) is then due. (4) No ﬁxtures may be "
        "re-\nmoved. (5) Disputes are\n"
        "heard in Rotterdam, not in Antwerp. (6) The deposit of EUR 7,200 is re-\nturned within 14 days, "
        "less the cost of re-\npairs\n"
        "carried out by Van der Meer & Sons. (7) This ar-\nticle is not aﬀected by Article 12.\n",
        "Release notes 4.2\n\nThe index now opens in 35 ms instead of 410 ms. Files larger than 64 MB are "
        "not read into memory. A co-\noper-\native\n"
        "lock replaces the old one; Windows 7 is no longer supported. We ﬁxed 17 crashes, among them bug "
        "2051 (“no\n"
        "route to host”) which Priya Raman reported in version 3.9. The conﬁg-\nuration ﬁle may not contain "
        "tabs.\n"
        "Known issue: on btrfs a reﬂink is not made, so 2 copies remain. Thanks to Tomasz, Ingrid and the "
        "eﬃcient\n"
        "test team in Oslo, who ran 12,000 tests a day and did not complain once.\n",
    };
}

}  // namespace commonplace::answer
