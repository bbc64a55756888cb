#include "ui/window/bridges.h"

namespace commonplace::ui {

void SharedKey::set(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    m_key = key;
}

std::string SharedKey::get() const {
    const std::lock_guard lock(m_mutex);
    return m_key;
}

Bridges::Bridges(HostOptions options)
    : host(std::move(options)),
      settings(host),
      search(host),
      ledger(host),
      index(host),
      reader(host),
      chat(host, [this] { return key.get(); }) {
    const auto follow = [this](const AppSettings& now) {
        endpoint = now.baseUrl;
        settings.loadKey(endpoint);
    };
    QObject::connect(&settings, &SettingsBridge::loaded, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::saved, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::keyChanged, &settings, [this](const QString& baseUrl) {
        if (baseUrl == endpoint) key.set(settings.keyFor(baseUrl).toStdString());
    });
}

}  // namespace commonplace::ui
