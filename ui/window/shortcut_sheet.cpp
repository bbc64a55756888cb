#include "ui/window/shortcut_sheet.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

QVector<QPair<QString, QString>> shortcutsOf(const QVector<QAction*>& actions) {
    QVector<QPair<QString, QString>> shortcuts;
    for (const QAction* action : actions) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (!keys.isEmpty()) shortcuts.push_back({keys, action->text().remove(QLatin1Char('&'))});
    }
    return shortcuts;
}

ShortcutSheet::ShortcutSheet(const QVector<QPair<QString, QString>>& shortcuts, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("shortcutSheet"));
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 2 * kGrid);
    column->setSpacing(2 * kGrid);
    QLabel* heading = textLabel(windowTitle(), LabelTone::Ink, this);
    setTextFont(*heading, TextSize::Title, TextWeight::Medium);
    column->addWidget(heading);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * kGrid);
    grid->setVerticalSpacing(kGrid);
    const int rows = (static_cast<int>(shortcuts.size()) + 1) / 2;
    for (int i = 0; i < shortcuts.size(); ++i) {
        const int at = 2 * (i / rows);
        QLabel* keys = textLabel(shortcuts[i].first, LabelTone::Muted, this);
        keys->setWordWrap(false);
        QLabel* what = textLabel(shortcuts[i].second, LabelTone::Ink, this);
        what->setWordWrap(false);
        grid->addWidget(keys, i % rows, at, Qt::AlignRight);
        grid->addWidget(what, i % rows, at + 1);
    }
    column->addLayout(grid);
    column->addWidget(textLabel(tr("Ctrl+K finds every command by its name."), LabelTone::Muted, this));
    QPushButton* close = quietButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeShortcuts"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    column->addWidget(close, 0, Qt::AlignRight);
}

}  // namespace commonplace::ui
