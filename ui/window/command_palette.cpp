#include "ui/window/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kWidth = 520;
constexpr int kHeight = 360;

QString titleOf(const QAction& action) {
    QString text = action.text();
    return text.remove(QLatin1Char('&'));
}

/// All words typed must begin a word of the action's name, in any order.
bool matches(const QString& title, const QString& typed) {
    const QStringList titleWords = title.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QStringList typedWords = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(typedWords.begin(), typedWords.end(), [&](const QString& word) {
        return std::any_of(titleWords.begin(), titleWords.end(), [&](const QString& candidate) {
            return candidate.startsWith(word, Qt::CaseInsensitive);
        });
    });
}

}  // namespace

CommandPalette::CommandPalette(const QVector<QAction*>& actions, QWidget* parent)
    : QDialog(parent, Qt::Popup),
      m_actions(actions),
      m_field(new QLineEdit(this)),
      m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Commands"));
    m_field->setObjectName(QStringLiteral("commandField"));
    m_field->setAccessibleName(tr("Command"));
    m_field->setPlaceholderText(tr("Type a command…"));
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kGrid, kGrid, kGrid, kGrid);
    column->addWidget(m_field);
    column->addWidget(m_list);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::popUp() {
    m_field->clear();
    filter({});
    resize(kWidth, kHeight);
    const QWidget* window = parentWidget();
    move(window->mapToGlobal(QPoint((window->width() - kWidth) / 2, window->height() / 8)));
    show();
    m_field->setFocus();
}

void CommandPalette::filter(const QString& text) {
    m_list->clear();
    for (int i = 0; i < m_actions.size(); ++i) {
        const QAction& action = *m_actions[i];
        if (!action.isEnabled() || !matches(titleOf(action), text)) continue;
        const QString keys = action.shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(
            keys.isEmpty() ? titleOf(action) : titleOf(action) + QStringLiteral("    ") + keys, m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item) return;
    QAction* action = m_actions[item->data(Qt::UserRole).toInt()];
    hide();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Down && key != Qt::Key_Up) return QDialog::eventFilter(watched, event);
    const int step = key == Qt::Key_Down ? 1 : -1;
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
    return true;
}

}  // namespace commonplace::ui
