// FocusKeeper: the focus of a page's control that is disabled or goes away stays on that page.
//
// Qt hands it to the next control in the tab order, which can be anywhere in the window. Here the control
// before it on the same page gets it, and one that was disabled only for a moment gets it back. Moves of the
// person's own are left alone. Lives in its pages; thread: GUI.
#pragma once

#include <QObject>
#include <QPointer>

class QStackedWidget;
class QWidget;

namespace commonplace::ui {

class FocusKeeper final : public QObject {
  public:
    explicit FocusKeeper(QStackedWidget& pages);
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void follow(QWidget* before, QWidget* now);
    QWidget* nearTo(QWidget* gone) const;
    void waitFor(QWidget* gone, QWidget* standIn);
    void forget();

    QStackedWidget& m_pages;
    QPointer<QWidget> m_gone;     ///< is disabled, and had the focus
    QPointer<QWidget> m_standIn;  ///< has it meanwhile
};

}  // namespace commonplace::ui
