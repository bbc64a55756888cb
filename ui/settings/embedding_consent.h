// EmbeddingConsent: the leave for a server elsewhere to read all documents for their vectors, or why there is
// none to be had. Hidden while nothing would leave this computer.
#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/settings_bridge.h"

class QCheckBox;
class QLabel;

namespace commonplace::ui {

class EmbeddingConsent final : public QWidget {
    Q_OBJECT
  public:
    explicit EmbeddingConsent(QWidget* parent = nullptr);

    /// `server` as serverOf() writes it; empty: none. What was allowed for one is not allowed for another.
    void askFor(const QString& server);
    /// Folders for this computer only forbid every server elsewhere.
    void setLocalOnly(const QStringList& folders);
    void setOffline(Offline offline);

    /// For the server that it was asked for last, and for no other.
    SendDocuments given() const;
    /// Why nothing may go there, whatever the person allows here; empty: no reason.
    QString obstacle() const;
    /// Puts the focus on what is to be allowed.
    void insist();

  private:
    void showWords();

    QString m_server;
    QStringList m_localOnly;
    Offline m_offline = Offline::No;
    QCheckBox* m_allow;
    QLabel* m_words;
    QLabel* m_obstacle;
};

}  // namespace commonplace::ui
