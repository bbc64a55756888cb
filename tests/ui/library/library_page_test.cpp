// LibraryPage and its bridges over a real library: rows, progress, filters, what an empty table says.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <filesystem>
#include <fstream>

#include "tests/ui/library/library_window.h"
#include "ui/bridge/paths.h"
#include "ui/library/ledger_filter.h"

using namespace commonplace::ui;

class LibraryPageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { qRegisterMetaType<Place>(); }
    void init() { m_library = threeDocuments(); }

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

    void countsMakeRoomForNamesInASmallWindow() {
        Window window(*m_library);
        auto* table = window.find<QTableView>("libraryTable");
        const auto isHidden = [&](int column) { return table->isColumnHidden(column); };
        const auto open = [&window] {
            auto* menu = window.find<QMenu>("libraryColumns");
            emit menu->aboutToShow();
            return menu->actions();
        };
        window.index.index({m_library->documents()});
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 3, kPatienceMs);
        window.page.resize(1500, 640);
        QVERIFY(!isHidden(LedgerItemModel::Passages) && !isHidden(LedgerItemModel::Pages));
        window.page.resize(650, 640);
        QVERIFY(isHidden(LedgerItemModel::Passages) && isHidden(LedgerItemModel::Pages));
        QVERIFY(!isHidden(LedgerItemModel::Path));
        open().at(2)->trigger();  // Passages are wanted nevertheless
        QVERIFY(!isHidden(LedgerItemModel::Passages));
        window.page.resize(640, 640);
        QVERIFY(!isHidden(LedgerItemModel::Passages));
        window.page.resize(1500, 640);
        QVERIFY(!isHidden(LedgerItemModel::Pages));
        open().at(1)->trigger();  // Pages are not wanted in any window
        window.page.resize(650, 640);
        window.page.resize(1500, 640);
        QVERIFY(isHidden(LedgerItemModel::Pages));
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
        for (QAction* column : menu->actions())  // Pages, whether they had made room already or not
            if (column->text() == QStringLiteral("Pages") && column->isChecked()) column->trigger();
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
        QTRY_VERIFY_WITH_TIMEOUT(says("No problems"), 30000);
        window.find<QPushButton>("libraryShowAll")->click();
        QTest::keyClicks(window.find<QLineEdit>("libraryFilter"), "zebra");
        QTRY_VERIFY_WITH_TIMEOUT(says("No document matches “zebra”"), 30000);
        window.find<QPushButton>("libraryClearFilter")->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.rows().rowCount(), 1, 30000);
        QVERIFY(window.find<QTableView>("libraryTable")->isVisible());
        QVERIFY(window.find<QLineEdit>("libraryFilter")->text().isEmpty());
    }

  private:
    std::unique_ptr<TempLibrary> m_library;
};

QTEST_MAIN(LibraryPageTest)
#include "library_page_test.moc"
