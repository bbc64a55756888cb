#include "ui/window/bridges.h"

namespace commonplace::ui {

void SharedKeys::set(const std::string& baseUrl, const std::string& key) {
    const std::lock_guard lock(m_mutex);
    if (key.empty())
        m_keys.erase(baseUrl);
    else
        m_keys[baseUrl] = key;
}

std::string SharedKeys::keyFor(const std::string& baseUrl) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_keys.find(baseUrl);
    return found == m_keys.end() ? std::string() : found->second;
}

Bridges::Bridges(HostOptions options)
    : host(std::move(options)),
      settings(host),
      models(host),
      offers(settings, models),
      embedding(host),
      consents(host),
      network(host),
      search(host),
      ledger(host),
      index(host),
      reader(host),
      chat(host, [this](const std::string& baseUrl) { return keys.keyFor(baseUrl); }) {
    const auto use = [this](const QString& baseUrl) {
        endpoints.insert(baseUrl);
        settings.loadKey(baseUrl);
    };
    const auto follow = [use](const AppSettings& now) { use(now.baseUrl); };
    QObject::connect(&network, &NetworkBridge::switched, &settings, &SettingsBridge::saveOffline);
    QObject::connect(&settings, &SettingsBridge::loaded, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::saved, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::keyChanged, &settings, [this](const QString& baseUrl) {
        if (endpoints.contains(baseUrl))
            keys.set(baseUrl.toStdString(), settings.keyFor(baseUrl).toStdString());
    });
    QObject::connect(&chat, &ChatBridge::endpointInUse, &settings, use);
}

}  // namespace commonplace::ui
