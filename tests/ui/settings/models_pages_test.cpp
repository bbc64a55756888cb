// The pages about models: who answers, model files with their transfers, stand-ins and limits, folders that
// stay here.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "tests/fakes/anthropic_replies.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/fakes/temp_library.h"
#include "tests/support/test_models.h"
#include "tests/ui/settings/settings_window.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/settings/consent_line.h"
#include "ui/settings/fields.h"
#include "ui/settings/file_row.h"
#include "ui/settings/privacy_section.h"
#include "ui/settings/settings_page.h"
#include "ui/settings/transfer_row.h"

using namespace commonplace::ui;
namespace fakes = commonplace::fakes;
using fakes::HttpServer;
using fakes::TempLibrary;

namespace {

class NoKeyring final : public Keyring {
  public:
    void read(const QString&, OnAnswer onAnswer) override { onAnswer({State::NotFound, {}, {}}); }
    void write(const QString&, const QString&, OnAnswer onAnswer) override { onAnswer({}); }
};

struct Window : SettingsWindow {
    explicit Window(const TempLibrary& library)
        : SettingsWindow(library, std::make_unique<NoKeyring>(), {1000, 800}) {}
    /// Files or folders, as a file manager would drop them onto the list.
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QWidget* target = find<QWidget>("settingsFilesDrop")->parentWidget();
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
    }
    qsizetype fileCount() { return page.findChildren<FileRow*>().size(); }
    QString transferState() {
        const auto rows = page.findChildren<TransferRow*>();
        return rows.isEmpty() ? QString() : rows.first()->findChild<QLabel*>("settingsTransferState")->text();
    }
};

std::string chatModel() {
    return commonplace::test::scriptModel({{{"", "A reply that is recited."}}});
}

}  // namespace

class ModelsPagesTest : public QObject {
    Q_OBJECT
  private slots:
    void init() { m_library = std::make_unique<TempLibrary>(); }

    void aFileIsDroppedUsedRemovedAndBroughtBack() {
        const QString source = m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()));
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        window.drop(QFileInfo(source).path());  // a folder with one
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        QVERIFY(QFile::exists(m_library->modelsFolder() + "/chat.gguf"));
        QVERIFY(window.find<QLabel>("settingsFileFacts")->text().contains("llama"));
        QSignalSpy saved(&window.bridge, &SettingsBridge::saved);
        window.click("settingsFileUse");
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, kPatienceMs);
        QCOMPARE(saved.at(0).at(0).value<AppSettings>().spot().model,
                 m_library->modelsFolder() + "/chat.gguf");
        QVERIFY(window.find<QRadioButton>("answerByFile")->isChecked());
        QVERIFY(!window.find<QPushButton>("settingsFileUse"));  // it says "writes answers" instead
        window.click("settingsFileRemove");
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QWidget>("settingsFilesUndo")->isVisible(), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 0, kPatienceMs);
        window.click("settingsFilesUndo");
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        QVERIFY(window.find<QLabel>("settingsFileFacts")->text().contains("llama"));  // as known as before
        QVERIFY(!window.find<QPushButton>("settingsFileTry"));
        QVERIFY(!window.find<QWidget>("settingsFilesUndo")->isVisible());
    }

    void aFileThatNobodyTriedCanBeTried() {
        QDir().mkpath(m_library->modelsFolder());
        const QString source = m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()));
        QVERIFY(QFile::copy(source, m_library->modelsFolder() + "/chat.gguf"));
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("settingsFileTry"), kPatienceMs);
        QVERIFY(!window.find<QPushButton>("settingsFileUse"));
        window.click("settingsFileTry");
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("settingsFileUse"), kPatienceMs);
        QVERIFY(window.find<QLabel>("settingsFileFacts")->text().contains("llama"));
    }

    void whyATrialFailedStandsInItsRow() {
        QDir().mkpath(m_library->modelsFolder());
        const QString source = m_library->write("bad.gguf", "GGUF" + QByteArray(3000, 'x'));
        QVERIFY(QFile::copy(source, m_library->modelsFolder() + "/bad.gguf"));
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("settingsFileTry"), kPatienceMs);
        window.click("settingsFileTry");
        const auto tone = [&window] {
            const auto* facts = window.find<QLabel>("settingsFileFacts");
            return facts ? facts->property("tone").toString() : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(tone(), QString("bad"), kPatienceMs);
        QVERIFY(window.find<QPushButton>("settingsFileTry"));
    }

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

    void whatIsNoModelIsSaid() {
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        window.drop(m_library->write("bad.gguf", "GGUF nonsense"));
        QTRY_VERIFY_WITH_TIMEOUT(window.transferState().contains("bad.gguf"), kPatienceMs);
        window.click("settingsTransferCancel");
        QTRY_VERIFY_WITH_TIMEOUT(window.page.findChildren<TransferRow*>().isEmpty(), kPatienceMs);
        QCOMPARE(window.fileCount(), 0);
    }

    void aDownloadIsPausedAndResumed() {
        const std::string whole = fakes::response("200 OK", chatModel(), "ETag: \"1\"\r\n");
        const std::size_t head = whole.size() - chatModel().size();
        const std::string rest = fakes::response("206 Partial Content", chatModel().substr(100),
                                                 "ETag: \"1\"\r\nContent-Range: bytes 100-" +
                                                     std::to_string(chatModel().size() - 1) + "/" +
                                                     std::to_string(chatModel().size()) + "\r\n");
        HttpServer server({{fakes::send(whole.substr(0, head + 100)), fakes::stall()}, {fakes::send(rest)}});
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        window.find<QLineEdit>("settingsDownloadUrl")
            ->setText(QString::fromStdString(server.url() + "/chat.gguf"));
        window.click("settingsDownload");
        QTRY_VERIFY_WITH_TIMEOUT(window.transferState().contains("100 bytes"), kPatienceMs);
        window.click("settingsTransferHold");
        QTRY_VERIFY_WITH_TIMEOUT(window.transferState().contains("paused"), kPatienceMs);
        QVERIFY(QFile::exists(m_library->modelsFolder() + "/chat.gguf.part"));
        window.click("settingsTransferHold");
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        QCOMPARE(contentOf(m_library->modelsFolder() + "/chat.gguf"), QByteArray::fromStdString(chatModel()));
        QVERIFY(server.requests().at(1).head.find("Range: bytes=100-") != std::string::npos);
    }

    void aDownloadThatWasBrokenOffIsOfferedAndCancelled() {
        const std::string whole = fakes::response("200 OK", chatModel(), "ETag: \"1\"\r\n");
        HttpServer server({{fakes::send(whole.substr(0, 600)), fakes::stall()}});
        {
            Window window(*m_library);
            QCOMPARE(window.models.addUrl(QString::fromStdString(server.url() + "/chat.gguf"), {}),
                     QString());
            QTRY_VERIFY_WITH_TIMEOUT(window.models.transfers().value(0).done > 0, kPatienceMs);
        }  // the window closes at once, with the download running
        Window again(*m_library);
        again.page.open(SettingsPage::Place::ModelFiles);
        QTRY_VERIFY_WITH_TIMEOUT(again.transferState().contains("paused"), kPatienceMs);
        again.click("settingsTransferCancel");
        QTRY_VERIFY_WITH_TIMEOUT(QDir(m_library->modelsFolder()).isEmpty(QDir::Files), kPatienceMs);
        QVERIFY(again.models.transfers().isEmpty());
    }

    void anAddressThatIsNoFileIsSaid() {
        Window window(*m_library);
        window.find<QLineEdit>("settingsDownloadUrl")->setText("not a url");
        window.click("settingsDownload");
        QVERIFY(!window.find<QLabel>("settingsDownloadProblem")->text().isEmpty());
        window.find<QLineEdit>("settingsDownloadUrl")->setText("https://hub.example/page");
        window.click("settingsDownload");
        QVERIFY(window.find<QLabel>("settingsDownloadProblem")->text().contains(".gguf"));
        QVERIFY(window.models.transfers().isEmpty());
    }

    void ollamaFetches() {
        HttpServer server(
            {{fakes::send(fakes::streamHead() +
                          "{\"status\":\"pulling x\",\"total\":100,\"completed\":40}\n"),
              fakes::pause(std::chrono::milliseconds(50)), fakes::send("{\"status\":\"success\"}\n")}});
        Window window(*m_library);
        QSignalSpy arrived(&window.models, &ModelsBridge::arrived);
        window.models.pull(QString::fromStdString(server.url()), "small:1b");
        QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, kPatienceMs);
        QCOMPARE(arrived.at(0).at(0).toString(), QString("small:1b"));
        HttpServer none({fakes::reply("404 Not Found", R"({"error":"no such thing"})")});
        window.models.pull(QString::fromStdString(none.url()), "x");
        QTRY_VERIFY_WITH_TIMEOUT(window.models.transfers().value(0).problem.contains("404"), kPatienceMs);
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
