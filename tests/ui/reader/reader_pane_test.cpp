// The reader over a real library: a citation is opened and the lit rectangles must cover its words.
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "tests/ui/reader/reader_pane_fixture.h"
#include "ui/reader/page_view.h"
#include "ui/reader/text_view.h"

namespace commonplace::ui {

class ReaderPaneTest final : public ReaderPaneFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { beginAll(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void teachesWhenNothingIsOpen() {
        QVERIFY(!m_pane->isOpen());
        QVERIFY(!child<QLineEdit>("readerPageField")->isVisible());
        QVERIFY(!child<QToolButton>("readerFind")->isEnabled());
    }

    void lightsWordsInTheRightColumn() {
        openLit(place("columns.pdf", 1, "lines share their heights with those of the left one"));
        QCOMPARE(m_pane->litText(), QStringLiteral("lines share their heights with\nthose of the left one"));
        const auto rects = m_pane->litRectangles(1);
        QCOMPARE(rects.size(), 2);
        for (const QRectF& rect : rects) QVERIFY(rect.left() > 329 && rect.right() < 520);
        QVERIFY(rects[0].contains(QPointF(340, 792 - 689)));
        QVERIFY(rects[1].contains(QPointF(340, 792 - 675)));
        QVERIFY(!rects[1].contains(QPointF(340, 792 - 661)));
    }

    void lightsAWordThatIsDividedAtALineEnd() {
        openLit(place("columns.pdf", 1, "read to its end before anything of the right"));
        const auto rects = m_pane->litRectangles(1);
        QCOMPARE(rects.size(), 2);
        QVERIFY(rects[0].contains(QPointF(200, 792 - 689)));
        QVERIFY(rects[1].contains(QPointF(80, 792 - 675)));
        QVERIFY(litBounds(1).right() < 300);
    }

    void lightsWordsOfATurnedPage() {
        openLit(place("turned.pdf", 1, "lines share their heights with"));
        QCOMPARE(m_pane->litText(), QStringLiteral("lines share their heights with"));
        // Turned by 90 degrees clockwise: (x, y) from the lower left becomes (y, x) from the upper left.
        QVERIFY(litBounds(1).contains(QPointF(689, 340)));
        QVERIFY(litBounds(1).left() > 680 && litBounds(1).right() < 702);
        QCOMPARE(m_pane->document().pages.at(0).size, QSizeF(792, 612));
    }

    void goesToRomanPages() {
        openLit(place("roman.pdf", 4, "Preliminary page number 4 of this"));
        QCOMPARE(m_pane->litText(), QStringLiteral("Preliminary page number 4 of this"));
        auto* field = child<QLineEdit>("readerPageField");
        QTRY_COMPARE_WITH_TIMEOUT(field->text(), QStringLiteral("iv · 4 of 6"), 30000);
        field->setText(QStringLiteral("ii"));
        QTest::keyClick(field, Qt::Key_Return);
        child<PageView>("readerPages")->setFocus();
        QTRY_COMPARE_WITH_TIMEOUT(field->text(), QStringLiteral("ii · 2 of 6"), 30000);
        field->setText(QStringLiteral("6"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(child<PageView>("readerPages")->currentPage(), 5, 30000);
        field->setText(QStringLiteral("elsewhere"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(child<PageView>("readerPages")->currentPage(), 5);
    }

    void usesTheRangeOfAPlaceAndNeverAWrongOne() {
        Place named = place("columns.pdf", 1, "");
        named.begin = 4;
        named.end = 15;
        openLit(named);
        QCOMPARE(m_pane->litText(), QStringLiteral("left column"));
        Place shifted = place("columns.pdf", 1, "both stand side by side.");
        shifted.begin = 4;
        shifted.end = 15;
        openLit(shifted);
        QCOMPARE(m_pane->litText(), QStringLiteral("both stand side by side."));
        openLit(place("columns.pdf", 1, "words that stand nowhere on it"));
        QVERIFY(m_pane->litRectangles(1).isEmpty());
        QVERIFY(child<QWidget>("readerNotice")->isVisible());
    }

    void showsTheStoredTextOfAChangedFile() {
        openLit(place("changes.pdf", 1, "the words of the first version"));
        QCOMPARE(m_pane->document().kind, ReaderKind::Text);
        QVERIFY(child<QLabel>("readerNoticeText")->text().contains(QLatin1String("changed")));
        QVERIFY(child<QWidget>("readerNotice")->isVisible());
        QCOMPARE(m_pane->litText(), QStringLiteral("the words of the first version"));
        QVERIFY(child<TextView>("readerText")->toPlainText().contains(QLatin1String("first version")));
        QSignalSpy wanted(m_pane.get(), &ReaderPane::openExternally);
        child<QAbstractButton>("readerNoticeOpen")->click();
        QCOMPARE(wanted.size(), 1);
    }

    void showsTheStoredTextOfAMissingFile() {
        openLit(place("gone.txt", 0, "gone from the disk before"));
        QVERIFY(child<QWidget>("readerNotice")->isVisible());
        QCOMPARE(m_pane->litText(), QStringLiteral("gone from the disk before"));
    }

    void saysWhenThereIsNothingToShow() {
        Place nowhere;
        nowhere.path = QStringLiteral("/nowhere/at-all.pdf");
        QSignalSpy opened(m_bridge.get(), &ReaderBridge::documentOpened);
        m_pane->open(nowhere);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 30000);
        QVERIFY(!m_pane->isOpen());
        QVERIFY(!m_pane->document().error.isEmpty());
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ReaderPaneTest)
#include "reader_pane_test.moc"
