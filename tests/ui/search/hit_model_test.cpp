// HitModel: grouping by document, walking through the passages, words for how a score came about.
#include "ui/search/hit_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace commonplace::ui;

namespace {

SearchHit hitIn(const QString& path, int rank, int page = 0) {
    SearchHit hit;
    hit.place.path = path;
    hit.place.page = page;
    hit.rank = rank;
    hit.snippet = QStringLiteral("words of %1").arg(rank);
    hit.score = 1.0 / rank;
    hit.keyword = .75;
    hit.semantic = .25;
    return hit;
}

}  // namespace

class HitModelTest : public QObject {
    Q_OBJECT
  private slots:
    void groupsByDocumentInTheOrderOfTheBestPassage() {
        HitModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setHits({hitIn("/a.pdf", 1), hitIn("/b.md", 2), hitIn("/a.pdf", 3)});
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.documentPaths(), QStringList({"/a.pdf", "/b.md"}));
        QCOMPARE(model.documentCount(), 2);
        QVector<int> numbers;
        QStringList paths;
        for (const Place& place : model.places()) {
            numbers << place.number;
            paths << place.path;
        }
        QCOMPARE(paths, QStringList({"/a.pdf", "/a.pdf", "/b.md"}));
        QCOMPARE(numbers, QVector<int>({1, 2, 3}));
    }

    void walksFromPassageToPassageOverTheTitles() {
        HitModel model;
        model.setHits({hitIn("/a.pdf", 1), hitIn("/b.md", 2)});
        const QModelIndex first = model.nextHit(-1, 1);
        QCOMPARE(first.row(), 1);
        const QModelIndex second = model.nextHit(first.row(), 1);
        QCOMPARE(second.row(), 3);
        QVERIFY(!model.nextHit(second.row(), 1).isValid());
        QCOMPARE(model.nextHit(second.row(), -1).row(), 1);
        QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
    }

    void saysWhereAndWhy() {
        SearchHit hit = hitIn("/a.pdf", 2, 6);
        hit.place.pageLabel = "iv";
        hit.duplicates = 1;
        QCOMPARE(pageText(hit.place), QString("p. iv (6)"));
        QVERIFY(whyText(hit).contains("75 % by its words, 25 % by its meaning"));
        QVERIFY(whyText(hit).contains("1 passage"));
        hit.semantic = 0;
        QVERIFY(whyText(hit).contains("Found by its words"));
        hit.keyword = 0;
        hit.semantic = .3;
        QVERIFY(whyText(hit).contains("none of the words"));
    }

    void whyBelongsToOneRow() {
        HitModel model;
        model.setHits({hitIn("/a.pdf", 1), hitIn("/b.md", 2)});
        model.toggleWhy(model.index(1));
        QVERIFY(model.index(1).data(HitModel::WhyShownRole).toBool());
        QVERIFY(!model.index(3).data(HitModel::WhyShownRole).toBool());
        QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains("by its words"));
        model.toggleWhy(model.index(0));  // a title has no score
        QVERIFY(!model.index(0).data(HitModel::WhyShownRole).toBool());
    }
};

QTEST_MAIN(HitModelTest)
#include "hit_model_test.moc"
