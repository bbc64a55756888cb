// TextStyler: gives the paragraphs and characters of a plain text the formats that its file had. Only formats
// are set, never a character: every place in the text stays where it is. It works in slices, so that a long
// text does not stop the window. Thread: GUI.
#pragma once

#include <QFont>
#include <QTextBlock>
#include <QTextCharFormat>
#include <QTextCursor>
#include <QTextDocument>
#include <QVector>

#include "ui/bridge/reader_types.h"
#include "ui/reader/block_look.h"
#include "ui/reader/table_columns.h"
#include "ui/reader/text_part.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

class TextStyler final {
  public:
    struct Look {
        Tokens colours;
        QFont font;        ///< of the running text
        double width = 0;  ///< pixels that a line may take
    };

    /// Formats `part` of a document whose only page has these styles. All three are borrowed until the last
    /// slice or clear(), and the text must not change meanwhile; formats of an earlier pass are replaced.
    void start(QTextDocument& document, const TextPart& part, const QVector<ReaderStyle>& styles,
               const Look& look);
    void clear() { *this = {}; }
    bool isDone() const { return !m_block.isValid(); }
    /// The next paragraphs; how many, it learns from how long the last ones took.
    void work();
    /// Whether a table came that stands in columns or would in a wider place.
    bool hasTables() const { return m_hasTables; }

    /// A long document has a few at once; deeper ones are not looked at.
    static constexpr int kMostOpen = 64;

  private:
    struct Open {
        const ReaderStyle* style = nullptr;
        TextRange range;  ///< in the document
    };
    /// A paragraph while its formats are collected.
    struct Paragraph {
        QTextBlock block;
        int begin = 0;
        int end = 0;
        QTextBlockFormat format;
        BlockLook look;
        double indent = 0;
    };
    enum class RowKind { Body, Head };
    static RowKind rowKindOf(const ReaderStyle& row) {
        return row.level == 1 ? RowKind::Head : RowKind::Body;
    }
    void styleBlock();
    void openUpTo(Paragraph& paragraph);
    void apply(const Open& open, Paragraph& paragraph);
    void applyMarker(const Open& open, Paragraph& paragraph);
    void applyHeading(const Open& open, Paragraph& paragraph);
    void applyCode(const Open& open, Paragraph& paragraph);
    void applyRow(const Open& open, Paragraph& paragraph);
    void finish(Paragraph& paragraph);
    QTextCharFormat formatOf(const ReaderStyle& style) const;
    void merge(int begin, int end, const QTextCharFormat& format);
    void openTable(const Open& table, const Paragraph& paragraph);
    double widthOfCell(int index, RowKind kind) const;
    QTextCharFormat headFormat() const;
    void separate(int begin, int end, double width);

    QTextDocument* m_document = nullptr;
    const TextPart* m_part = nullptr;
    const QVector<ReaderStyle>* m_styles = nullptr;
    Look m_look;
    double m_em = 0;       ///< pixels
    QTextBlock m_block;    ///< the next one
    int m_next = 0;        ///< the next style
    QVector<Open> m_open;  ///< what has begun and not ended, the outermost first
    TableColumns m_columns;
    const ReaderStyle* m_table = nullptr;  ///< which the columns are of
    bool m_ruleNext = false;               ///< the next empty paragraph is a line across
    bool m_hasTables = false;
    int m_units = 4000;  ///< of the next slice
    QTextCursor m_cursor;
};

}  // namespace commonplace::ui
