#include "engine/retrieve/filters.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>

#include "engine/base/text.h"

namespace commonplace::retrieve {
namespace {

/// Case folded; ASCII, as most paths are, without asking ICU.
std::string folded(std::string_view text) {
    std::string ascii;
    ascii.reserve(text.size());
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return base::foldCase(base::normalizeNfkc(base::repairUtf8(text)));
        ascii += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return ascii;
}

/// " budget of the year": a space before every word, so that a word's beginning can be looked for.
std::string spacedWords(std::string_view text) {
    std::string words = " ";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isLetter = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (isLetter)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    return words;
}

std::string_view trimmed(std::string_view text, char edge) {
    while (text.starts_with(edge)) text.remove_prefix(1);
    while (text.ends_with(edge)) text.remove_suffix(1);
    return text;
}

/// What a filter's value looks like beside a folded path.
std::string needleOf(const Filter& filter) {
    std::string value = folded(filter.value);
    if (filter.field == Field::Ending) return value;
    if (filter.field == Field::Title) {
        std::string words = spacedWords(value);
        while (words.ends_with(' ')) words.pop_back();
        return words;
    }
    if (value.starts_with("~/")) value.erase(0, 2);
    const std::string names = '/' + std::string(trimmed(value, '/'));
    return names == "/" ? names : names + '/';
}

/// One path with what the index knows of its document, as filters see it.
class Sight {
  public:
    explicit Sight(const store::DocumentPlace& place)
        : m_path(folded(place.path)), m_name(m_path.substr(m_path.find_last_of('/') + 1)), m_place(place) {}

    bool isIn(const std::string& folder, bool fromRoot) const {
        const std::string_view folders = std::string_view(m_path).substr(0, m_path.size() - m_name.size());
        return fromRoot ? folders.starts_with(folder) : folders.find(folder) != std::string_view::npos;
    }
    bool ends(const std::string& ending) const {
        const std::size_t dot = m_name.find_last_of('.');
        const bool hasEnding = dot != std::string::npos && dot > 0;
        return (hasEnding && std::string_view(m_name).substr(dot + 1) == ending) ||
               document::name(m_place.format) == ending;
    }
    bool isCalled(const std::string& words) {
        if (m_words.empty()) m_words = spacedWords(folded(m_place.title)) + " \n" + spacedWords(m_name);
        return m_words.find(words) != std::string::npos;
    }

  private:
    std::string m_path, m_name, m_words;
    const store::DocumentPlace& m_place;
};

class Judge {
  public:
    explicit Judge(const std::vector<Filter>& filters) {
        for (const Filter& filter : filters)
            m_rules.push_back({filter.field, filter.sense, needleOf(filter), filter.value.starts_with('/')});
    }

    bool lets(const store::DocumentPlace& place) const {
        Sight sight(place);
        bool wantsFolder = false, hasFolder = false, wantsEnding = false, hasEnding = false;
        for (const Rule& rule : m_rules) {
            const bool holds = matches(rule, sight);
            if (rule.sense == Sense::Exclude) {
                if (holds) return false;
            } else if (rule.field == Field::Title) {
                if (!holds) return false;
            } else {
                (rule.field == Field::Folder ? wantsFolder : wantsEnding) = true;
                if (holds) (rule.field == Field::Folder ? hasFolder : hasEnding) = true;
            }
        }
        return wantsFolder == hasFolder && wantsEnding == hasEnding;
    }

  private:
    struct Rule {
        Field field;
        Sense sense;
        std::string needle;
        bool fromRoot;
    };

    static bool matches(const Rule& rule, Sight& sight) {
        switch (rule.field) {
            case Field::Folder:
                return sight.isIn(rule.needle, rule.fromRoot);
            case Field::Ending:
                return sight.ends(rule.needle);
            case Field::Title:
                return sight.isCalled(rule.needle);
        }
        return false;
    }

    std::vector<Rule> m_rules;
};

}  // namespace

Result<std::vector<Left>> documentsLeft(store::IndexStore& store, const std::vector<Filter>& filters,
                                        const std::stop_token& stop) {
    const Judge judge(filters);
    std::vector<Left> left;
    std::unordered_set<store::DocumentId> known;
    const auto look = [&](const store::DocumentPlace& place) -> Result<void> {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "the search was cancelled");
        if (judge.lets(place) && known.insert(place.document).second)
            left.push_back({place.document, place.firstChunk});
        return {};
    };
    TRY_VOID(store.eachPlace(look));
    return left;
}

store::DocumentSet intersection(const store::DocumentSet& among, const std::vector<Left>& left) {
    std::vector<store::DocumentId> ids;
    for (const Left& one : left) ids.push_back(one.document);
    std::sort(ids.begin(), ids.end());
    if (!among) return ids;
    std::vector<store::DocumentId> both;
    std::set_intersection(ids.begin(), ids.end(), among->begin(), among->end(), std::back_inserter(both));
    return both;
}

}  // namespace commonplace::retrieve
