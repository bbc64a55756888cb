// SettingsPage and SettingsBridge: round trip through the file, tests of endpoints, keys, appearance.
#include "ui/settings/settings_page.h"
#include "ui/settings/index_section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/fakes/temp_library.h"
#include "tests/ui/settings/settings_window.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/bridge/destination.h"
#include "ui/settings/destination_text.h"
#include "ui/settings/privacy_section.h"

using namespace commonplace::ui;
using commonplace::fakes::HttpServer;
using commonplace::fakes::TempLibrary;

namespace {

/// What a desktop's keyring holds, and whether there is one.
struct Vault {
    QHash<QString, QString> secrets;
    bool isThere = true;
};

class FakeKeyring final : public Keyring {
  public:
    explicit FakeKeyring(Vault& vault) : m_vault(vault) {}
    void read(const QString& account, OnAnswer onAnswer) override {
        if (!m_vault.isThere) return onAnswer({State::Unavailable, {}, "no secret service"});
        const bool known = m_vault.secrets.contains(account);
        onAnswer({known ? State::Done : State::NotFound, m_vault.secrets.value(account), {}});
    }
    void write(const QString& account, const QString& secret, OnAnswer onAnswer) override {
        if (!m_vault.isThere) return onAnswer({State::Unavailable, {}, "no secret service"});
        if (secret.isEmpty())
            m_vault.secrets.remove(account);
        else
            m_vault.secrets[account] = secret;
        onAnswer({});
    }

  private:
    Vault& m_vault;
};

struct Window : SettingsWindow {
    Window(const TempLibrary& library, Vault& vault)
        : SettingsWindow(library, std::make_unique<FakeKeyring>(vault), {900, 700}) {}
    void choose(const char* card) { find<QRadioButton>(card)->click(); }
    /// Waits until the file has been read.
    bool isLoaded() { return find<QSpinBox>("settingsMaxFile")->value() == 512; }
};

}  // namespace

class SettingsPageTest : public QObject {
    Q_OBJECT
  private slots:
    void init() {
        m_library = std::make_unique<TempLibrary>();
        m_vault = {};
    }

    void changesAreSavedAndComeBack() {
        {
            Window window(*m_library, m_vault);
            QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
            QTRY_VERIFY_WITH_TIMEOUT(window.isLoaded(), kPatienceMs);
            window.find<QSpinBox>("settingsMaxFile")->setValue(99);
            window.find<QSpinBox>("settingsResults")->setValue(25);
            window.find<QSpinBox>("settingsWorkers")->setValue(2);
            window.find<QPlainTextEdit>("settingsIgnored")->setPlainText("node_modules\n\n  .git \n");
            window.choose("answerByService");
            window.type("settingsBaseUrl", "http://127.0.0.1:9/v1");
            window.find<QComboBox>("settingsModel")->setEditText("qwen");
            window.find<QSpinBox>("settingsContextWindow")->setValue(4096);
            window.find<QSpinBox>("settingsAnswerTokens")->setValue(300);
            QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        }
        Window again(*m_library, m_vault);
        QSignalSpy changed(&again.page, &SettingsPage::settingsChanged);
        again.bridge.load();
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), kPatienceMs);
        const auto settings = changed.at(0).at(0).value<AppSettings>();
        QCOMPARE(settings.maxFileMiB, 99);
        QCOMPARE(settings.results, 25);
        QCOMPARE(settings.workers, 2);
        QCOMPARE(settings.ignoredNames, QStringList({"node_modules", ".git"}));
        QCOMPARE(settings.baseUrl, QString("http://127.0.0.1:9/v1"));
        QCOMPARE(settings.model, QString("qwen"));
        QCOMPARE(settings.contextWindow, 4096);
        QCOMPARE(settings.maxAnswerTokens, 300);
        QCOMPARE(again.find<QSpinBox>("settingsResults")->value(), 25);
    }

    void anAddressThatIsNoneIsNotSaved() {
        Window window(*m_library, m_vault);
        QTRY_VERIFY_WITH_TIMEOUT(window.isLoaded(), kPatienceMs);
        window.choose("answerByService");
        window.type("settingsBaseUrl", "ftp://example.org");
        QVERIFY(window.find<QLabel>("settingsBaseUrlProblem")->isVisible());
        QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
        window.find<QSpinBox>("settingsResults")->setValue(11);
        QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        QVERIFY(saved.at(0).at(0).value<AppSettings>().baseUrl.isEmpty());
    }

    void saysWhatIsSentWhere() {
        Window window(*m_library, m_vault);
        QLabel* text = window.find<QLabel>("settingsDestination");
        QVERIFY(text->text().contains("Nothing leaves it"));
        window.choose("answerByService");
        QTest::keyClicks(window.find<QLineEdit>("settingsBaseUrl"), "https://api.example.org/v1");
        QVERIFY(text->text().contains("are sent to api.example.org once you allow it"));
        window.find<QLineEdit>("settingsBaseUrl")->clear();
        QTest::keyClicks(window.find<QLineEdit>("settingsBaseUrl"), "http://localhost:8080/v1");
        QVERIFY(text->text().contains("on this computer"));
    }

    void whatIsSentDependsOnWhatWasAllowed() {
        const QString there = QStringLiteral("https://api.example.org/v1");
        QVERIFY(destinationText(there, "m", {}).contains("once you allow it"));
        const Leave allowed{{serverOf(there)}, Offline::No};
        QVERIFY(destinationText(there, "m", allowed).startsWith("With every question, these are sent to"));
        QVERIFY(destinationText(there, "m", {{serverOf(there)}, Offline::Yes}).contains("nothing is sent"));
        Window window(*m_library, m_vault);
        window.choose("answerByService");
        window.type("settingsBaseUrl", there);
        QLabel* text = window.find<QLabel>("settingsDestination");
        window.consents.set(serverOf(there), Consent::Given);
        QTRY_VERIFY_WITH_TIMEOUT(text->text().startsWith("With every question"), kPatienceMs);
        window.page.setOffline(Offline::Yes);
        QVERIFY(text->text().contains("offline"));
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QLabel>("settingsPrivacy")->text().contains("offline"),
                                 kPatienceMs);
    }

    void nothingIsCutWhereTheLettersAreLarge() {
        for (const double scale : {1.0, 1.5, 2.0}) {
            applyTheme(*qApp, ThemeMode::Light, scale);
            Window window(*m_library, m_vault);
            auto* list = window.find<QListWidget>("settingsSections");
            QTRY_VERIFY_WITH_TIMEOUT(list->sizeHintForColumn(0) <= list->viewport()->width(), 30000);
            for (const QScrollArea* area : window.page.findChildren<QScrollArea*>()) {
                const QWidget* section = area->widget();
                const int most = scale < 2 ? 460 : 490;  // beside the sidebar and the list, at 1024 x 700
                QVERIFY2(section->minimumSizeHint().width() <= most,
                         qPrintable(QStringLiteral("%1 at %2: %3")
                                        .arg(section->accessibleName())
                                        .arg(scale)
                                        .arg(section->minimumSizeHint().width())));
            }
        }
        applyTheme(*qApp, ThemeMode::Light, 1);
    }

    void whatIsTakenAwayCanComeBack() {
        Window window(*m_library, m_vault);
        QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
        QVector<SettingsRemoval> removals;
        connect(&window.page, &SettingsPage::removed, this,
                [&removals](const SettingsRemoval& removal) { removals << removal; });
        window.page.open(SettingsPage::Place::StandIns);
        window.click("settingsFallbackAdd");
        window.enter("settingsFallback", "http://127.0.0.1:8080/v1#tiny");
        QVERIFY(!window.find<QCheckBox>("settingsFallbackAny")->isVisible());  // it is on this computer
        window.enter("settingsSmall", "http://127.0.0.1:8080/v1#small");
        window.find<PrivacySection>("settingsPrivacySection")->addFolder("/home/me/private");
        const auto last = [&saved] {
            return saved.isEmpty() ? AppSettings() : saved.last().at(0).value<AppSettings>();
        };
        // A slow machine may save what was typed in two parts.
        QTRY_VERIFY_WITH_TIMEOUT(
            last().fallbacks.size() == 1 && last().small.isSet() && !last().localOnly.isEmpty(), kPatienceMs);
        const AppSettings before = last();
        const auto already = saved.size();
        QVERIFY(removals.isEmpty());
        window.click("settingsFallbackRemove");
        window.find<QListWidget>("settingsLocalOnly")->setCurrentRow(0);
        window.click("settingsLocalOnlyRemove");
        QComboBox* small = window.find<QComboBox>("settingsSmall");
        small->lineEdit()->selectAll();
        QTest::keyClick(small->lineEdit(), Qt::Key_Delete);
        QTest::keyClick(small->lineEdit(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), already + 3, kPatienceMs);
        QCOMPARE(removals.size(), 3);
        QLabel* state = window.find<QLabel>("settingsState");
        QVERIFY2(state->text().contains("Ctrl+Z"), qPrintable(state->text()));
        for (const SettingsRemoval& removal : removals) window.page.change(removal.back);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), already + 6, kPatienceMs);
        QCOMPARE(saved.last().at(0).value<AppSettings>(), before);
        QCOMPARE(small->currentText(), QString("http://127.0.0.1:8080/v1#small"));
        for (const SettingsRemoval& removal : removals) window.page.change(removal.again);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), already + 9, kPatienceMs);
        QVERIFY(saved.last().at(0).value<AppSettings>().fallbacks.isEmpty());
        QCOMPARE(removals.size(), 3);  // bringing back and forth is no removal of its own
        QTRY_VERIFY_WITH_TIMEOUT(state->text().isEmpty(), kPatienceMs);  // said, and gone
    }

    void cloudModelsOfALocalServerLeaveTheComputer() {
        const QString here = QStringLiteral("http://localhost:11434/v1");
        const QString cloud = QStringLiteral("gpt-oss:120b-cloud");
        QCOMPARE(destinationOf(here, cloud), Destination::Remote);
        QCOMPARE(destinationOf(here, QStringLiteral("gpt-oss:20b")), Destination::ThisComputer);
        QCOMPARE(destinationOf(QString(), cloud), Destination::Nowhere);
        QVERIFY(destinationText(here, cloud, {}).contains("on to its maker"));
        QVERIFY(destinationText(here, {}, {}).contains("Nothing leaves it"));
    }

    void aGoodEndpointListsItsModels() {
        HttpServer server({commonplace::fakes::modelList("qwen2.5-7b")});
        Window window(*m_library, m_vault);
        window.choose("answerByService");
        window.type("settingsBaseUrl", QString::fromStdString(server.url() + "/v1"));
        window.find<QPushButton>("settingsTest")->click();
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_VERIFY_WITH_TIMEOUT(report->text().contains("2 models"), kPatienceMs);
        QVERIFY(window.find<QComboBox>("settingsModel")->findText("qwen2.5-7b") >= 0);
        QCOMPARE(window.find<QComboBox>("settingsModel")->currentText(), QString());  // the choice stays
    }

    void aRefusedConnectionIsSaid() {
        const commonplace::fakes::LoopbackPort closed;
        Window window(*m_library, m_vault);
        window.choose("answerByService");
        window.type("settingsBaseUrl", QString::fromStdString(closed.url() + "/v1"));
        window.find<QPushButton>("settingsTest")->click();
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_COMPARE_WITH_TIMEOUT(report->property("tone").toString(), QString("bad"), kPatienceMs);
        QVERIFY2(report->text().contains(QString::number(closed.port())), qPrintable(report->text()));
        QVERIFY(window.find<QPushButton>("settingsTest")->isEnabled());
    }

    void aWrongKeyIsSaidAndNotShown() {
        HttpServer server(
            {commonplace::fakes::reply("401 Unauthorized", R"({"error":"bad key sk-secret-1"})")});
        Window window(*m_library, m_vault);
        window.choose("answerByService");
        window.type("settingsBaseUrl", QString::fromStdString(server.url() + "/v1"));
        window.type("settingsKey", "sk-secret-1");
        window.find<QPushButton>("settingsTest")->click();
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_VERIFY_WITH_TIMEOUT(report->text().contains("401"), kPatienceMs);
        QVERIFY(!report->text().contains("sk-secret-1"));
        QVERIFY(server.requests().at(0).head.find("Bearer sk-secret-1") != std::string::npos);
    }

    void aTestCanBeReplaced() {
        HttpServer slow({{commonplace::fakes::stall()}});
        HttpServer good({commonplace::fakes::modelList("m")});
        Window window(*m_library, m_vault);
        QSignalSpy tested(&window.bridge, &SettingsBridge::tested);
        window.bridge.testModel({"openai", QString::fromStdString(slow.url()), {}}, {});
        window.bridge.testModel({"openai", QString::fromStdString(good.url()), {}}, {});
        QTRY_VERIFY_WITH_TIMEOUT(!tested.isEmpty(), kPatienceMs);
        QCOMPARE(tested.at(0).at(0).value<EndpointReport>().baseUrl, QString::fromStdString(good.url()));
    }

    void keysLiveInTheKeyringAndNeverInTheFile() {
        {
            Window window(*m_library, m_vault);
            QTRY_VERIFY_WITH_TIMEOUT(window.isLoaded(), kPatienceMs);
            window.choose("answerByService");
            window.type("settingsBaseUrl", "https://api.example.org/v1");
            window.type("settingsKey", "sk-secret-2");
            QVERIFY(window.find<QLabel>("settingsKeyState")->text().contains("keyring"));
            QVERIFY(window.find<QLineEdit>("settingsKey")->text().isEmpty());
            QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
            QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        }
        QCOMPARE(m_vault.secrets.value("https://api.example.org:443"), QString("sk-secret-2"));
        QVERIFY(contentOf(m_library->settingsFile()).contains("api.example.org"));
        QVERIFY(!contentOf(m_library->settingsFile()).contains("sk-secret-2"));
        Window again(*m_library, m_vault);
        QTRY_COMPARE_WITH_TIMEOUT(again.bridge.keyFor("https://api.example.org/other"),
                                  QString("sk-secret-2"), kPatienceMs);
        QCOMPARE(again.bridge.keyFor("https://elsewhere.example.org/v1"), QString());
        again.type("settingsKey", " ");
        QVERIFY(m_vault.secrets.isEmpty());
        QVERIFY(again.bridge.keyFor("https://api.example.org/v1").isEmpty());
    }

    void keysOfEarlierVersionsAreFoundAndFiledAnew() {
        m_vault.secrets["http://::1:8080"] = "sk-old";
        Window window(*m_library, m_vault);
        window.bridge.loadKey("http://[::1]:8080/v1");
        QCOMPARE(window.bridge.keyFor("http://[::1]:8080/v1"), QString("sk-old"));
        QCOMPARE(m_vault.secrets.value("http://[::1]:8080"), QString("sk-old"));
        QVERIFY(!m_vault.secrets.contains("http://::1:8080"));
        m_vault.secrets["http://::1:9090"] = "sk-old";
        window.bridge.setKey("http://[::1]:9090", "sk-new");
        QVERIFY(!m_vault.secrets.contains("http://::1:9090"));
        QCOMPARE(window.bridge.keyFor("http://[::1]:9090/v1"), QString("sk-new"));
        window.bridge.setKey("no address", "sk-lost");
        QVERIFY(!m_vault.secrets.values().contains("sk-lost"));
    }

    void withoutAKeyringTheKeyLastsForTheSession() {
        m_vault.isThere = false;
        Window window(*m_library, m_vault);
        window.choose("answerByService");
        window.type("settingsBaseUrl", "https://api.example.org/v1");
        window.type("settingsKey", "sk-secret-3");
        QLabel* state = window.find<QLabel>("settingsKeyState");
        QVERIFY(state->text().contains("There is no keyring"));
        QVERIFY(state->text().contains("no secret service"));
        QCOMPARE(window.bridge.keyFor("https://api.example.org/v1"), QString("sk-secret-3"));
    }

    void theSystemsKeyringAnswers() {
        auto keyring = systemKeyring();
        int answers = 0;
        keyring->read("https://nobody.example.org:443", [&answers](const Keyring::Answer& answer) {
            QVERIFY(answer.secret.isEmpty());
            ++answers;
        });
        QTRY_COMPARE_WITH_TIMEOUT(answers, 1, kPatienceMs);
    }

    void appearanceIsToldAtOnce() {
        Window window(*m_library, m_vault);
        QSignalSpy theme(&window.page, &SettingsPage::themeChanged);
        QSignalSpy scale(&window.page, &SettingsPage::fontScaleChanged);
        window.page.setAppearance(ThemeMode::Light, 1.1);
        QVERIFY(theme.isEmpty() && scale.isEmpty());
        QVERIFY(window.find<QPushButton>("settingsThemeLight")->isChecked());
        QCOMPARE(window.find<QLabel>("settingsFontPercent")->text(), QString("110 %"));
        window.find<QPushButton>("settingsThemeDark")->click();
        QCOMPARE(theme.at(0).at(0).value<ThemeMode>(), ThemeMode::Dark);
        QTest::keyClick(window.find<QSlider>("settingsFontSize"), Qt::Key_Right);
        QCOMPARE(scale.at(0).at(0).toDouble(), 1.15);
    }

    void aLongLibraryFolderMakesNoPageWider() {
        const IndexSection usual(QStringLiteral("/home/me/library"));
        const IndexSection deep(QStringLiteral("/home/me") + QString(200, QLatin1Char('x')));
        QCOMPARE(deep.minimumSizeHint().width(), usual.minimumSizeHint().width());
        auto* line = deep.findChild<QLineEdit*>(QStringLiteral("settingsFolder"));
        QVERIFY(line && line->isReadOnly() && line->toolTip() == line->text());
    }

    void shortcutsAndPrivacy() {
        Window window(*m_library, m_vault);
        window.page.setShortcuts({{"Ctrl+K", "Commands"}, {"F1", "Shortcuts"}});
        QCOMPARE(window.find<QTableWidget>("settingsShortcuts")->rowCount(), 2);
        window.page.open(SettingsPage::Place::Privacy);
        QVERIFY(window.find<QLabel>("settingsPrivacy")->text().contains("Nothing leaves it"));
        QCOMPARE(window.find<QListWidget>("settingsSections")->currentItem()->text(), QString("Privacy"));
    }

  private:
    std::unique_ptr<TempLibrary> m_library;
    Vault m_vault;
};

QTEST_MAIN(SettingsPageTest)
#include "settings_page_test.moc"
