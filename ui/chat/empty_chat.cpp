#include "ui/chat/empty_chat.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

EmptyChat::EmptyChat(QWidget* parent) : QWidget(parent), m_examples(new QWidget(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(
        emptyState(QStringLiteral("ask"), tr("Ask about your documents"),
                   tr("Every sentence of an answer leads to the words it stands on. Ask in full sentences; "
                      "follow-up questions may lean on the ones before."),
                   {}, this));
    auto* column = new QVBoxLayout(m_examples);
    column->setSpacing(kGrid);
    int number = 0;
    for (const QString& question :
         {tr("When is the observatory open to visitors?"), tr("What did the survey of the dome find?"),
          tr("How was the damp in the cabinet dealt with?")}) {
        auto* button = quietButton(question, m_examples);
        button->setObjectName(QStringLiteral("exampleQuestion%1").arg(++number));
        connect(button, &QPushButton::clicked, this, [this, question] { emit questionChosen(question); });
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    m_examples->hide();
    layout->addWidget(m_examples);
    layout->addStretch();
}

void EmptyChat::setExamples(Examples examples) {
    m_examples->setVisible(examples == Examples::Shown);
}

}  // namespace commonplace::ui
