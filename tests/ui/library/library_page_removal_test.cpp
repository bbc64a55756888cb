// What is taken out of the library, and how it comes back.
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include "tests/ui/library/library_window.h"
#include "ui/library/undo_bar.h"

using namespace commonplace::ui;

class LibraryPageRemovalTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { qRegisterMetaType<Place>(); }
    void init() { m_library = threeDocuments(); }

    void removesARootAndBringsItBack() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!window.index.isRunning(), kPatienceMs);
        QListWidget* roots = window.find<QListWidget>("libraryRoots");
        QTRY_COMPARE_WITH_TIMEOUT(roots->count(), 2, kPatienceMs);
        roots->setCurrentRow(1);
        window.find<QToolButton>("libraryRemoveRoot")->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 0, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QPushButton>("libraryUndo")->isVisible(), kPatienceMs);
        window.find<QPushButton>("libraryUndo")->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QSignalSpy finished(&window.index, &IndexBridge::finished);
        window.index.rescan();
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), kPatienceMs);
        const auto outcome = finished.at(0).at(0).value<IndexOutcome>();
        QCOMPARE(outcome.unchanged, 3);  // nothing was read again
        QCOMPARE(outcome.pages, 0);
    }

    void aRemovedRootIsPurgedWhenNobodyWantsItBack() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
        QSignalSpy purged(&window.index, &IndexBridge::purged);
        QSignalSpy removed(&window.ledger, &LedgerBridge::rootRemoved);
        window.ledger.removeRoot(m_library->documents());
        QTRY_VERIFY_WITH_TIMEOUT(!removed.isEmpty(), kPatienceMs);
        window.page.findChild<UndoBar*>()
            ->settle();  // the time of the offer is over, not that of the way back
        window.ledger.undoRemove(m_library->documents());
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!window.index.isRunning(), kPatienceMs);
        window.ledger.removeRoot(m_library->documents());
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 0, kPatienceMs);
        window.index.purge({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(!purged.isEmpty(), kPatienceMs);
        QSignalSpy finished(&window.index, &IndexBridge::finished);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), kPatienceMs);
        QCOMPARE(finished.at(0).at(0).value<IndexOutcome>().added, 3);
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
    }

    void aRemovalThatWasNotFinishedIsFinishedAtTheNextStart() {
        {
            Window window(*m_library);
            window.index.index({m_library->documents()});
            QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
            QSignalSpy removed(&window.ledger, &LedgerBridge::rootRemoved);
            window.ledger.removeRoot(m_library->documents());
            QTRY_VERIFY_WITH_TIMEOUT(!removed.isEmpty(), kPatienceMs);
        }
        Window again(*m_library);
        QSignalSpy loaded(&again.ledger, &LedgerBridge::loaded);
        again.ledger.reload();  // the first one may have come before anybody listened
        // Not wait(): the signal comes from another thread, perhaps before the waiting has begun.
        QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), kPatienceMs);
        QCOMPARE(again.rows().rowCount(), 0);
        QSignalSpy purged(&again.index, &IndexBridge::purged);
        again.index.catchUp();
        QTRY_VERIFY_WITH_TIMEOUT(!purged.isEmpty(), kPatienceMs);
    }

    void leavesAFileOutAndTakesItInAgain() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
        QTableView* table = window.find<QTableView>("libraryTable");
        table->selectRow(window.rowOf("Audit report"));
        window.find<QPushButton>("libraryExclude")->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.rowOf("audit.md") >= 0, kPatienceMs);
        QCOMPARE(window.cell(window.rowOf("audit.md"), LedgerItemModel::Status), QString("Excluded"));
        window.find<QPushButton>("libraryUndo")->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.rowOf("Audit report") >= 0, kPatienceMs);
    }

    void aFolderThatIsGoneIsOffline() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
        QVERIFY(QDir().rename(m_library->documents(), m_library->documents() + "-away"));
        window.index.rescan();
        QTRY_VERIFY_WITH_TIMEOUT(window.find<QLabel>("libraryNotice")->text().contains("offline"),
                                 kPatienceMs);
        window.find<QPushButton>("libraryShowOffline")->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
    }

    void theMountPointOfAnUnpluggedDriveIsOffline() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_VERIFY_WITH_TIMEOUT(window.rows().rowCount() == 3 && !window.index.isRunning(), kPatienceMs);
        QVERIFY(QDir().rename(m_library->documents(), m_library->documents() + "-away"));
        QVERIFY(QDir().mkpath(m_library->documents()));
        window.index.rescan();
        const auto* roots = window.find<QListWidget>("libraryRoots");
        QTRY_VERIFY_WITH_TIMEOUT(roots->count() == 2 && roots->item(1)->toolTip().contains("connected"),
                                 kPatienceMs);
        QCOMPARE(window.rows().rowCount(), 3);
    }

  private:
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(LibraryPageRemovalTest)
#include "library_page_removal_test.moc"
