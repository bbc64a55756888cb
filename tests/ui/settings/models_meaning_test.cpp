// The model that finds by meaning, and who is told where vectors are made.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <filesystem>
#include <memory>
#include <mutex>

#include "engine/config/embedding.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/ui/settings/models_window.h"
#include "ui/settings/fields.h"
#include "ui/settings/settings_page.h"

using namespace commonplace::ui;

class ModelsMeaningTest : public QObject {
    Q_OBJECT
  private slots:
    void init() { m_library = std::make_unique<TempLibrary>(); }

    void theModelThatFindsByMeaningIsShownAndAWrongOneRefused() {
        Window window(*m_library);
        window.page.open(SettingsPage::Place::Meaning);
        QLabel* now = window.find<QLabel>("settingsMeaningNow");
        QTRY_VERIFY_WITH_TIMEOUT(now->text().contains("no vectors yet"), kPatienceMs);
        QLabel* problem = window.find<QLabel>("settingsMeaningProblem");
        for (const char* wrong : {"nonsense", "/nowhere/none.gguf"}) {
            window.find<QComboBox>("settingsMeaningModel")->setEditText(QString::fromLatin1(wrong));
            window.click("settingsMeaningUse");
            QTRY_VERIFY_WITH_TIMEOUT(problem->property("tone").toString() == "bad" && problem->isVisible(),
                                     kPatienceMs);
            say(*problem, {}, "muted");
        }
        QSignalSpy changed(&window.embedding, &EmbeddingBridge::changed);
        window.find<QComboBox>("settingsMeaningModel")->setEditText("builtin");
        window.click("settingsMeaningUse");
        QTRY_VERIFY_WITH_TIMEOUT(
            !changed.isEmpty() && window.find<QPushButton>("settingsMeaningUse")->isEnabled(), kPatienceMs);
    }

    void aServerElsewhereIsAskedNothingBeforeItsNameWasAllowed() {
        Window window(*m_library, recording());
        openServer(window, "https://vectors.example.com/v1", "e5");
        auto* consent = window.find<QCheckBox>("settingsMeaningConsent");
        QVERIFY(consent->isVisible() && !consent->isChecked());
        QVERIFY(consent->accessibleName().contains("vectors.example.com"));
        QVERIFY(window.find<QLabel>("settingsMeaningConsentText")->text().contains("vectors.example.com"));
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("Nothing was sent"));
        consent->click();
        QSignalSpy switched(&window.embedding, &EmbeddingBridge::switched);
        window.click("settingsMeaningUse");
        QTRY_COMPARE_WITH_TIMEOUT(switched.size(), 1, kPatienceMs);
        QCOMPARE(switched.first().first().toString(), QString("https://vectors.example.com/v1"));
        QCOMPARE(opened().size(), 1);
        QCOMPARE(opened().first().reach, commonplace::config::EmbeddingReach::Anywhere);
        QCOMPARE(opened().first().source, std::string("openai"));
        QCOMPARE(opened().first().model, std::string("e5"));
        QVERIFY(contentOf(m_library->settingsFile()).contains("\"send_documents\": true"));
        QTRY_VERIFY_WITH_TIMEOUT(
            window.find<QLabel>("settingsPrivacyEmbedding")->text().contains("vectors.example.com"),
            kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("settingsMeaningUse")->isEnabled(), kPatienceMs);
    }

    void whatIsAllowedForOneServerIsNotForAnother() {
        Window window(*m_library, recording());
        openServer(window, "https://one.example.com/v1", "e5");
        window.find<QCheckBox>("settingsMeaningConsent")->click();
        window.type("settingsMeaningBaseUrl", "https://two.example.com/v1");
        QVERIFY(!window.find<QCheckBox>("settingsMeaningConsent")->isChecked());
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("two.example.com"));
        window.find<QRadioButton>("settingsMeaningHere")->click();  // the same typed by hand
        window.find<QComboBox>("settingsMeaningModel")->setEditText("https://three.example.com/v1#e5");
        QVERIFY(window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("three.example.com"));
        QVERIFY(opened().isEmpty());
    }

    void foldersForThisComputerAndTheOfflineSwitchForbidIt() {
        Window window(*m_library, recording());
        openServer(window, "https://vectors.example.com/v1", "e5");
        window.page.change([](AppSettings settings) {
            settings.localOnly << "/home/me/letters";
            return settings;
        });
        QLabel* why = window.find<QLabel>("settingsMeaningObstacle");
        QVERIFY(why->isVisible() && why->text().contains("letters"));
        QVERIFY(!window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        window.click("settingsMeaningUse");
        window.page.change([](AppSettings settings) {
            settings.localOnly.clear();
            return settings;
        });
        QVERIFY(!why->isVisible());
        window.page.setOffline(Offline::Yes);
        QVERIFY(why->isVisible() && why->text().contains("offline"));
        window.click("settingsMeaningUse");
        QVERIFY(opened().isEmpty());
    }

    void aServerHereNeedsNoLeave() {
        Window window(*m_library, recording());
        openServer(window, "http://127.0.0.1:9/v1", "e5");
        QVERIFY(!window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        QSignalSpy switched(&window.embedding, &EmbeddingBridge::switched);
        window.click("settingsMeaningUse");
        QTRY_COMPARE_WITH_TIMEOUT(switched.size(), 1, kPatienceMs);
        QCOMPARE(opened().first().reach, commonplace::config::EmbeddingReach::ThisComputer);
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("settingsMeaningUse")->isEnabled(), kPatienceMs);
        window.find<QComboBox>("settingsMeaningServerModel")->setEditText("");
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("model"));
    }

    void whatAServerHereHandsOnNeedsLeaveToo() {
        Window window(*m_library, recording());
        openServer(window, "http://127.0.0.1:11434", "embed-large:cloud");
        QVERIFY(window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("Nothing was sent"));
        window.enter("settingsMeaningServerModel", "embed-large");  // this one stays here
        QVERIFY(!window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        window.find<QRadioButton>("settingsMeaningHere")->click();  // the same typed by hand
        window.find<QComboBox>("settingsMeaningModel")
            ->setEditText("ollama:http://127.0.0.1:11434#embed-large:cloud");
        QVERIFY(window.find<QCheckBox>("settingsMeaningConsent")->isVisible());
        window.click("settingsMeaningUse");
        QVERIFY(window.find<QLabel>("settingsMeaningProblem")->text().contains("Nothing was sent"));
        QVERIFY(opened().isEmpty());
    }

    void privacySaysWhereVectorsAreMade() {
        {
            QDir().mkpath(QFileInfo(m_library->settingsFile()).path());
            QFile file(m_library->settingsFile());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(
                "{\"embedding\": {\"source\": \"openai\", \"model\": \"e5\", "
                "\"base_url\": \"https://vectors.example.org/v1\"}}");
        }
        Window window(*m_library);
        QVERIFY(window.find<QLabel>("settingsPrivacyEmbedding")->text().contains("vectors.example.org"));
    }

  private:
    using Embedding = commonplace::config::EmbeddingSettings;
    /// Opens whatever is chosen, and remembers what it was.
    WireEmbedder recording() {
        m_opened = std::make_shared<Opened>();
        return [all = m_opened](const std::filesystem::path&, const KeyProvider&) -> OpenEmbedder {
            return [all](const Embedding& embedding, std::size_t, const std::stop_token&)
                       -> commonplace::Result<std::unique_ptr<commonplace::document::Embedder>> {
                const std::lock_guard lock(all->mutex);
                if (embedding.isServed()) all->served << embedding;
                return std::unique_ptr<commonplace::document::Embedder>(
                    std::make_unique<commonplace::test::FakeEmbedder>());
            };
        };
    }
    QVector<Embedding> opened() const {
        const std::lock_guard lock(m_opened->mutex);
        return m_opened->served;
    }
    static void openServer(Window& window, const char* address, const char* model) {
        window.page.open(SettingsPage::Place::Meaning);
        window.find<QRadioButton>("settingsMeaningServer")->click();
        window.type("settingsMeaningBaseUrl", QString::fromLatin1(address));
        window.enter("settingsMeaningServerModel", QString::fromLatin1(model));
    }

    struct Opened {
        std::mutex mutex;
        QVector<Embedding> served;  // guarded by mutex
    };
    std::shared_ptr<Opened> m_opened;
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(ModelsMeaningTest)
#include "models_meaning_test.moc"
