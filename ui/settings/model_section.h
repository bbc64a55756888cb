// ModelSection: the endpoint that writes answers, its key, a test, and what is sent where.
#pragma once

#include "ui/bridge/settings_bridge.h"
#include "ui/settings/section.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace commonplace::ui {

class ModelSection final : public Section {
    Q_OBJECT
  public:
    explicit ModelSection(SettingsBridge& bridge, QWidget* parent = nullptr);

    void setValues(const AppSettings& settings);
    /// `settings` with what stands here; unchanged where that is not valid.
    AppSettings applied(AppSettings settings) const;

  signals:
    void edited();

  private:
    QWidget* makeAddress();
    QWidget* makeKey();
    QWidget* makeModel();
    QWidget* makeNumbers();
    void onAddress();
    void onKey();
    void test();
    void showReport(const EndpointReport& report);
    void showKey(const QString& baseUrl, KeyPlace place, const QString& reason);
    void showDestination();
    void say(QLabel& label, const QString& text, const char* tone);

    SettingsBridge& m_bridge;
    QLineEdit* m_address = nullptr;
    QLabel* m_addressProblem = nullptr;
    QLabel* m_destination = nullptr;
    QLineEdit* m_key = nullptr;
    QLabel* m_keyState = nullptr;
    QComboBox* m_model = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_report = nullptr;
    QSpinBox* m_window = nullptr;
    QSpinBox* m_tokens = nullptr;
};

/// What leaves the computer when a question is asked, in words.
QString destinationText(const QString& baseUrl);

}  // namespace commonplace::ui
