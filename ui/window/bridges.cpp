#include "ui/window/bridges.h"

#include <utility>

#include "ui/bridge/destination.h"

namespace commonplace::ui {

void SharedKeys::set(const std::string& baseUrl, const std::string& key) {
    const QString account = accountOf(QString::fromStdString(baseUrl));
    const std::lock_guard lock(m_mutex);
    if (key.empty() || account.isEmpty())
        m_keys.erase(account);
    else
        m_keys[account] = key;
}

std::string SharedKeys::keyFor(const std::string& baseUrl) const {
    const QString account = accountOf(QString::fromStdString(baseUrl));
    const std::lock_guard lock(m_mutex);
    const auto found = m_keys.find(account);
    return found == m_keys.end() ? std::string() : found->second;
}

namespace {

HostOptions withKeys(HostOptions options, const SharedKeys& keys) {
    options.embeddingKey = [&keys](const std::string& baseUrl) { return keys.keyFor(baseUrl); };
    return options;
}

}  // namespace

Bridges::Bridges(HostOptions options)
    : host(withKeys(std::move(options), keys)),
      settings(host),
      models(host),
      offers(settings, models),
      embedding(host, [this](const QString& baseUrl,
                             std::function<void()> then) { fetchKey(baseUrl, std::move(then)); }),
      consents(host),
      network(host),
      search(host),
      ledger(host),
      index(host),
      reader(host),
      chat(host, [this](const std::string& baseUrl) { return keys.keyFor(baseUrl); }) {
    const auto use = [this](const QString& baseUrl) { useKey(baseUrl); };
    const auto follow = [use](const AppSettings& now) {
        use(now.baseUrl);
        if (!now.embeddingUrl.isEmpty()) use(now.embeddingUrl);
    };
    QObject::connect(&network, &NetworkBridge::switched, &settings, &SettingsBridge::saveOffline);
    QObject::connect(&settings, &SettingsBridge::loaded, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::saved, &settings, follow);
    QObject::connect(&settings, &SettingsBridge::keyChanged, &settings, [this](const QString& baseUrl) {
        if (accounts.contains(accountOf(baseUrl)))
            keys.set(baseUrl.toStdString(), settings.keyFor(baseUrl).toStdString());
    });
    QObject::connect(&chat, &ChatBridge::endpointInUse, &settings, use);
    // A run that still makes vectors with the model before may be sending documents to its server.
    QObject::connect(&embedding, &EmbeddingBridge::switched, &index, &IndexBridge::restart);
}

void Bridges::useKey(const QString& baseUrl) {
    accounts.insert(accountOf(baseUrl));
    keys.set(baseUrl.toStdString(), settings.keyFor(baseUrl).toStdString());  // as far as it is known yet
    settings.loadKey(baseUrl);
}

void Bridges::fetchKey(const QString& baseUrl, std::function<void()> then) {
    const QString account = accountOf(baseUrl);
    if (account.isEmpty()) return then();  // no address, so no key
    auto* once = new QObject(&embedding);
    const auto onKey = [this, once, account, then = std::move(then)](const QString& changed) {
        if (accountOf(changed) != account) return;
        QObject::disconnect(&settings, nullptr, once, nullptr);
        once->deleteLater();
        then();
    };
    QObject::connect(&settings, &SettingsBridge::keyChanged, once, onKey);  // after who hands the key out
    useKey(baseUrl);
}

}  // namespace commonplace::ui
