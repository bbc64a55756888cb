// SettingsBridge: the program's settings, a test of the endpoint that writes answers, and its key.
//
// Keys live in the system's keyring; where there is none, in memory until the program ends. Never on the
// disk. Thread: lives in the GUI thread, its signals arrive there.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/keyring.h"
#include "ui/bridge/lane.h"

namespace commonplace::ui {

enum class Offline { No, Yes };

/// Why an address cannot be used, in one line; empty when it can (or is empty: no model).
QString problemOf(const QString& baseUrl);

/// What a test found out; 0: not known.
struct EndpointReport {
    QString baseUrl;
    QStringList models;
    QString error;    ///< one line; then it is not usable
    QString warning;  ///< reachable, but the named model is not offered, or did not answer
    double tookMs = 0;
    double firstTokenMs = 0;
    double tokensPerSecond = 0;
    qint64 context = 0;  ///< tokens: what the server says it takes, or what the file was trained for
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
    /// Writes what differs from what was loaded or saved last, and nothing else.
    void save(const AppSettings& settings);
    /// Remembers the offline switch; failed() when that is not possible.
    void saveOffline(Offline offline);

    /// Asks for the list of models, and the model something small (a file is loaded for that); tested()
    /// follows. A newer test replaces an older one.
    void testModel(const ModelSpot& spot, const QString& key);
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
    /// Loads, works, saves and says so, or why not.
    void change(std::function<config::Settings(config::Settings)> work, std::function<void()> then,
                std::function<void()> otherwise = {});
    /// Runs `work` on the network lane and delivers its report, if it is still the newest test.
    void runTest(std::function<EndpointReport(const std::stop_token&)> work);

    /// Files a key under the name that it has now, and forgets the earlier one.
    void moveKey(const QString& earlier, const QString& baseUrl);
    void keyFound(const QString& baseUrl, const QString& secret);
    void keyMissing(const QString& baseUrl, const QString& reason);

    Host& m_host;
    std::unique_ptr<Keyring> m_keyring;
    QHash<QString, QString> m_keys;  ///< by accountOf()
    AppSettings m_known;             ///< as loaded, or as saved last
    int m_newestTest = 0;
    Lane m_files;
    Lane m_network;  // last: the threads end before the rest goes
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::EndpointReport)
Q_DECLARE_METATYPE(commonplace::ui::KeyPlace)
