// What a person does in the reader: find, copy, zoom, go through the passages of an answer, ask.
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>

#include "tests/ui/reader/reader_pane_fixture.h"
#include "ui/reader/page_view.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

class ReaderPaneToolsTest final : public ReaderPaneFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { beginAll(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void findsWords() {
        openLit(place("roman.pdf", 1, ""));
        QTest::keyClick(child<PageView>("readerPages"), Qt::Key_F, Qt::ControlModifier);
        auto* field = child<QLineEdit>("readerFindField");
        QTRY_VERIFY_WITH_TIMEOUT(field->isVisible(), 30000);
        QTest::keyClicks(field, QStringLiteral("PAGE number"));
        auto* count = child<QLabel>("readerFindCount");
        QTRY_COMPARE_WITH_TIMEOUT(count->text(), QStringLiteral("1 of 6"), 30000);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(count->text(), QStringLiteral("2 of 6"), 30000);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(count->text(), QStringLiteral("6 of 6"));
        QTRY_COMPARE_WITH_TIMEOUT(child<PageView>("readerPages")->currentPage(), 5, 30000);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
    }

    void keysThatItDoesNotTakeLeaveIt() {
        openLit(place("roman.pdf", 1, ""));
        QSignalSpy closed(m_pane.get(), &ReaderPane::closed);
        QSignalSpy typed(m_pane.get(), &ReaderPane::typed);
        auto* pages = child<PageView>("readerPages");
        pages->setFocus();
        QTest::keyClick(pages, Qt::Key_Space);
        QTest::keyClick(pages, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(typed.isEmpty());
        QTest::keyClick(pages, 'w');
        QCOMPARE(typed.size(), 1);
        QCOMPARE(typed.first().at(0).toString(), QStringLiteral("w"));
        QVERIFY(closed.isEmpty());
        QTest::keyClick(pages, Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
        QTest::keyClick(child<QListWidget>("readerPassageList"), Qt::Key_Escape);
        QCOMPARE(closed.size(), 2);
    }

    void passagesShowWhatBecameOfTheirWords() {
        QVector<Place> places(3, place("roman.pdf", 1, "Preliminary page number 1"));
        places[1].quote = QStringLiteral("words that nobody wrote");
        places[1].finding = PlaceFinding::Failed;
        places[2].quote = QStringLiteral("this little book");
        places[2].finding = PlaceFinding::Open;
        m_pane->showPlaces(places, 1);
        auto* list = child<QListWidget>("readerPassageList");
        const auto saidOf = [list](int row) {
            return list->item(row)->data(Qt::AccessibleTextRole).toString();
        };
        QVERIFY(!saidOf(0).contains(QStringLiteral("not ")));
        QVERIFY2(saidOf(1).contains(QStringLiteral("not found")), qPrintable(saidOf(1)));
        QVERIFY2(saidOf(2).contains(QStringLiteral("not judged")), qPrintable(saidOf(2)));
        const auto chipColour = [list](int row) {
            list->setCurrentRow(row);  // drawn filled
            const QRect area = list->visualItemRect(list->item(row));
            const QImage shown = list->viewport()->grab().toImage();
            return shown.pixelColor(QPoint(area.left() + 2 * kGrid + 4, area.center().y()));
        };
        const Tokens& colours = tokensFor(*list);
        QCOMPARE(chipColour(0), colours.accent);
        QCOMPARE(chipColour(1), colours.bad);
        QCOMPARE(chipColour(2), colours.muted);
    }

    void copiesWords() {
        openLit(place("columns.pdf", 1, "The left column begins"));
        auto* pages = child<PageView>("readerPages");
        QTRY_VERIFY_WITH_TIMEOUT(!pages->pageText(0).isEmpty(), 30000);
        const double scale = pages->zoomFactor() * 96 / 72;
        const auto at = [&](double x, double y) {
            return QPoint(qRound(x * scale) + 16,
                          qRound(y * scale) + 16 - pages->verticalScrollBar()->value());
        };
        QTest::mouseDClick(pages->viewport(), Qt::LeftButton, {}, at(335, 792 - 704));
        QCOMPARE(pages->selectedText(), QStringLiteral("The"));
        QTest::mousePress(pages->viewport(), Qt::LeftButton, {}, at(335, 792 - 690));
        QMouseEvent move(QEvent::MouseMove, at(360, 792 - 676),
                         pages->viewport()->mapToGlobal(at(360, 792 - 676)), Qt::LeftButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(pages->viewport(), &move);
        QTest::mouseRelease(pages->viewport(), Qt::LeftButton, {}, at(360, 792 - 676));
        QCOMPARE(pages->selectedText(), QStringLiteral("lines share their heights with\nthose"));
        pages->setFocus();
        QTest::keyClick(pages, Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     QStringLiteral("lines share their heights with\nthose"));
    }

    void listsThePassagesOfAnAnswer() {
        QVector<Place> places{place("roman.pdf", 2, "Preliminary page number 2"),
                              place("roman.pdf", 5, "Preliminary page number 5"),
                              place("boiler.md", 0, "The bill came to 214 euros")};
        for (int i = 0; i < places.size(); ++i) places[i].number = i + 1;
        m_pane->showPlaces(places, 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_pane->litText(), QStringLiteral("Preliminary page number 2"), 30000);
        auto* list = child<QListWidget>("readerPassageList");
        QCOMPARE(list->count(), 3);
        QVERIFY(list->isVisible());
        QVERIFY(list->item(2)->text().startsWith(QStringLiteral("boiler.md · ")));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        QTRY_COMPARE_WITH_TIMEOUT(m_pane->litText(), QStringLiteral("Preliminary page number 5"), 30000);
        QTest::keyClick(m_pane.get(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_pane->litText(), QStringLiteral("The bill came to 214 euros"), 30000);
        QCOMPARE(list->currentRow(), 2);
        openLit(place("columns.pdf", 1, ""));
        QVERIFY(!list->isVisible());
    }

    void titlesAreNoMarkup() {
        Place hostile = place("roman.pdf", 2, "Preliminary page number 2");
        hostile.title = QStringLiteral("<img src='/tmp/tracked.png'>");
        m_pane->showPlaces({hostile}, 0);
        const QString tip = child<QListWidget>("readerPassageList")->item(0)->toolTip();
        QVERIFY(!tip.contains(QLatin1String("<img")));
        QVERIFY(tip.contains(QLatin1String("&lt;img")));
    }

    void drawsLargeImagesOnce() {
        openLit(place("roman.pdf", 1, ""));
        auto* pages = child<PageView>("readerPages");
        pages->setZoom({ZoomFit::None, kMostZoom});
        QSignalSpy drawn(m_bridge.get(), &ReaderBridge::pageRendered);
        QTRY_VERIFY_WITH_TIMEOUT(!drawn.isEmpty() && drawn.constLast().at(2).toInt() > 4000, 30000);
        QVERIFY(drawn.constLast().at(1).value<QImage>().width() < drawn.constLast().at(2).toInt());
        QTest::qWait(1500);
        drawn.clear();
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(pages, Qt::Key_Down);
            QTest::qWait(300);
        }
        QCOMPARE(drawn.size(), 0);
    }

    void asksAboutAPage() {
        openLit(place("roman.pdf", 3, "Preliminary page number 3"));
        QSignalSpy asked(m_pane.get(), &ReaderPane::askAbout);
        auto* pages = child<PageView>("readerPages");
        emit pages->menuWanted(QPoint(10, 10), 2);
        auto* menu = child<QMenu>("readerMenu");
        QVERIFY(menu);
        menu->findChild<QAction*>(QStringLiteral("readerAskAbout"))->trigger();
        QCOMPARE(asked.size(), 1);
        const Place about = asked.at(0).at(0).value<Place>();
        QCOMPARE(about.page, 3);
        QCOMPARE(about.pageLabel, QStringLiteral("iii"));
        menu->close();
    }

    void zoomsAndKeepsItsPlace() {
        openLit(place("roman.pdf", 3, ""));
        auto* pages = child<PageView>("readerPages");
        const double fitted = pages->zoomFactor();
        QTest::keyClick(pages, Qt::Key_Plus, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(pages->zoomFactor() > fitted, 30000);
        QCOMPARE(pages->currentPage(), 2);
        QTest::keyClick(pages, Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(pages->zoomFactor(), fitted, 30000);
        QTest::keyClick(pages, Qt::Key_End);
        QCOMPARE(pages->currentPage(), 5);
        QTest::keyClick(pages, Qt::Key_Home);
        QCOMPARE(pages->currentPage(), 0);
    }

    void drawsPagesCrisplyAndOnlyThoseInSight() {
        QSignalSpy drawn(m_bridge.get(), &ReaderBridge::pageRendered);
        openLit(place("roman.pdf", 1, ""));
        QTRY_VERIFY_WITH_TIMEOUT(!drawn.isEmpty(), 30000);
        const auto image = drawn.at(0).at(1).value<QImage>();
        QCOMPARE(image.width(), qRound((child<PageView>("readerPages")->viewport()->width() - 32) *
                                       m_pane->devicePixelRatioF()));
        QTest::qWait(200);
        QVERIFY(drawn.size() <= 3);
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ReaderPaneToolsTest)
#include "reader_pane_tools_test.moc"
