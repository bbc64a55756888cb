// FallbackRow: one model that stands in for the others, and for whom it may.
#pragma once

#include <QFrame>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/models_types.h"

class QCheckBox;
class QToolButton;

namespace commonplace::ui {

class ConsentBridge;
class ModelPicker;

class FallbackRow final : public QFrame {
    Q_OBJECT
  public:
    FallbackRow(ConsentBridge& consents, QWidget* parent);
    FallbackSpot value() const;
    void setValue(const FallbackSpot& value);
    void offer(const QVector<LocalModel>& files);
    /// Its place in the order, from 1.
    void setNumber(int number);

  signals:
    void edited();
    void removeWanted();
    void upWanted();

  private:
    void showLeave();

    ModelPicker* m_picker;
    QCheckBox* m_any;
    QWidget* m_elsewhere;  ///< what concerns models elsewhere only
    QToolButton* m_up;
    QToolButton* m_remove;
};

}  // namespace commonplace::ui
