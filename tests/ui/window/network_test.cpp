// The offline switch: turned in the window, heard by the requests, remembered by the settings.
#include <QSignalSpy>
#include <QTest>

#include "engine/config/settings.h"
#include "engine/net/http.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/host.h"
#include "ui/bridge/network_bridge.h"
#include "ui/bridge/settings_bridge.h"

using namespace commonplace;
using namespace commonplace::ui;

class NetworkTest : public QObject {
    Q_OBJECT
  private slots:
    void theSwitchIsHeardAndRemembered();
    void theCounterIsShown();

  private:
    HostOptions options() const {
        HostOptions options;
        options.libraryFolder = QString::fromStdString((m_folder / "library").string());
        options.settingsFile = m_folder / "settings.json";
        return options;
    }
    bool isRemembered() const { return config::loadSettings(m_folder / "settings.json")->network.offline; }

    test::TempFolder m_folder;
};

void NetworkTest::theSwitchIsHeardAndRemembered() {
    {
        Host host(options());
        SettingsBridge settings(host);
        NetworkBridge network(host);
        connect(&network, &NetworkBridge::switched, &settings, &SettingsBridge::saveOffline);
        QVERIFY(network.state().offline == Offline::No);
        QSignalSpy changed(&network, &NetworkBridge::changed);
        network.setOffline(Offline::Yes);
        QCOMPARE(changed.size(), 1);
        QVERIFY(host.permit().isOffline());
        net::HttpClient client(host.permit());
        QVERIFY(!client.send({.url = "http://192.0.2.1/"}, nullptr, {}).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(isRemembered(), 30000);
    }
    Host again(options());
    NetworkBridge network(again);
    QTRY_VERIFY_WITH_TIMEOUT(network.state().offline == Offline::Yes, 30000);
    SettingsBridge settings(again);
    QSignalSpy saved(&settings, &SettingsBridge::saved);
    AppSettings app;
    app.model = QStringLiteral("another");
    settings.save(app);  // what the page of settings knows nothing of stays
    QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), 30000);
    QVERIFY(isRemembered());
}

void NetworkTest::theCounterIsShown() {
    Host host(options());
    NetworkBridge network(host);
    QSignalSpy changed(&network, &NetworkBridge::changed);
    host.traffic().addSent("api.example.com", 1000);
    host.traffic().addSent("other.example.com", 24);
    QTRY_VERIFY_WITH_TIMEOUT(network.state().sent() == 1024, 30000);
    QCOMPARE(network.state().hosts.first().host, QStringLiteral("api.example.com"));
    QVERIFY(!changed.isEmpty());
}

QTEST_MAIN(NetworkTest)
#include "network_test.moc"
