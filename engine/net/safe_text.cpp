#include "engine/net/safe_text.h"

#include "engine/net/plain_line.h"

namespace commonplace::net {
namespace {

constexpr std::string_view kReplacement = "[key]";
// Shorter ones are placeholders such as "-" that occur in ordinary words.
constexpr std::size_t kShortestSecret = 4;

}  // namespace

std::string SafeText::quote(std::string_view raw) const {
    // In this order: an escape inside the key must not hide it, and clipping must not leave half of it.
    return clipLine(withoutKey(plainLine(raw)), 300);
}

std::string SafeText::withoutKey(std::string text) const {
    if (m_key.size() < kShortestSecret) return text;
    for (std::size_t at = text.find(m_key); at != std::string::npos;
         at = text.find(m_key, at + kReplacement.size()))
        text.replace(at, m_key.size(), kReplacement);
    return text;
}

}  // namespace commonplace::net
