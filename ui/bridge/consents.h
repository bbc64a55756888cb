// Which servers elsewhere a person has allowed to receive questions and passages. Kept in library.db: a
// consent is for this library's texts. Servers as serverOf() writes them. Thread: as the store's.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/base/result.h"
#include "ui/bridge/chat_types.h"

namespace commonplace::store {
class LibraryStore;
}

namespace commonplace::ui {

Result<Consent> consentTo(const QString& server, store::LibraryStore& store);
/// Refused withdraws what was given before.
Result<void> keepConsent(const QString& server, Consent consent, store::LibraryStore& store);
/// The servers that may receive texts, in order.
Result<QStringList> allowedServers(store::LibraryStore& store);

}  // namespace commonplace::ui
