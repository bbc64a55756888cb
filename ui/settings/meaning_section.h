// MeaningSection: the model that finds passages by meaning, the change to another one with its progress, and
// undo.
#pragma once

#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/models_bridge.h"
#include "ui/settings/section.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace commonplace::ui {

class MeaningSection final : public Section {
    Q_OBJECT
  public:
    MeaningSection(EmbeddingBridge& bridge, ModelsBridge& models, QWidget* parent = nullptr);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeChoice();
    void choose();
    void showState(const EmbeddingState& state);
    void showFiles(const QVector<LocalModel>& files);

    EmbeddingBridge& m_bridge;
    ModelsBridge& m_models;
    QLabel* m_now;
    QProgressBar* m_bar;
    QPushButton* m_undo;
    QComboBox* m_choice = nullptr;
    QPushButton* m_use = nullptr;
    QLabel* m_problem = nullptr;
};

}  // namespace commonplace::ui
