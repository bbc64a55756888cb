// The reader over a real library: a citation is opened and the lit rectangles must cover its words.
#include "ui/reader/reader_pane.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/library/library.h"
#include "engine/store/index_store.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/host.h"
#include "ui/bridge/reader_bridge.h"
#include "ui/reader/page_view.h"
#include "ui/reader/text_view.h"

namespace commonplace::ui {
namespace {

using extract::column;
using extract::makePdf;
using extract::PdfParts;
using extract::textAt;

const std::string kColumns = column(72, 700,
                                    {"The left column begins here and", "is read to its end before any-",
                                     "thing of the right one is, even", "though both stand side by side."}) +
                             column(330, 700,
                                    {"The right column follows it. Its", "lines share their heights with",
                                     "those of the left one, so that", "they are easily confused."});

std::string romanPdf() {
    PdfParts parts;
    for (int i = 1; i <= 6; ++i)
        parts.pages.push_back(
            {textAt(72, 700, "Preliminary page number " + std::to_string(i) + " of this little book"), ""});
    parts.title = "A little book";
    parts.catalog = "/PageLabels<</Nums[0<</S/r>> 4<</S/D>>]>>";
    return makePdf(parts);
}

const char* const kNote =
    "# The boiler\n\nIt was serviced in **March 2021** by a firm from Görlitz.\n\n"
    "## Costs\n\nThe bill came to 214 euros and was paid at once.\n";

const char* const kOlderText = "*Words* as an older version of this program read them.";

/// Everything that is formatted, and marks in it.
const char* const kFormatted =
    "# The *great* boiler\n\nServiced **in March** with `--force`, see [the "
    "contract](https://example.org/).\n\n"
    "- first of the items\n- second item 😀 is Größe\n\n> A quote of the sweep.\n\n---\n\n"
    "```sh\nmake all\n\nmake install\n```\n\n| Name | Price |\n|---|---|\n| Nozzle | 38 euros |\n\n"
    "[local](file:///etc/passwd) and ![a picture](/tmp/tracked.png) end.\n";

}  // namespace

class ReaderPaneTest : public QObject {
    Q_OBJECT

  private:
    Place place(const char* file, int page, const char* quote) const {
        const auto path = m_files / file;
        Place place;
        place.path = QString::fromStdString(path.native());
        place.sha256 = m_hashes.value(QString::fromLatin1(file));
        place.page = page;
        place.quote = QString::fromUtf8(quote);
        return place;
    }
    void write(const char* file, const std::string& bytes) {
        m_files.write(file, bytes);
        m_hashes.insert(QString::fromLatin1(file), QString::fromStdString(base::sha256Hex(bytes)));
    }
    void index() {
        library::OpenOptions options;
        options.folder = m_libraryFolder.path();
        options.program = COMMONPLACE_PROGRAM;
        auto library = library::Library::open(std::move(options));
        QVERIFY(library.has_value());
        ingest::Gate gate;
        const auto report =
            (*library)->index({{m_files.path()}, store::Depth::Text, ingest::Retry::No}, gate, {}, {});
        QVERIFY(report.has_value());
        QCOMPARE(report->summary.failed, 0);
    }
    /// Puts a file into the index with a text that extraction does not make of it today.
    void indexAsOlder(const char* file, const std::string& bytes) {
        write(file, bytes);
        auto store = store::IndexStore::open(m_libraryFolder / "index.db", store::Access::Guest);
        QVERIFY(store.has_value());
        store::NewDocument older;
        older.sha256 = base::sha256Hex(bytes);
        older.bytes = bytes.size();
        older.extractor = "older";
        older.content.format = document::Format::Markdown;
        older.content.status = document::Status::Indexed;
        older.content.pages.push_back({0, {}, kOlderText});
        QVERIFY((*store)->storeDocument(older, {(m_files / file).native(), bytes.size(), 0}).has_value());
    }
    template <class Widget>
    Widget* child(const char* name) const {
        return m_pane->findChild<Widget*>(QString::fromLatin1(name));
    }
    /// Opens a place and waits until its words are lit.
    void openLit(const Place& place) {
        QSignalSpy marks(m_bridge.get(), &ReaderBridge::marksReady);
        m_pane->open(place);
        QTRY_VERIFY_WITH_TIMEOUT(!marks.isEmpty(), 20000);
    }
    QRectF litBounds(int page) const {
        QRectF all;
        for (const QRectF& rect : m_pane->litRectangles(page)) all |= rect;
        return all;
    }

    test::TempFolder m_files;
    test::TempFolder m_libraryFolder;
    QHash<QString, QString> m_hashes;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<ReaderBridge> m_bridge;
    std::unique_ptr<ReaderPane> m_pane;

  private slots:
    void initTestCase() {
        write("columns.pdf", makePdf(PdfParts{{{kColumns, ""}}, "Two columns", ""}));
        write("turned.pdf", makePdf(PdfParts{{{kColumns, "/Rotate 90"}}, "Turned", ""}));
        write("roman.pdf", romanPdf());
        write("boiler.md", kNote);
        write("formatted.md", kFormatted);
        write("page.html",
              "<h2>A page</h2><p>With <b>bold</b> words.</p><blockquote>Quoted.</blockquote>"
              "<img src='http://127.0.0.1:9/x.png' alt='a pixel'>");
        write("edited.md", "# Before\n\nThe words of the **first** version.\n");
        write("changes.pdf", makePdf({"These are the words of the first version of it"}));
        write("gone.txt", "A line that will be gone from the disk before anybody looks.\n");
        index();
        indexAsOlder("older.md", "*Words* as **this** version reads them otherwise.\n");
        m_files.write("changes.pdf", makePdf({"Somebody has written something else since then"}));
        m_files.write("edited.md", "# After\n\nOther words.\n");
        std::filesystem::remove(m_files / "gone.txt");
    }

    void init() {
        HostOptions options;
        options.libraryFolder = QString::fromStdString(m_libraryFolder.path().native());
        options.settingsFile = m_libraryFolder / "settings.json";
        options.program = COMMONPLACE_PROGRAM;
        m_host = std::make_unique<Host>(std::move(options));
        m_bridge = std::make_unique<ReaderBridge>(*m_host);
        m_pane = std::make_unique<ReaderPane>(*m_bridge);
        m_pane->resize(560, 800);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void cleanup() {
        m_pane.reset();
        m_bridge.reset();
        m_host.reset();
    }

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
        QTRY_COMPARE(field->text(), QStringLiteral("iv · 4 of 6"));
        field->setText(QStringLiteral("ii"));
        QTest::keyClick(field, Qt::Key_Return);
        child<PageView>("readerPages")->setFocus();
        QTRY_COMPARE(field->text(), QStringLiteral("ii · 2 of 6"));
        field->setText(QStringLiteral("6"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(child<PageView>("readerPages")->currentPage(), 5);
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
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(!m_pane->isOpen());
        QVERIFY(!m_pane->document().error.isEmpty());
    }

    void showsNotesAsText() {
        openLit(place("boiler.md", 0, "serviced in March 2021 by a firm from Görlitz"));
        QCOMPARE(m_pane->litText(), QStringLiteral("serviced in March 2021 by a firm from Görlitz"));
        QCOMPARE(m_pane->document().styles.size(), 3);
        QVERIFY(!child<QWidget>("readerNotice")->isVisible());
        QVERIFY(m_pane->litRectangles(1).isEmpty());
    }

    void showsMarkdownAsItWasWritten() {
        openLit(place("formatted.md", 0, "second item 😀 is Größe"));
        auto* text = child<TextView>("readerText");
        QTRY_VERIFY(text->isStyled());
        const auto formatOf = [&](const char* words) {
            QTextCursor cursor(text->document());
            cursor.setPosition(static_cast<int>(text->toPlainText().indexOf(QString::fromUtf8(words))) + 1);
            return cursor.charFormat();
        };
        const auto blockOf = [&](const char* words) {
            return text->document()
                ->findBlock(static_cast<int>(text->toPlainText().indexOf(QString::fromUtf8(words))))
                .blockFormat();
        };
        QVERIFY(formatOf("The ").fontPointSize() > text->font().pointSizeF());
        QVERIFY(formatOf("great").fontItalic() &&
                formatOf("great").fontPointSize() > text->font().pointSizeF());
        QCOMPARE(formatOf("in March").fontWeight(), static_cast<int>(QFont::Bold));
        QVERIFY(formatOf(" with ").fontWeight() != QFont::Bold);
        QCOMPARE(formatOf("the contract").anchorHref(), QStringLiteral("https://example.org/"));
        QVERIFY(formatOf("local").anchorHref().isEmpty());
        QVERIFY(!formatOf("--force").fontFamilies().toStringList().isEmpty());
        QVERIFY(!formatOf("make install").fontFamilies().toStringList().isEmpty());
        QVERIFY(blockOf("- second").leftMargin() > 0 && blockOf("- second").textIndent() < 0);
        QVERIFY(blockOf("A quote").leftMargin() > 0);
        QCOMPARE(blockOf("The ").headingLevel(), 1);
        QVERIFY(formatOf(" Price").fontLetterSpacing() > 0);
        QCOMPARE(m_pane->litText(), QStringLiteral("second item 😀 is Größe"));
        QCOMPARE(text->extraSelections().at(0).cursor.selectedText(), m_pane->litText());
    }

    void aChangeOfColoursKeepsMarks() {
        openLit(place("formatted.md", 0, "in March with --force"));
        auto* text = child<TextView>("readerText");
        QTRY_VERIFY(text->isStyled());
        QTextCursor link(text->document());
        link.setPosition(static_cast<int>(text->toPlainText().indexOf(QLatin1String("the contract"))) + 1);
        const QColor before = link.charFormat().foreground().color();
        const QColor mark = text->extraSelections().at(0).format.background().color();
        const QPalette light = text->palette();
        QPalette dark = light;
        for (const auto role : {QPalette::Window, QPalette::Base}) dark.setColor(role, Qt::black);
        for (const auto role : {QPalette::WindowText, QPalette::Text}) dark.setColor(role, Qt::white);
        text->setPalette(dark);
        QTRY_VERIFY(text->isStyled() && link.charFormat().foreground().color() != before);
        QCOMPARE(text->extraSelections().size(), 1);
        QCOMPARE(text->extraSelections().at(0).cursor.selectedText(),
                 QStringLiteral("in March with --force"));
        QVERIFY(text->extraSelections().at(0).format.background().color() != mark);
    }

    void showsWebPagesWithoutLoadingAnything() {
        openLit(place("page.html", 0, "With bold words"));
        QCOMPARE(m_pane->litText(), QStringLiteral("With bold words"));
        QCOMPARE(m_pane->document().styles.size(), 4);
        auto* text = child<TextView>("readerText");
        QVERIFY(!text->toPlainText().contains(QChar::ObjectReplacementCharacter));
    }

    void showsATextPlainWhenItsFileSaysSomethingElse() {
        openLit(place("edited.md", 0, "words of the first version"));
        QCOMPARE(m_pane->litText(), QStringLiteral("words of the first version"));
        QVERIFY(m_pane->document().styles.isEmpty());
        QVERIFY(child<QWidget>("readerNotice")->isVisible());
        QTextCursor cursor(child<TextView>("readerText")->document());
        cursor.setPosition(1);
        QVERIFY(!cursor.charFormat().hasProperty(QTextFormat::FontPointSize));
    }

    void showsATextPlainThatThisVersionReadsOtherwise() {
        openLit(place("older.md", 0, "as an older version"));
        QCOMPARE(m_pane->litText(), QStringLiteral("as an older version"));
        QCOMPARE(child<TextView>("readerText")->toPlainText(), QString::fromLatin1(kOlderText));
        QVERIFY(m_pane->document().styles.isEmpty());
        QVERIFY(!child<QWidget>("readerNotice")->isVisible());
    }

    void asksBeforeAnAddressIsOpened() {
        openLit(place("formatted.md", 0, "the contract"));
        auto* text = child<TextView>("readerText");
        QTRY_VERIFY(text->isStyled());
        QSignalSpy asked(m_pane.get(), &ReaderPane::linkActivated);
        QTextCursor cursor(text->document());
        cursor.setPosition(static_cast<int>(text->toPlainText().indexOf(QLatin1String("the contract"))) + 3);
        QTest::mouseClick(text->viewport(), Qt::LeftButton, {}, text->cursorRect(cursor).center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).toUrl(), QUrl(QStringLiteral("https://example.org/")));
    }

    void findsWords() {
        openLit(place("roman.pdf", 1, ""));
        QTest::keyClick(child<PageView>("readerPages"), Qt::Key_F, Qt::ControlModifier);
        auto* field = child<QLineEdit>("readerFindField");
        QTRY_VERIFY(field->isVisible());
        QTest::keyClicks(field, QStringLiteral("PAGE number"));
        auto* count = child<QLabel>("readerFindCount");
        QTRY_COMPARE(count->text(), QStringLiteral("1 of 6"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(count->text(), QStringLiteral("2 of 6"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(count->text(), QStringLiteral("6 of 6"));
        QTRY_COMPARE(child<PageView>("readerPages")->currentPage(), 5);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
    }

    void copiesWords() {
        openLit(place("columns.pdf", 1, "The left column begins"));
        auto* pages = child<PageView>("readerPages");
        QTRY_VERIFY(!pages->pageText(0).isEmpty());
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
        QTRY_COMPARE(m_pane->litText(), QStringLiteral("Preliminary page number 2"));
        auto* list = child<QListWidget>("readerPassageList");
        QCOMPARE(list->count(), 3);
        QVERIFY(list->isVisible());
        QVERIFY(list->item(2)->text().startsWith(QStringLiteral("boiler.md · ")));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        QTRY_COMPARE(m_pane->litText(), QStringLiteral("Preliminary page number 5"));
        QTest::keyClick(m_pane.get(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(m_pane->litText(), QStringLiteral("The bill came to 214 euros"));
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
        QTRY_VERIFY_WITH_TIMEOUT(!drawn.isEmpty() && drawn.constLast().at(2).toInt() > 4000, 20000);
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
        QTRY_VERIFY(pages->zoomFactor() > fitted);
        QCOMPARE(pages->currentPage(), 2);
        QTest::keyClick(pages, Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(pages->zoomFactor(), fitted);
        QTest::keyClick(pages, Qt::Key_End);
        QCOMPARE(pages->currentPage(), 5);
        QTest::keyClick(pages, Qt::Key_Home);
        QCOMPARE(pages->currentPage(), 0);
    }

    void drawsPagesCrisplyAndOnlyThoseInSight() {
        QSignalSpy drawn(m_bridge.get(), &ReaderBridge::pageRendered);
        openLit(place("roman.pdf", 1, ""));
        QTRY_VERIFY(!drawn.isEmpty());
        const auto image = drawn.at(0).at(1).value<QImage>();
        QCOMPARE(image.width(), qRound((child<PageView>("readerPages")->viewport()->width() - 32) *
                                       m_pane->devicePixelRatioF()));
        QTest::qWait(200);
        QVERIFY(drawn.size() <= 3);
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ReaderPaneTest)
#include "reader_pane_test.moc"
