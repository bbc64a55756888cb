// AnswerCards: who writes answers, as four cards of which one is chosen.
#pragma once

#include <QVector>
#include <QWidget>

class QButtonGroup;
class QGridLayout;

namespace commonplace::ui {

enum class AnswerBy { Nobody, File, Server, Service };

class AnswerCards final : public QWidget {
    Q_OBJECT
  public:
    explicit AnswerCards(QWidget* parent = nullptr);
    AnswerBy chosen() const;
    /// Without a signal.
    void setChosen(AnswerBy by);

  signals:
    void chosenChanged(commonplace::ui::AnswerBy by);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void arrange(int columns);
    QWidget* makeCard(AnswerBy by, const QString& objectName, const QString& title,
                      const QString& explanation);

    QButtonGroup* m_group;
    QGridLayout* m_grid = nullptr;
    QVector<QWidget*> m_cards;
    int m_columns = 0;
};

}  // namespace commonplace::ui
