#include "engine/answer/number_keys.h"

#include <algorithm>

#include "engine/base/text.h"

namespace commonplace::answer {
namespace {

using base::isAsciiDigit;

constexpr std::size_t kLeastDigits = 2;
constexpr std::size_t kGroup = 3;

/// A number's digits between its separators: "1,250.5" is 1 250 5 and ",.".
struct Token {
    std::vector<std::string> groups;
    std::string separators;  // one sign a gap: ',' '.' '\'' ' '
};

/// A separator as one sign; 0 for anything else.
char separatorOf(char32_t value) {
    switch (value) {
        case U',':
        case U'.':
        case U'\'':
        case U' ':
            return static_cast<char>(value);
        case U'\u2019':
            return '\'';
        case U'\u00A0':
        case U'\u2009':
        case U'\u202F':
            return ' ';
        default:
            return 0;
    }
}

std::string digitsAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && isAsciiDigit(text[end])) ++end;
    return std::string(text.substr(at, end - at));
}

/// Spaces and apostrophes tie only groups of three; "in 2024 150 people" and "5' 10" are two numbers.
bool ties(char separator, const Token& before, const std::string& next) {
    if (separator == ',' || separator == '.') return true;
    return before.groups.front().size() <= kGroup && next.size() == kGroup &&
           before.separators.find_first_not_of(separator) == std::string::npos;
}

/// Reads the token that begins at `at` and returns where it ends.
std::size_t read(std::string_view text, std::size_t at, Token& token) {
    token.groups.push_back(digitsAt(text, at));
    at += token.groups.back().size();
    while (at < text.size()) {
        const base::CodePoint point = base::decodeUtf8(text, at);
        const char separator = separatorOf(point.value);
        const std::string next = separator == 0 ? "" : digitsAt(text, at + point.bytes);
        if (next.empty() || !ties(separator, token, next)) break;
        token.separators += separator;
        token.groups.push_back(next);
        at += point.bytes + next.size();
    }
    return at;
}

std::string withoutZeros(std::string whole, std::string fraction) {
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    const std::size_t last = fraction.find_last_not_of('0');
    fraction.erase(last == std::string::npos ? 0 : last + 1);
    if (whole.empty()) whole = "0";
    return fraction.empty() ? whole : whole + "." + fraction;
}

/// The groups from the second to `end` have three digits and one kind of separator.
bool areGroups(const Token& token, std::size_t end) {
    if (token.groups[0].size() > kGroup || token.groups[0] == "0") return false;
    for (std::size_t i = 1; i < end; ++i)
        if (token.groups[i].size() != kGroup || token.separators[i - 1] != token.separators[0]) return false;
    return true;
}

std::string joined(const Token& token, std::size_t end) {
    std::string digits;
    for (std::size_t i = 0; i < end; ++i) digits += token.groups[i];
    return digits;
}

WrittenNumber valueOf(const Token& token) {
    const std::size_t count = token.groups.size();
    const char last = count > 1 ? token.separators.back() : ' ';
    const bool hasOtherEnd = count > 2 && last != token.separators[0];
    const bool isFraction = (last == ',' || last == '.') && (count == 2 || hasOtherEnd);
    if (count == 1) return {withoutZeros(token.groups[0], ""), {}};
    // "12,500" is read as English does; "1.250" is a fraction for want of another sign.
    if ((count > 2 || last != '.') && areGroups(token, count)) {
        WrittenNumber number{withoutZeros(joined(token, count), ""), {}};
        if (last == ' ') number.parts = token.groups;
        return number;
    }
    if (isFraction && areGroups(token, count - 1))
        return {withoutZeros(joined(token, count - 1), token.groups.back()), {}};
    if (isFraction && count == 2) return {withoutZeros(token.groups[0], token.groups[1]), {}};
    WrittenNumber list{token.groups[0], token.groups};  // a date, a version, an enumeration
    for (std::size_t i = 1; i < count; ++i) list.value += token.separators[i - 1] + token.groups[i];
    return list;
}

bool counts(const std::string& value) {
    return std::count_if(value.begin(), value.end(), isAsciiDigit) >=
           static_cast<std::ptrdiff_t>(kLeastDigits);
}

}  // namespace

std::vector<WrittenNumber> writtenNumbers(std::string_view text) {
    std::vector<WrittenNumber> numbers;
    for (std::size_t at = 0; at < text.size();) {
        if (!isAsciiDigit(text[at])) {
            ++at;
            continue;
        }
        Token token;
        at = read(text, at, token);
        WrittenNumber number = valueOf(token);
        for (std::string& part : number.parts) part = withoutZeros(part, "");
        numbers.push_back(std::move(number));
    }
    return numbers;
}

std::set<std::string> numberKeys(std::string_view text) {
    std::set<std::string> keys;
    for (WrittenNumber& number : writtenNumbers(text)) {
        keys.insert(number.parts.begin(), number.parts.end());
        keys.insert(std::move(number.value));
    }
    return keys;
}

bool isAmong(const WrittenNumber& number, const std::set<std::string>& keys) {
    if (!counts(number.value) || keys.contains(number.value)) return true;
    return std::any_of(number.parts.begin(), number.parts.end(), counts) &&
           std::all_of(number.parts.begin(), number.parts.end(),
                       [&](const std::string& part) { return !counts(part) || keys.contains(part); });
}

}  // namespace commonplace::answer
