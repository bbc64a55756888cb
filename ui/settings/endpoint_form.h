// EndpointForm: address, protocol, key and model of a server, with what is wrong with them said beside them.
#pragma once

#include <QWidget>

#include "ui/bridge/settings_bridge.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace commonplace::ui {

class EndpointForm final : public QWidget {
    Q_OBJECT
  public:
    /// What the server is for: protocols and examples differ, and so do the names of the fields.
    enum class For { Answers, Vectors };
    explicit EndpointForm(SettingsBridge& bridge, For use, QWidget* parent = nullptr);

    QString address() const;
    QString api() const;
    QString model() const;
    /// What a test should use: as typed, else as stored.
    QString key() const;
    /// Is there an address, and nothing wrong with it?
    bool isUsable() const;
    void set(const QString& api, const QString& address, const QString& model);
    /// What the empty fields give as examples.
    void setExpected(Destination destination);
    /// A key that was typed and not left yet counts, too.
    void settleKey() { onKey(); }
    /// Choices for the model; what stands there stays.
    void offerModels(const QStringList& models);

  signals:
    void edited();          ///< something that is to be saved
    void addressChanged();  ///< while it is typed

  private:
    void makeAddress(QVBoxLayout* column);
    void makeKey(QVBoxLayout* column);
    void makeModel(QVBoxLayout* column);
    void onAddress();
    void onKey();
    void showKey(const QString& baseUrl, KeyPlace place, const QString& reason);

    QString noKeyText() const;
    /// "settings" + `name` for answers, "settingsMeaning" + `name` for vectors.
    QString fieldName(const char* name) const;

    SettingsBridge& m_bridge;
    const For m_for;
    Destination m_expected = Destination::ThisComputer;
    bool m_hasKey = false;
    QLineEdit* m_address = nullptr;
    QLabel* m_problem = nullptr;
    QComboBox* m_api = nullptr;
    QLineEdit* m_key = nullptr;
    QLabel* m_keyState = nullptr;
    QComboBox* m_model = nullptr;
};

}  // namespace commonplace::ui
