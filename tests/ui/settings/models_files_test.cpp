// The page of model files: dropped, tried, downloaded, fetched, removed and brought back.
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "tests/ui/settings/models_window.h"
#include "ui/settings/settings_page.h"

using namespace commonplace::ui;
namespace fakes = commonplace::fakes;
using fakes::HttpServer;

class ModelsFilesTest : public QObject {
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

    void eachRemovedFileComesBack() {
        QDir().mkpath(m_library->modelsFolder());
        const QString source = m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()));
        for (const char* name : {"first", "second"})
            QVERIFY(QFile::copy(source, m_library->modelsFolder() + "/" + name + ".gguf"));
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 2, kPatienceMs);
        QSignalSpy removed(&window.models, &ModelsBridge::removed);
        window.models.remove("first.gguf");
        window.models.remove("second.gguf");
        QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 2, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 0, kPatienceMs);
        const QLabel* text = window.find<QLabel>("settingsFilesUndoText");
        QVERIFY(text->text().startsWith("second.gguf"));
        window.click("settingsFilesUndo");
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(text->text().startsWith("first.gguf"), kPatienceMs);
        QVERIFY(text->isVisible());
        window.click("settingsFilesUndo");
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 2, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!text->isVisible(), kPatienceMs);
        QVERIFY(QFile::exists(m_library->modelsFolder() + "/first.gguf"));
    }

    void theSpaceOfRemovedFilesIsFreedWhenAskedFor() {
        QDir().mkpath(m_library->modelsFolder());
        const QString source = m_library->write("chat.gguf", QByteArray::fromStdString(chatModel()));
        QVERIFY(QFile::copy(source, m_library->modelsFolder() + "/first.gguf"));
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        window.click("settingsFileRemove");
        auto* button = window.find<QPushButton>("settingsFilesDelete");
        QTRY_VERIFY_WITH_TIMEOUT(button->isVisible(), kPatienceMs);
        QVERIFY(QFile::exists(m_library->modelsFolder() + "/.removed/first.gguf"));
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(!button->isVisible(), kPatienceMs);
        QVERIFY(!QFile::exists(m_library->modelsFolder() + "/.removed/first.gguf"));
        const QLabel* state = window.find<QLabel>("settingsFilesState");
        QVERIFY(state->isVisible());
        QVERIFY2(state->text().contains("freed"), qPrintable(state->text()));
    }

    void whatWasRemovedIsNotSaidToBeHere() {
        Window window(*m_library);
        window.page.open(SettingsPage::Place::ModelFiles);
        window.drop(m_library->write("chat.gguf", QByteArray::fromStdString(chatModel())));
        const QLabel* state = window.find<QLabel>("settingsFilesState");
        QTRY_VERIFY_WITH_TIMEOUT(state->text().contains("chat.gguf"), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 1, kPatienceMs);
        window.click("settingsFileRemove");
        QTRY_COMPARE_WITH_TIMEOUT(window.fileCount(), 0, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!state->isVisible(), kPatienceMs);
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

  private:
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(ModelsFilesTest)
#include "models_files_test.moc"
