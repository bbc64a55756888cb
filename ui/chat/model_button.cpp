#include "ui/chat/model_button.h"

#include <QMenu>
#include <QScreen>
#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kButtonCharacters = 32, kMenuCharacters = 48;

/// Shortened, and no letter of it a mnemonic.
QString label(const QString& text, qsizetype most) {
    QString shown = text.size() > most ? text.left(most - 1) + QChar(0x2026) : text;
    return shown.replace(QLatin1Char('&'), QLatin1String("&&"));
}

/// A choice that stands for no model at all.
ChatModel quotesOnly() {
    ChatModel model;
    model.choice = QStringLiteral("none");
    return model;
}

}  // namespace

ModelButton::ModelButton(QWidget* parent) : QPushButton(parent) {
    setObjectName(QStringLiteral("modelButton"));
    setProperty("kind", QStringLiteral("chip"));
    setCursor(Qt::PointingHandCursor);
    setTextFont(*this, TextSize::Small);
    connect(this, &QPushButton::clicked, this, &ModelButton::openMenu);
    showModel();
}

void ModelButton::setUsual(const ChatModel& usual) {
    m_usual = usual;
    showModel();
    if (m_menu) fill(*m_menu);
}

void ModelButton::setModels(const QVector<ChatModel>& models) {
    m_models = models;
    if (m_menu) fill(*m_menu);
}

void ModelButton::setModel(const ChatModel& model) {
    m_model = model;
    showModel();
}

void ModelButton::showModel() {
    const ChatModel& now = answering();
    const QString name = now.name.isEmpty() ? tr("Quotes only") : now.name;
    setText((now.problem.isEmpty() ? QString() : QStringLiteral("⚠ ")) + label(name, kButtonCharacters) +
            (now.remote.isEmpty() ? QString() : QStringLiteral(" · ") + tr("elsewhere")) +
            QStringLiteral(" ▾"));
    QStringList about{tr("Answers come from: %1")
                          .arg(now.where.isEmpty() ? name : name + QStringLiteral(", ") + now.where)};
    if (!now.remote.isEmpty()) about << tr("Questions and passages are sent to %1").arg(now.remote);
    if (!now.standIns.isEmpty())
        about << tr("When it cannot answer, they are sent to %1").arg(now.standIns.join(tr(", ")));
    if (!now.helper.isEmpty())
        about << tr("Questions and answers are sent to %1 for titles and follow-ups").arg(now.helper);
    if (!now.problem.isEmpty()) about << now.problem;
    about << (m_model.choice.isEmpty() ? tr("the default of this library")
                                       : tr("chosen for this conversation"));
    setAccessibleName(about.first());
    setAccessibleDescription(about.mid(1).join(QStringLiteral(". ")));
    setToolTip(plainToolTip(about.join(QLatin1Char('\n'))));
}

void ModelButton::openMenu() {
    auto* menu = new QMenu(this);  // no event loop of its own: the page may go while it is open
    menu->setObjectName(QStringLiteral("modelMenu"));
    menu->setAccessibleName(tr("Who answers this conversation"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(*menu);
    m_menu = menu;
    menu->popup(mapToGlobal(QPoint(0, -menu->sizeHint().height() - kGrid / 2)));
    emit modelsWanted();
}

/// Again while it is open: what had been pointed at stays so.
void ModelButton::fill(QMenu& menu) {
    const QAction* active = menu.activeAction();
    const QVariant pointedAt = active ? active->data() : QVariant();
    menu.clear();
    offer(menu, tr("Default: %1").arg(m_usual.name.isEmpty() ? tr("quotes only") : m_usual.name), {});
    const bool isUsual = m_usual.name.isEmpty() && m_model.choice != quotesOnly().choice;
    if (!isUsual) offer(menu, tr("Quotes only, no model"), quotesOnly());
    menu.addSeparator();
    QVector<ChatModel> models = m_models;
    const auto isChosen = [this](const ChatModel& one) { return one.choice == m_model.choice; };
    const bool isOwn = !m_model.choice.isEmpty() && m_model.choice != quotesOnly().choice;
    if (isOwn && std::none_of(models.begin(), models.end(), isChosen)) models.prepend(m_model);
    for (const ChatModel& model : models) offer(menu, model.name, isChosen(model) ? m_model : model);
    if (!models.isEmpty()) menu.addSeparator();
    menu.addAction(tr("Models…"), this, &ModelButton::settingsWanted)
        ->setObjectName(QStringLiteral("manageModels"));
    for (QAction* action : menu.actions())
        if (pointedAt.isValid() && action->data() == pointedAt) menu.setActiveAction(action);
    if (menu.isVisible()) place(menu);
}

void ModelButton::offer(QMenu& menu, const QString& text, const ChatModel& model) {
    QString row = label(text, kMenuCharacters);
    QString where = model.choice.isEmpty() ? m_usual.where : model.where;
    if (!model.problem.isEmpty()) where = tr("cannot answer");
    const QString remote = model.choice.isEmpty() ? m_usual.remote : model.remote;
    if (!where.isEmpty())
        row += QLatin1Char('\t') +
               label(remote.isEmpty() ? where : tr("sent to %1").arg(remote), kMenuCharacters);
    QAction* action = menu.addAction(row, this, [this, model] {
        setModel(model);
        emit chosen(model);
    });
    action->setCheckable(true);
    action->setChecked(model.choice == m_model.choice);
    action->setData(model.choice);
}

/// Its lower edge stays above the button while rows arrive.
void ModelButton::place(QMenu& menu) const {
    const QSize size = menu.sizeHint();
    const QRect screen = this->screen()->availableGeometry();
    const QPoint corner = mapToGlobal(QPoint(0, -size.height() - kGrid / 2));
    menu.setGeometry({{corner.x(), std::max(screen.top(), corner.y())}, size});
}

}  // namespace commonplace::ui
