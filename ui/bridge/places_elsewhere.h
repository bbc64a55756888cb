// Every place outside of this computer that texts can go to, with the settings and consents as they are. Pure
// but for reading the consents; any thread that may use the store.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/base/result.h"
#include "ui/bridge/chat_types.h"

namespace commonplace::config {
struct EmbeddingSettings;
struct Settings;
}  // namespace commonplace::config
namespace commonplace::library {
struct EmbeddingStatus;
}
namespace commonplace::store {
class LibraryStore;
}

namespace commonplace::ui {

/// `model` answers, by these settings (settingsFor() of its choice): with its consent, its helper and its
/// stand-ins elsewhere. Those without a consent are left out: nothing is sent to them, nor asked because of
/// them.
Result<ChatModel> withPlaces(ChatModel model, const config::Settings& settings, store::LibraryStore& store);

/// The hosts elsewhere that make vectors, now, for the change that is on its way, or as soon as something is
/// indexed: of questions, and of all documents. Without those that the settings do not allow; a run that goes
/// on with one of them is ended when they change (IndexBridge::restart).
QStringList meaningHosts(const library::EmbeddingStatus& status, const config::Settings& settings);

}  // namespace commonplace::ui
