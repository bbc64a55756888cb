#include "engine/extract/front_matter.h"

#include <algorithm>
#include <optional>

#include "engine/base/text.h"

namespace commonplace::extract {
namespace {

constexpr std::size_t kMaxLines = 2000;
constexpr std::size_t kMaxValues = 1000;
constexpr std::size_t kMaxValue = 1000;

/// The lines between the fences, and where the block ends.
struct Block {
    std::vector<std::string_view> lines;
    std::size_t bytes = 0;
};

std::string_view takeLine(std::string_view text, std::size_t& at) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    return line;
}

std::string_view trimEnd(std::string_view text) {
    const auto last = text.find_last_not_of(" \t\r");
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool closes(std::string_view line, std::string_view fence) {
    return line == fence || (fence == "---" && line == "...");
}

std::optional<Block> findBlock(std::string_view note, std::string_view fence) {
    std::size_t at = 0;
    if (trimEnd(takeLine(note, at)) != fence) return std::nullopt;
    Block block;
    while (at < note.size() && block.lines.size() < kMaxLines) {
        const std::string_view line = trimEnd(takeLine(note, at));
        if (closes(line, fence)) {
            block.bytes = at;
            return block;
        }
        block.lines.push_back(line);
    }
    return std::nullopt;
}

bool isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ' ' || c == '"' || c == '\'' || (c & 0x80) != 0;
}

/// Length of the key before `separator`; nothing when the line is no property.
std::optional<std::size_t> keyLength(std::string_view line, char separator) {
    const std::size_t end = line.find(separator);
    if (end == std::string_view::npos || end == 0 || end > 100) return std::nullopt;
    if (!std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(end), isKeyCharacter))
        return std::nullopt;
    return end;
}

bool isContinuation(std::string_view line) {
    if (line.empty()) return true;
    const char first = line.front();
    return first == ' ' || first == '\t' || first == '#' || first == '-' || first == ']' || first == '}' ||
           first == '[';
}

std::string unquote(std::string_view value) {
    value = base::trim(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
        value = value.substr(1, value.size() - 2);
    return std::string(base::trim(base::clipUtf8(value, kMaxValue)));
}

void addValue(std::vector<std::string>& values, std::string_view text) {
    std::string value = unquote(text);
    if (!value.empty() && values.size() < kMaxValues) values.push_back(std::move(value));
}

/// Splits at commas that are not inside quotes.
void addList(std::vector<std::string>& values, std::string_view list) {
    char quote = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const char c = list[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ',') {
            addValue(values, list.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    addValue(values, list.substr(begin));
}

/// The values of one property: a scalar, an inline list, or the "- item" lines that follow it.
std::vector<std::string> valuesOf(std::string_view value, const std::vector<std::string_view>& lines,
                                  std::size_t next) {
    std::vector<std::string> values;
    value = base::trim(value);
    if (value.starts_with('[')) {
        std::string list(value.substr(1));
        for (auto last = value; last.find(']') == std::string_view::npos && next < lines.size();) {
            last = lines[next++];
            list.append(",").append(last);
        }
        addList(values, std::string_view(list).substr(0, list.rfind(']')));
        return values;
    }
    const bool blockScalar = value.starts_with('|') || value.starts_with('>');
    if (!value.empty() && !blockScalar) addValue(values, value);
    for (; value.empty() && next < lines.size(); ++next) {
        const std::string_view item = base::trim(lines[next]);
        if (!item.starts_with('-')) break;
        addValue(values, item.substr(1));
    }
    return values;
}

std::string keyOf(std::string_view line, std::size_t length) {
    return base::foldCase(unquote(line.substr(0, length)));
}

/// Tags and aliases may also be one scalar: "a, b" (aliases) or "a b" (tags).
std::vector<std::string> split(const std::vector<std::string>& values, const char* separators) {
    if (values.size() != 1) return values;
    std::vector<std::string> parts;
    const std::string_view all = values.front();
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find_first_of(separators, at), all.size());
        addValue(parts, all.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

void apply(FrontMatter& matter, const std::string& key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    if (key == "title") matter.title = values.front();
    if (key == "aliases" || key == "alias") matter.aliases = split(values, ",");
    if (key == "tags" || key == "tag" || key == "keywords")
        matter.tags = split(values, key[0] == 't' ? ", " : ",");
}

}  // namespace

FrontMatter parseFrontMatter(std::string_view note) {
    const bool toml = note.starts_with("+++");
    const auto block = findBlock(note, toml ? "+++" : "---");
    if (!block) return {};
    FrontMatter matter;
    bool anyKey = false;
    for (std::size_t i = 0; i < block->lines.size(); ++i) {
        const std::string_view line = block->lines[i];
        if (isContinuation(line)) continue;
        const auto length = keyLength(line, toml ? '=' : ':');
        if (!length) return {};
        anyKey = true;
        apply(matter, keyOf(line, *length), valuesOf(line.substr(*length + 1), block->lines, i + 1));
    }
    if (!anyKey &&
        !std::all_of(block->lines.begin(), block->lines.end(), [](auto line) { return line.empty(); }))
        return {};
    matter.bytes = block->bytes;
    return matter;
}

}  // namespace commonplace::extract
