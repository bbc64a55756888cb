// UndoBar: "Reports was removed · Undo" for a few seconds, instead of asking beforehand.
#pragma once

#include <QFrame>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;

namespace commonplace::ui {

class UndoBar final : public QFrame {
    Q_OBJECT
  public:
    explicit UndoBar(QWidget* parent = nullptr);
    ~UndoBar() override;

    /// Shows the text; `undo` runs when the person wants it back, `keep` when the time is over or another
    /// offer comes.
    void offer(const QString& text, std::function<void()> undo, std::function<void()> keep);
    /// For tests and closing: as if the time were over.
    void settle();

  private:
    void undo();

    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    std::function<void()> m_undo;
    std::function<void()> m_keep;
};

}  // namespace commonplace::ui
