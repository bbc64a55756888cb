#include "ui/chat/model_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

/// By the model of this choice, that is.
bool isUnanswered(const ChatMessage& message, const QString& choice) {
    const ChatAnswer& answer = message.answer;
    return answer.choice == choice && message.speaker == Speaker::Program &&
           answer.state == AnswerState::Finished && message.text.isEmpty() && !answer.error.isEmpty() &&
           !answer.stopped;
}

}  // namespace

ModelBar::ModelBar(QWidget* parent)
    : QFrame(parent), m_text(textLabel({}, LabelTone::Ink, this)), m_use(quietButton({}, this)) {
    setObjectName(QStringLiteral("modelBar"));
    setProperty("kind", QStringLiteral("card"));
    m_text->setObjectName(QStringLiteral("modelBarText"));
    m_use->setObjectName(QStringLiteral("useDefaultModel"));
    auto* column = new QVBoxLayout(this);  // a path and a model's name are long
    column->setContentsMargins(14, 10, 14, 10);
    column->addWidget(m_text);
    column->addWidget(m_use, 0, Qt::AlignRight);
    connect(m_use, &QPushButton::clicked, this, [this] { emit usualWanted(m_failed); });
    hide();
}

QString ModelBar::textFor(const ChatModel& model) const {
    const QString file = model.choice.section(QLatin1Char('/'), -1);
    if (!model.problem.isEmpty() && !m_restorable.isEmpty() && file == m_restorable)
        return tr("%1, the model of this conversation, was removed: Ctrl+Z brings it back.").arg(file);
    if (!model.problem.isEmpty())
        return tr("%1, the model of this conversation, cannot answer: %2").arg(model.name, model.problem);
    if (model.remote.isEmpty())
        return tr("%1, the model of this conversation, did not answer.").arg(model.name);
    return tr("%1, the model of this conversation, elsewhere at %2, did not answer.")
        .arg(model.name, model.remote);
}

void ModelBar::showFor(const ChatModel& model, const ChatMessage* last, const ChatModel& usual) {
    m_failed = last && isUnanswered(*last, model.choice) ? last->id : 0;
    const bool isGone = !model.problem.isEmpty();
    setVisible(!model.choice.isEmpty() && (isGone || m_failed != 0));
    m_text->setText(textFor(model));
    m_text->setToolTip(isGone ? plainToolTip(model.choice) : QString());
    const QString name = usual.name.isEmpty() ? tr("quotes only") : usual.name;
    m_use->setText((m_failed != 0 ? tr("Ask the default (%1)") : tr("Use the default (%1)"))
                       .arg(QString(name).replace(QLatin1Char('&'), QLatin1String("&&"))));
    m_use->setAccessibleName(m_use->text());
}

}  // namespace commonplace::ui
