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
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(kGrid);
    grid->addWidget(makeCard(AnswerBy::Nobody, QStringLiteral("answerByNobody"), tr("No model"),
                             tr("Search, and answers made of quotations.")),
                    0, 0);
    grid->addWidget(makeCard(AnswerBy::File, QStringLiteral("answerByFile"), tr("A file on this computer"),
                             tr("A GGUF model runs inside this program.")),
                    0, 1);
    grid->addWidget(
        makeCard(AnswerBy::Server, QStringLiteral("answerByServer"), tr("A server on this computer"),
                 tr("Ollama, llama.cpp, LM Studio and the like.")),
        1, 0);
    grid->addWidget(makeCard(AnswerBy::Service, QStringLiteral("answerByService"), tr("A remote service"),
                             tr("Your question and the passages found are sent there.")),
                    1, 1);
    setChosen(AnswerBy::Nobody);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) emit chosenChanged(static_cast<AnswerBy>(id));
    });
}

QWidget* AnswerCards::makeCard(AnswerBy by, const QString& objectName, const QString& title,
                               const QString& explanation) {
    auto* card = new Card(this);
    card->button->setObjectName(objectName);
    card->button->setText(title);
    card->button->setAccessibleName(title);
    card->button->setAccessibleDescription(explanation);
    setTextFont(*card->button, TextSize::Body, TextWeight::Medium);
    m_group->addButton(card->button, static_cast<int>(by));
    QLabel* below = noteLabel(objectName + QStringLiteral("Note"), card);
    below->setText(explanation);
    below->setContentsMargins(3 * kGrid, 0, 0, 0);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(kGrid + kGrid / 2, kGrid, kGrid, kGrid);
    column->setSpacing(kGrid / 2);
    column->addWidget(card->button);
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
