// The pages about models: who answers, stand-ins and limits, folders that stay here.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "tests/fakes/anthropic_replies.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/ui/settings/models_window.h"
#include "ui/settings/consent_line.h"
#include "ui/settings/privacy_section.h"
#include "ui/settings/settings_page.h"

using namespace commonplace::ui;
namespace fakes = commonplace::fakes;
using fakes::HttpServer;

class ModelsPagesTest : public QObject {
    Q_OBJECT
  private slots:
    void init() { m_library = std::make_unique<TempLibrary>(); }

    void aVerdictGoesWithWhatWasTested() {
        HttpServer server(
            {fakes::modelList("m"), fakes::modelList("m"), fakes::anthropic::chatReply({"one ", "two"})});
        Window window(*m_library);
        window.click("answerByServer");
        QComboBox* api = window.find<QComboBox>("settingsApi");
        api->setCurrentIndex(api->findData("anthropic"));
        window.find<QComboBox>("settingsModel")->setEditText("m");
        window.type("settingsBaseUrl", QString::fromStdString(server.url()));
        auto* test = window.find<QPushButton>("settingsTest");
        test->setFocus();
        test->click();
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_VERIFY_WITH_TIMEOUT(report->text().startsWith("Works"), kPatienceMs);
        QCOMPARE(window.page.window()->focusWidget(), test);  // the next key must not change a number
        QTest::keyClick(window.find<QLineEdit>("settingsBaseUrl"), Qt::Key_Return);
        QVERIFY(report->text().startsWith("Works"));  // the same address
        QTest::keyClick(window.find<QLineEdit>("settingsBaseUrl"), Qt::Key_1);
        QVERIFY(report->text().isEmpty());
    }

    void wordsThatAreNoAddressAreSaid() {
        Window window(*m_library);
        window.click("answerByService");
        for (const char* typed : {"not a url", "nonsense", "http://", "ftp://example.org"}) {
            window.type("settingsBaseUrl", QString::fromLatin1(typed));
            QLabel* problem = window.find<QLabel>("settingsBaseUrlProblem");
            QVERIFY2(problem->isVisible() && problem->text().startsWith("Not saved: "), typed);
            QLabel* destination =
                window.find<QLabel>("settingsDestination");  // it used to name an empty host
            QVERIFY2(destination->text().isEmpty(), qPrintable(destination->text()));
        }
        window.type("settingsBaseUrl", "https://api.example.org/v1");
        QVERIFY(!window.find<QLabel>("settingsBaseUrlProblem")->isVisible());
    }

    void theTestSpeaksTheChosenProtocol() {
        HttpServer server(
            {fakes::modelList("m"), fakes::modelList("m"), fakes::anthropic::chatReply({"one ", "two"})});
        Window window(*m_library);
        window.click("answerByServer");
        QComboBox* api = window.find<QComboBox>("settingsApi");
        api->setCurrentIndex(api->findData("anthropic"));
        window.find<QComboBox>("settingsModel")->setEditText("m");
        window.type("settingsBaseUrl", QString::fromStdString(server.url()));
        window.click("settingsTest");
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_VERIFY_WITH_TIMEOUT(report->text().startsWith("Works"), kPatienceMs);
        QVERIFY2(report->text().contains("first word after"), qPrintable(report->text()));
        QVERIFY(server.requests().at(2).head.find("POST /v1/messages") == 0);
    }

    void aFileIsTested() {
        Window window(*m_library);
        window.models.addFiles({m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()))},
                               ModelsBridge::Keep::Link);
        window.click("answerByFile");
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QComboBox>("settingsModelFile")->count() == 1, kPatienceMs);
        window.click("settingsTest");
        QLabel* report = window.find<QLabel>("settingsReport");
        QTRY_COMPARE_WITH_TIMEOUT(report->property("tone").toString(), QString("good"), kPatienceMs);
        QVERIFY2(report->text().contains("reads up to"), qPrintable(report->text()));
        QLabel* note = window.find<QLabel>("settingsContextWindowNote");
        window.find<QSpinBox>("settingsContextWindow")->setValue(1'000'000);
        QCOMPARE(note->property("tone").toString(), QString("warning"));
        window.find<QSpinBox>("settingsContextWindow")->setValue(512);
        QCOMPARE(note->property("tone").toString(), QString("muted"));
    }

    void aServerThatListensIsOfferedAndUsedOnlyWhenChosen() {
        Window window(*m_library);
        QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
        window.click("answerByServer");
        emit window.models.serversFound(
            {{"ollama", "http://127.0.0.1:11434", {"small:1b", "large:70b"}, {}}});
        QVERIFY(window.find<QLineEdit>("settingsBaseUrl")->text().isEmpty());
        const auto offers = window.page.findChildren<QPushButton*>("settingsOffer");
        QCOMPARE(offers.size(), 2);
        offers.last()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        const auto settings = saved.last().at(0).value<AppSettings>();
        QCOMPARE(settings.spot(), (ModelSpot{"ollama", "http://127.0.0.1:11434", "large:70b", 8192}));
    }

    void standInsLimitsAndFoldersComeBack() {
        {
            Window window(*m_library);
            window.page.open(SettingsPage::Place::StandIns);
            window.click("settingsFallbackAdd");
            window.enter("settingsFallback", "anthropic:https://api.example.org#big");
            window.click("settingsFallbackAny");
            window.enter("settingsSmall", "http://127.0.0.1:8080/v1#tiny");
            window.find<QDoubleSpinBox>("settingsPerDay")->setValue(1.5);
            window.find<PrivacySection>("settingsPrivacySection")->addFolder("/home/me/private");
            QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
            QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        }
        Window again(*m_library);
        QCOMPARE(again.find<QComboBox>("settingsFallback")->currentText(),
                 QString("anthropic:https://api.example.org#big"));
        QVERIFY(again.find<QCheckBox>("settingsFallbackAny")->isChecked());
        QCOMPARE(again.find<QComboBox>("settingsSmall")->currentText(),
                 QString("http://127.0.0.1:8080/v1#tiny"));
        QCOMPARE(again.find<QDoubleSpinBox>("settingsPerDay")->value(), 1.5);
        QCOMPARE(again.find<QListWidget>("settingsLocalOnly")->count(), 1);
        again.find<QListWidget>("settingsLocalOnly")->setCurrentRow(0);
        QSignalSpy saved(&again.bridge, &SettingsBridge::saved);
        again.click("settingsLocalOnlyRemove");
        again.click("settingsFallbackRemove");
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, kPatienceMs);
        QVERIFY(saved.last().at(0).value<AppSettings>().localOnly.isEmpty());
        QVERIFY(saved.last().at(0).value<AppSettings>().fallbacks.isEmpty());
        QVERIFY(!contentOf(m_library->settingsFile()).contains("api.example.org"));
    }

    void aHelperElsewhereIsAllowedAndForbidden() {
        Window window(*m_library);
        window.page.open(SettingsPage::Place::StandIns);
        window.enter("settingsSmall", "http://127.0.0.1:8080/v1#tiny");
        auto* small = window.find<QComboBox>("settingsSmall")->parentWidget()->findChild<ConsentLine*>();
        QVERIFY(!small->isVisible());
        window.enter("settingsSmall", "https://api.example.org/v1#tiny");
        QVERIFY(small->isVisible());
        auto* words = small->findChild<QLabel*>("settingsConsent");
        QVERIFY(words->text().contains("Left out until you allow"));
        small->findChild<QPushButton*>("settingsConsentTurn")->click();
        QTRY_VERIFY_WITH_TIMEOUT(words->text().contains("may receive"), kPatienceMs);

        window.page.open(SettingsPage::Place::Privacy);
        auto* privacy = window.find<PrivacySection>("settingsPrivacySection");
        QVERIFY(!window.find<QLabel>("settingsNoServers")->isVisible());
        QPushButton* withdraw = privacy->findChild<QPushButton*>("settingsConsentTurn");
        QCOMPARE(withdraw->accessibleName(), QString("Send nothing more to api.example.org"));
        withdraw->click();
        QTRY_VERIFY_WITH_TIMEOUT(words->text().contains("Left out until you allow"), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(window.consents.allowed().isEmpty(), kPatienceMs);
    }

    void anotherProcessesChangeIsNotOverwritten() {
        Window window(*m_library);
        QDir().mkpath(QFileInfo(m_library->settingsFile()).path());
        QFile file(m_library->settingsFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"model\": {\"base_url\": \"http://127.0.0.1:7/v1\", \"model\": \"theirs\"},"
            "\"index\": {\"workers\": 3}}");
        file.close();
        QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
        window.find<QSpinBox>("settingsResults")->setValue(33);
        QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty(), kPatienceMs);
        const QByteArray now = contentOf(m_library->settingsFile());
        QVERIFY2(now.contains("theirs") && now.contains("33") && now.contains("\"workers\": 3"),
                 now.constData());
    }

    void everythingHasAName() {
        const QString source = m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()));
        Window window(*m_library);
        window.models.addFiles({source}, ModelsBridge::Keep::Link);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        window.click("settingsFallbackAdd");
        for (const QWidget* widget : window.page.findChildren<QWidget*>()) {
            const bool interactive =
                qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
            const bool isInner =
                widget->objectName().startsWith("qt_") ||
                widget->inherits("QLineEditIconButton");  // part of a control that has the name
            if (!interactive || isInner || widget->inherits("QTableCornerButton")) continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(isNamed,
                     qPrintable(widget->objectName() + " of " + widget->parentWidget()->objectName()));
        }
    }

  private:
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(ModelsPagesTest)
#include "models_pages_test.moc"
