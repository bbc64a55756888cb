// ConsentLine: whether one server elsewhere may receive questions and passages, with a button for the
// opposite. Shows nothing for a model on this computer.
#pragma once

#include <QWidget>

#include "ui/bridge/consent_bridge.h"

class QLabel;
class QPushButton;

namespace commonplace::ui {

class ConsentLine final : public QWidget {
    Q_OBJECT
  public:
    ConsentLine(ConsentBridge& bridge, QWidget* parent);
    void setModel(const QString& baseUrl, const QString& model);
    /// As serverOf() writes it; empty: there is nothing to ask.
    void setServer(const QString& server);
    const QString& server() const { return m_server; }

  private:
    void tell(Consent consent);
    void followBridge();
    void turn();

    ConsentBridge& m_bridge;
    QLabel* m_words;
    QPushButton* m_button;
    QString m_server;  ///< empty: nothing to ask
    Consent m_consent = Consent::Refused;
};

}  // namespace commonplace::ui
