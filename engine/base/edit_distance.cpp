#include "engine/base/edit_distance.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace commonplace::base {

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
        }
    }
    return row.back();
}

std::string closest(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t kMost = 2, kBytesPerChange = 2;
    std::size_t least = std::min(kMost, std::max<std::size_t>(1, word.size() / kBytesPerChange)) + 1;
    std::string best;
    for (const std::string& one : known) {
        const std::size_t distance = editDistance(one, word);
        if (distance >= least || distance >= one.size()) continue;
        least = distance;
        best = one;
    }
    return best;
}

}  // namespace commonplace::base
