// Collapse: passages that say the same are shown once. Same means: the same words in the same order, whatever
// case, white space and punctuation. Numbers are words: two balance sheets never collapse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace commonplace::retrieve {

/// What two equal passages have in common.
std::string foldedText(std::string_view text);

class Duplicates final {
  public:
    /// The number under which an equal text was added before, or `number`, which it then keeps.
    std::size_t add(std::string_view text, std::size_t number);

  private:
    std::unordered_map<std::string, std::size_t> m_seen;
};

}  // namespace commonplace::retrieve
