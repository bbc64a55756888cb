// Bridges: everything behind the window, in the order of its making; it goes in the reverse order, and
// quitting in the middle of work is instant.
#pragma once

#include <mutex>
#include <string>

#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/host.h"
#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/models_bridge.h"
#include "ui/bridge/network_bridge.h"
#include "ui/bridge/reader_bridge.h"
#include "ui/bridge/search_bridge.h"
#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

/// The key of one endpoint: written by the GUI thread, read by the lane that asks the model. It is given out
/// for that endpoint's address only.
class SharedKey final {
  public:
    void set(const std::string& baseUrl, const std::string& key);
    std::string keyFor(const std::string& baseUrl) const;

  private:
    mutable std::mutex m_mutex;
    std::string m_baseUrl, m_key;  // guarded by m_mutex
};

struct Bridges {
    explicit Bridges(HostOptions options);

    QString endpoint;  ///< that the settings name; whose key is in `key`
    SharedKey key;
    Host host;
    SettingsBridge settings;
    ModelsBridge models;
    EmbeddingBridge embedding;
    NetworkBridge network;
    SearchBridge search;
    LedgerBridge ledger;
    IndexBridge index;
    ReaderBridge reader;
    ChatBridge chat;
};

}  // namespace commonplace::ui
