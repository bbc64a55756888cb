// TextPart: what of a document's text is shown at once: all of it, or a bounded part around one place. A
// widget lays text out in the GUI thread, a paragraph at a time: neither may be as long as a file. Pure.
#pragma once

#include <QString>
#include <QVector>
#include <optional>

#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

class TextPart final {
  public:
    static constexpr int kMostUnits =
        400'000;  ///< UTF-16 units that are shown at once; a line end counts for ten
    static constexpr int kMostParagraph = 20'000;  ///< longer paragraphs are broken

    TextPart() = default;
    /// The part around `offset` of `page`'s text.
    TextPart(const OpenedDocument& document, int page, int offset);

    const QString& text() const { return m_text; }
    /// Whether this place of a page's text is shown.
    bool holds(int page, int offset) const;
    /// Where a range of a page's text stands in text(), cut to what is shown; nothing if none of it is.
    std::optional<TextRange> find(int page, const TextRange& range) const;
    int pageAt(int position) const;
    /// Where the lines that name pages begin in text(); -1: this page has none there.
    const QVector<int>& names() const { return m_names; }
    int nameOf(int page) const;
    /// "pages 3 to 9 of 200", for people; empty: all of it is shown.
    QString description() const { return m_description; }

  private:
    /// A stretch of a page's text that stands in text() as it is.
    struct Piece {
        int page = 0;
        int begin = 0;
        int end = 0;
        int position = 0;
    };
    struct Start {
        int page = 0;
        int offset = 0;
    };
    static Start startBefore(const OpenedDocument& document, int page, int offset);
    void appendPage(const OpenedDocument& document, int page, int from);
    void appendPieces(const QString& source, int page, int from, int to);
    void describe(const OpenedDocument& document);
    const Piece* pieceAt(int page, int offset) const;

    int m_left = kMostUnits;  ///< units that may still be shown
    QString m_text;
    QVector<Piece> m_pieces;  ///< in order; every page that is shown has one
    QVector<int> m_names;
    QVector<int> m_namedPages;
    QString m_description;
};

}  // namespace commonplace::ui
