// WordSelection: words chosen with the mouse, from one place in a document to another, over pages. Pure;
// thread: GUI.
#pragma once

#include <QHash>
#include <QPointF>
#include <QString>
#include <QVector>
#include <compare>
#include <optional>

#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

struct WordPlace {
    int page = 0;
    int word = 0;
    auto operator<=>(const WordPlace&) const = default;
};

/// The word under a point of the page, or the nearest one; nothing on a page without words.
std::optional<int> wordNear(const PageWords& page, const QPointF& point);
/// The word under the point only.
std::optional<int> wordAt(const PageWords& page, const QPointF& point);

class WordSelection final {
  public:
    using Pages = QHash<int, PageWords>;

    void clear() { m_anchor.reset(); }
    void start(const WordPlace& at) { m_anchor = m_head = at; }
    void extend(const WordPlace& to) { m_head = to; }
    bool isEmpty() const { return !m_anchor; }

    /// What is chosen on one page; nothing: {0, 0}.
    TextRange on(const PageWords& page) const;
    QString text(const Pages& pages) const;
    int firstPage() const { return m_anchor ? std::min(*m_anchor, m_head).page : 0; }

  private:
    std::optional<WordPlace> m_anchor;
    WordPlace m_head;
};

}  // namespace commonplace::ui
