// EmbeddingForm: another model to find by meaning: one in this program, or one of a server here or elsewhere,
// for which the person first allows that all documents are sent there.
#pragma once

#include <QWidget>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/models_types.h"
#include "ui/bridge/settings_bridge.h"

class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;

namespace commonplace::ui {

class EmbeddingConsent;
class EndpointForm;

class EmbeddingForm final : public QWidget {
    Q_OBJECT
  public:
    explicit EmbeddingForm(SettingsBridge& bridge, QWidget* parent = nullptr);

    void setFiles(const QVector<LocalModel>& files);
    /// Folders for this computer only forbid every server elsewhere.
    void setValues(const AppSettings& settings);
    void setOffline(Offline offline);
    /// The choice is being tried, or it is over: why it could not be used (empty: it could).
    void setTrying();
    void setTried(const QString& problem);

  signals:
    /// Whatever had to be allowed was allowed.
    void chosen(const commonplace::ui::EmbeddingChoice& choice);

  private:
    void makeHere();
    void makeServer();
    void onEdited();
    void choose();
    EmbeddingChoice choice() const;
    /// Where the texts go in the end or by way of a server here, as serverOf() writes it; empty: nothing
    /// would leave this computer.
    QString farServer() const;

    SettingsBridge& m_bridge;
    QRadioButton* m_here = nullptr;
    QRadioButton* m_served = nullptr;
    QComboBox* m_model = nullptr;
    EndpointForm* m_endpoint = nullptr;
    EmbeddingConsent* m_consent = nullptr;
    QPushButton* m_use = nullptr;
    QLabel* m_problem = nullptr;
};

}  // namespace commonplace::ui
