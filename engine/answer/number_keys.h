// NumberKeys: when two written numbers are the same number. "12,500", "12 500", "12'500" and "12.500,00" are,
// and so are "25" and "25.0"; "25" and "0.25" are not. Pure, any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::answer {

/// One number as it is written.
struct WrittenNumber {
    std::string value;               ///< without group separators, a point before its fraction: "12500.5"
    std::vector<std::string> parts;  ///< of what may be several numbers: "12 500", "12.05.2024", "10,20,30"
};

/// The numbers of a text, in ASCII digits. Groups of three behind a comma, an apostrophe or a space (also a
/// narrow or no-break one) are one number; behind points only where that cannot be a fraction ("1.250.000",
/// "1.250,00"), so that "1.250" is one and a quarter. Signs, units and letters beside the digits do not
/// count.
std::vector<WrittenNumber> writtenNumbers(std::string_view text);

/// Every reading of the numbers of a text: what a claim's numbers are looked up in.
std::set<std::string> numberKeys(std::string_view text);

/// Whether a claim's number is among `keys`: its value, or all of its parts. Numbers of one digit always are:
/// "5" is as often "five".
bool isAmong(const WrittenNumber& number, const std::set<std::string>& keys);

}  // namespace commonplace::answer
