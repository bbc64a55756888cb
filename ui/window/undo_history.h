// UndoHistory: what the window can take back, newest first, for as long as it is open. An act is recorded
// after it was done; taking it back and doing it again are the bridges' calls. Thread: GUI.
#pragma once

#include <QObject>
#include <QString>
#include <QVector>
#include <functional>

namespace commonplace::ui {

struct UndoableAct {
    QString key;   ///< tells acts apart: the same folder is removed once ("folder:/home/me/papers")
    QString text;  ///< "Remove folder papers"
    std::function<void()> undo;
    std::function<void()> redo;
};

class UndoHistory final : public QObject {
    Q_OBJECT
  public:
    explicit UndoHistory(QObject* parent = nullptr) : QObject(parent) {}

    /// Passed over when the key is the one of an act that can be taken back already (redo() reports again).
    void record(UndoableAct act);
    /// It was taken back by other means, or cannot be any more.
    void forget(const QString& key);
    void undo();
    void redo();

    /// Empty: nothing to take back (to do again).
    QString undoText() const { return m_done.isEmpty() ? QString() : m_done.back().text; }
    QString redoText() const { return m_undone.isEmpty() ? QString() : m_undone.back().text; }

  signals:
    void changed();

  private:
    QVector<UndoableAct> m_done, m_undone;  ///< the next one is the last
};

}  // namespace commonplace::ui
