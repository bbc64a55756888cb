#include "ui/reader/reader_pane.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/bridge/reader_bridge.h"
#include "ui/reader/find_bar.h"
#include "ui/reader/page_view.h"
#include "ui/reader/passage_list.h"
#include "ui/reader/reader_header.h"
#include "ui/reader/text_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typing.h"

namespace commonplace::ui {
namespace {

constexpr double kZoomStep = 1.15;
constexpr int kEmptyWidth = 320;

bool isSameDocument(const OpenedDocument& open, const Place& place) {
    if (open.kind == ReaderKind::Nothing) return false;
    return place.sha256.isEmpty() ? open.path == place.path : open.sha256 == place.sha256;
}

bool isSamePlace(const Place& a, const Place& b) {
    return a.sha256 == b.sha256 && a.path == b.path && a.page == b.page && a.quote == b.quote &&
           a.begin == b.begin;
}

bool isPointing(const Place& place) {
    return !place.quote.trimmed().isEmpty() || place.begin >= 0;
}

/// A wrapped label of a fixed width, as high as its text needs.
void fitWidth(QLabel& label, int width) {
    label.setFixedWidth(width);
    label.setMinimumHeight(std::max(0, label.heightForWidth(width)));
}

}  // namespace

ReaderPane::ReaderPane(ReaderBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge) {
    setObjectName(QStringLiteral("readerPane"));
    setAccessibleName(tr("Reader"));
    setProperty("kind", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connectBridge();
    connectViews();
    addShortcuts();
    close();
}

void ReaderPane::build() {
    m_header = new ReaderHeader(this);
    m_findBar = new FindBar(this);
    m_findBar->hide();
    buildNotice();
    m_stack = new QStackedWidget(this);
    m_pages = new PageView(m_bridge, m_stack);
    m_text = new TextView(m_stack);
    m_empty = emptyState(
        QStringLiteral("reader"), tr("Nothing is open"),
        tr("Click a numbered passage of an answer or a search hit. Its document opens here, with the "
           "words lit on the page."),
        {}, m_stack);
    m_failed = emptyState(QStringLiteral("warning"), tr("This document cannot be shown"),
                          tr("It cannot be opened."), {}, m_stack);
    m_failedText = m_failed->findChildren<QLabel*>().constLast();
    for (QWidget* place : {m_empty, m_failed}) {
        // The pane is narrower than a page of the window: the texts wrap to it.
        for (QLabel* label : place->findChildren<QLabel*>())
            if (label->wordWrap()) fitWidth(*label, kEmptyWidth);
    }
    for (QWidget* view : {static_cast<QWidget*>(m_pages), static_cast<QWidget*>(m_text), m_empty, m_failed})
        m_stack->addWidget(view);
    m_passages = new PassageList(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(hairline(this));
    column->addWidget(m_findBar);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);
    column->addWidget(m_passages);
}

void ReaderPane::buildNotice() {
    m_notice = new QFrame(this);
    m_notice->setObjectName(QStringLiteral("readerNotice"));
    m_noticeText = textLabel(QString(), LabelTone::Warning, m_notice);
    m_noticeText->setObjectName(QStringLiteral("readerNoticeText"));
    m_noticeOpen = quietButton(tr("Open as it is now"), m_notice);
    m_noticeOpen->setObjectName(QStringLiteral("readerNoticeOpen"));
    auto* row = new QHBoxLayout(m_notice);
    row->setContentsMargins(kGrid * 2, kGrid, kGrid, kGrid);
    row->setSpacing(kGrid);
    row->addWidget(m_noticeText, 1);
    row->addWidget(m_noticeOpen);
    connect(m_noticeOpen, &QPushButton::clicked, this, [this] { emit openExternally(m_document.path); });
    m_notice->hide();
}

void ReaderPane::connectBridge() {
    connect(&m_bridge, &ReaderBridge::documentOpened, this, &ReaderPane::onOpened);
    connect(&m_bridge, &ReaderBridge::marksReady, this, &ReaderPane::onMarks);
    connect(&m_bridge, &ReaderBridge::found, this, &ReaderPane::onFound);
    connect(&m_bridge, &ReaderBridge::failed, this, &ReaderPane::showEmpty);
}

void ReaderPane::connectViews() {
    connect(m_header, &ReaderHeader::pageWanted, this, &ReaderPane::goToPage);
    connect(m_header, &ReaderHeader::zoomStepWanted, this, &ReaderPane::stepZoom);
    connect(m_header, &ReaderHeader::zoomWanted, this, &ReaderPane::setZoom);
    connect(m_header, &ReaderHeader::findWanted, this, &ReaderPane::startFind);
    connect(m_header, &ReaderHeader::closeWanted, this, &ReaderPane::closed);
    connect(m_header, &ReaderHeader::openExternallyWanted, this,
            [this] { emit openExternally(m_document.path); });
    connect(m_pages, &PageView::currentPageChanged, this, &ReaderPane::showPageNumber);
    connect(m_pages, &PageView::zoomChanged, this,
            [this](double factor) { m_header->showZoom(factor, m_zoom.fit); });
    connect(m_pages, &PageView::zoomStepWanted, this, &ReaderPane::stepZoom);
    connect(m_pages, &PageView::menuWanted, this, &ReaderPane::showMenu);
    connect(m_text, &TextView::currentPageChanged, this, &ReaderPane::showPageNumber);
    connect(m_text, &TextView::partChanged, this, [this] { showNotice(); });
    connect(m_text, &TextView::zoomStepWanted, this, &ReaderPane::stepZoom);
    connect(m_text, &TextView::menuWanted, this, &ReaderPane::showMenu);
    connect(m_text, &TextView::linkActivated, this, &ReaderPane::linkActivated);
    connect(m_findBar, &FindBar::queryChanged, &m_bridge, &ReaderBridge::find);
    connect(m_findBar, &FindBar::nextWanted, this, [this] { stepHit(1); });
    connect(m_findBar, &FindBar::previousWanted, this, [this] { stepHit(-1); });
    connect(m_findBar, &FindBar::closed, this, &ReaderPane::endFind);
    connect(m_passages, &PassageList::activated, this,
            [this](int row) { open(Place(m_passages->places().at(row))); });
}

void ReaderPane::addShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto work) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, work);
    };
    add(QKeySequence::Find, [this] { startFind(); });
    add(QKeySequence::FindNext, [this] { stepHit(1); });
    add(QKeySequence::FindPrevious, [this] { stepHit(-1); });
    add(QKeySequence::Copy, [this] { copy(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] { stepZoom(1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Equal), [this] { stepZoom(1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] { stepZoom(-1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_0), [this] { setZoom({ZoomFit::Width, 1}); });
    add(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { stepPassage(1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { stepPassage(-1); });
}

void ReaderPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else if (isTyping(*event))
        emit typed(event->text());
    else
        QWidget::keyPressEvent(event);
}

void ReaderPane::open(const Place& place) {
    const auto& listed = m_passages->places();
    const auto found = std::find_if(listed.begin(), listed.end(),
                                    [&](const Place& each) { return isSamePlace(each, place); });
    if (found == listed.end())
        m_passages->showPlaces({}, -1);
    else
        m_passages->setCurrent(static_cast<int>(found - listed.begin()));
    m_place = place;
    showNotice();
    if (!m_opening && isSameDocument(m_document, place)) {
        m_bridge.wantMarks(place);
        return;
    }
    endFind();
    m_opening = true;
    m_header->showTitle(titleOf(place), place.path);
    m_bridge.open(place);
}

void ReaderPane::showPlaces(const QVector<Place>& places, int current) {
    m_passages->showPlaces(places, current);
    m_passages->setOpenDocument(m_document.sha256);
    if (current >= 0 && current < places.size()) open(places.at(current));
}

void ReaderPane::close() {
    m_bridge.close();
    m_document = {};
    m_opening = false;
    m_place = {};
    m_passages->showPlaces({}, -1);
    showEmpty(QString());
}

void ReaderPane::showEmpty(const QString& why) {
    m_opening = false;
    m_document.kind = ReaderKind::Nothing;
    endFind();
    m_pages->clear();
    m_text->clearDocument();
    m_header->setPages({});
    m_header->setToolsEnabled(false);
    m_header->showZoom(1, ZoomFit::None);
    m_notice->hide();
    m_failedText->setText(why);
    fitWidth(*m_failedText, kEmptyWidth);
    if (why.isEmpty()) m_header->showTitle(tr("Reader"), QString());
    m_stack->setCurrentWidget(why.isEmpty() ? m_empty : m_failed);
}

void ReaderPane::onOpened(const OpenedDocument& document) {
    m_opening = false;
    m_document = document;
    m_header->showTitle(document.title, document.path);
    m_passages->setOpenDocument(document.sha256);
    if (document.kind == ReaderKind::Nothing) {
        showEmpty(document.error);
        return;
    }
    QStringList labels;
    for (const ReaderPage& page : document.pages) labels << page.label;
    m_header->setPages(labels);
    m_header->setToolsEnabled(true);
    m_header->setFitting(isText() ? ReaderHeader::Fitting::Senseless : ReaderHeader::Fitting::Possible);
    if (isText()) {
        m_pages->clear();
        m_stack->setCurrentWidget(m_text);
        m_text->showDocument(document);
        m_header->showZoom(m_textZoom, ZoomFit::None);
    } else {
        m_text->clearDocument();
        m_stack->setCurrentWidget(m_pages);
        m_pages->showDocument(document);
        m_header->showZoom(m_pages->zoomFactor(), m_zoom.fit);
    }
    showNotice();
    m_bridge.wantMarks(m_place);
}

void ReaderPane::showNotice(const QString& more) {
    QStringList sentences{m_document.notice, more};
    const QString part = isText() ? m_text->partShown() : QString();
    if (!part.isEmpty())
        sentences << tr("Of this long text, %1 are shown; finding looks through all of it.").arg(part);
    sentences.removeAll(QString());
    m_noticeText->setText(sentences.join(QLatin1Char(' ')));
    m_noticeOpen->setVisible(!m_document.notice.isEmpty() && m_document.file != FileState::Missing);
    m_notice->setVisible(!sentences.isEmpty());
}

void ReaderPane::onMarks(const Place& place, const PlaceMarks& marks) {
    if (!isSamePlace(place, m_place)) return;
    if (isText())
        m_text->light(marks);
    else
        m_pages->light(marks);
    if (!isPointing(place) || marks.exact) return;
    showNotice(tr("The quoted words were not found on this page, so nothing is marked."));
}

QVector<QRectF> ReaderPane::litRectangles(int page) const {
    const PlaceMarks& marks = m_pages->lit();
    return !isText() && marks.page == page - 1 ? marks.rects : QVector<QRectF>();
}

QString ReaderPane::litText() const {
    return isText() ? m_text->lit().text : m_pages->lit().text;
}

void ReaderPane::startFind() {
    if (!isOpen()) return;
    m_findBar->start(selectedText().simplified().left(80));
}

void ReaderPane::endFind() {
    const bool focused = m_findBar->isAncestorOf(focusWidget()) && isVisible();
    m_findBar->hide();
    m_found = {};
    m_hit = -1;
    m_pages->showHits({}, -1);
    m_text->showHits({}, -1);
    if (focused) m_stack->currentWidget()->setFocus();
}

void ReaderPane::onFound(const FindResults& results) {
    if (m_findBar->isHidden()) return;
    m_found = results;
    // From the page that is seen on, as every reader does.
    const int page = currentPage();
    const auto from = std::find_if(results.hits.begin(), results.hits.end(),
                                   [page](const FindHit& hit) { return hit.page >= page; });
    const auto at = from == results.hits.end() ? 0 : static_cast<int>(from - results.hits.begin());
    showHit(results.hits.isEmpty() ? -1 : at);
}

void ReaderPane::stepHit(int by) {
    const int count = static_cast<int>(m_found.hits.size());
    if (count > 0) showHit((m_hit + by + count) % count);
}

void ReaderPane::showHit(int index) {
    m_hit = index;
    m_findBar->showCount(index, static_cast<int>(m_found.hits.size()), m_found.more);
    if (isText())
        m_text->showHits(m_found.hits, index);
    else
        m_pages->showHits(m_found.hits, index);
}

void ReaderPane::stepPassage(int by) {
    const int count = static_cast<int>(m_passages->places().size());
    const int row = std::clamp(m_passages->current() + by, 0, std::max(0, count - 1));
    if (count > 0 && row != m_passages->current()) open(Place(m_passages->places().at(row)));
}

void ReaderPane::stepZoom(int steps) {
    const double now = isText() ? m_textZoom : m_pages->zoomFactor();
    setZoom({ZoomFit::None, now * std::pow(kZoomStep, steps)});
}

void ReaderPane::setZoom(const Zoom& zoom) {
    Zoom bounded = zoom;
    bounded.factor = std::clamp(zoom.factor, kLeastZoom, kMostZoom);
    if (isText()) {
        m_textZoom = bounded.factor;
        m_text->setZoomFactor(m_textZoom);
        m_header->showZoom(m_textZoom, ZoomFit::None);
        return;
    }
    m_zoom = bounded;
    m_pages->setZoom(bounded);
    m_header->showZoom(m_pages->zoomFactor(), m_zoom.fit);
}

void ReaderPane::showPageNumber(int page) {
    m_header->showPage(page);
}

void ReaderPane::goToPage(int page) {
    if (isText())
        m_text->goToPage(page);
    else
        m_pages->goToPage(page);
    m_stack->currentWidget()->setFocus();
}

int ReaderPane::currentPage() const {
    return isText() ? m_text->currentPage() : m_pages->currentPage();
}

}  // namespace commonplace::ui
