#include "ui/settings/meaning_section.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

const QString kBuiltin = QStringLiteral("builtin");

QString nameOf(const QString& maker) {
    return maker == kBuiltin ? MeaningSection::tr("the built-in model") : maker;
}

QString sentence(const EmbeddingState& state) {
    if (!state.building.isEmpty())
        return MeaningSection::tr(
                   "Vectors of %1 are being made: %L2 of %L3 passages. Searches use %4 until then.")
            .arg(nameOf(state.building))
            .arg(state.done)
            .arg(state.total)
            .arg(nameOf(state.active));
    if (state.active.isEmpty())
        return MeaningSection::tr("There are no vectors yet: the first indexing makes them.");
    return MeaningSection::tr("Searches use %1: %L2 of %L3 passages.")
        .arg(nameOf(state.active))
        .arg(state.done)
        .arg(state.total);
}

}  // namespace

MeaningSection::MeaningSection(EmbeddingBridge& bridge, ModelsBridge& models, QWidget* parent)
    : Section(tr("Finding by meaning"),
              tr("A small model turns passages and questions into vectors, so that other words "
                 "for the same thing are found."),
              parent),
      m_bridge(bridge),
      m_models(models),
      m_now(textLabel({}, LabelTone::Ink, this)),
      m_bar(new QProgressBar(this)),
      m_undo(quietButton(tr("Undo"), this)) {
    m_now->setObjectName(QStringLiteral("settingsMeaningNow"));
    m_bar->setObjectName(QStringLiteral("settingsMeaningBar"));
    m_bar->setAccessibleName(tr("Progress of the new vectors"));
    m_bar->setTextVisible(false);
    m_undo->setObjectName(QStringLiteral("settingsMeaningUndo"));
    m_bar->hide();
    m_undo->hide();
    addWide(m_now);
    addWide(m_bar);
    addWide(m_undo);
    addWide(makeChoice());
    finish();
    connect(m_undo, &QPushButton::clicked, &m_bridge, &EmbeddingBridge::undo);
    connect(&m_bridge, &EmbeddingBridge::changed, this, &MeaningSection::showState);
    connect(&m_bridge, &EmbeddingBridge::failed, this, [this](const QString& reason) {
        m_use->setEnabled(true);
        say(*m_problem, reason, "bad");
    });
    connect(&m_models, &ModelsBridge::filesChanged, this, &MeaningSection::showFiles);
    showFiles({});
}

QWidget* MeaningSection::makeChoice() {
    auto* place = new QWidget(this);
    m_choice = new QComboBox(place);
    m_choice->setObjectName(QStringLiteral("settingsMeaningModel"));
    m_choice->setEditable(true);
    m_choice->setInsertPolicy(QComboBox::NoInsert);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_use = quietButton(tr("Use it"), place);
    m_use->setObjectName(QStringLiteral("settingsMeaningUse"));
    m_problem = noteLabel(QStringLiteral("settingsMeaningProblem"), place);
    m_problem->hide();
    QLabel* hint = noteLabel(QStringLiteral("settingsMeaningHint"), place);
    hint->setText(tr(
        "builtin, a GGUF file of an embedding model, or http://127.0.0.1:11434#model of a server here. The "
        "vectors of the new model are made beside the old ones; searching goes on meanwhile."));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_choice, 1);
    row->addWidget(m_use);
    QVBoxLayout* column = tightColumn(place);
    column->addWidget(nameLabel(tr("Another model"), m_choice, place));
    m_choice->lineEdit()->setAccessibleName(tr("Another model"));
    column->addLayout(row);
    column->addWidget(m_problem);
    column->addWidget(hint);
    connect(m_use, &QPushButton::clicked, this, &MeaningSection::choose);
    return place;
}

void MeaningSection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_bridge.refresh();
    m_models.refresh();
}

void MeaningSection::choose() {
    m_use->setEnabled(false);
    say(*m_problem, tr("Trying it…"), "muted");
    m_bridge.choose(m_choice->currentText());
}

void MeaningSection::showState(const EmbeddingState& state) {
    m_use->setEnabled(true);
    say(*m_problem, state.problem, "bad");
    m_now->setText(sentence(state));
    m_bar->setVisible(!state.building.isEmpty());
    m_bar->setRange(0, static_cast<int>(std::max<qint64>(1, state.total)));
    m_bar->setValue(static_cast<int>(state.done));
    m_undo->setVisible(!state.building.isEmpty() || !state.previous.isEmpty());
    m_undo->setText(state.building.isEmpty() ? tr("Back to %1").arg(nameOf(state.previous))
                                             : tr("Stop, and keep %1").arg(nameOf(state.active)));
}

void MeaningSection::showFiles(const QVector<LocalModel>& files) {
    const QString text = m_choice->currentText();
    m_choice->clear();
    m_choice->addItem(kBuiltin);
    for (const LocalModel& file : files)
        if (file.kind == LocalModel::Kind::Embedding) m_choice->addItem(file.path);
    m_choice->setEditText(text.isEmpty() ? kBuiltin : text);
}

}  // namespace commonplace::ui
