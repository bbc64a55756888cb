// Places of pages stay places, whatever sizes a file claims; images are known by the width they were asked
// for.
#include "ui/reader/page_layout.h"

#include <QTest>
#include <limits>

#include "ui/reader/page_cache.h"

namespace commonplace::ui {

class PageLayoutTest : public QObject {
    Q_OBJECT

  private slots:
    void keepsUsualPagesAsTheyAre() {
        const PageLayout layout({{612, 792}, {792, 612}}, {ZoomFit::None, 1}, {500, 500});
        QCOMPARE(layout.page(0).size(), QSize(816, 1056));
        QCOMPARE(layout.page(1).top(), layout.page(0).bottom() + 17);
        QCOMPARE(layout.factor(0), 1.0);
    }

    void hostileSizesDoNotOverflow() {
        const double endless = std::numeric_limits<double>::infinity();
        const PageLayout layout({{1e12, 1e12}, {endless, -endless}, {qQNaN(), 0}, {612, 792}},
                                {ZoomFit::None, kMostZoom}, {500, 500});
        for (int page = 0; page < layout.count(); ++page) {
            QVERIFY(layout.page(page).isValid());
            QVERIFY(QRect(QPoint(), layout.contents()).contains(layout.page(page)));
        }
    }

    void manyLargePagesKeepPlacesOfTheirOwn() {
        constexpr int kPages = 200'000;
        const PageLayout layout(QVector<QSizeF>(kPages, {14'400, 14'400}), {ZoomFit::None, kMostZoom},
                                {500, 500});
        for (int page = 1; page < kPages; ++page)
            QVERIFY(layout.page(page).top() > layout.page(page - 1).bottom());
        QVERIFY(layout.contents().height() > layout.page(kPages - 1).bottom());
        QCOMPARE(layout.pageAt(layout.page(kPages - 1).center().y()), kPages - 1);
    }

    void knowsTheWidthThatAnImageWasAskedFor() {
        PageCache cache(1 << 20);
        QCOMPARE(cache.wishedWidth(3), 0);
        cache.put(3, QImage(100, 100, QImage::Format_RGB32), 5000);
        QCOMPARE(cache.wishedWidth(3), 5000);
        QCOMPARE(cache.image(3).width(), 100);
    }
};

}  // namespace commonplace::ui

QTEST_GUILESS_MAIN(commonplace::ui::PageLayoutTest)
#include "page_layout_test.moc"
