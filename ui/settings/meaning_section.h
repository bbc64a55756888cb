// MeaningSection: the model that finds passages by meaning, the change to another one with its progress, and
// undo.
#pragma once

#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/models_bridge.h"
#include "ui/bridge/settings_bridge.h"
#include "ui/settings/section.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace commonplace::ui {

class EmbeddingForm;

class MeaningSection final : public Section {
    Q_OBJECT
  public:
    MeaningSection(SettingsBridge& settings, EmbeddingBridge& bridge, ModelsBridge& models,
                   QWidget* parent = nullptr);
    void setValues(const AppSettings& settings);
    void setOffline(Offline offline);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void showState(const EmbeddingState& state);

    EmbeddingBridge& m_bridge;
    ModelsBridge& m_models;
    QLabel* m_now;
    QProgressBar* m_bar;
    QPushButton* m_undo;
    EmbeddingForm* m_form;
};

}  // namespace commonplace::ui
