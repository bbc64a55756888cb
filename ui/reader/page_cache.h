// PageCache: images of pages, bounded in memory; the ones not used for longest go first. Thread: GUI.
#pragma once

#include <QHash>
#include <QImage>

namespace commonplace::ui {

class PageCache final {
  public:
    explicit PageCache(qint64 limitBytes) : m_limit(limitBytes) {}

    /// Null when there is none.
    QImage image(int page);
    /// The width that was asked for when the image was drawn; the image may be smaller (large pages are). 0:
    /// there is none.
    int wishedWidth(int page) const;
    void put(int page, const QImage& image, int wishedWidth);
    void clear();
    qint64 bytes() const { return m_bytes; }

  private:
    struct Entry {
        QImage image;
        int wishedWidth = 0;
        quint64 used = 0;
    };
    void shrink(int keep);

    QHash<int, Entry> m_entries;
    qint64 m_limit;
    qint64 m_bytes = 0;
    quint64 m_clock = 0;
};

}  // namespace commonplace::ui
