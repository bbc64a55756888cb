// Notes and web pages in the reader: formatted over the stored text, and nothing of them is loaded.
#include "tests/ui/reader/reader_pane_fixture.h"
#include "ui/reader/text_view.h"

namespace commonplace::ui {

class ReaderPaneTextTest final : public ReaderPaneFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { beginAll(); }
    void init() { begin(); }
    void cleanup() { end(); }

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
        QTRY_VERIFY_WITH_TIMEOUT(text->isStyled(), 30000);
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
        QTRY_VERIFY_WITH_TIMEOUT(text->isStyled(), 30000);
        QTextCursor link(text->document());
        link.setPosition(static_cast<int>(text->toPlainText().indexOf(QLatin1String("the contract"))) + 1);
        const QColor before = link.charFormat().foreground().color();
        const QColor mark = text->extraSelections().at(0).format.background().color();
        const QPalette light = text->palette();
        QPalette dark = light;
        for (const auto role : {QPalette::Window, QPalette::Base}) dark.setColor(role, Qt::black);
        for (const auto role : {QPalette::WindowText, QPalette::Text}) dark.setColor(role, Qt::white);
        text->setPalette(dark);
        QTRY_VERIFY_WITH_TIMEOUT(text->isStyled() && link.charFormat().foreground().color() != before, 30000);
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
        QTRY_VERIFY_WITH_TIMEOUT(text->isStyled(), 30000);
        QSignalSpy asked(m_pane.get(), &ReaderPane::linkActivated);
        QTextCursor cursor(text->document());
        cursor.setPosition(static_cast<int>(text->toPlainText().indexOf(QLatin1String("the contract"))) + 3);
        QTest::mouseClick(text->viewport(), Qt::LeftButton, {}, text->cursorRect(cursor).center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).toUrl(), QUrl(QStringLiteral("https://example.org/")));
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ReaderPaneTextTest)
#include "reader_pane_text_test.moc"
