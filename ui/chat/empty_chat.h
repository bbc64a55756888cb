// What a conversation shows before its first question: what to do, and questions to try with the sample
// library. Thread: GUI.
#pragma once

#include <QWidget>

namespace commonplace::ui {

class EmptyChat final : public QWidget {
    Q_OBJECT
  public:
    explicit EmptyChat(QWidget* parent);

    enum class Examples { Hidden, Shown };
    void setExamples(Examples examples);

  signals:
    void questionChosen(const QString& question);

  private:
    QWidget* m_examples;
};

}  // namespace commonplace::ui
