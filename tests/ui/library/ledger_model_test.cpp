// LedgerItemModel and LedgerFilter: changes, sorting, filtering, and 100,000 rows.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_text.h"

using namespace commonplace::ui;

namespace {

LedgerEntry entry(const QString& path, DocumentState state = DocumentState::Indexed) {
    LedgerEntry made;
    made.key = path;
    made.paths = {path};
    made.sha256 = QString(64, 'a');
    made.state = state;
    made.statusName = state == DocumentState::Failed ? "damaged" : "indexed";
    made.chunks = 3;
    return made;
}

QStringList names(const LedgerFilter& rows) {
    QStringList all;
    for (int i = 0; i < rows.rowCount(); ++i) all << rows.index(i, LedgerItemModel::Name).data().toString();
    return all;
}

}  // namespace

class LedgerModelTest : public QObject {
    Q_OBJECT
  private slots:
    void changesKeepTheOtherRows() {
        LedgerItemModel model;
        LedgerFilter rows(model);
        QAbstractItemModelTester first(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester second(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.sort(LedgerItemModel::Name);
        model.apply({{entry("/x/c.md"), entry("/x/a.md"), entry("/x/b.md")}, {}});
        QCOMPARE(names(rows), QStringList({"a.md", "b.md", "c.md"}));
        const QPersistentModelIndex kept(rows.index(2, 0));
        LedgerEntry grown = entry("/x/a.md");
        grown.pages = 7;
        model.apply({{grown, entry("/x/aa.md")}, {"/x/b.md"}});
        QCOMPARE(names(rows), QStringList({"a.md", "aa.md", "c.md"}));
        QCOMPARE(rows.index(0, LedgerItemModel::Pages).data().toString(), QString("7"));
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), QString("c.md"));
        QCOMPARE(model.rowOf("/x/b.md"), -1);
    }

    void manyScatteredRemovalsStartAnew() {
        LedgerItemModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        LedgerChanges all;
        LedgerChanges odd;
        for (int i = 0; i < 400; ++i) {
            all.changed << entry(QString("/x/%1.md").arg(i, 3, 10, QChar('0')));
            if (i % 2) odd.removed << all.changed.back().key;
        }
        model.apply(all);
        model.apply(odd);
        QCOMPARE(model.rowCount(), 200);
        QCOMPARE(model.rowOf("/x/002.md"), 1);
        QCOMPARE(model.rowOf("/x/001.md"), -1);
    }

    void problemsFirstAndChips() {
        LedgerItemModel model;
        LedgerFilter rows(model);
        LedgerEntry offline = entry("/drive/d.md");
        offline.presence = Presence::Offline;
        LedgerEntry scan = entry("/x/scan.pdf", DocumentState::WithoutText);
        model.apply({{entry("/x/good.md"), entry("/x/bad.pdf", DocumentState::Failed), offline, scan}, {}});
        rows.sort(LedgerItemModel::Status);
        QCOMPARE(names(rows), QStringList({"bad.pdf", "scan.pdf", "good.md", "d.md"}));
        rows.setShow(LedgerFilter::Show::Problems);
        QCOMPARE(names(rows), QStringList({"bad.pdf", "scan.pdf"}));
        rows.setShow(LedgerFilter::Show::WithoutText);
        QCOMPARE(names(rows), QStringList({"scan.pdf"}));
        rows.setShow(LedgerFilter::Show::Offline);
        QCOMPARE(names(rows), QStringList({"d.md"}));
        rows.setShow(LedgerFilter::Show::All);
        rows.setText("X good");
        QCOMPARE(names(rows), QStringList({"good.md"}));
        rows.setText({});
        rows.setFolder("/drive");
        QCOMPARE(names(rows), QStringList({"d.md"}));
        rows.setFolder("/dri");  // not a part of a name
        QCOMPARE(rows.rowCount(), 0);
    }

    void everyProblemHasWords() {
        for (const char* name :
             {"encrypted", "damaged", "too_big", "timed_out", "quarantined", "unreadable"}) {
            LedgerEntry broken = entry("/x/b.pdf", DocumentState::Failed);
            broken.statusName = name;
            QVERIFY2(statusText(broken) != "Failed", name);
            QVERIFY2(!reasonText(broken).isEmpty() && !adviceText(broken).isEmpty(), name);
            QVERIFY(isRetryable(broken));
        }
    }

    void aHundredThousandRows() {
        LedgerItemModel model;
        LedgerFilter rows(model);
        LedgerChanges all;
        for (int i = 0; i < 100'000; ++i)
            all.changed << entry(QString("/x/%1/file %2.pdf").arg(i % 97).arg((i * 7919) % 100'000));
        QElapsedTimer clock;
        clock.start();
        rows.sort(LedgerItemModel::Name);
        model.apply(all);
        qInfo("100,000 rows: filled and sorted in %lld ms", clock.restart());
        rows.sort(LedgerItemModel::Size, Qt::DescendingOrder);
        qInfo("sorted again in %lld ms", clock.restart());
        rows.setText("file 99");
        qInfo("filtered in %lld ms", clock.restart());
        QCOMPARE(model.rowCount(), 100'000);
        QVERIFY(rows.rowCount() > 0 && rows.rowCount() < 100'000);
    }
};

QTEST_MAIN(LedgerModelTest)
#include "ledger_model_test.moc"
