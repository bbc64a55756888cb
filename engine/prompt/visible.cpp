#include "engine/prompt/visible.h"

#include <algorithm>
#include <iterator>

#include "engine/base/text.h"

namespace commonplace::prompt {
namespace {

constexpr std::size_t kLongestAttribute = 200;
constexpr char32_t kNonJoiner = 0x200C, kJoiner = 0x200D;
constexpr char32_t kFirstJoiningScript = 0x600;

struct Invisible {
    char32_t first;
    char32_t last;
};
constexpr Invisible kInvisible[] = {
    {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x84},     {0x86, 0x9F},       {0xAD, 0xAD},
    {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

bool isInvisible(char32_t value) {
    for (const Invisible& range : kInvisible)
        if (value >= range.first && value <= range.last) return true;
    return false;
}

bool joins(char32_t before, std::string_view rest) {
    if (before < kFirstJoiningScript || !base::isLetter(before) || rest.empty()) return false;
    const char32_t after = base::decodeUtf8(rest, 0).value;
    return after >= kFirstJoiningScript && base::isLetter(after);
}

/// "<", "</" or "< /" and then "passage" or "earlier_conversation", in any case.
bool opensTag(std::string_view text) {
    constexpr std::string_view kTags[] = {"passage", "earlier_conversation"};
    std::size_t at = 1;
    while (at < text.size() && at < 16 && (text[at] == '/' || text[at] == ' ' || text[at] == '\t')) ++at;
    return std::any_of(std::begin(kTags), std::end(kTags), [&](std::string_view tag) {
        return base::foldCase(text.substr(at, tag.size())) == tag;
    });
}

}  // namespace

std::string visible(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    char32_t last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        at += point.bytes;
        const bool joiner = point.value == kNonJoiner || point.value == kJoiner;
        if (joiner ? !joins(last, text.substr(at)) : isInvisible(point.value)) continue;
        base::appendUtf8(result, point.value);
        last = point.value;
    }
    return result;
}

std::string passageText(std::string_view text) {
    const std::string seen = visible(text);
    std::string result;
    result.reserve(seen.size());
    for (std::size_t at = 0; at < seen.size(); ++at) {
        if (seen[at] == '<' && opensTag(std::string_view(seen).substr(at)))
            result += "\u2039";
        else
            result += seen[at];
    }
    return result;
}

std::string attributeText(std::string_view text) {
    const std::string line = base::collapseSpace(visible(text));
    std::string result;
    for (const char c : base::clipUtf8(line, kLongestAttribute)) {
        if (c == '"')
            result += '\'';
        else if (c != '<' && c != '>')
            result += c;
    }
    return result;
}

}  // namespace commonplace::prompt
