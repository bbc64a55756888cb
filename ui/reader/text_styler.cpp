#include "ui/reader/text_styler.h"

#include <QElapsedTimer>
#include <QFontDatabase>
#include <algorithm>
#include <utility>

#include "ui/reader/text_backdrop.h"

namespace commonplace::ui {
namespace {

using Kind = ReaderStyleKind;

constexpr double kCodeLineHeight = 125;  ///< per cent
constexpr int kSliceMilliseconds = 12;
constexpr int kLeastUnits = 1000;
constexpr int kMostUnits = 60'000;
constexpr int kParagraphUnits = 60;  ///< a paragraph costs as much as so many characters
constexpr int kDeepestIndent = 8;    ///< deeper items stand below these

// In parts of the font's size.
constexpr double kQuoteIndent = 1.2;
constexpr double kItemIndent = 1.7;
constexpr double kRowIndent = 1.2;
constexpr double kColumnGap = 2;
constexpr double kEmptyLine = 0.6;
constexpr double kRuleLine = 1.8;

QString fixedFamily() {
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

/// On the type scale: title, heading, and then text of growing quietness.
QFont headingFont(int level) {
    if (level == 1) return textFont(TextSize::Title, TextWeight::Bold);
    if (level == 2) return textFont(TextSize::Heading, TextWeight::Bold);
    return textFont(level <= 4 ? TextSize::Body : TextSize::Small, TextWeight::Bold);
}

QTextCharFormat coloured(const QColor& colour) {
    QTextCharFormat format;
    format.setForeground(colour);
    return format;
}

QTextCharFormat spaced(QTextCharFormat format, double pixels) {
    format.setFontLetterSpacingType(QFont::AbsoluteSpacing);
    format.setFontLetterSpacing(pixels);
    return format;
}

bool isInside(const TextRange& inner, const TextRange& outer) {
    return inner.begin >= outer.begin && inner.begin < outer.end;
}

}  // namespace

void TextStyler::start(QTextDocument& document, const TextPart& part, const QVector<ReaderStyle>& styles,
                       const Look& look) {
    clear();
    m_document = &document;
    m_part = &part;
    m_styles = &styles;
    m_look = look;
    m_em = emOf(look.font);
    m_block = document.begin();
}

void TextStyler::work() {
    if (isDone()) return;
    QElapsedTimer timer;
    timer.start();
    m_cursor = QTextCursor(m_document);
    m_cursor.beginEditBlock();
    for (int units = 0; m_block.isValid() && units < m_units; m_block = m_block.next()) {
        units += m_block.length() + kParagraphUnits;
        styleBlock();
    }
    m_cursor.endEditBlock();  // the text is laid out anew here
    m_cursor = {};
    const auto took = std::max<qint64>(1, timer.elapsed());
    m_units =
        static_cast<int>(std::clamp<qint64>(m_units * kSliceMilliseconds / took, kLeastUnits, kMostUnits));
}

void TextStyler::styleBlock() {
    Paragraph paragraph;
    paragraph.block = m_block;
    paragraph.begin = m_block.position();
    paragraph.end = paragraph.begin + m_block.length() - 1;
    while (!m_open.isEmpty() && m_open.constLast().range.end <= paragraph.begin) m_open.removeLast();
    const bool rule = std::exchange(m_ruleNext, false);
    if (rule && paragraph.begin == paragraph.end) paragraph.look.band = BlockLook::Band::Rule;
    const int before = static_cast<int>(m_open.size());
    for (int i = 0; i < before; ++i) apply(m_open.at(i), paragraph);
    openUpTo(paragraph);
    finish(paragraph);
}

void TextStyler::openUpTo(Paragraph& paragraph) {
    for (; m_next < m_styles->size(); ++m_next) {
        const ReaderStyle& style = m_styles->at(m_next);
        const auto found = m_part->find(0, style.range);
        if (!found) continue;
        const bool rule = style.kind == Kind::Rule;
        const bool later = found->begin == paragraph.end && found->begin != paragraph.begin && !rule;
        if (found->begin > paragraph.end || later) return;
        m_ruleNext = m_ruleNext || rule;
        if (found->begin == found->end) continue;
        while (!m_open.isEmpty() && m_open.constLast().range.end <= found->begin) m_open.removeLast();
        if (m_open.size() >= kMostOpen) continue;
        m_open.append({&style, *found});
        apply(Open(m_open.constLast()), paragraph);
    }
}

void TextStyler::apply(const Open& open, Paragraph& paragraph) {
    switch (open.style->kind) {
        case Kind::Quote:
            paragraph.look.bars << paragraph.indent;
            paragraph.indent += kQuoteIndent * m_em;
            return;
        case Kind::Item:
            if (open.style->level <= kDeepestIndent) paragraph.indent += kItemIndent * m_em;
            return;
        case Kind::Marker:
            return applyMarker(open, paragraph);
        case Kind::Heading:
            return applyHeading(open, paragraph);
        case Kind::CodeBlock:
            return applyCode(open, paragraph);
        case Kind::Table:
            return openTable(open, paragraph);
        case Kind::Row:
            return applyRow(open, paragraph);
        default:
            merge(std::max(open.range.begin, paragraph.begin), std::min(open.range.end, paragraph.end),
                  formatOf(*open.style));
    }
}

/// The words of an item stand below each other, its marker before them.
void TextStyler::applyMarker(const Open& open, Paragraph& paragraph) {
    if (open.range.begin != paragraph.begin || open.range.end > paragraph.end) return;
    const QString marker = paragraph.block.text().left(open.range.end - open.range.begin);
    const double natural = TableColumns::widthOf(marker, m_look.font);
    const int dash = static_cast<int>(marker.indexOf(QLatin1Char('-')));
    const int box = static_cast<int>(marker.indexOf(QLatin1Char('[')));
    // A box is narrower than the brackets that it is written with.
    const double width = box < 0 ? natural : std::min(natural, paragraph.indent);
    paragraph.indent = std::max(paragraph.indent, width);
    paragraph.format.setTextIndent(-width);
    if (dash >= 0) {
        using Sign = BlockLook::Sign;
        const bool ticked = marker.contains(QLatin1String("[x]"));
        paragraph.look.sign = box < 0 ? Sign::Bullet : ticked ? Sign::TickedBox : Sign::OpenBox;
    }
    // The x of a ticked box is no word of the item's language.
    const QString words = paragraph.block.text().mid(marker.size());
    if (words.isRightToLeft()) paragraph.format.setLayoutDirection(Qt::RightToLeft);
    const QTextCharFormat format = coloured(dash < 0 ? m_look.colours.muted : Qt::transparent);
    merge(open.range.begin, open.range.end,
          box < 0 ? format : spaced(format, (width - natural) / static_cast<double>(marker.size())));
}

void TextStyler::applyHeading(const Open& open, Paragraph& paragraph) {
    const int level = open.style->level;
    const QFont font = headingFont(level);
    // The look's font has the view's zoom in it, the scale has not.
    const double zoom = m_look.font.pointSizeF() / textFont(TextSize::Body).pointSizeF();
    QTextCharFormat format;
    format.setFontPointSize(font.pointSizeF() * zoom);
    format.setFontWeight(font.weight());
    if (level > 4) format.setForeground(m_look.colours.muted);
    merge(std::max(open.range.begin, paragraph.begin), std::min(open.range.end, paragraph.end), format);
    paragraph.format.setHeadingLevel(level);
    if (paragraph.begin > 0) paragraph.format.setTopMargin(m_em * (level <= 2 ? 0.8 : 0.4));
}

void TextStyler::applyCode(const Open& open, Paragraph& paragraph) {
    QTextCharFormat format;
    format.setFontFamilies({fixedFamily()});
    merge(paragraph.begin, std::min(open.range.end, paragraph.end), format);
    paragraph.look.band = BlockLook::Band::Code;
    paragraph.indent += kCodePadding * m_em;
    paragraph.format.setRightMargin(kCodePadding * m_em);
    if (open.range.begin == paragraph.begin) {
        paragraph.look.language = open.style->detail;
        paragraph.format.setTopMargin(kCodePadding * m_em);
    }
    if (open.range.end == paragraph.end) paragraph.format.setBottomMargin(kCodePadding * m_em);
}

void TextStyler::openTable(const Open& table, const Paragraph& paragraph) {
    if (m_table == table.style) return;
    m_table = table.style;
    m_columns = {};
    m_hasTables = true;
    QVector<TableColumns::Cell> cells;
    RowKind row = RowKind::Body;
    for (int i = m_next; i < m_styles->size() && isInside(m_styles->at(i).range, table.style->range); ++i) {
        const ReaderStyle& style = m_styles->at(i);
        if (style.kind == Kind::Row) row = rowKindOf(style);
        if (style.kind != Kind::Cell) continue;
        if (cells.size() >= TableColumns::kMostCells) return;
        cells.append({style.number, widthOfCell(i, row)});
    }
    m_columns = TableColumns(cells, kColumnGap * m_em, m_look.width - paragraph.indent);
}

double TextStyler::widthOfCell(int index, RowKind kind) const {
    const auto range = m_part->find(0, m_styles->at(index).range);
    if (!range) return 0;
    QVector<QTextLayout::FormatRange> formats;
    const auto add = [&](const TextRange& at, const QTextCharFormat& format) {
        formats.append({at.begin - range->begin, at.end - at.begin, format});
    };
    if (kind == RowKind::Head) add(*range, headFormat());
    for (int i = index + 1; i < m_styles->size(); ++i) {
        const auto inner = m_part->find(0, m_styles->at(i).range);
        if (!inner || !isInside(*inner, *range)) break;
        add(*inner, formatOf(m_styles->at(i)));
    }
    return TableColumns::widthOf(m_part->text().mid(range->begin, range->end - range->begin), m_look.font,
                                 formats);
}

QTextCharFormat TextStyler::headFormat() const {
    QTextCharFormat format;
    format.setFontWeight(QFont::DemiBold);
    return format;
}

void TextStyler::applyRow(const Open& open, Paragraph& paragraph) {
    if (open.range.begin != paragraph.begin || open.range.end > paragraph.end) return;
    const RowKind kind = rowKindOf(*open.style);
    paragraph.look.band = kind == RowKind::Head ? BlockLook::Band::HeadRow : BlockLook::Band::Row;
    paragraph.format.setTopMargin(m_em * 0.25);
    paragraph.format.setBottomMargin(m_em * 0.25);
    if (m_columns.fit()) {
        paragraph.format.setNonBreakableLines(true);
    } else {
        paragraph.indent += kRowIndent * m_em;
        paragraph.format.setTextIndent(-kRowIndent * m_em);
    }
    double pen = 0;
    int behind = open.range.begin;
    // m_next is still the row's own: its cells come after it.
    for (int i = m_next + 1; i < m_styles->size(); ++i) {
        const auto range = m_part->find(0, m_styles->at(i).range);
        if (!range || !isInside(*range, open.range)) break;
        if (m_styles->at(i).kind != Kind::Cell) continue;
        separate(behind, range->begin, m_columns.begin(m_styles->at(i).number) - pen);
        if (kind == RowKind::Head) merge(range->begin, range->end, headFormat());
        pen = m_columns.begin(m_styles->at(i).number);
        if (m_columns.fit()) pen += widthOfCell(i, kind);
        behind = range->end;
    }
    separate(behind, paragraph.end, 0);
}

/// The bars between two cells: out of sight where the next cell stands in a column of its own.
void TextStyler::separate(int begin, int end, double width) {
    if (begin >= end) return;
    merge(begin, end, spaced(coloured(m_columns.fit() ? Qt::transparent : m_look.colours.muted), 0));
    const double natural = TableColumns::widthOf(m_part->text().mid(begin, end - begin), m_look.font);
    if (!m_columns.fit() || width <= natural) return;
    QTextCharFormat format;
    merge(end - 1, end, spaced(format, width - natural));
}

QTextCharFormat TextStyler::formatOf(const ReaderStyle& style) const {
    QTextCharFormat format;
    switch (style.kind) {
        case Kind::Strong:
            format.setFontWeight(QFont::Bold);
            break;
        case Kind::Emphasis:
            format.setFontItalic(true);
            break;
        case Kind::Strike:
            format.setFontStrikeOut(true);
            break;
        case Kind::Code:
            format.setFontFamilies({fixedFamily()});
            format.setBackground(m_look.colours.background);
            break;
        case Kind::Image:
            format.setFontItalic(true);
            format.setForeground(m_look.colours.muted);
            break;
        case Kind::Link:
            if (style.detail.isEmpty()) break;
            format.setAnchor(true);
            format.setAnchorHref(style.detail);
            format.setForeground(m_look.colours.accent);
            break;
        default:
            break;
    }
    return format;
}

void TextStyler::merge(int begin, int end, const QTextCharFormat& format) {
    if (begin >= end || format.propertyCount() == 0) return;
    m_cursor.setPosition(begin);
    m_cursor.setPosition(end, QTextCursor::KeepAnchor);
    m_cursor.mergeCharFormat(format);
}

void TextStyler::finish(Paragraph& paragraph) {
    using Band = BlockLook::Band;
    QTextBlockFormat& format = paragraph.format;
    const bool empty = paragraph.begin == paragraph.end;
    if (paragraph.look.band == Band::Code)
        format.setLineHeight(kCodeLineHeight, QTextBlockFormat::ProportionalHeight);
    else if (empty)
        format.setLineHeight(m_em * (paragraph.look.band == Band::Rule ? kRuleLine : kEmptyLine),
                             QTextBlockFormat::FixedHeight);
    else
        format.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
    const double other = format.rightMargin();
    const bool rightToLeft =
        format.layoutDirection() == Qt::RightToLeft || paragraph.block.textDirection() == Qt::RightToLeft;
    format.setLeftMargin(rightToLeft ? other : paragraph.indent);
    format.setRightMargin(rightToLeft ? paragraph.indent : other);
    setLook(format, paragraph.look);
    m_cursor.setPosition(paragraph.begin);
    m_cursor.setBlockFormat(format);
}

}  // namespace commonplace::ui
