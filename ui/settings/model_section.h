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

class EndpointForm;
class ServerOffers;

class ModelSection final : public Section {
    Q_OBJECT
  public:
    ModelSection(SettingsBridge& bridge, ModelsBridge& models, QWidget* parent = nullptr);

    void setValues(const AppSettings& settings);
    /// `settings` with what stands here; unchanged where that is not valid.
    AppSettings applied(AppSettings settings) const;

  signals:
    void edited();
    void filesWanted();  ///< the person wants to see and add model files

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
    void showReport(const EndpointReport& report);
    ModelSpot spot() const;

    SettingsBridge& m_bridge;
    ModelsBridge& m_models;
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
    QSpinBox* m_tokens = nullptr;
};

/// What leaves the computer when a question is asked, in words.
QString destinationText(const QString& baseUrl, const QString& model);

}  // namespace commonplace::ui
