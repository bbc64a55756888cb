// RootsPanel: the watched folders with their state; add, look again, remove.
#pragma once

#include <QVector>
#include <QWidget>

#include "ui/bridge/ledger_bridge.h"

class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace commonplace::ui {

class RootsPanel final : public QWidget {
    Q_OBJECT
  public:
    explicit RootsPanel(QWidget* parent = nullptr);

    void setRoots(const QVector<WatchedRoot>& roots);
    /// The chosen folder; empty: all of them.
    QString current() const;
    /// Chooses a folder that is listed; nothing happens for another one.
    void setCurrent(const QString& path);

  signals:
    void currentChanged(const QString& path);
    void removeRequested(const QString& path);
    void rescanRequested();

  private:
    void updateButtons();

    QListWidget* m_list;
    QToolButton* m_rescan;
    QToolButton* m_remove;
};

}  // namespace commonplace::ui
