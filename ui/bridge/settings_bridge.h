// SettingsBridge: the program's settings, a test of the endpoint that writes answers, and its key.
//
// Keys live in the system's keyring; where there is none, in memory until the program ends. Never on the
// disk. Thread: lives in the GUI thread, its signals arrive there.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>

#include "ui/bridge/keyring.h"
#include "ui/bridge/lane.h"

namespace commonplace::ui {

struct AppSettings {
    QString baseUrl;  ///< empty: no model, answers are quotations
    QString model;    ///< empty: the endpoint's first
    int contextWindow = 8192;
    int maxAnswerTokens = 1024;
    QStringList ignoredNames;
    int maxFileMiB = 512;
    int workers = 0;  ///< 0: one per core
    int results = 10;
    bool operator==(const AppSettings&) const = default;
};

/// Where the texts for an answer go.
enum class Destination { Nowhere, ThisComputer, Remote };
Destination destinationOf(const QString& baseUrl);
/// "api.example.org", with a port that is not the usual one; empty when it is no address.
QString hostOf(const QString& baseUrl);
/// Why an address cannot be used, in one line; empty when it can (or is empty: no model).
QString problemOf(const QString& baseUrl);

struct EndpointReport {
    QString baseUrl;
    QStringList models;
    QString error;    ///< one line; then it is not usable
    QString warning;  ///< reachable, but the named model is not offered
    double tookMs = 0;
};

/// Where the key of an endpoint is.
enum class KeyPlace { None, Keyring, ThisSession };

class SettingsBridge final : public QObject {
    Q_OBJECT
  public:
    explicit SettingsBridge(Host& host, std::unique_ptr<Keyring> keyring = systemKeyring(),
                            QObject* parent = nullptr);
    ~SettingsBridge() override;

    QString libraryFolder() const;
    void load();
    void save(const AppSettings& settings);

    /// Asks for the list of models; tested() follows within some seconds. A newer test replaces an older one.
    void testEndpoint(const QString& baseUrl, const QString& model, const QString& key);
    void cancelTest();

    /// The key for an endpoint, as far as it has been loaded or set; empty: none.
    QString keyFor(const QString& baseUrl) const;
    /// Looks the key up in the keyring; keyChanged() follows.
    void loadKey(const QString& baseUrl);
    /// An empty key forgets it. keyChanged() says where it is kept.
    void setKey(const QString& baseUrl, const QString& key);

  signals:
    void loaded(const commonplace::ui::AppSettings& settings);
    void saved(const commonplace::ui::AppSettings& settings);
    void failed(const QString& reason);
    void tested(const commonplace::ui::EndpointReport& report);
    /// `reason`: why a key is kept for this session only.
    void keyChanged(const QString& baseUrl, commonplace::ui::KeyPlace place, const QString& reason);

  private:
    Host& m_host;
    std::unique_ptr<Keyring> m_keyring;
    QHash<QString, QString> m_keys;  ///< by scheme, host and port
    int m_newestTest = 0;
    Lane m_files;
    Lane m_network;  // last: the threads end before the rest goes
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::AppSettings)
Q_DECLARE_METATYPE(commonplace::ui::EndpointReport)
Q_DECLARE_METATYPE(commonplace::ui::KeyPlace)
