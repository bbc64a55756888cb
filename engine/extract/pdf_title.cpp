// cleanTitle of pdf.h.
#include <algorithm>
#include <array>

#include "engine/base/text.h"
#include "engine/extract/pdf.h"
#include "engine/extract/protocol.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {
namespace {

constexpr auto kPrograms = std::to_array<std::string_view>(
    {"microsoft word - ", "microsoft powerpoint - ", "microsoft excel - ", "powerpoint presentation - "});
constexpr auto kExtensions = std::to_array<std::string_view>(
    {".doc", ".docx", ".ppt", ".pptx", ".xls",   ".xlsx",    ".dvi", ".ps",
     ".eps", ".tex",  ".pdf", ".odt",  ".rtf",   ".indd",    ".qxd", ".qxp",
     ".fm",  ".pub",  ".cdr", ".ai",   ".pages", ".graffle", ".txt", ".html"});
constexpr auto kJunk =
    std::to_array<std::string_view>({"untitled", "untitled document", "untitled-1", "document", "document1",
                                     "presentation", "powerpoint presentation", "pdf file", "about:blank",
                                     "enscript output", "title", "no title", "none", "null", "-"});

bool hasLetter(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        if (base::isLetter(point.value)) return true;
        at += point.bytes;
    }
    return false;
}

bool contains(std::string_view folded) {
    return std::find(kJunk.begin(), kJunk.end(), folded) != kJunk.end();
}

/// Bytes that a program's name takes at the start. Folding changes no ASCII length, so they count for the
/// original too.
std::size_t programPrefix(std::string_view folded) {
    for (const auto prefix : kPrograms)
        if (folded.starts_with(prefix)) return prefix.size();
    return 0;
}

std::size_t extensionSuffix(std::string_view folded) {
    for (const auto extension : kExtensions)
        if (folded.ends_with(extension)) return extension.size();
    return 0;
}

}  // namespace

std::string cleanTitle(std::string_view title) {
    std::string clean = oneLine(title, protocol::kMaxLine);
    clean.erase(0, programPrefix(base::foldCase(clean)));
    clean.resize(clean.size() - extensionSuffix(base::foldCase(clean)));
    clean = std::string(base::trim(clean));
    return contains(base::foldCase(clean)) || !hasLetter(clean) ? std::string() : clean;
}

}  // namespace commonplace::extract
