// ModelPicker: one model, chosen from those that are known here or typed as URL#MODEL; for one elsewhere with
// the leave that it needs.
#pragma once

#include <QWidget>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/models_types.h"

class QComboBox;
class QLabel;

namespace commonplace::ui {

class ConsentBridge;
class ConsentLine;

class ModelPicker final : public QWidget {
    Q_OBJECT
  public:
    ModelPicker(const QString& objectName, const QString& accessibleName, ConsentBridge& consents,
                QWidget* parent);
    ModelSpot spot() const;
    void setSpot(const ModelSpot& spot);
    void offer(const QVector<LocalModel>& files);
    QWidget* control() const;

  signals:
    void edited();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void onText();

    QComboBox* m_box;
    QLabel* m_problem;
    ConsentLine* m_consent;
    ModelSpot m_spot;  ///< the last one that was usable
};

}  // namespace commonplace::ui
