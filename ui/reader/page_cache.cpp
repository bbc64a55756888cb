#include "ui/reader/page_cache.h"

#include <algorithm>

namespace commonplace::ui {

QImage PageCache::image(int page) {
    const auto found = m_entries.find(page);
    if (found == m_entries.end()) return {};
    found->used = ++m_clock;
    return found->image;
}

int PageCache::wishedWidth(int page) const {
    const auto found = m_entries.find(page);
    return found == m_entries.end() ? 0 : found->wishedWidth;
}

void PageCache::put(int page, const QImage& image, int wishedWidth) {
    Entry& entry = m_entries[page];
    m_bytes += image.sizeInBytes() - entry.image.sizeInBytes();
    entry = {image, wishedWidth, ++m_clock};
    shrink(page);
}

void PageCache::clear() {
    m_entries.clear();
    m_bytes = 0;
}

void PageCache::shrink(int keep) {
    while (m_bytes > m_limit && m_entries.size() > 1) {
        auto oldest = m_entries.end();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it)
            if (it.key() != keep && (oldest == m_entries.end() || it->used < oldest->used)) oldest = it;
        m_bytes -= oldest->image.sizeInBytes();
        m_entries.erase(oldest);
    }
}

}  // namespace commonplace::ui
