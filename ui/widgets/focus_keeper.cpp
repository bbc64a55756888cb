#include "ui/widgets/focus_keeper.h"

#include <QApplication>
#include <QEvent>
#include <QStackedWidget>

namespace commonplace::ui {

FocusKeeper::FocusKeeper(QStackedWidget& pages) : QObject(&pages), m_pages(pages) {
    connect(qApp, &QApplication::focusChanged, this, &FocusKeeper::follow);
}

void FocusKeeper::follow(QWidget* before, QWidget* now) {
    forget();
    if (!before || !m_pages.isAncestorOf(before)) return;
    if (before->isEnabled() && before->isVisible()) return;  // somebody went on
    const QWidget* page = m_pages.currentWidget();
    if (!page || !page->isVisible()) return;  // the page itself goes
    const bool isLost = !now || (now->window() == m_pages.window() && !page->isAncestorOf(now));
    QWidget* standIn = isLost ? nearTo(before) : now;
    if (!standIn) return;
    if (isLost) standIn->setFocus(Qt::OtherFocusReason);  // comes back here, and begins anew
    if (before->isVisible()) waitFor(before, standIn);
}

/// The control before it on the present page, else the last one there.
QWidget* FocusKeeper::nearTo(QWidget* gone) const {
    const QWidget* page = m_pages.currentWidget();
    for (QWidget* at = gone->previousInFocusChain(); at && at != gone; at = at->previousInFocusChain())
        if ((at->focusPolicy() & Qt::TabFocus) && at->isEnabled() && at->isVisible() && !at->focusProxy() &&
            page->isAncestorOf(at))
            return at;
    return nullptr;
}

void FocusKeeper::waitFor(QWidget* gone, QWidget* standIn) {
    m_gone = gone;
    m_standIn = standIn;
    gone->installEventFilter(this);
    standIn->installEventFilter(this);
}

void FocusKeeper::forget() {
    for (QWidget* watched : {m_gone.data(), m_standIn.data()})
        if (watched) watched->removeEventFilter(this);
    m_gone.clear();
    m_standIn.clear();
}

bool FocusKeeper::eventFilter(QObject* watched, QEvent* event) {
    const bool isUsed = watched == m_standIn && event->type() == QEvent::KeyPress;
    const bool isBack = watched == m_gone && event->type() == QEvent::EnabledChange && m_gone->isEnabled();
    if (isUsed) forget();
    if (isBack) {
        QWidget* back = m_gone;
        const bool waited = m_standIn && m_standIn->hasFocus();
        forget();
        if (waited) back->setFocus(Qt::OtherFocusReason);
    }
    return false;
}

}  // namespace commonplace::ui
