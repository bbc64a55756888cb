// The keys behind the window: one for each server, however its address is spelled.
#include <QSignalSpy>
#include <QTest>

#include "tests/support/temp_folder.h"
#include "ui/window/bridges.h"

using namespace commonplace;
using namespace commonplace::ui;

namespace {

/// No desktop's keyring is touched: a key lasts for the session.
const bool kNoKeyring = qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
constexpr int kPatienceMs = 30'000;

}  // namespace

class BridgesTest : public QObject {
    Q_OBJECT
  private slots:
    void oneServerHasOneKey();
    void aKeyThatIsForgottenIsForgottenForEverySpelling();
    void theServerOfVectorsHasItsKeyBeforeItIsAsked();
};

void BridgesTest::oneServerHasOneKey() {
    SharedKeys keys;
    keys.set("https://h.example.org/v1/", "old");
    QCOMPARE(keys.keyFor("https://H.example.org:443/v1"), std::string("old"));
    keys.set("https://h.example.org", "new");
    QCOMPARE(keys.keyFor("https://h.example.org/v1/"), std::string("new"));
    for (const char* other :
         {"http://h.example.org/v1", "https://h.example.org:8443/v1", "https://i.example.org",
          "https://h.example.org.evil.example/v1", "", "no address"})
        QVERIFY2(keys.keyFor(other).empty(), other);
    keys.set("no address", "lost");
    QVERIFY(keys.keyFor("no address").empty() && keys.keyFor("").empty());
    keys.set("https://h.example.org/other", "");
    QVERIFY(keys.keyFor("https://h.example.org/v1/").empty());
}

void BridgesTest::aKeyThatIsForgottenIsForgottenForEverySpelling() {
    QVERIFY(kNoKeyring);
    test::TempFolder home;
    HostOptions options;
    options.libraryFolder = QString::fromStdString((home / "library").string());
    options.settingsFile = home / "settings.json";
    options.program = COMMONPLACE_PROGRAM;
    Bridges bridges(options);
    QSignalSpy changed(&bridges.settings, &SettingsBridge::keyChanged);
    const auto setKey = [&](const QString& key) {
        const auto before = changed.size();
        bridges.settings.setKey(QStringLiteral("https://h.invalid/v1"), key);
        return QTest::qWaitFor([&] { return changed.size() > before; }, kPatienceMs);
    };
    emit bridges.chat.endpointInUse(QStringLiteral("https://h.invalid/v1/"));  // as a conversation spells it
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), kPatienceMs);
    const auto used = [&] { return bridges.keys.keyFor("https://h.invalid/v1/"); };
    QVERIFY(used().empty());
    QVERIFY(setKey(QStringLiteral("first")));  // as the settings spell it
    QCOMPARE(used(), std::string("first"));
    QVERIFY(setKey(QStringLiteral("second")));
    QCOMPARE(used(), std::string("second"));
    QVERIFY(setKey({}));
    QCOMPARE(used(), std::string());
}

void BridgesTest::theServerOfVectorsHasItsKeyBeforeItIsAsked() {
    test::TempFolder home;
    HostOptions options;
    options.libraryFolder = QString::fromStdString((home / "library").string());
    options.settingsFile = home / "settings.json";
    options.program = COMMONPLACE_PROGRAM;
    Bridges bridges(options);
    const QString server = QStringLiteral("https://v.invalid/v1");
    bridges.settings.setKey(server, QStringLiteral("k"));  // as the page does, and nobody uses it yet
    const auto used = [&] { return bridges.host.options().embeddingKey("https://v.invalid/v1"); };
    QVERIFY(used().empty());
    bridges.embedding.choose({QStringLiteral("openai:%1#e5").arg(server), SendDocuments::No});
    QCOMPARE(used(), std::string("k"));  // at once: the lane begins with it
    QVERIFY(bridges.host.options().embeddingKey("https://other.invalid/v1").empty());
}

QTEST_MAIN(BridgesTest)
#include "bridges_test.moc"
