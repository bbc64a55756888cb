// The keys behind the window: one for each server, however its address is spelled.
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/config/embedding.h"
#include "tests/fakes/fake_embedder.h"
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
    void noServerIsAskedBeforeItsKeyWasLookedUp();
    void aRunThatUsesTheModelBeforeIsEnded();
};

namespace {

/// What was asked of embedding models, by the address of the server.
struct Asked {
    std::mutex mutex;
    std::vector<std::string> keys;  // guarded by mutex; "address=key" for each that was opened
    std::atomic<int> waiting = 0;   // calls that a server does not answer
    std::atomic<int> stopped = 0;   // those that were ended by their stop token

    QStringList opened() {
        const std::lock_guard lock(mutex);
        QStringList all;
        for (const std::string& key : keys) all << QString::fromStdString(key);
        return all;
    }
};

/// A server that never answers.
class Silent final : public document::Embedder {
  public:
    explicit Silent(std::shared_ptr<Asked> asked) : m_asked(std::move(asked)) {}
    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return 8; }
    double affinity(std::string_view) const override { return 1; }
    double fusionWeight() const override { return 0.3; }
    Result<document::Vectors> embed(std::span<const std::string_view>, std::stop_token stop) const override {
        m_asked->waiting += 1;
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, stop, [] { return false; });
        m_asked->stopped += 1;
        return Error(ErrorCode::Cancelled, "the run was ended");
    }

  private:
    std::string m_fingerprint = "silent";
    std::shared_ptr<Asked> m_asked;
};

HostOptions optionsIn(const test::TempFolder& home) {
    HostOptions options;
    options.libraryFolder = QString::fromStdString((home / "library").string());
    options.settingsFile = home / "settings.json";
    options.program = COMMONPLACE_PROGRAM;
    return options;
}

WireEmbedder recording(const std::shared_ptr<Asked>& asked) {
    using Opened = Result<std::unique_ptr<document::Embedder>>;
    return [asked](const std::filesystem::path&, const KeyProvider& key) -> OpenEmbedder {
        return [asked, key](const config::EmbeddingSettings& embedding, std::size_t,
                            const std::stop_token&) -> Opened {
            if (!embedding.isServed())
                return std::unique_ptr<document::Embedder>(std::make_unique<test::FakeEmbedder>());
            const std::string mine = key ? key(embedding.baseUrl) : std::string();
            const std::lock_guard lock(asked->mutex);
            asked->keys.push_back(embedding.baseUrl + "=" + mine);
            return std::unique_ptr<document::Embedder>(std::make_unique<Silent>(asked));
        };
    };
}

}  // namespace

void BridgesTest::noServerIsAskedBeforeItsKeyWasLookedUp() {
    test::TempFolder home;
    const auto asked = std::make_shared<Asked>();
    HostOptions options = optionsIn(home);
    options.wireEmbedder = recording(asked);
    Host host(options);
    std::vector<std::function<void()>> waiting;
    EmbeddingBridge bridge(
        host, [&](const QString&, std::function<void()> then) { waiting.push_back(std::move(then)); });
    QSignalSpy changed(&bridge, &EmbeddingBridge::changed);
    const auto settle = [&] {  // what was posted before is done by then
        const auto before = changed.size();
        bridge.refresh();
        return QTest::qWaitFor([&] { return changed.size() > before; }, kPatienceMs);
    };
    bridge.choose({QStringLiteral("openai:https://one.invalid/v1#e5"), SendDocuments::Yes});
    QCOMPARE(waiting.size(), std::size_t(1));
    QVERIFY(settle());
    QCOMPARE(asked->opened(), QStringList());
    bridge.choose({QStringLiteral("openai:https://two.invalid/v1#e5"), SendDocuments::Yes});
    waiting.front()();  // too late: there is a newer choice
    QVERIFY(settle());
    QCOMPARE(asked->opened(), QStringList());
    waiting.back()();
    QTRY_COMPARE_WITH_TIMEOUT(asked->opened(), QStringList{QStringLiteral("https://two.invalid/v1=")},
                              kPatienceMs);
}

void BridgesTest::aRunThatUsesTheModelBeforeIsEnded() {
    test::TempFolder home;
    home.write("papers/note.md", "# Boats\n\nThe spare oars lie on the upper rack of the boathouse.\n");
    home.write("settings.json",
               R"({"embedding": {"source": "openai", "model": "e5", "base_url": "https://one.invalid/v1",)"
               R"( "send_documents": true}})");
    const auto asked = std::make_shared<Asked>();
    HostOptions options = optionsIn(home);
    options.wireEmbedder = recording(asked);
    Bridges bridges(options);
    bridges.index.index({QString::fromStdString((home / "papers").string())});
    QTRY_VERIFY_WITH_TIMEOUT(asked->waiting > 0, kPatienceMs);
    QVERIFY(bridges.index.isRunning());
    QSignalSpy switched(&bridges.embedding, &EmbeddingBridge::switched);
    bridges.embedding.choose({QStringLiteral("builtin"), SendDocuments::No});
    QTRY_COMPARE_WITH_TIMEOUT(switched.size(), 1, kPatienceMs);
    // The run that follows may ask the space in use again: whether it may, its embedder says
    // (app/wiring_embedding).
    QTRY_VERIFY_WITH_TIMEOUT(asked->stopped.load() > 0, kPatienceMs);
}

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
    Bridges bridges(optionsIn(home));
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
    const auto asked = std::make_shared<Asked>();
    HostOptions options = optionsIn(home);
    options.wireEmbedder = recording(asked);
    Bridges bridges(options);
    const QString server = QStringLiteral("https://v.invalid/v1");
    bridges.settings.setKey(server, QStringLiteral("k"));  // as the page does, and nobody uses it yet
    const auto used = [&] { return bridges.host.options().embeddingKey("https://v.invalid/v1"); };
    QVERIFY(used().empty());
    bridges.embedding.choose({QStringLiteral("openai:%1#e5").arg(server), SendDocuments::No});
    QCOMPARE(used(), std::string("k"));  // at once: the lane begins with it
    QVERIFY(bridges.host.options().embeddingKey("https://other.invalid/v1").empty());
    // Whether there is a keyring or not, the server is asked in the end, and with the key.
    bridges.embedding.choose({QStringLiteral("openai:%1#e5").arg(server), SendDocuments::Yes});
    QTRY_COMPARE_WITH_TIMEOUT(asked->opened(), QStringList{server + QStringLiteral("=k")}, kPatienceMs);
}

QTEST_MAIN(BridgesTest)
#include "bridges_test.moc"
