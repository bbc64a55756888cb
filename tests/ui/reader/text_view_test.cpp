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
