#include "ui/reader/reader_header.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kHeight = 48;

}  // namespace

ReaderHeader::ReaderHeader(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(this)),
      m_pageField(new QLineEdit(this)),
      m_zoom(new QToolButton(this)) {
    setFixedHeight(kHeight);
    m_title->setObjectName(QStringLiteral("readerTitle"));
    setTextFont(*m_title, TextSize::Body, TextWeight::Bold);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setMinimumWidth(kGrid * 6);
    buildPageField();
    buildZoom();
    auto* smaller = iconButton(QStringLiteral("minus"), tr("Smaller (Ctrl+-)"), this);
    smaller->setObjectName(QStringLiteral("readerZoomOut"));
    auto* larger = iconButton(QStringLiteral("plus"), tr("Larger (Ctrl++)"), this);
    larger->setObjectName(QStringLiteral("readerZoomIn"));
    auto* find = iconButton(QStringLiteral("search"), tr("Find in this document (Ctrl+F)"), this);
    find->setObjectName(QStringLiteral("readerFind"));
    auto* external = iconButton(QStringLiteral("link"), tr("Open in the system's viewer"), this);
    external->setObjectName(QStringLiteral("readerOpenExternally"));
    auto* close = iconButton(QStringLiteral("close"), tr("Close the reader"), this);
    close->setObjectName(QStringLiteral("readerClose"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid * 2, 0, kGrid, 0);
    row->setSpacing(kGrid / 4);
    row->addWidget(m_title, 1);
    m_tools = {m_pageField, smaller, m_zoom, larger, find, external};
    for (QWidget* tool : m_tools) row->addWidget(tool);
    row->addWidget(close);
    connect(smaller, &QToolButton::clicked, this, [this] { emit zoomStepWanted(-1); });
    connect(larger, &QToolButton::clicked, this, [this] { emit zoomStepWanted(1); });
    connect(find, &QToolButton::clicked, this, &ReaderHeader::findWanted);
    connect(external, &QToolButton::clicked, this, &ReaderHeader::openExternallyWanted);
    connect(close, &QToolButton::clicked, this, &ReaderHeader::closeWanted);
}

void ReaderHeader::buildPageField() {
    m_pageField->setObjectName(QStringLiteral("readerPageField"));
    m_pageField->setAccessibleName(tr("Page"));
    m_pageField->setToolTip(tr("Type a page as printed (iv) or counted (6)"));
    m_pageField->setAlignment(Qt::AlignCenter);
    m_pageField->setProperty("kind", QStringLiteral("bare"));
    m_pageField->installEventFilter(this);
    m_pageField->hide();
    connect(m_pageField, &QLineEdit::returnPressed, this, &ReaderHeader::goToTyped);
}

void ReaderHeader::buildZoom() {
    m_zoom->setObjectName(QStringLiteral("readerZoom"));
    m_zoom->setToolTip(tr("Zoom"));
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setFocusPolicy(Qt::TabFocus);
    m_zoom->setPopupMode(QToolButton::InstantPopup);
    m_zoom->setMenu(zoomMenu());
    m_zoom->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    m_zoom->setMinimumWidth(m_zoom->fontMetrics().horizontalAdvance(tr("%1 %").arg(500)) + kGrid * 2);
}

QMenu* ReaderHeader::zoomMenu() {
    auto* menu = new QMenu(m_zoom);
    m_fitWidth = menu->addAction(tr("Fit width"), this, [this] { emit zoomWanted({ZoomFit::Width, 1}); });
    m_fitPage = menu->addAction(tr("Fit page"), this, [this] { emit zoomWanted({ZoomFit::Page, 1}); });
    m_fitWidth->setObjectName(QStringLiteral("readerFitWidth"));
    m_fitPage->setObjectName(QStringLiteral("readerFitPage"));
    for (QAction* action : {m_fitWidth, m_fitPage}) action->setCheckable(true);
    menu->addSeparator();
    for (const int percent : {50, 75, 100, 125, 150, 200, 300})
        menu->addAction(tr("%1 %").arg(percent), this, [this, percent] {
            emit zoomWanted({ZoomFit::None, percent / 100.0});
        });
    return menu;
}

void ReaderHeader::showTitle(const QString& title, const QString& path) {
    m_title->setText(title);
    m_title->setToolTip(plainToolTip(path));
    m_title->setAccessibleName(title);
}

void ReaderHeader::setPages(const QStringList& labels) {
    m_labels = labels;
    m_page = 0;
    m_pageField->setVisible(labels.size() > 1);
    int widest = 0;
    for (int page = 0; page < labels.size(); ++page) {
        // All names are as wide as their digits: the last page and the longest label are enough.
        if (page + 1 != labels.size() && labels.at(page).size() < 5) continue;
        m_page = page;
        widest = std::max(widest, m_pageField->fontMetrics().horizontalAdvance(pageName()));
        if (widest > kGrid * 20) break;
    }
    m_page = 0;
    m_pageField->setFixedWidth(std::min(widest, kGrid * 18) + kGrid * 4);
    m_pageField->setText(pageName());
}

QString ReaderHeader::pageName() const {
    if (m_labels.isEmpty()) return {};
    const QString counted = tr("%1 of %2").arg(m_page + 1).arg(m_labels.size());
    const QString label = m_labels.value(m_page);
    return label.isEmpty() ? counted : tr("%1 · %2").arg(label, counted);
}

void ReaderHeader::showPage(int page) {
    m_page = page;
    if (!m_pageField->hasFocus()) m_pageField->setText(pageName());
}

void ReaderHeader::goToTyped() {
    const QString typed = m_pageField->text().trimmed();
    int page = -1;
    for (int i = 0; i < m_labels.size() && page < 0; ++i)
        if (!m_labels.at(i).isEmpty() && m_labels.at(i).compare(typed, Qt::CaseInsensitive) == 0) page = i;
    bool isNumber = false;
    const int number = typed.toInt(&isNumber);
    if (page < 0 && isNumber && number >= 1 && number <= m_labels.size()) page = number - 1;
    if (page >= 0) emit pageWanted(page);
    m_pageField->setText(pageName());
    m_pageField->selectAll();
}

bool ReaderHeader::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_pageField) {
        if (event->type() == QEvent::FocusIn)
            QTimer::singleShot(0, m_pageField,
                               &QLineEdit::selectAll);  // after the click that brought the focus
        if (event->type() == QEvent::FocusOut) m_pageField->setText(pageName());
        if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            m_pageField->setText(pageName());
            m_pageField->clearFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ReaderHeader::showZoom(double factor, ZoomFit fit) {
    m_zoom->setText(tr("%1 %").arg(qRound(factor * 100)));
    m_fitWidth->setChecked(fit == ZoomFit::Width);
    m_fitPage->setChecked(fit == ZoomFit::Page);
}

void ReaderHeader::setFitting(Fitting fitting) {
    for (QAction* action : {m_fitWidth, m_fitPage}) action->setVisible(fitting == Fitting::Possible);
}

void ReaderHeader::setToolsEnabled(bool enabled) {
    for (QWidget* tool : m_tools) tool->setEnabled(enabled);
}

}  // namespace commonplace::ui
