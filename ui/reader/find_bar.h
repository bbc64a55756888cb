// FindBar: the line to find words in the open document: field, count, previous and next. Thread: GUI.
#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace commonplace::ui {

class FindBar final : public QWidget {
    Q_OBJECT
  public:
    explicit FindBar(QWidget* parent = nullptr);

    /// Shows the bar, focuses the field and takes over a text to begin with.
    void start(const QString& text);
    QString query() const;
    /// `current` from 0; -1: none.
    void showCount(int current, int total, bool more);

  signals:
    void queryChanged(const QString& query);
    void nextWanted();
    void previousWanted();
    void closed();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QLineEdit* m_field;
    QLabel* m_count;
    QTimer m_pause;
};

}  // namespace commonplace::ui
