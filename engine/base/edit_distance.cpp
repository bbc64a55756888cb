#include "engine/base/edit_distance.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace commonplace::base {

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(above.begin(), above.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
            const bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (isSwap) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above.back();
}

std::string closest(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t kMost = 2, kBytesPerChange = 2, kLeastKept = 2;
    std::size_t least = std::min(kMost, std::max<std::size_t>(1, word.size() / kBytesPerChange)) + 1;
    std::string best;
    for (const std::string& one : known) {
        const std::size_t distance = editDistance(one, word);
        const bool isKnown = distance == 0;
        if (distance >= least || (!isKnown && distance + kLeastKept > one.size())) continue;
        least = distance;
        best = one;
    }
    return best;
}

}  // namespace commonplace::base
