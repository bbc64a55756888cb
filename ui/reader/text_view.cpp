#include "ui/reader/text_view.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>
#include <algorithm>

#include "ui/bridge/safe_document.h"
#include "ui/reader/text_backdrop.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kReadingColumns = 90;  ///< average characters in a line
constexpr int kMostStyled = 2000;    ///< names of pages; more would take too long to lay out
constexpr int kRestyleMilliseconds = 150;
constexpr int kMostHits = 2000;  ///< found places that are coloured at once, around the current one

}  // namespace

TextView::TextView(QWidget* parent) : QTextBrowser(parent) {
    setDocument(new SafeDocument(this));
    setObjectName(QStringLiteral("readerText"));
    setAccessibleName(tr("Text of the document"));
    setProperty("kind", QStringLiteral("bare"));
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setOpenLinks(false);
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    document()->setDocumentMargin(kGrid);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TextView::noticePage);
    connect(this, &QTextBrowser::anchorClicked, this, &TextView::linkActivated);
    m_styleTimer.setSingleShot(true);
    m_restyleTimer.setSingleShot(true);
    m_restyleTimer.setInterval(kRestyleMilliseconds);
    connect(&m_styleTimer, &QTimer::timeout, this, &TextView::continueStyling);
    connect(&m_restyleTimer, &QTimer::timeout, this, &TextView::startStyling);
}

void TextView::showDocument(const OpenedDocument& document) {
    clearDocument();
    m_document = document;
    applyFont();
    keepReadingWidth();
    showPart(0, 0);
    m_page = 0;
    emit currentPageChanged(0);
}

void TextView::showPart(int page, int offset) {
    m_styler.clear();
    m_part = TextPart(m_document, page, offset);
    // What is said about places in the old part is wrong from here on.
    setExtraSelections({});
    setPlainText(m_part.text());
    if (m_document.styles.isEmpty()) spaceLines();
    startStyling();
    stylePageNames();
    refreshMarks();
    emit partChanged();
}

void TextView::bringIn(int page, int offset) {
    const bool exists = page >= 0 && page < m_document.pages.size();
    if (exists && !m_part.holds(page, offset)) showPart(page, offset);
}

void TextView::clearDocument() {
    m_styleTimer.stop();
    m_restyleTimer.stop();
    m_styler.clear();
    m_part = {};
    m_marks = {};
    m_hits.clear();
    m_currentHit = -1;
    m_document = {};
    setExtraSelections({});
    clear();
}

std::optional<QTextCursor> TextView::cursorFor(int page, const TextRange& range) const {
    const auto found = m_part.find(page, range);
    if (!found) return std::nullopt;
    QTextCursor cursor(document());
    cursor.setPosition(found->begin);
    cursor.setPosition(found->end, QTextCursor::KeepAnchor);
    return cursor;
}

void TextView::startStyling() {
    m_styleTimer.stop();
    m_restyleTimer.stop();
    m_styler.clear();
    if (m_document.styles.isEmpty()) return;
    m_styledWidth = viewport()->width() - 2 * document()->documentMargin();
    m_styler.start(*document(), m_part, m_document.styles, {tokensFor(*this), font(), m_styledWidth});
    continueStyling();
}

/// What is read now stays where it is, whatever becomes higher above it.
void TextView::continueStyling() {
    QScrollBar& bar = *verticalScrollBar();
    const QTextCursor top = cursorForPosition({0, 0});
    const int before = cursorRect(top).top();
    m_styler.work();
    if (bar.value() > 0) bar.setValue(bar.value() + cursorRect(top).top() - before);
    if (!m_styler.isDone()) m_styleTimer.start();
}

void TextView::stylePageNames() {
    QTextCharFormat format;
    format.setForeground(tokensFor(*this).muted);
    format.setFontPointSize(font().pointSizeF() * 0.85);
    for (int i = 0; i < std::min<int>(m_part.names().size(), kMostStyled); ++i) {
        QTextCursor cursor(document());
        cursor.setPosition(m_part.names().at(i));
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

void TextView::light(const PlaceMarks& marks) {
    m_marks = marks;
    if (!marks.ranges.isEmpty()) bringIn(marks.page, marks.ranges.constFirst().begin);
    refreshMarks();
    if (marks.ranges.isEmpty())
        goToPage(marks.page);
    else if (const auto cursor = cursorFor(marks.page, marks.ranges.constFirst()))
        reveal(*cursor);
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
    const bool any = current >= 0 && current < hits.size();
    if (any) bringIn(hits.at(current).page, hits.at(current).range.begin);
    refreshMarks();
    if (!any) return;
    if (const auto cursor = cursorFor(hits.at(current).page, hits.at(current).range)) reveal(*cursor);
}

void TextView::refreshMarks() {
    const Tokens& colours = tokensFor(*this);
    QList<QTextEdit::ExtraSelection> all;
    QTextCharFormat marked;
    marked.setBackground(colours.mark);
    for (const TextRange& range : m_marks.ranges)
        if (const auto cursor = cursorFor(m_marks.page, range)) all.append({*cursor, marked});
    const int first = std::max(0, m_currentHit - kMostHits / 2);
    const int last = std::min<int>(m_hits.size(), first + kMostHits);
    for (int i = first; i < last; ++i) {
        QTextCharFormat format = marked;
        if (i == m_currentHit) {
            format.setBackground(colours.accent);
            format.setForeground(colours.onAccent);
        }
        if (const auto cursor = cursorFor(m_hits.at(i).page, m_hits.at(i).range))
            all.append({*cursor, format});
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
    return m_part.pageAt(cursorForPosition(QPoint(0, viewport()->height() / 3)).position());
}

void TextView::goToPage(int page) {
    bringIn(page, 0);
    auto cursor = cursorFor(page, {0, 0});
    if (!cursor) return;
    if (const int name = m_part.nameOf(page); name >= 0) cursor->setPosition(name);
    setTextCursor(*cursor);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect(*cursor).top() - kGrid);
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
    keepReadingWidth();
    startStyling();
    stylePageNames();
}

void TextView::applyFont() {
    QFont font = textFont(TextSize::Body);
    font.setPointSizeF(font.pointSizeF() * m_factor);
    setFont(font);
    document()->setDefaultFont(font);
}

void TextView::spaceLines() {
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
    if (document()->textWidth() == viewport()->width()) return;
    // A viewport that is not seen yet is not told of its new size, and the text would stay wider than it is.
    QResizeEvent resized(viewport()->size(), QSize());
    QTextBrowser::resizeEvent(&resized);
}

void TextView::noticePage() {
    const int page = currentPage();
    if (page == m_page) return;
    m_page = page;
    emit currentPageChanged(page);
}

void TextView::paintEvent(QPaintEvent* event) {
    if (!m_document.styles.isEmpty()) {
        QPainter painter(viewport());
        paintBackdrop(painter, *this);
    }
    QTextBrowser::paintEvent(event);
}

void TextView::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    keepReadingWidth();
    const double width = viewport()->width() - 2 * document()->documentMargin();
    if (m_styler.hasTables() && width != m_styledWidth) m_restyleTimer.start();
}

void TextView::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    refreshMarks();
    startStyling();
    stylePageNames();
}

void TextView::wheelEvent(QWheelEvent* event) {
    const int delta = event->angleDelta().y();
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QTextBrowser::wheelEvent(event);
        return;
    }
    if (delta != 0) emit zoomStepWanted(delta > 0 ? 1 : -1);
    event->accept();
}

void TextView::contextMenuEvent(QContextMenuEvent* event) {
    emit menuWanted(event->globalPos(), currentPage());
}

}  // namespace commonplace::ui
