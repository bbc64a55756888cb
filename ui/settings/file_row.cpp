#include "ui/settings/file_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

QLabel* shortLabel(const QString& text, LabelTone tone, QWidget* parent) {
    QLabel* label = textLabel(text, tone, parent);
    label->setWordWrap(false);
    return label;
}

}  // namespace

QString factsText(const LocalModel& model) {
    if (!model.problem.isEmpty()) return model.problem;
    QStringList parts;
    if (model.kind == LocalModel::Kind::Embedding) parts << FileRow::tr("finds passages by meaning");
    if (!model.architecture.isEmpty()) parts << model.architecture;
    if (!model.quantisation.isEmpty()) parts << model.quantisation;
    parts << bytesText(model.bytes);
    if (model.context > 0) parts << FileRow::tr("reads %L1 tokens").arg(model.context);
    if (model.kind == LocalModel::Kind::Unknown) parts << FileRow::tr("not tried yet");
    if (model.isLink) parts << FileRow::tr("stays at %1").arg(readable(model.path));
    return parts.join(QStringLiteral(" · "));
}

FileRow::FileRow(const LocalModel& model, const QString& use, Trial trial, QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("settingsFileRow"));
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(readable(model.name));
    QLabel* name = textLabel(readable(model.name), LabelTone::Ink, this);
    setTextFont(*name, TextSize::Body, TextWeight::Medium);
    QLabel* facts = noteLabel(QStringLiteral("settingsFileFacts"), this);
    say(*facts, factsText(model), model.problem.isEmpty() ? "muted" : "bad");
    auto* words = new QVBoxLayout;
    words->setSpacing(kGrid / 4);
    words->addWidget(name);
    words->addWidget(facts);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid + kGrid / 2, kGrid, kGrid, kGrid);
    row->addLayout(words, 1);
    if (QWidget* what = makeUse(model, use, trial)) row->addWidget(what);
    QToolButton* remove =
        iconButton(QStringLiteral("trash"), tr("Remove %1").arg(readable(model.name)), this);
    remove->setObjectName(QStringLiteral("settingsFileRemove"));
    connect(remove, &QToolButton::clicked, this, &FileRow::removeWanted);
    row->addWidget(remove);
}

/// What it does, or the button for what comes next; nothing for a model of the search.
QWidget* FileRow::makeUse(const LocalModel& model, const QString& use, Trial trial) {
    if (trial == Trial::Running) return shortLabel(tr("Trying it…"), LabelTone::Muted, this);
    const auto button = [this](const QString& text, const char* objectName, const QString& accessibleName) {
        QPushButton* made = quietButton(text, this);
        made->setObjectName(QString::fromLatin1(objectName));
        made->setAccessibleName(accessibleName);
        return made;
    };
    if (model.kind == LocalModel::Kind::Unknown) {
        QPushButton* attempt =
            button(tr("Try it"), "settingsFileTry", tr("Try %1").arg(readable(model.name)));
        connect(attempt, &QPushButton::clicked, this, &FileRow::tryWanted);
        return attempt;
    }
    if (!use.isEmpty()) return shortLabel(use, LabelTone::Good, this);
    if (model.kind != LocalModel::Kind::Chat || !model.problem.isEmpty()) return nullptr;
    QPushButton* choose =
        button(tr("Use for answers"), "settingsFileUse", tr("Use %1 for answers").arg(readable(model.name)));
    connect(choose, &QPushButton::clicked, this, &FileRow::useWanted);
    return choose;
}

}  // namespace commonplace::ui
