// HtmlTree: gumbo's parse of a page in memory of its own. Freeing gumbo's nodes one by one recurses as deep
// as the page nests, which a hostile page uses to overflow the stack; here all of it goes at once. Thread:
// one.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace commonplace::extract {

class HtmlTree final {
  public:
    /// `page` is UTF-8 and must outlive the tree.
    explicit HtmlTree(std::string_view page);
    const GumboNode* document() const { return m_output == nullptr ? nullptr : m_output->document; }

  private:
    void* allocate(std::size_t bytes);

    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::size_t m_left = 0;  ///< free bytes at the end of the last block
    std::size_t m_used = 0;
    const GumboOutput* m_output = nullptr;
};

}  // namespace commonplace::extract
