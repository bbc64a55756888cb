// BackupSection: who helps the model that answers: others that stand in for it, one for small tasks; and what
// all of them may cost.
#pragma once

#include "ui/bridge/models_bridge.h"
#include "ui/bridge/settings_bridge.h"
#include "ui/settings/section.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class ConsentBridge;
class FallbackRow;
class ModelPicker;

class BackupSection final : public Section {
    Q_OBJECT
  public:
    BackupSection(ModelsBridge& bridge, ConsentBridge& consents, QWidget* parent = nullptr);
    void setValues(const AppSettings& settings);
    AppSettings applied(AppSettings settings) const;

  signals:
    void edited();
    void removed();  ///< a model that stands in: to be saved at once

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeFallbacks();
    QWidget* makeMoney();
    FallbackRow* addFallback(const FallbackSpot& fallback);
    void remove(FallbackRow* row);
    void moveUp(FallbackRow* row);
    void showSpent(const SpentMoney& spent);

    ModelsBridge& m_bridge;
    ConsentBridge& m_consents;
    QVector<LocalModel> m_files;
    QVBoxLayout* m_rows = nullptr;
    QVector<FallbackRow*> m_fallbacks;
    ModelPicker* m_small = nullptr;
    QDoubleSpinBox* m_day = nullptr;
    QDoubleSpinBox* m_month = nullptr;
    QLabel* m_spent = nullptr;
};

}  // namespace commonplace::ui
