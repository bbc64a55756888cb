// ConsentBridge: shows and changes which servers elsewhere may receive questions and passages. The question
// itself, before a first answer, is ChatBridge's.
//
// Thread: lives in the GUI thread, its signals arrive there.
#pragma once

#include <QObject>
#include <QStringList>

#include "ui/bridge/chat_types.h"
#include "ui/bridge/lane.h"

namespace commonplace::ui {

class Host;

class ConsentBridge final : public QObject {
    Q_OBJECT
  public:
    explicit ConsentBridge(Host& host, QObject* parent = nullptr);

    /// changed() follows when others are allowed than before.
    void load();
    /// Counts from the next question on; changed() follows.
    void set(const QString& server, Consent consent);
    /// As far as they have been loaded.
    const QStringList& allowed() const { return m_allowed; }

  signals:
    void changed(const QStringList& allowed);
    void failed(const QString& reason);

  private:
    void tell(library::Session& session);

    QStringList m_allowed;
    Lane m_lane;  // last: its thread ends before the rest goes
};

}  // namespace commonplace::ui
