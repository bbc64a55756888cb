#include "ui/settings/meaning_section.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>

#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"
#include "ui/settings/embedding_form.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

const QString kBuiltin = QStringLiteral("builtin");
const QString kFile = QStringLiteral("gguf:");

QString nameOf(const QString& maker) {
    if (maker == kBuiltin) return MeaningSection::tr("the built-in model");
    if (maker.startsWith(kFile)) return fileName(maker.mid(kFile.size()));
    const QString address = addressOf({maker, SendDocuments::No});
    if (address.isEmpty()) return maker;
    const QString model = maker.mid(maker.indexOf(QLatin1Char('#')) + 1);
    return MeaningSection::tr("%1 of %2").arg(model, hostOf(address));
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

MeaningSection::MeaningSection(SettingsBridge& settings, EmbeddingBridge& bridge, ModelsBridge& models,
                               QWidget* parent)
    : Section(tr("Finding by meaning"),
              tr("A small model turns passages and questions into vectors, so that other words "
                 "for the same thing are found."),
              parent),
      m_bridge(bridge),
      m_models(models),
      m_now(textLabel({}, LabelTone::Ink, this)),
      m_bar(new QProgressBar(this)),
      m_undo(quietButton(tr("Undo"), this)),
      m_form(new EmbeddingForm(settings, this)) {
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
    QLabel* another = textLabel(tr("Another model"), LabelTone::Ink, this);
    setTextFont(*another, TextSize::Body, TextWeight::Medium);
    addWide(another);
    addWide(m_form);
    finish();
    connect(m_undo, &QPushButton::clicked, &m_bridge, &EmbeddingBridge::undo);
    connect(&m_bridge, &EmbeddingBridge::changed, this, &MeaningSection::showState);
    connect(&m_bridge, &EmbeddingBridge::failed, m_form, &EmbeddingForm::setTried);
    connect(m_form, &EmbeddingForm::chosen, &m_bridge, &EmbeddingBridge::choose);
    connect(&m_models, &ModelsBridge::filesChanged, m_form, &EmbeddingForm::setFiles);
}

void MeaningSection::showEvent(QShowEvent* event) {
    Section::showEvent(event);
    m_bridge.refresh();
    m_models.refresh();
}

void MeaningSection::setValues(const AppSettings& settings) {
    m_form->setValues(settings);
}

void MeaningSection::setOffline(Offline offline) {
    m_form->setOffline(offline);
}

void MeaningSection::showState(const EmbeddingState& state) {
    m_form->setTried(state.problem);
    m_now->setText(sentence(state));
    m_bar->setVisible(!state.building.isEmpty());
    m_bar->setRange(0, static_cast<int>(std::max<qint64>(1, state.total)));
    m_bar->setValue(static_cast<int>(state.done));
    m_undo->setVisible(!state.building.isEmpty() || !state.previous.isEmpty());
    m_undo->setText(state.building.isEmpty() ? tr("Back to %1").arg(nameOf(state.previous))
                                             : tr("Stop, and keep %1").arg(nameOf(state.active)));
}

}  // namespace commonplace::ui
