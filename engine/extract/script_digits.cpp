#include "engine/extract/script_digits.h"

#include <array>

#include "engine/base/text.h"

namespace commonplace::extract {
namespace {

constexpr std::string_view kPlain = "0123456789+-=()n";
constexpr std::array<char32_t, 16> kRaised{U'⁰', U'¹', U'²', U'³', U'⁴', U'⁵', U'⁶', U'⁷',
                                           U'⁸', U'⁹', U'⁺', U'⁻', U'⁼', U'⁽', U'⁾', U'ⁿ'};
constexpr std::array<char32_t, 16> kLowered{U'₀', U'₁', U'₂', U'₃', U'₄', U'₅', U'₆', U'₇',
                                            U'₈', U'₉', U'₊', U'₋', U'₌', U'₍', U'₎', U'ₙ'};

}  // namespace

std::string inScript(std::string_view text, Script script) {
    const bool possible = text.find_first_not_of(kPlain) == std::string_view::npos;
    if (script == Script::Normal || !possible) return std::string(text);
    const auto& forms = script == Script::Raised ? kRaised : kLowered;
    std::string result;
    for (const char c : text) base::appendUtf8(result, forms[kPlain.find(c)]);
    return result;
}

}  // namespace commonplace::extract
