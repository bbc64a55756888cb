#include "ui/bridge/consents.h"

#include "engine/store/library_store.h"

namespace commonplace::ui {
namespace {

constexpr std::string_view kPrefix = "remote_consent:";

std::string keyOf(const QString& server) {
    return std::string(kPrefix) + server.toStdString();
}

}  // namespace

Result<Consent> consentTo(const QString& server, store::LibraryStore& store) {
    TRY(const auto known, store.setting(keyOf(server)));
    return known ? Consent::Given : Consent::Refused;
}

Result<void> keepConsent(const QString& server, Consent consent, store::LibraryStore& store) {
    if (consent == Consent::Given) return store.setSetting(keyOf(server), "given");
    return store.removeSetting(keyOf(server));
}

Result<QStringList> allowedServers(store::LibraryStore& store) {
    TRY(const auto keys, store.settingKeys(std::string(kPrefix)));
    QStringList servers;
    for (const std::string& key : keys) servers << QString::fromStdString(key.substr(kPrefix.size()));
    return servers;
}

}  // namespace commonplace::ui
