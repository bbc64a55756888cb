// Bridges: everything behind the window, in the order of its making; it goes in the reverse order, and quitting
// in the middle of work is instant.
#pragma once

#include <mutex>
#include <string>

#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/host.h"
#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/reader_bridge.h"
#include "ui/bridge/search_bridge.h"
#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

/// The key of the present endpoint: written by the GUI thread, read by the lane that asks the model.
class SharedKey final {
  public:
    void set(const std::string& key);
    std::string get() const;

  private:
    mutable std::mutex m_mutex;
    std::string m_key;  // guarded by m_mutex
};

struct Bridges {
    explicit Bridges(HostOptions options);

    QString endpoint;  ///< that the settings name; whose key is in `key`
    SharedKey key;
    Host host;
    SettingsBridge settings;
    SearchBridge search;
    LedgerBridge ledger;
    IndexBridge index;
    ReaderBridge reader;
    ChatBridge chat;
};

}  // namespace commonplace::ui
