// Indexing as the library shows it: pause, stop, retry, quitting, notes.
#include <QElapsedTimer>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>

#include "tests/ui/library/library_window.h"

using namespace commonplace::ui;

class LibraryPageIndexingTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { qRegisterMetaType<Place>(); }
    void init() { m_library = threeDocuments(); }

    void readsAgainWhatFailed() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
        window.find<QTableView>("libraryTable")->selectRow(window.rowOf("broken.pdf"));
        QSignalSpy finished(&window.index, &IndexBridge::finished);
        window.find<QPushButton>("libraryRetry")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), kPatienceMs);
        const auto outcome = finished.at(0).at(0).value<IndexOutcome>();
        QCOMPARE(outcome.seen, 1);
        QCOMPARE(outcome.failed, 1);
        QCOMPARE(window.find<QListWidget>("libraryRoots")->count(), 2);  // the file has not become a root
    }

    void theFirstFolderIsBeingRead() {
        Window window(*m_library);
        QPushButton* sample = window.find<QPushButton>("libraryEmptySample");
        QTRY_VERIFY_WITH_TIMEOUT(sample->isVisible(), kPatienceMs);
        window.index.pause();
        window.index.index({m_library->documents()});
        QVERIFY(!sample->isVisible());  // "Your library is empty" is gone at once
        QCOMPARE(window.find<QLabel>("libraryProgressHeading")->text(), QString("Paused"));
        window.index.resume();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
    }

    void pausesResumesAndStops() {
        makeFiles(*m_library, 60);
        Window window(*m_library);
        window.index.pause();
        QSignalSpy finished(&window.index, &IndexBridge::finished);
        window.index.index({m_library->documents()});
        QPushButton* pause = window.find<QPushButton>("libraryPause");
        QTRY_COMPARE_WITH_TIMEOUT(pause->text(), QString("Resume"), kPatienceMs);
        QVERIFY(finished.isEmpty());
        pause->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kPatienceMs);
        QCOMPARE(finished.at(0).at(0).value<IndexOutcome>().added, 63);
        makeFiles(*m_library, 61);
        window.index.pause();
        window.index.rescan();
        window.index.rescan();  // waits behind the first
        window.find<QPushButton>("libraryStop")->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, kPatienceMs);
        QCOMPARE(finished.at(1).at(0).value<IndexOutcome>().end, IndexOutcome::End::Stopped);
        QCOMPARE(finished.at(2).at(0).value<IndexOutcome>().end, IndexOutcome::End::Stopped);
        QVERIFY(!window.index.isRunning());
    }

    void quittingWhileIndexingIsInstantAndTheFolderIsNotForgotten() {
        makeFiles(*m_library, 200);
        auto window = std::make_unique<Window>(*m_library);
        QSignalSpy roots(&window->ledger, &LedgerBridge::rootsChanged);
        window->index.pause();
        window->index.index({m_library->documents()});
        const auto isWatched = [&] {
            window->ledger.refresh();
            return !roots.isEmpty() && !roots.back().at(0).value<QVector<WatchedRoot>>().isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWatched(), kPatienceMs);
        QElapsedTimer clock;
        clock.start();
        window.reset();
        qInfo("closed in %lld ms", clock.elapsed());
        QVERIFY(clock.elapsed() < 20'000);  // it waits for nobody
        Window again(*m_library);
        again.index.catchUp();
        QTRY_COMPARE_WITH_TIMEOUT(again.rows().rowCount(), 203, kPatienceMs);
    }

    void aNoteIsAFileLikeAnyOther() {
        Window window(*m_library);
        QSignalSpy added(&window.index, &IndexBridge::noteAdded);
        window.index.addNote("Lighthouse: ask/tell the keeper\n\nThe lamp was changed in May.");
        QTRY_VERIFY_WITH_TIMEOUT(!added.isEmpty(), kPatienceMs);
        const QString path = added.at(0).at(0).toString();
        QVERIFY(path.startsWith(m_library->libraryFolder() + "/notes/"));
        QVERIFY(QFile::exists(path));
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 1, kPatienceMs);
    }

    void aPathThatDoesNotExistIsAnErrorOfTheRun() {
        Window window(*m_library);
        window.index.index({m_library->documents() + "/nothing.pdf"});
        QLabel* notice = window.find<QLabel>("libraryNotice");
        QTRY_VERIFY_WITH_TIMEOUT(notice->text().contains("nothing.pdf"), kPatienceMs);
        QVERIFY(notice->isVisible());
    }

  private:
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(LibraryPageIndexingTest)
#include "library_page_indexing_test.moc"
