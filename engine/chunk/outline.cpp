#include "engine/chunk/outline.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "engine/base/text.h"

namespace commonplace::chunk {
namespace {

using document::ExtractedDocument;
using document::Heading;

constexpr std::size_t kLongestTitle = 160;  ///< bytes; a longer "heading" is a paragraph in disguise
constexpr std::string_view kSeparator = " › ";

bool pointsInto(const Heading& heading, const ExtractedDocument& document) {
    if (heading.page < 0 || static_cast<std::size_t>(heading.page) >= document.pages.size()) return false;
    return heading.begin < document.pages[static_cast<std::size_t>(heading.page)].text.size();
}

bool hasWord(std::string_view text) {
    return !base::words(text).empty();
}

/// The beginning of the heading's line when only markup stands before the heading there.
std::size_t lineBegin(std::string_view text, std::size_t at) {
    constexpr std::size_t kLongestMarkup = 32;
    std::size_t begin = at;
    while (begin > 0 && at - begin < kLongestMarkup && text[begin - 1] != '\n') --begin;
    const bool atLine = begin == 0 || text[begin - 1] == '\n';
    return atLine && !hasWord(text.substr(begin, at - begin)) ? begin : at;
}

/// The headings that are open at some place, outermost first.
class OpenHeadings {
  public:
    std::string pathWith(const Heading& heading) {
        while (!m_open.empty() && m_open.back().level >= heading.level) m_open.pop_back();
        const std::string title = base::collapseSpace(heading.text);
        m_open.push_back({heading.level, std::string(base::clipUtf8(title, kLongestTitle))});
        return path();
    }

  private:
    struct Open {
        int level = 1;
        std::string title;
    };

    std::string path() const {
        std::string joined;
        for (const Open& open : m_open) {
            if (!joined.empty() && !open.title.empty()) joined += kSeparator;
            joined += open.title;
        }
        return joined;
    }

    std::vector<Open> m_open;
};

/// A level outside of 1 to 6 would make paths of any length.
std::vector<Heading> usableHeadings(const ExtractedDocument& document) {
    std::vector<Heading> headings;
    for (const Heading& heading : document.headings) {
        if (!pointsInto(heading, document)) continue;
        headings.push_back(heading);
        headings.back().level = std::clamp(heading.level, 1, 6);
    }
    std::stable_sort(headings.begin(), headings.end(), [](const Heading& a, const Heading& b) {
        return std::tie(a.page, a.begin) < std::tie(b.page, b.begin);
    });
    return headings;
}

}  // namespace

std::vector<OutlineEntry> outlineOf(const ExtractedDocument& document) {
    std::vector<OutlineEntry> entries;
    OpenHeadings open;
    for (const Heading& heading : usableHeadings(document)) {
        const std::string_view text = document.pages[static_cast<std::size_t>(heading.page)].text;
        const std::size_t end = std::min(text.find('\n', heading.begin), text.size());
        entries.push_back({heading.page, lineBegin(text, heading.begin), end, open.pathWith(heading)});
    }
    return entries;
}

}  // namespace commonplace::chunk
