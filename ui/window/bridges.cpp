#include "ui/window/bridges.h"

namespace commonplace::ui {

void SharedKey::set(const std::string& baseUrl, const std::string& key) {
    const std::lock_guard lock(m_mutex);
    m_baseUrl = baseUrl;
    m_key = key;
}

std::string SharedKey::keyFor(const std::string& baseUrl) const {
    const std::lock_guard lock(m_mutex);
    return baseUrl == m_baseUrl ? m_key : std::string();
}

Bridges::Bridges(HostOptions options)
    : host(std::move(options)),
      settings(host),
      models(host),
      embedding(host),
      network(host),
      search(host),
      ledger(host),
      index(host),
      reader(host),
      chat(host, [this](const std::string& baseUrl) { return key.keyFor(baseUrl); }) {
    const auto follow = [this](const AppSettings& now) {
        if (now.baseUrl != endpoint) key.set({}, {});  // the old endpoint's key is nobody else's
        endpoint = now.baseUrl;
        settings.loadKey(endpoint);
    };
    QObject::connect(&network, &NetworkBridge::switched, &settings, &SettingsBridge::saveOffline);
    QObject::connect(&settings, &SettingsBridge::loaded, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::saved, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::keyChanged, &settings, [this](const QString& baseUrl) {
        if (baseUrl == endpoint) key.set(baseUrl.toStdString(), settings.keyFor(baseUrl).toStdString());
    });
}

}  // namespace commonplace::ui
