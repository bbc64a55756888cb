#include "ui/reader/page_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>

#include "ui/bridge/reader_bridge.h"

namespace commonplace::ui {
namespace {

constexpr qint64 kCacheBytes = 128ll << 20;
constexpr double kMostImageSide = 4096;  ///< pixels; the worker draws no larger ones
constexpr int kLineStep = 40;
constexpr int kTopMargin = 8;
constexpr int kTremble = 4;
/// While somebody scrolls or zooms, images are asked for when the movement pauses.
constexpr int kWishDelayMs = 20;

}  // namespace

PageView::PageView(ReaderBridge& bridge, QWidget* parent)
    : QAbstractScrollArea(parent), m_bridge(bridge), m_images(kCacheBytes) {
    setObjectName(QStringLiteral("readerPages"));
    setAccessibleName(tr("Pages"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    m_wishTimer.setSingleShot(true);
    m_wishTimer.setInterval(kWishDelayMs);
    connect(&m_wishTimer, &QTimer::timeout, this, &PageView::wish);
    connect(&m_bridge, &ReaderBridge::pageRendered, this, &PageView::onRendered);
    connect(&m_bridge, &ReaderBridge::pageFailed, this, &PageView::onFailed);
    connect(&m_bridge, &ReaderBridge::pageWords, this, &PageView::onWords);
}

void PageView::showDocument(const OpenedDocument& document) {
    clear();
    m_pages = document.pages;
    layOut();
    verticalScrollBar()->setValue(0);
    noticePage();
}

void PageView::clear() {
    m_pages.clear();
    m_images.clear();
    m_failures.clear();
    m_words.clear();
    m_marks = {};
    m_hits.clear();
    m_currentHit = -1;
    m_selection.clear();
    m_selecting = false;
    m_page = -1;
    layOut();
}

void PageView::light(const PlaceMarks& marks) {
    m_marks = marks;
    if (!marks.rects.isEmpty())
        reveal(marks.page, marks.rects.constFirst());
    else
        goToPage(marks.page);
    viewport()->update();
}

void PageView::unlight() {
    m_marks = {};
    viewport()->update();
}

void PageView::showHits(const QVector<FindHit>& hits, int current) {
    m_hits = hits;
    m_currentHit = current;
    m_revealHit = current >= 0 && current < hits.size();
    if (m_revealHit) {
        const int page = hits.at(current).page;
        if (m_words.contains(page))
            onWords(m_words.value(page));
        else
            goToPage(page);
    }
    viewport()->update();
}

void PageView::setZoom(const Zoom& zoom) {
    m_zoom = zoom;
    layOut();
}

int PageView::currentPage() const {
    const int height = viewport()->height();
    return m_layout.count() == 0 ? 0 : m_layout.pageAt(verticalScrollBar()->value() + height / 3);
}

void PageView::goToPage(int page) {
    if (page < 0 || page >= m_layout.count()) return;
    verticalScrollBar()->setValue(m_layout.page(page).top() - kTopMargin);
}

void PageView::reveal(int page, const QRectF& points) {
    if (page < 0 || page >= m_layout.count()) return;
    const QRectF place = m_layout.toContents(page, points);
    const QRectF seen(QPointF(offset()), QSizeF(viewport()->size()));
    if (!seen.adjusted(0, kLineStep, 0, -kLineStep).contains(place))
        verticalScrollBar()->setValue(qRound(place.top()) - viewport()->height() / 3);
    if (place.left() < seen.left() || place.right() > seen.right())
        horizontalScrollBar()->setValue(qRound(place.left()) - kLineStep);
}

void PageView::layOut() {
    // The same words stay at the top of the view.
    const int top = verticalScrollBar()->value();
    const int anchor = m_layout.count() == 0 ? -1 : m_layout.pageAt(top);
    const double part =
        anchor < 0 ? 0 : double(top - m_layout.page(anchor).top()) / m_layout.page(anchor).height();
    QVector<QSizeF> sizes;
    for (const ReaderPage& page : m_pages) sizes.append(page.size);
    m_layout = PageLayout(std::move(sizes), m_zoom, viewport()->size());
    const QSize room = m_layout.contents() - viewport()->size();
    verticalScrollBar()->setRange(0, std::max(0, room.height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(kLineStep);
    horizontalScrollBar()->setRange(0, std::max(0, room.width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    if (anchor >= 0 && anchor < m_layout.count())
        verticalScrollBar()->setValue(m_layout.page(anchor).top() +
                                      qRound(part * m_layout.page(anchor).height()));
    emit zoomChanged(zoomFactor());
    m_wishTimer.start();
    viewport()->update();
}

QPoint PageView::offset() const {
    return {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

int PageView::pixelWidth(int page) const {
    return qRound(m_layout.page(page).width() * devicePixelRatioF());
}

qint64 PageView::imageBytes(int page) const {
    const QSizeF wished = QSizeF(m_layout.page(page).size()) * devicePixelRatioF();
    const double part = std::min(1.0, kMostImageSide / std::max(wished.width(), wished.height()));
    return qRound64(wished.width() * part * wished.height() * part * 4);
}

std::pair<int, int> PageView::visiblePages() const {
    return m_layout.pagesIn(offset().y(), offset().y() + viewport()->height());
}

void PageView::wish() {
    if (!isVisible()) return;
    const auto [first, last] = visiblePages();
    QVector<int> order;
    for (int page = first; page <= last; ++page) order << page;
    // Pages beside those in sight only as long as the cache holds all of them: else each image that arrives
    // would push out another one that is wanted, for ever.
    qint64 bytes = 0;
    for (int page = first; page <= last; ++page) bytes += imageBytes(page);
    for (const int page : {last + 1, first - 1}) {
        if (page < 0 || page >= m_layout.count()) continue;
        bytes += imageBytes(page);
        if (bytes <= kCacheBytes) order << page;
    }
    QVector<PageWish> wishes;
    for (const int page : order) {
        if (m_failures.contains(page)) continue;
        if (m_images.wishedWidth(page) != pixelWidth(page)) wishes.append({page, pixelWidth(page)});
    }
    m_bridge.wantPages(wishes);
    for (int page = first; page <= last; ++page)
        if (!m_words.contains(page)) m_bridge.wantWords(page);
}

void PageView::noticePage() {
    const int page = currentPage();
    if (page == m_page) return;
    m_page = page;
    emit currentPageChanged(page);
    emit zoomChanged(zoomFactor());
}

void PageView::onRendered(int page, const QImage& image, int wishedWidth) {
    if (page >= m_layout.count()) return;
    m_images.put(page, image, wishedWidth);
    viewport()->update();
}

void PageView::onFailed(int page, const QString& reason) {
    m_failures.insert(page, reason);
    viewport()->update();
}

void PageView::onWords(const PageWords& words) {
    m_words.insert(words.page, words);
    const bool awaited =
        m_revealHit && m_currentHit < m_hits.size() && m_hits.at(m_currentHit).page == words.page;
    if (awaited) {
        m_revealHit = false;
        const auto lines = rectanglesOf(words, {m_hits.at(m_currentHit).range});
        if (!lines.isEmpty()) reveal(words.page, lines.constFirst());
    }
    viewport()->update();
}

void PageView::resizeEvent(QResizeEvent*) {
    layOut();
    noticePage();
}

void PageView::scrollContentsBy(int, int) {
    m_wishTimer.start();
    noticePage();
    viewport()->update();
}

void PageView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) viewport()->update();
    QAbstractScrollArea::changeEvent(event);
}

void PageView::keyPressEvent(QKeyEvent* event) {
    QScrollBar& bar = *verticalScrollBar();
    const int screen = std::max(kLineStep, bar.pageStep() - kLineStep);
    const bool fits = horizontalScrollBar()->maximum() == 0;
    switch (event->key()) {
        case Qt::Key_Home:
            bar.setValue(0);
            break;
        case Qt::Key_End:
            bar.setValue(bar.maximum());
            break;
        case Qt::Key_PageDown:
        case Qt::Key_Space:
            bar.setValue(bar.value() + screen);
            break;
        case Qt::Key_PageUp:
        case Qt::Key_Backspace:
            bar.setValue(bar.value() - screen);
            break;
        case Qt::Key_Down:
            bar.setValue(bar.value() + kLineStep);
            break;
        case Qt::Key_Up:
            bar.setValue(bar.value() - kLineStep);
            break;
        case Qt::Key_Right:
            if (fits)
                goToPage(currentPage() + 1);
            else
                horizontalScrollBar()->setValue(horizontalScrollBar()->value() + kLineStep);
            break;
        case Qt::Key_Left:
            if (fits)
                goToPage(currentPage() - 1);
            else
                horizontalScrollBar()->setValue(horizontalScrollBar()->value() - kLineStep);
            break;
        default:
            QAbstractScrollArea::keyPressEvent(event);
            return;
    }
    event->accept();
}

void PageView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const int delta = event->angleDelta().y();
    if (delta != 0) emit zoomStepWanted(delta > 0 ? 1 : -1);
    event->accept();
}

std::optional<WordPlace> PageView::wordUnder(const QPoint& position) const {
    if (m_layout.count() == 0) return std::nullopt;
    const QPoint at = position + offset();
    const int page = m_layout.pageAt(at.y());
    const auto words = m_words.find(page);
    if (words == m_words.end()) return std::nullopt;
    const auto word = wordNear(*words, m_layout.toPoints(page, at));
    if (!word) return std::nullopt;
    return WordPlace{page, *word};
}

void PageView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const auto word = wordUnder(event->position().toPoint());
    const bool extends = (event->modifiers() & Qt::ShiftModifier) && !m_selection.isEmpty();
    m_pressed = event->position().toPoint();
    m_selecting = word.has_value();
    if (extends && word)
        m_selection.extend(*word);
    else
        m_selection.clear();
    viewport()->update();
}

void PageView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    updateCursor(position);
    if (!m_selecting || !(event->buttons() & Qt::LeftButton)) return;
    // A click that trembles selects nothing.
    if (m_selection.isEmpty() && (position - m_pressed).manhattanLength() < kTremble) return;
    const auto word = wordUnder(position);
    if (!word) return;
    if (m_selection.isEmpty())
        if (const auto from = wordUnder(m_pressed)) m_selection.start(*from);
    m_selection.extend(*word);
    if (position.y() < 0 || position.y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                      (position.y() < 0 ? -kLineStep : kLineStep));
    viewport()->update();
}

void PageView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_selecting = false;
}

void PageView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto word = wordUnder(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !word) return;
    m_selection.start(*word);
    m_selecting = true;
    viewport()->update();
}

void PageView::updateCursor(const QPoint& position) {
    const QPoint at = position + offset();
    const int page = m_layout.count() == 0 ? 0 : m_layout.pageAt(at.y());
    const auto words = m_words.find(page);
    const bool over = words != m_words.end() && wordAt(*words, m_layout.toPoints(page, at));
    viewport()->setCursor(over ? Qt::IBeamCursor : Qt::ArrowCursor);
}

void PageView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint at = byKey ? QPoint(viewport()->width() / 2, viewport()->height() / 3) : event->pos();
    const int page = byKey || m_layout.count() == 0 ? currentPage() : m_layout.pageAt(at.y() + offset().y());
    emit menuWanted(viewport()->mapToGlobal(at), page);
}

}  // namespace commonplace::ui
