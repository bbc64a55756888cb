// The palette of commands, conversations and documents.
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/progress_text.h"
#include "ui/window/command_palette.h"

using namespace commonplace::ui;

class PartsPaletteTest : public QObject {
    Q_OBJECT

  private slots:
    void thePaletteRunsWhatIsTyped();
    void thePaletteFindsConversationsAndDocuments();
    void thePaletteKnowsTheLettersThatWereTyped();
};

void PartsPaletteTest::thePaletteRunsWhatIsTyped() {
    QWidget window;
    window.resize(800, 600);
    QAction add(QStringLiteral("Add a folder…")), dark(QStringLiteral("Dark theme")),
        off(QStringLiteral("Add nothing"));
    off.setEnabled(false);
    CommandPalette palette({&add, &dark, &off}, &window);
    window.show();
    palette.popUp();
    auto* field = palette.findChild<QLineEdit*>(QStringLiteral("commandField"));
    auto* list = palette.findChild<QListView*>(QStringLiteral("commandList"));
    const auto rows = [list] {
        QStringList names;
        for (int i = 0; i < list->model()->rowCount(); ++i)
            names << list->model()->index(i, 0).data().toString();
        return names;
    };
    QCOMPARE(rows(), (QStringList{QStringLiteral("Commands"), QStringLiteral("Add a folder…"),
                                  QStringLiteral("Dark theme")}));
    QCOMPARE(list->currentIndex().row(), 1);  // a heading cannot be chosen
    QSignalSpy ran(&dark, &QAction::triggered);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 2);
    QTest::keyClick(field, Qt::Key_Up);
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClicks(field, QStringLiteral("the da"));
    QCOMPARE(rows().size(), 2);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(ran.count(), 1);
    QVERIFY(!palette.isVisible());
}

void PartsPaletteTest::thePaletteFindsConversationsAndDocuments() {
    QWidget window;
    window.resize(800, 600);
    QAction add(QStringLiteral("Add a folder…"));
    CommandPalette palette({&add}, &window);
    ChatSummary chat;
    chat.id = 7;
    chat.title = QStringLiteral("What did the survey find?");
    palette.setConversations({chat}, {});
    ChatSummary other = chat;
    other.title = QStringLiteral("not of the list");
    palette.setConversations({other},
                             QStringLiteral("searched"));  // somebody searches conversations meanwhile
    LedgerEntry entry;
    entry.key = QStringLiteral("/papers/old survey.pdf");
    entry.paths = {entry.key};
    LedgerEntry titled = entry;
    titled.key = QStringLiteral("/papers/x.pdf");
    titled.paths = {titled.key};
    titled.title = QStringLiteral("The great survey");
    palette.updateDocuments({{entry, titled}, {}});
    window.show();
    palette.popUp();
    auto* field = palette.findChild<QLineEdit*>(QStringLiteral("commandField"));
    auto* list = palette.findChild<QListView*>(QStringLiteral("commandList"));
    auto* nothing = palette.findChild<QLabel*>(QStringLiteral("commandNothing"));
    const auto rows = [list] {
        QStringList names;
        for (int i = 0; i < list->model()->rowCount(); ++i)
            names << list->model()->index(i, 0).data().toString();
        return names;
    };
    field->setText(QStringLiteral("surv"));
    QCOMPARE(rows(), (QStringList{QStringLiteral("Conversations"), chat.title, QStringLiteral("Documents"),
                                  QStringLiteral("old survey.pdf"), QStringLiteral("The great survey")}));
    QSignalSpy conversation(&palette, &CommandPalette::conversationChosen);
    QSignalSpy document(&palette, &CommandPalette::documentChosen);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(conversation.value(0).value(0).toLongLong(), 7);
    palette.popUp();
    field->setText(QStringLiteral("x.pdf"));  // by its file's name, too
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(document.value(0).value(0).value<Place>().path, titled.key);
    palette.updateDocuments({{}, {entry.key}});
    palette.popUp();
    field->setText(QStringLiteral("old"));
    QVERIFY(rows().isEmpty());
    QVERIFY(nothing->isVisible());
    QVERIFY(nothing->text().contains(QStringLiteral("Nothing matches “old”")));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(palette.isVisible());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    palette.popUp();
    QTest::mouseClick(&palette, Qt::LeftButton, {}, QPoint(3, 3));  // beside the card
    QVERIFY(!palette.isVisible());
}

void PartsPaletteTest::thePaletteKnowsTheLettersThatWereTyped() {
    const auto marks = wordBeginnings(QStringLiteral("Add a folder…"), QStringLiteral("fol a"));
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks[0].begin, 6);
    QCOMPARE(marks[0].end, 9);
    QCOMPARE(marks[1].begin, 0);
    QVERIFY(wordBeginnings(QStringLiteral("Add a folder…"), QStringLiteral("older")).isEmpty());
    QCOMPARE(wordBeginnings(QStringLiteral("old_survey.pdf"), QStringLiteral("SURV")).size(), 1);
}

QTEST_MAIN(PartsPaletteTest)
#include "parts_palette_test.moc"
