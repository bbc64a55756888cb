// LibraryPage and its bridges over a real library: rows, progress, pause, stop, removal with undo, retry,
// notes.
#include "ui/library/library_page.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDebug>
#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <filesystem>
#include <fstream>

#include "tests/fakes/temp_library.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/search_bridge.h"
#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/undo_bar.h"

using namespace commonplace::ui;
using commonplace::fakes::TempLibrary;

namespace {

constexpr int kPatienceMs = 30'000;

/// One window's worth of the library.
struct Window {
    explicit Window(const TempLibrary& library)
        : host(library.open()), index(*host), ledger(*host), page({index, ledger}) {
        QObject::connect(&index, &IndexBridge::failed, [](const QString& why) { qWarning() << why; });
        QObject::connect(&ledger, &LedgerBridge::failed, [](const QString& why) { qWarning() << why; });
        page.resize(1000, 700);
        page.show();
    }
    template <class T>
    T* find(const char* name) {
        return page.findChild<T*>(QString::fromLatin1(name));
    }
    QAbstractItemModel& rows() { return *find<QTableView>("libraryTable")->model(); }
    int rowOf(const QString& name) {
        for (int row = 0; row < rows().rowCount(); ++row)
            if (rows().index(row, LedgerItemModel::Name).data().toString() == name) return row;
        return -1;
    }
    QString cell(int row, int column) { return rows().index(row, column).data().toString(); }

    std::unique_ptr<Host> host;
    IndexBridge index;
    LedgerBridge ledger;
    LibraryPage page;
};

void makeFiles(const TempLibrary& library, int count) {
    for (int i = 0; i < count; ++i)
        library.write(QStringLiteral("many/%1.txt").arg(i),
                      QByteArray("The record of number ") + QByteArray::number(i) + " about the harbour.\n");
}

}  // namespace

class LibraryPageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { qRegisterMetaType<Place>(); }

    void init() {
        m_library = std::make_unique<TempLibrary>();
        m_library->write("audit.md", "# Audit report\n\nBackups were never restored as a test.\n");
        m_library->write("broken.pdf", "this is no pdf");
        m_library->write("sub/garden.txt", "Tomatoes need water.\n");
    }

    void teachesWhileItIsEmpty() {
        Window window(*m_library);
        QPushButton* sample = window.find<QPushButton>("libraryEmptySample");
        QTRY_VERIFY_WITH_TIMEOUT(sample->isVisible(), kPatienceMs);
        QSignalSpy wanted(&window.page, &LibraryPage::sampleRequested);
        sample->click();
        QCOMPARE(wanted.size(), 1);
    }

    void showsRowsAndProgress() {
        Window window(*m_library);
        QAbstractItemModelTester tester(&window.rows(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy progress(&window.index, &IndexBridge::progress);
        QSignalSpy finished(&window.index, &IndexBridge::finished);
        window.index.index({m_library->documents()});
        QVERIFY(window.find<QWidget>("libraryProgress")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), kPatienceMs);
        QVERIFY(!progress.isEmpty());
        QCOMPARE(finished.at(0).at(0).value<IndexOutcome>().end, IndexOutcome::End::Done);
        QVERIFY(!window.find<QWidget>("libraryProgress")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QCOMPARE(window.cell(0, LedgerItemModel::Name), QString("broken.pdf"));  // problems first
        QCOMPARE(window.cell(0, LedgerItemModel::Status), QString("Damaged"));
        const int audit = window.rowOf("Audit report");
        QVERIFY(audit > 0);
        QCOMPARE(window.cell(audit, LedgerItemModel::Status), QString("Read"));
        QCOMPARE(window.find<QListWidget>("libraryRoots")->count(), 2);
        QCOMPARE(window.find<QLabel>("libraryCounts")->text(), QString("3 documents"));
    }

    void filtersAndDetails() {
        Window window(*m_library);
        window.index.index({m_library->documents()});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!window.index.isRunning(), kPatienceMs);
        window.find<QPushButton>("libraryShowProblems")->click();
        QCOMPARE(window.rows().rowCount(), 1);
        QCOMPARE(window.find<QLabel>("libraryCounts")->text(), QString("1 of 3 documents"));
        QTableView* table = window.find<QTableView>("libraryTable");
        table->selectRow(0);
        QVERIFY(window.find<QWidget>("libraryDocument")->isVisible());
        QVERIFY(window.find<QLabel>("libraryDocumentReason")->text().startsWith("Damaged"));
        QVERIFY(!window.find<QLabel>("libraryDocumentAdvice")->text().isEmpty());
        QVERIFY(!window.find<QPushButton>("libraryOpen")->isEnabled());
        window.find<QAbstractButton>("libraryCopyPath")->click();
        QVERIFY(QGuiApplication::clipboard()->text().endsWith("broken.pdf"));
        window.find<QPushButton>("libraryShowAll")->click();
        QTest::keyClicks(window.find<QLineEdit>("libraryFilter"), "garden");
        QCOMPARE(window.rows().rowCount(), 1);
        QSignalSpy opened(&window.page, &LibraryPage::placeActivated);
        QSignalSpy revealed(&window.page, &LibraryPage::reveal);
        QSignalSpy outside(&window.page, &LibraryPage::openExternally);
        table->selectRow(0);
        window.find<QPushButton>("libraryOpen")->click();
        QVERIFY(opened.at(0).at(0).value<Place>().path.endsWith("garden.txt"));
        window.find<QAbstractButton>("libraryReveal")->click();
        window.find<QAbstractButton>("libraryOpenExternally")->click();
        QVERIFY(revealed.at(0).at(0).toString().endsWith("garden.txt"));
        QCOMPARE(outside.size(), 1);
    }

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

    void namesThatAreNotUtf8AreHandledLikeAnyOther() {
        const std::filesystem::path folder =
            std::filesystem::path(m_library->documents().toStdString()) / "d\xE9j\xE0";
        std::filesystem::create_directory(folder);
        for (const char* name : {"caf\xE9.txt", "caf\xE8.txt"})
            std::ofstream(folder / name) << "An old note about the harbour: " << name << ".\n";
        std::ofstream(folder / "br\xFBl\xE9.pdf") << "no pdf";
        const QString root = windowPath(folder.native());
        Window window(*m_library);
        window.index.index({root});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!window.index.isRunning(), kPatienceMs);
        const auto select = [&](const char* name) {
            const QString path = windowPath((folder / name).native());
            QTableView* table = window.find<QTableView>("libraryTable");
            const auto& rows = static_cast<const LedgerFilter&>(window.rows());
            for (int row = 0; row < rows.rowCount(); ++row)
                if (rows.entryAt(rows.index(row, 0)).key == path) table->selectRow(row);
            return path;
        };
        QSignalSpy outside(&window.page, &LibraryPage::openExternally);
        QSignalSpy opened(&window.page, &LibraryPage::placeActivated);
        const QString cafe = select("caf\xE9.txt");
        window.find<QAbstractButton>("libraryOpenExternally")->click();
        QCOMPARE(fileUrl(outside.at(0).at(0).toString()).toEncoded(QUrl::RemoveScheme).right(20),
                 QByteArray("/d%E9j%E0/caf%E9.txt"));
        window.find<QPushButton>("libraryOpen")->click();
        QCOMPARE(opened.at(0).at(0).value<Place>().path, cafe);
        const int shown = window.find<QTableView>("libraryTable")->currentIndex().row();
        QVERIFY(window.cell(shown, LedgerItemModel::Path)
                    .endsWith(QStringLiteral("d\uFFFDj\uFFFD/caf\uFFFD.txt")));

        QSignalSpy finished(&window.index, &IndexBridge::finished);
        select("br\xFBl\xE9.pdf");
        window.find<QPushButton>("libraryRetry")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), kPatienceMs);
        QCOMPARE(finished.at(0).at(0).value<IndexOutcome>().failed, 1);

        select("caf\xE9.txt");
        window.find<QPushButton>("libraryExclude")->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, kPatienceMs);
        const auto state = [&](const QString& path) {
            const auto& rows = static_cast<const LedgerFilter&>(window.rows());
            for (int row = 0; row < rows.rowCount(); ++row)
                if (rows.entryAt(rows.index(row, 0)).key == path)
                    return rows.entryAt(rows.index(row, 0)).state;
            return DocumentState::Waiting;
        };
        QTRY_COMPARE_WITH_TIMEOUT(state(cafe), DocumentState::Excluded, kPatienceMs);
        QCOMPARE(state(windowPath((folder / "caf\xE8.txt").native())), DocumentState::Indexed);

        QListWidget* roots = window.find<QListWidget>("libraryRoots");
        QCOMPARE(roots->item(1)->text(), QStringLiteral("d\uFFFDj\uFFFD"));
        roots->setCurrentRow(1);
        window.find<QToolButton>("libraryRemoveRoot")->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(roots->count(), 1, kPatienceMs);
    }

    void everyColumnIsInSightInASmallWindow() {
        Window window(*m_library);
        window.page.resize(784, 640);  // beside the sidebar of a window of 1024 x 700
        window.index.index({m_library->documents()});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        auto* table = window.find<QTableView>("libraryTable");
        const QHeaderView* header = table->horizontalHeader();
        QVERIFY2(header->length() <= table->viewport()->width(),
                 qPrintable(QStringLiteral("%1 > %2").arg(header->length()).arg(table->viewport()->width())));
        QVERIFY(table->columnWidth(LedgerItemModel::Name) >= 112);
        table->setColumnWidth(LedgerItemModel::Name, 300);  // a person drags: from now on it stays
        window.page.resize(1200, 640);
        QCOMPARE(table->columnWidth(LedgerItemModel::Name), 300);
        auto* menu = window.find<QMenu>("libraryColumns");
        emit menu->aboutToShow();
        menu->actions().at(1)->trigger();  // Pages
        QVERIFY(table->isColumnHidden(LedgerItemModel::Pages));
        Window again(*m_library);
        again.page.restoreState(window.page.saveState());
        table = again.find<QTableView>("libraryTable");
        QCOMPARE(table->columnWidth(LedgerItemModel::Name), 300);
        QVERIFY(table->isColumnHidden(LedgerItemModel::Pages));
        again.page.restoreState("of another program");
        QCOMPARE(table->columnWidth(LedgerItemModel::Name), 300);
        menu = again.find<QMenu>("libraryColumns");
        emit menu->aboutToShow();
        menu->actions().constLast()->trigger();  // fit again
        QVERIFY(table->columnWidth(LedgerItemModel::Name) != 300);
    }

    void anEmptyTableSaysWhy() {
        Window window(*m_library);
        const QWidget* nothing = window.find<QTableView>("libraryTable")->parentWidget();
        const auto says = [&](const QString& words) {
            for (const QLabel* label : nothing->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words)) return true;
            return false;
        };
        window.index.index({m_library->write("sub/garden.txt", "Tomatoes need water.\n")});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 1, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!window.index.isRunning(), kPatienceMs);
        window.find<QPushButton>("libraryShowProblems")->click();
        QTRY_VERIFY(says("No problems"));
        window.find<QPushButton>("libraryShowAll")->click();
        QTest::keyClicks(window.find<QLineEdit>("libraryFilter"), "zebra");
        QTRY_VERIFY(says("No document matches “zebra”"));
        window.find<QPushButton>("libraryClearFilter")->click();
        QTRY_COMPARE(window.rows().rowCount(), 1);
        QVERIFY(window.find<QTableView>("libraryTable")->isVisible());
        QVERIFY(window.find<QLineEdit>("libraryFilter")->text().isEmpty());
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
        QVERIFY(clock.elapsed() < 2000);
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

QTEST_MAIN(LibraryPageTest)
#include "library_page_test.moc"
