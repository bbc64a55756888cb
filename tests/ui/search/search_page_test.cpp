// SearchPage over a real library: typing finds, keys walk and open, every state says what it is.
#include "ui/search/search_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/fakes/temp_library.h"
#include "ui/bridge/index_bridge.h"
#include "ui/bridge/ledger_bridge.h"
#include "ui/search/hit_model.h"

using namespace commonplace::ui;
using commonplace::fakes::TempLibrary;

namespace {
constexpr int kPatienceMs = 30'000;
}

class SearchPageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        qRegisterMetaType<QVector<Place>>();
        m_library.write(
            "reports/audit.md",
            "# Audit\n\n## Findings\n\nBackups were never restored as a test. The access rights of "
            "users were reviewed only once a year.\n");
        m_library.write("notes/garden.md",
                        "# Garden\n\nTomatoes need water. Größe der Beete: the backups of seeds "
                        "are kept in the shed.\n");
        m_host = m_library.open();
        IndexBridge index(*m_host);
        QSignalSpy finished(&index, &IndexBridge::finished);
        index.index({m_library.documents()});
        QVERIFY(finished.wait(kPatienceMs));
        QCOMPARE(finished.at(0).at(0).value<IndexOutcome>().added, 2);
    }

    void init() {
        m_bridge = std::make_unique<SearchBridge>(*m_host);
        m_page = std::make_unique<SearchPage>(*m_bridge);
        m_page->resize(900, 600);
        m_page->show();
        m_field = m_page->findChild<QLineEdit*>("searchField");
        m_list = m_page->findChild<QListView*>("searchResults");
        m_model = qobject_cast<HitModel*>(m_list->model());
    }

    void cleanup() {
        m_page.reset();
        m_bridge.reset();
    }

    void teachesWhileNothingIsAsked() {
        QVERIFY(m_page->findChild<QWidget*>("searchEmpty")->isVisible());
        QVERIFY(!m_page->findChild<QPushButton*>("searchAsk")->isVisible());
    }

    void findsAsYouType() {
        QTest::keyClicks(m_field, "backups restored");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 2, kPatienceMs);
        QVERIFY(m_list->isVisible());
        const SearchHit& best = m_model->hitAt(m_model->nextHit(-1, 1));
        QVERIFY(best.place.path.endsWith("audit.md"));
        QVERIFY(!best.marks.isEmpty());
        QCOMPARE(best.snippet.mid(best.marks[0].begin, best.marks[0].end - best.marks[0].begin),
                 QString("Backups"));
        QVERIFY(m_page->findChild<QLabel*>("searchCount")->text().contains("2 passages in 2 documents"));
    }

    void marksStandInTheRightPlaceBehindUmlauts() {
        m_page->setQuery("\"backups of seeds\"");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 1, kPatienceMs);
        const SearchHit& hit = m_model->hitAt(m_model->nextHit(-1, 1));
        QStringList marked;
        for (const TextRange& mark : hit.marks) marked << hit.snippet.mid(mark.begin, mark.end - mark.begin);
        QVERIFY2(marked.contains("backups") || marked.contains("backups of seeds"),
                 qPrintable(marked.join('|')));
    }

    void keysWalkAndOpen() {
        QSignalSpy opened(m_page.get(), &SearchPage::placeActivated);
        QTest::keyClicks(m_field, "backups");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 2, kPatienceMs);
        QTest::keyClick(m_field, Qt::Key_Down);
        QTest::keyClick(m_field, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        const auto place = opened.at(0).at(0).value<Place>();
        const auto all = opened.at(0).at(1).value<QVector<Place>>();
        QCOMPARE(all.size(), 2);
        QCOMPARE(place.path, all.at(1).path);
        QCOMPARE(place.number, 2);
        QVERIFY(!place.sha256.isEmpty());
        QTest::keyClick(m_field, Qt::Key_Up);
        QTest::keyClick(m_field, Qt::Key_Return);
        QCOMPARE(opened.at(1).at(0).value<Place>().path, all.at(0).path);
    }

    void enterBehindAFastTypistOpensWhatWasTyped() {
        QSignalSpy opened(m_page.get(), &SearchPage::placeActivated);
        QTest::keyClicks(m_field, "tomatoes");
        QTest::keyClick(m_field, Qt::Key_Return);  // nothing has arrived yet
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, kPatienceMs);
        QVERIFY(opened.at(0).at(0).value<Place>().path.endsWith("garden.md"));
    }

    void onlyTheNewestSearchIsDelivered() {
        QSignalSpy finished(m_bridge.get(), &SearchBridge::finished);
        for (const char* query : {"b", "ba", "backups", "tomatoes"}) m_bridge->search(query, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kPatienceMs);
        QCOMPARE(finished.at(0).at(0).value<SearchResults>().query, QString("tomatoes"));
    }

    void aFolderNarrowsDown() {
        m_page->setFolders({m_library.documents() + "/reports", m_library.documents() + "/notes"});
        m_page->setQuery("backups");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 2, kPatienceMs);
        m_page->findChild<QComboBox*>("searchScope")->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 1, kPatienceMs);
        QVERIFY(m_model->documentPaths().at(0).endsWith("garden.md"));
    }

    void filtersNarrowDownAndList() {
        m_page->setQuery("backups dir:reports ext:md");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 1, kPatienceMs);
        QVERIFY(m_model->documentPaths().at(0).endsWith("audit.md"));
        m_page->setQuery("-title:audit ext:md");
        QTRY_VERIFY_WITH_TIMEOUT(
            m_model->hitCount() == 1 && m_model->documentPaths().at(0).endsWith("garden.md"), kPatienceMs);
        m_page->setQuery("-backups");
        auto* note = m_page->findChild<QLabel*>("searchNote");
        QTRY_VERIFY_WITH_TIMEOUT(note->text().contains("add a word"), kPatienceMs);
        QCOMPARE(m_model->hitCount(), 0);
        QVERIFY(m_page->findChild<QWidget*>("searchEmpty")->isVisible());
    }

    void asksAboutWhatWasFound() {
        QSignalSpy asked(m_page.get(), &SearchPage::askAbout);
        m_page->setQuery("tomatoes");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() > 0, kPatienceMs);
        m_page->findChild<QPushButton*>("searchAsk")->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.at(0).at(0).toStringList().at(0).endsWith("garden.md"));
        QCOMPARE(asked.at(0).at(1).toString(), QString("tomatoes"));
    }

    void saysWhenNothingIsFoundAndClears() {
        m_page->setQuery("backups -restored -seeds");
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<QWidget*>("searchNothing")->isVisible(), kPatienceMs);
        m_field->clear();
        QVERIFY(m_page->findChild<QWidget*>("searchEmpty")->isVisible());
    }

    void aRemovedFolderIsNotFoundAnyMore() {
        LedgerBridge ledger(*m_host);
        QSignalSpy removed(&ledger, &LedgerBridge::rootRemoved);
        QSignalSpy restored(&ledger, &LedgerBridge::rootRestored);
        ledger.removeRoot(m_library.documents());
        QVERIFY(removed.wait(kPatienceMs));
        m_page->setQuery("backups");
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<QWidget*>("searchNothing")->isVisible(), kPatienceMs);
        ledger.undoRemove(m_library.documents());
        QVERIFY(restored.wait(kPatienceMs));
        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(m_model->hitCount() == 2, kPatienceMs);
    }

    void showsAnError() {
        m_page->setFolders({"/nowhere/at/all"});
        m_page->findChild<QComboBox*>("searchScope")->setCurrentIndex(1);
        m_page->setQuery("backups");
        QLabel* error = m_page->findChild<QLabel*>("searchError");
        QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), kPatienceMs);
        QVERIFY(error->text().contains("/nowhere/at/all"));
    }

  private:
    TempLibrary m_library;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<SearchBridge> m_bridge;
    std::unique_ptr<SearchPage> m_page;
    QLineEdit* m_field = nullptr;
    QListView* m_list = nullptr;
    HitModel* m_model = nullptr;
};

QTEST_MAIN(SearchPageTest)
#include "search_page_test.moc"
