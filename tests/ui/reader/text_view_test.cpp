// Long texts: a bounded part is laid out, and what is lit or found is always in it and at its place.
#include "ui/reader/text_view.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

#include "ui/reader/text_part.h"

namespace commonplace::ui {
namespace {

OpenedDocument documentOf(const QStringList& texts) {
    OpenedDocument document;
    document.kind = ReaderKind::Text;
    for (const QString& text : texts) document.pages.append({QString(), {}, text});
    return document;
}

ReaderStyle styleOf(const QString& text, const char* words, ReaderStyleKind kind, int level = 0) {
    const auto at = static_cast<int>(text.indexOf(QString::fromUtf8(words)));
    const auto length = static_cast<int>(QString::fromUtf8(words).size());
    return {kind, {at, at + length}, level, 0, {}};
}

QTextCharFormat formatAt(const TextView& view, const char* words, int offset = 0) {
    QTextCursor cursor(view.document());
    cursor.setPosition(static_cast<int>(view.toPlainText().indexOf(QString::fromUtf8(words))) + offset + 1);
    return cursor.charFormat();
}

/// One line without an end, in which every place can be told from every other.
QString longLine(int units) {
    QString line;
    line.reserve(units + 16);
    for (int i = 0; line.size() < units; ++i) line += QStringLiteral("w%1 ").arg(i);
    return line;
}

/// What the part shows in the place of a range must be the text of that range, whatever was put between.
void compareAround(const TextPart& part, const QString& source, int page, int begin, int end) {
    const auto found = part.find(page, {begin, end});
    QVERIFY(found);
    QString shown = part.text().mid(found->begin, found->end - found->begin);
    QCOMPARE(shown.remove(QLatin1Char('\n')), source.mid(begin, end - begin).remove(QLatin1Char('\n')));
}

}  // namespace

class TextViewTest : public QObject {
    Q_OBJECT

  private slots:
    void showsAShortTextAsItIs() {
        const OpenedDocument document = documentOf({"One line.\nTwo lines.", "The second page."});
        const TextPart part(document, 0, 0);
        QVERIFY(part.description().isEmpty());
        QCOMPARE(part.text(), QStringLiteral("Page 1\nOne line.\nTwo lines.\n\nPage 2\nThe second page."));
        compareAround(part, document.pages.at(1).text, 1, 4, 10);
        QCOMPARE(part.pageAt(part.find(1, {0, 0})->begin), 1);
        QVERIFY(part.holds(1, 16) && part.holds(0, 20));
        QVERIFY(TextPart(documentOf({}), 0, 0).text().isEmpty());
    }

    void breaksLongParagraphsAndKeepsPlaces() {
        const QString line = longLine(300'000);
        const OpenedDocument document = documentOf({line});
        const TextPart part(document, 0, 0);
        QVERIFY(part.description().isEmpty());
        for (const QString& paragraph : part.text().split(QLatin1Char('\n')))
            QVERIFY(paragraph.size() <= TextPart::kMostParagraph);
        for (int at = 0; at + 40 < line.size(); at += 997) compareAround(part, line, 0, at, at + 40);
    }

    void doesNotDivideCharacters() {
        const QString faces = QString::fromUtf8("\xF0\x9F\x98\x80").repeated(600'000);
        const TextPart part(documentOf({QLatin1Char('x') + faces}), 0, 500'000);
        QVERIFY(part.text().isValidUtf16());
    }

    void showsTheWantedPartOfALongText() {
        const QString line = longLine(3'000'000);
        const OpenedDocument document = documentOf({QStringLiteral("first"), line, QStringLiteral("last")});
        for (const int at : {0, 1'000'000, 2'999'000}) {
            const TextPart part(document, 1, at);
            QVERIFY(part.text().size() < TextPart::kMostUnits + 1000);
            QVERIFY(!part.description().isEmpty());
            QVERIFY(part.holds(1, at));
            compareAround(part, line, 1, at, at + 100);
        }
        const TextPart part(document, 1, 1'000'000);
        QVERIFY(!part.holds(1, 10) && !part.holds(0, 0) && !part.holds(2, 0));
        QVERIFY(!part.find(1, {10, 20}) && !part.find(2, {0, 1}));
    }

    void manyPagesAreBoundedToo() {
        QStringList pages;
        for (int i = 0; i < 100'000; ++i) pages << QStringLiteral("Page of number %1.").arg(i);
        const TextPart part(documentOf(pages), 50'000, 0);
        QVERIFY(part.text().size() < TextPart::kMostUnits + 1000);
        QVERIFY(part.holds(50'000, 0) && part.nameOf(50'000) >= 0 && part.nameOf(0) == -1);
        compareAround(part, pages.at(50'000), 50'000, 0, 10);
        QCOMPARE(part.pageAt(part.find(50'001, {0, 0})->begin), 50'001);
    }

    void goesToWhatIsLitOrFoundInAHugeText() {
        TextView view;
        view.resize(600, 400);
        view.show();
        QSignalSpy changed(&view, &TextView::partChanged);
        const QString line = longLine(20'000'000);
        QElapsedTimer timer;
        timer.start();
        view.showDocument(documentOf({line}));
        QVERIFY(view.document()->characterCount() < TextPart::kMostUnits + 1000);
        QVERIFY(view.partShown().contains(QLatin1String("characters")));
        PlaceMarks marks;
        marks.ranges.append({15'000'000, 15'000'050});
        view.light(marks);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(view.extraSelections().size(), 1);
        QString lit = view.extraSelections().at(0).cursor.selectedText();
        QCOMPARE(lit.remove(QChar::ParagraphSeparator), line.mid(15'000'000, 50));
        const QVector<FindHit> hits{{0, {100, 110}}, {0, {19'999'000, 19'999'020}}};
        view.showHits(hits, 0);
        view.showHits(hits, 1);
        QCOMPARE(changed.size(), 4);
        lit = view.textCursor().block().text();
        QVERIFY(lit.contains(line.mid(19'999'000, 20)));
        view.goToPage(0);
        QCOMPARE(changed.size(), 5);
        qInfo("five parts in %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 20'000);
    }

    void formatsChangeNoCharacterAndNoMark() {
        using Kind = ReaderStyleKind;
        const QString text = QStringLiteral("Größe 😀\n\nSome strong words\n\n- item\n\na | b\nc |  | d");
        OpenedDocument document = documentOf({text});
        ReaderStyle cell = styleOf(text, "d", Kind::Cell);
        cell.range = {static_cast<int>(text.size()) - 1, static_cast<int>(text.size())};
        cell.number = 2;
        ReaderStyle link = styleOf(text, "words", Kind::Link);
        link.detail = QStringLiteral("https://example.org/");
        document.styles = {styleOf(text, "Größe 😀", Kind::Heading, 1),
                           styleOf(text, "strong", Kind::Strong),
                           link,
                           styleOf(text, "- item", Kind::Item, 1),
                           styleOf(text, "- ", Kind::Marker),
                           styleOf(text, "a | b\nc |  | d", Kind::Table),
                           styleOf(text, "a | b", Kind::Row, 1),
                           styleOf(text, "a | b", Kind::Cell),
                           styleOf(text, "c |  | d", Kind::Row),
                           cell};
        document.styles[7].range.end = document.styles.at(7).range.begin + 1;
        TextView view;
        view.resize(600, 400);
        view.show();
        view.showDocument(document);
        QTRY_VERIFY_WITH_TIMEOUT(view.isStyled(), 30000);
        QCOMPARE(view.toPlainText(), text);
        QVERIFY(formatAt(view, "Größe").fontPointSize() > view.font().pointSizeF());
        QCOMPARE(formatAt(view, "strong").fontWeight(), static_cast<int>(QFont::Bold));
        QVERIFY(formatAt(view, "Some").fontWeight() != QFont::Bold);
        QCOMPARE(formatAt(view, "words").anchorHref(), link.detail);
        QVERIFY(formatAt(view, "c |", 6).fontLetterSpacing() > 0);
        QVERIFY(view.document()->findBlockByNumber(4).blockFormat().leftMargin() > 0);
        PlaceMarks marks;
        marks.ranges.append({static_cast<int>(text.indexOf(QLatin1String("Some"))),
                             static_cast<int>(text.indexOf(QLatin1String(" words")))});
        view.light(marks);
        QCOMPARE(view.extraSelections().at(0).cursor.selectedText(), QStringLiteral("Some strong"));
    }

    void aTableThatDoesNotFitStandsInLines() {
        using Kind = ReaderStyleKind;
        const QString word(30, QLatin1Char('x'));
        const QString text = word + QLatin1String(" | second cell\nc | d");
        OpenedDocument document = documentOf({text});
        const auto end = static_cast<int>(text.size());
        document.styles = {{Kind::Table, {0, end}, 0, 0, {}},     {Kind::Row, {0, 44}, 1, 0, {}},
                           {Kind::Cell, {0, 30}, 0, 0, {}},       {Kind::Cell, {33, 44}, 0, 1, {}},
                           {Kind::Row, {45, end}, 0, 0, {}},      {Kind::Cell, {45, 46}, 0, 0, {}},
                           {Kind::Cell, {end - 1, end}, 0, 1, {}}};
        TextView view;
        view.resize(800, 400);
        view.show();
        view.showDocument(document);
        QTRY_VERIFY_WITH_TIMEOUT(view.isStyled(), 30000);
        QTextCursor first(view.document());
        first.setPosition(33);
        QTextCursor second(view.document());
        second.setPosition(end - 1);
        QVERIFY(std::abs(view.cursorRect(first).left() - view.cursorRect(second).left()) <= 1);
        view.resize(260, 400);
        QTRY_COMPARE_WITH_TIMEOUT(formatAt(view, "| d", 1).fontLetterSpacing(), 0.0, 30000);
        view.resize(800, 400);
        QTRY_VERIFY_WITH_TIMEOUT(formatAt(view, "| d", 1).fontLetterSpacing() > 0, 30000);
    }

    void anAddressIsOnlyTold() {
        const QString text = QStringLiteral("go there");
        OpenedDocument document = documentOf({text});
        ReaderStyle link = styleOf(text, "go there", ReaderStyleKind::Link);
        link.detail = QStringLiteral("https://example.org/a?b=c");
        document.styles = {link};
        TextView view;
        view.resize(400, 300);
        view.show();
        view.showDocument(document);
        QTRY_VERIFY_WITH_TIMEOUT(view.isStyled(), 30000);
        QSignalSpy told(&view, &TextView::linkActivated);
        QTextCursor cursor(view.document());
        cursor.setPosition(3);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cursorRect(cursor).center());
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.at(0).at(0).toUrl(), QUrl(link.detail));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Tab);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(told.size(), 2);
        QCOMPARE(view.toPlainText(), text);
    }

    void longTextsAreFormattedInSlices() {
        QString text;
        OpenedDocument document;
        for (int i = 0; i < 6000; ++i) {
            const auto at = static_cast<int>(text.size());
            document.styles.append({ReaderStyleKind::Strong, {at, at + 5}, 0, 0, {}});
            text += QStringLiteral("words of paragraph %1\n").arg(i);
        }
        document.kind = ReaderKind::Text;
        document.pages.append({QString(), {}, text});
        TextView view;
        view.resize(600, 400);
        view.show();
        view.showDocument(document);
        QVERIFY(!view.isStyled());
        QTRY_VERIFY_WITH_TIMEOUT(view.isStyled(), 30000);
        QCOMPARE(formatAt(view, "words of paragraph 5999").fontWeight(), static_cast<int>(QFont::Bold));
        QVERIFY(formatAt(view, "words of paragraph 5999", 6).fontWeight() != QFont::Bold);
        view.clearDocument();
        QVERIFY(view.isStyled());
    }

    void textsFromRightToLeftStandRight() {
        using Kind = ReaderStyleKind;
        const QString text = QString::fromUtf8("- البند الأول\n\n- [x] تم\n\nשלום עולם");
        OpenedDocument document = documentOf({text});
        const auto second = static_cast<int>(text.indexOf(QLatin1String("- [x] ")));
        document.styles = {styleOf(text, "- البند الأول", Kind::Item, 1),
                           styleOf(text, "- ", Kind::Marker),
                           {Kind::Item, {second, second + 8}, 1, 0, {}},
                           {Kind::Marker, {second, second + 6}, 0, 0, {}}};
        TextView view;
        view.resize(600, 400);
        view.show();
        view.showDocument(document);
        QTRY_VERIFY_WITH_TIMEOUT(view.isStyled(), 30000);
        for (const int number : {0, 2, 4}) {
            const QTextBlock block = view.document()->findBlockByNumber(number);
            QCOMPARE(block.textDirection(), Qt::RightToLeft);
            QVERIFY(view.cursorRect(QTextCursor(block)).left() > view.viewport()->width() / 2);
            QCOMPARE(block.blockFormat().rightMargin() > 0, number < 4);
        }
    }

    void anEmptyLineIsAnEmptyLine() {
        TextView view;
        view.resize(600, 400);
        view.show();
        QElapsedTimer timer;
        timer.start();
        view.showDocument(documentOf({QString(5'000'000, QLatin1Char('\n'))}));
        PlaceMarks marks;
        marks.ranges.append({4'000'000, 4'000'001});
        view.light(marks);
        qInfo("lines in %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 20'000);
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::TextViewTest)
#include "text_view_test.moc"
