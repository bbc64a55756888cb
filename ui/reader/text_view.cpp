#include "ui/reader/text_view.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kReadingColumns = 90;     ///< average characters in a line
constexpr int kMostStyled = 2000;       ///< headings; more would take too long to lay out
constexpr int kMostSpaced = 2'000'000;  ///< characters; beyond, spacing the lines takes too long
constexpr double kLineHeight = 135;     ///< per cent
constexpr int kMostHits = 2000;         ///< found places that are coloured at once, around the current one

/// The heading's size against the text's, by level.
double sizeOf(int level) {
    if (level <= 1) return 1.4;
    return level == 2 ? 1.2 : 1.05;
}

QString nameOf(const OpenedDocument& document, int page) {
    const QString index = QString::number(page + 1);
    const QString label = document.pages.at(page).label;
    return label.isEmpty() ? TextView::tr("Page %1").arg(index)
                           : TextView::tr("Page %1 (%2)").arg(label, index);
}

}  // namespace

TextView::TextView(QWidget* parent) : QTextEdit(parent) {
    setObjectName(QStringLiteral("readerText"));
    setAccessibleName(tr("Text of the document"));
    setProperty("kind", QStringLiteral("bare"));
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    document()->setDocumentMargin(kGrid);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TextView::noticePage);
}

void TextView::showDocument(const OpenedDocument& document) {
    clearDocument();
    m_document = document;
    QString all;
    const bool named = document.pages.size() > 1;
    for (int page = 0; page < document.pages.size(); ++page) {
        if (named) {
            if (page > 0) all += QLatin1String("\n\n");
            m_pageNames << static_cast<int>(all.size());
            all += nameOf(document, page) + QLatin1Char('\n');
        }
        m_starts << static_cast<int>(all.size());
        m_lengths << static_cast<int>(document.pages.at(page).text.size());
        all += document.pages.at(page).text;
    }
    setPlainText(all);
    applyFont();
    spaceLines();
    styleHeadings(document);
    stylePageNames();
    keepReadingWidth();
    m_page = 0;
    emit currentPageChanged(0);
}

void TextView::clearDocument() {
    m_starts.clear();
    m_pageNames.clear();
    m_lengths.clear();
    m_marks = {};
    m_hits.clear();
    m_currentHit = -1;
    m_document = {};
    setExtraSelections({});
    clear();
}

QTextCursor TextView::cursorFor(int page, const TextRange& range) const {
    QTextCursor cursor(document());
    if (page < 0 || page >= m_starts.size()) return cursor;
    const int length = m_lengths.at(page);
    cursor.setPosition(m_starts.at(page) + std::clamp(range.begin, 0, length));
    cursor.setPosition(m_starts.at(page) + std::clamp(range.end, 0, length), QTextCursor::KeepAnchor);
    return cursor;
}

void TextView::styleHeadings(const OpenedDocument& document) {
    const double base = font().pointSizeF();
    for (int i = 0; i < std::min<int>(document.headings.size(), kMostStyled); ++i) {
        const ReaderHeading& heading = document.headings.at(i);
        QTextCursor cursor = cursorFor(heading.page, {heading.begin, heading.begin});
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat format;
        format.setFontPointSize(base * sizeOf(heading.level));
        format.setFontWeight(QFont::DemiBold);
        cursor.mergeCharFormat(format);
    }
}

void TextView::stylePageNames() {
    QTextCharFormat format;
    format.setForeground(tokensFor(*this).muted);
    format.setFontPointSize(font().pointSizeF() * 0.85);
    for (int i = 0; i < std::min<int>(m_pageNames.size(), kMostStyled); ++i) {
        QTextCursor cursor(document());
        cursor.setPosition(m_pageNames.at(i));
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

void TextView::light(const PlaceMarks& marks) {
    m_marks = marks;
    refreshMarks();
    if (marks.ranges.isEmpty())
        goToPage(marks.page);
    else
        reveal(cursorFor(marks.page, marks.ranges.constFirst()));
    // The text below may not be laid out yet: the page is known all the same.
    m_page = marks.page;
    emit currentPageChanged(m_page);
}

void TextView::unlight() {
    m_marks = {};
    refreshMarks();
}

void TextView::showHits(const QVector<FindHit>& hits, int current) {
    m_hits = hits;
    m_currentHit = current;
    refreshMarks();
    if (current >= 0 && current < hits.size())
        reveal(cursorFor(hits.at(current).page, hits.at(current).range));
}

void TextView::refreshMarks() {
    const Tokens& colours = tokensFor(*this);
    QList<QTextEdit::ExtraSelection> all;
    QTextCharFormat marked;
    marked.setBackground(colours.mark);
    for (const TextRange& range : m_marks.ranges) all.append({cursorFor(m_marks.page, range), marked});
    const int first = std::max(0, m_currentHit - kMostHits / 2);
    const int last = std::min<int>(m_hits.size(), first + kMostHits);
    for (int i = first; i < last; ++i) {
        QTextCharFormat format = marked;
        if (i == m_currentHit) {
            format.setBackground(colours.accent);
            format.setForeground(colours.onAccent);
        }
        all.append({cursorFor(m_hits.at(i).page, m_hits.at(i).range), format});
    }
    setExtraSelections(all);
}

void TextView::reveal(const QTextCursor& cursor) {
    QTextCursor start(document());
    start.setPosition(cursor.selectionStart());
    setTextCursor(start);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect(start).top() -
                                  viewport()->height() / 3);
    noticePage();
}

int TextView::currentPage() const {
    const int position = cursorForPosition(QPoint(0, viewport()->height() / 3)).position();
    const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), position);
    return std::max(0, static_cast<int>(behind - m_starts.begin()) - 1);
}

void TextView::goToPage(int page) {
    if (page < 0 || page >= m_starts.size()) return;
    QTextCursor cursor(document());
    cursor.setPosition(page < m_pageNames.size() ? m_pageNames.at(page) : m_starts.at(page));
    setTextCursor(cursor);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect(cursor).top() - kGrid);
    noticePage();
}

QString TextView::selectedText() const {
    QString text = textCursor().selectedText();
    text.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    return text;
}

QString TextView::pageText(int page) const {
    return page < 0 || page >= m_document.pages.size() ? QString() : m_document.pages.at(page).text;
}

void TextView::setZoomFactor(double factor) {
    m_factor = factor;
    applyFont();
    styleHeadings(m_document);
    stylePageNames();
    keepReadingWidth();
}

void TextView::applyFont() {
    QFont font = textFont(TextSize::Body);
    font.setPointSizeF(font.pointSizeF() * m_factor);
    setFont(font);
    document()->setDefaultFont(font);
}

void TextView::spaceLines() {
    if (document()->characterCount() > kMostSpaced) return;
    QTextBlockFormat format;
    format.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.mergeBlockFormat(format);
}

void TextView::keepReadingWidth() {
    const int widest = QFontMetrics(font()).averageCharWidth() * kReadingColumns;
    const int spare = width() - widest - verticalScrollBar()->width();
    const int side = std::max(2 * kGrid, spare / 2);
    setViewportMargins(side, kGrid, side, 0);
}

void TextView::noticePage() {
    const int page = currentPage();
    if (page == m_page) return;
    m_page = page;
    emit currentPageChanged(page);
}

void TextView::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    keepReadingWidth();
}

void TextView::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    refreshMarks();
    stylePageNames();
}

void TextView::wheelEvent(QWheelEvent* event) {
    const int delta = event->angleDelta().y();
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QTextEdit::wheelEvent(event);
        return;
    }
    if (delta != 0) emit zoomStepWanted(delta > 0 ? 1 : -1);
    event->accept();
}

void TextView::contextMenuEvent(QContextMenuEvent* event) {
    emit menuWanted(event->globalPos(), currentPage());
}

}  // namespace commonplace::ui
