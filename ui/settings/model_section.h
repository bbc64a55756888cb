// ModelSection: who writes answers: nobody, a file, a server here or a service elsewhere; a test, and what is
// sent where.
#pragma once

#include "ui/bridge/models_bridge.h"
#include "ui/bridge/settings_bridge.h"
#include "ui/settings/answer_cards.h"
#include "ui/settings/section.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace commonplace::ui {

class ConsentBridge;
class EndpointForm;
class ServerOffers;

class ModelSection final : public Section {
    Q_OBJECT
  public:
    ModelSection(SettingsBridge& bridge, ModelsBridge& models, ConsentBridge& consents,
                 QWidget* parent = nullptr);

    void setValues(const AppSettings& settings);
    /// `settings` with what stands here; unchanged where that is not valid.
    AppSettings applied(AppSettings settings) const;

    /// Whether anything may leave this computer at all.
    void setOffline(Offline offline);

  signals:
    void edited();
    void filesWanted();  ///< the person wants to see and add model files

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeFile();
    QWidget* makeTest();
    QWidget* makeNumbers();
    void onChosen(AnswerBy by);
    void onEndpoint();
    void showParts();
    void showFiles(const QVector<LocalModel>& models);
    void selectFile(const QString& path);
    void showDestination();
    void test();
    void forgetTest();
    void showWindow();
    void showReport(const EndpointReport& report);
    ModelSpot spot() const;

    SettingsBridge& m_bridge;
    ModelsBridge& m_models;
    ConsentBridge& m_consents;
    Offline m_offline = Offline::No;
    AnswerCards* m_cards = nullptr;
    QLabel* m_destination = nullptr;
    QWidget* m_filePart = nullptr;
    QComboBox* m_file = nullptr;
    QLabel* m_fileNote = nullptr;
    QString m_wantedFile;  ///< of the settings, which may not be in the list yet
    ServerOffers* m_offers = nullptr;
    EndpointForm* m_endpoint = nullptr;
    QWidget* m_testPart = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_report = nullptr;
    QWidget* m_numbers = nullptr;
    QSpinBox* m_window = nullptr;
    QLabel* m_windowNote = nullptr;
    ModelSpot m_tested;        ///< what the report is about
    qint64 m_readsAtMost = 0;  ///< tokens, as a test has learned; 0: not known
    QSpinBox* m_tokens = nullptr;
};

}  // namespace commonplace::ui
