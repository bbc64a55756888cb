#include "engine/extract/html_tree.h"

#include <algorithm>

namespace commonplace::extract {
namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::size_t kAlignment = alignof(std::max_align_t);

}  // namespace

HtmlTree::HtmlTree(std::string_view page) {
    GumboOptions options = kGumboDefaultOptions;
    options.userdata = this;
    options.max_errors = 0;
    options.allocator = [](void* self, std::size_t bytes) {
        return static_cast<HtmlTree*>(self)->allocate(bytes);
    };
    options.deallocator = [](void*, void*) {};
    m_output = gumbo_parse_with_options(&options, page.data(), page.size());
}

void* HtmlTree::allocate(std::size_t bytes) {
    bytes = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    if (bytes > m_left) {
        const std::size_t size = std::max(bytes, kBlock);
        m_blocks.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
        m_left = size;
        m_used = 0;
    }
    void* place = m_blocks.back().get() + m_used;
    m_used += bytes;
    m_left -= bytes;
    return place;
}

}  // namespace commonplace::extract
