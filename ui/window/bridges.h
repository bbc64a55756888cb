// Bridges: everything behind the window, in the order of its making; it goes in the reverse order, and
// quitting in the middle of work is instant.
#pragma once

#include <QSet>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/host.h"
#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/models_bridge.h"
#include "ui/bridge/models_offers.h"
#include "ui/bridge/network_bridge.h"
#include "ui/bridge/reader_bridge.h"
#include "ui/bridge/search_bridge.h"
#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

/// The keys of endpoints that are in use: written by the GUI thread, read by the lane that asks the models.
/// Each is given out for its endpoint's server only, however an address there is spelled.
class SharedKeys final {
  public:
    /// An empty key forgets it.
    void set(const std::string& baseUrl, const std::string& key);
    std::string keyFor(const std::string& baseUrl) const;

  private:
    mutable std::mutex m_mutex;
    std::map<QString, std::string> m_keys;  // guarded by m_mutex; by accountOf()
};

struct Bridges {
    explicit Bridges(HostOptions options);

    /// The server at this address is in use: its key is looked up, and given out as soon as it is there.
    void useKey(const QString& baseUrl);
    /// The same, and calls `then` when that is over, whether there is a key or not.
    void fetchKey(const QString& baseUrl, std::function<void()> then);

    /// Servers that the settings and the conversations name, by accountOf(): their keys are in `keys`.
    QSet<QString> accounts;
    SharedKeys keys;
    Host host;
    SettingsBridge settings;
    ModelsBridge models;
    ModelsOffers offers;
    EmbeddingBridge embedding;
    ConsentBridge consents;
    NetworkBridge network;
    SearchBridge search;
    LedgerBridge ledger;
    IndexBridge index;
    ReaderBridge reader;
    ChatBridge chat;
};

}  // namespace commonplace::ui
