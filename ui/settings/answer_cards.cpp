#include "ui/settings/answer_cards.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

/// A click anywhere on it chooses it.
class Card final : public QFrame {
  public:
    explicit Card(QWidget* parent) : QFrame(parent), button(new QRadioButton(this)) {
        setProperty("kind", QStringLiteral("card"));
    }
    QRadioButton* const button;

  protected:
    void mouseReleaseEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton && rect().contains(event->pos())) button->click();
    }
};

}  // namespace

AnswerCards::AnswerCards(QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this)) {
    setAccessibleName(tr("Who writes answers"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(kGrid);
    m_cards << makeCard(AnswerBy::Nobody, QStringLiteral("answerByNobody"), tr("No model"),
                        tr("Search, and answers made of quotations."));
    m_cards << makeCard(AnswerBy::File, QStringLiteral("answerByFile"), tr("A file on this computer"),
                        tr("A GGUF model runs inside this program."));
    m_cards << makeCard(AnswerBy::Server, QStringLiteral("answerByServer"), tr("A server on this computer"),
                        tr("Ollama, llama.cpp, LM Studio and the like."));
    m_cards << makeCard(AnswerBy::Service, QStringLiteral("answerByService"), tr("A remote service"),
                        tr("Your question and the passages found are sent there."));
    arrange(2);
    setChosen(AnswerBy::Nobody);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) emit chosenChanged(static_cast<AnswerBy>(id));
    });
}

/// Two beside each other, or one below the other where the letters are large and the room is small.
void AnswerCards::arrange(int columns) {
    if (m_columns == columns) return;
    m_columns = columns;
    for (int i = 0; i < m_cards.size(); ++i) m_grid->addWidget(m_cards[i], i / columns, i % columns);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, columns - 1);
}

void AnswerCards::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr int kCardLines = 13;  // a card is at least that many lines wide
    arrange(width() < 2 * kCardLines * fontMetrics().height() ? 1 : 2);
}

QWidget* AnswerCards::makeCard(AnswerBy by, const QString& objectName, const QString& title,
                               const QString& explanation) {
    auto* card = new Card(this);
    card->button->setObjectName(objectName);
    card->button->setAccessibleDescription(explanation);
    m_group->addButton(card->button, static_cast<int>(by));
    QLabel* below = noteLabel(objectName + QStringLiteral("Note"), card);
    below->setText(explanation);
    below->setContentsMargins(3 * kGrid, 0, 0, 0);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(kGrid + kGrid / 2, kGrid, kGrid, kGrid);
    column->setSpacing(kGrid / 2);
    column->addWidget(withText(card->button, title, card, TextWeight::Medium));
    column->addWidget(below);
    column->addStretch();
    return card;
}

AnswerBy AnswerCards::chosen() const {
    return static_cast<AnswerBy>(m_group->checkedId());
}

void AnswerCards::setChosen(AnswerBy by) {
    const bool wasQuiet = m_group->blockSignals(true);
    m_group->button(static_cast<int>(by))->setChecked(true);
    m_group->blockSignals(wasQuiet);
}

}  // namespace commonplace::ui
