// The window's small parts, without a library behind them.
#include <QAction>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <atomic>
#include <cmath>
#include <thread>

#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/progress_text.h"
#include "ui/library/progress_card.h"
#include "ui/window/appearance.h"
#include "ui/window/command_palette.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/indexing_text.h"
#include "ui/window/network_light.h"
#include "ui/window/shortcut_sheet.h"
#include "ui/window/single_instance.h"
#include "ui/window/undo_history.h"
#include "ui/window/window_state.h"

using namespace commonplace::ui;

class PartsTest : public QObject {
    Q_OBJECT

  private slots:
    void droppedFilesArePathsAndOtherUrlsAreNot();
    void pastedProseIsNoPath();
    void aSecondStartHandsItsFilesOver();
    void aLeftoverSocketIsNoInstance();
    void thePaletteRunsWhatIsTyped();
    void thePaletteFindsConversationsAndDocuments();
    void thePaletteKnowsTheLettersThatWereTyped();
    void theLightTellsWhatWasSent();
    void shortcutsListWhatHasAKey();
    void progressIsToldInWords();
    void cardAndStatusLineSayTheSame();
    void aPausedRunHasNoRate();
    void pathsCarryEveryByte();
    void whatIsDoneCanBeUndoneAndDoneAgain();
    void theStateIsWrittenBehindTheWindow();
    void appearanceIsRemembered();
    void themesHaveReadableText();
};

void PartsTest::droppedFilesArePathsAndOtherUrlsAreNot() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a b.pdf")),
                  QUrl(QStringLiteral("https://example.org/x.pdf"))});
    QCOMPARE(localPaths(data), QStringList{QStringLiteral("/tmp/a b.pdf")});
}

void PartsTest::pastedProseIsNoPath() {
    QMimeData paths;
    paths.setText(QStringLiteral("/tmp/a.pdf\nfile:///tmp/b.pdf\n"));
    QCOMPARE(localPaths(paths), (QStringList{QStringLiteral("/tmp/a.pdf"), QStringLiteral("/tmp/b.pdf")}));
    QMimeData prose;
    prose.setText(QStringLiteral("/tmp/a.pdf\nis where I keep it"));
    QVERIFY(localPaths(prose).isEmpty());
}

void PartsTest::aSecondStartHandsItsFilesOver() {
    const QString library = QStringLiteral("/tmp/test-library-%1").arg(QCoreApplication::applicationPid());
    SingleInstance first(library);
    QVERIFY(!first.handOver({}));
    QSignalSpy requested(&first, &SingleInstance::requested);
    QStringList arrived;
    connect(&first, &SingleInstance::requested, this, [&](const QStringList& paths) { arrived = paths; });
    // The second one waits for the answer, so it must run beside the event loop of the first.
    std::atomic<bool> taken = false;
    std::jthread second([&] { taken = SingleInstance(library).handOver({QStringLiteral("/tmp/x.pdf")}); });
    QTRY_COMPARE(requested.count(), 1);
    second.join();
    QVERIFY(taken);
    QCOMPARE(arrived, QStringList{QStringLiteral("/tmp/x.pdf")});
    SingleInstance other(library + QStringLiteral("-other"));
    QVERIFY(!other.handOver({}));  // another library has a window of its own
}

void PartsTest::aLeftoverSocketIsNoInstance() {
    const QString library = QStringLiteral("/tmp/left-library-%1").arg(QCoreApplication::applicationPid());
    {
        SingleInstance gone(library);
        QVERIFY(!gone.handOver({}));
    }
    SingleInstance next(library);
    QVERIFY(!next.handOver({}));
}

void PartsTest::thePaletteRunsWhatIsTyped() {
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

void PartsTest::thePaletteFindsConversationsAndDocuments() {
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

void PartsTest::thePaletteKnowsTheLettersThatWereTyped() {
    const auto marks = wordBeginnings(QStringLiteral("Add a folder…"), QStringLiteral("fol a"));
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks[0].begin, 6);
    QCOMPARE(marks[0].end, 9);
    QCOMPARE(marks[1].begin, 0);
    QVERIFY(wordBeginnings(QStringLiteral("Add a folder…"), QStringLiteral("older")).isEmpty());
    QCOMPARE(wordBeginnings(QStringLiteral("old_survey.pdf"), QStringLiteral("SURV")).size(), 1);
}

void PartsTest::theLightTellsWhatWasSent() {
    NetworkState state;
    QCOMPARE(networkText(state, {}), QStringLiteral("0 bytes sent to other computers"));
    QVERIFY(
        networkText(state, QStringLiteral("api.example.com")).contains(QStringLiteral("nothing sent yet")));
    const QString helper = QStringLiteral("small.example.com");
    QVERIFY(networkText(state, {}, helper).contains(helper));
    state.offline = Offline::Yes;
    QVERIFY(networkText(state, {}, helper).contains(QStringLiteral("0 bytes")));
    QCOMPARE(networkText(state, QStringLiteral("api.example.com")),
             QStringLiteral("Offline: 0 bytes sent to other computers"));
    state.offline = Offline::No;
    state.hosts = {{QStringLiteral("api.example.com"), 1229, 10}};
    QCOMPARE(networkText(state, {}), QStringLiteral("1.2 KiB sent to api.example.com since the start"));

    NetworkLight light(nullptr);
    light.setState(state);
    light.show();
    QSignalSpy wanted(&light, &NetworkLight::offlineWanted);
    light.click();
    auto* popover = light.findChild<QWidget*>(QStringLiteral("networkPopover"));
    QVERIFY(popover);
    QVERIFY(popover->findChild<QLabel*>(QStringLiteral("networkHosts"))
                ->text()
                .contains(QStringLiteral("1.2 KiB")));
    popover->findChild<QCheckBox*>(QStringLiteral("offlineSwitch"))->click();
    QCOMPARE(wanted.value(0).value(0).value<Offline>(), Offline::Yes);
    popover->close();
}

void PartsTest::shortcutsListWhatHasAKey() {
    QAction with(QStringLiteral("&New question")), without(QStringLiteral("Dark theme"));
    with.setShortcut(QKeySequence(QStringLiteral("Ctrl+N")));
    const auto shortcuts = shortcutsOf({&with, &without});
    QCOMPARE(shortcuts.size(), 1);
    QCOMPARE(shortcuts[0].second, QStringLiteral("New question"));
}

void PartsTest::progressIsToldInWords() {
    IndexProgress progress;
    progress.phase = IndexProgress::Phase::Reading;
    progress.done = 214;
    progress.total = 1032;
    progress.perSecond = 31;
    progress.secondsLeft = 250;
    progress.problems = 2;
    progress.current = QStringLiteral("/papers/report.pdf");
    const IndexingState state = indexingState(progress);
    QVERIFY(state.text.contains(QStringLiteral("214")));
    QCOMPARE(state.detail, QStringLiteral("report.pdf · 31 pages/s · 4 min left"));
    QCOMPARE(state.permille, 207);
    QCOMPARE(state.problems, 2);
    QCOMPARE(timeLeftText(0), QString());
    QCOMPARE(timeLeftText(7300), QStringLiteral("2 h 2 min left"));
    IndexOutcome failed;
    failed.end = IndexOutcome::End::Failed;
    failed.error = QStringLiteral("the disk is full");
    QCOMPARE(indexedState(failed).text, failed.error);
}

static IndexProgress someProgress() {
    IndexProgress progress;
    progress.phase = IndexProgress::Phase::Reading;
    progress.done = 214;
    progress.total = 1032;
    progress.perSecond = 31;
    progress.secondsLeft = 250;
    progress.current = QStringLiteral("/papers/report.pdf");
    return progress;
}

void PartsTest::cardAndStatusLineSayTheSame() {
    ProgressCard card;
    card.setProgress(someProgress());
    const auto* heading = card.findChild<QLabel*>(QStringLiteral("libraryProgressHeading"));
    QCOMPARE(heading->text(), QStringLiteral("Reading 214 of 1,032 files"));
    QCOMPARE(indexingState(someProgress()).text, heading->text());
    QCOMPARE(progressRate(someProgress()), QStringLiteral("31 pages/s · 4 min left"));
}

void PartsTest::aPausedRunHasNoRate() {
    IndexProgress progress = someProgress();
    progress.flow = IndexProgress::Flow::Paused;
    const IndexingState state = indexingState(progress);
    QCOMPARE(state.text, QStringLiteral("Paused after 214 of 1,032 files"));
    QCOMPARE(state.detail, QString());
    QCOMPARE(progressRate(progress), QString());
    progress.phase = IndexProgress::Phase::Starting;
    QCOMPARE(indexingState(progress).text, QStringLiteral("Paused"));
}

void PartsTest::pathsCarryEveryByte() {
    const std::string plain = "/home/\xC3\xA4/\xF0\x9F\x98\x80.txt";
    QCOMPARE(nativePath(windowPath(plain)), plain);
    QCOMPARE(windowPath(plain), QString::fromStdString(plain));
    const std::string old = "/old/d\xE9j\xE0/caf\xE9.txt";
    const QString path = windowPath(old);
    QCOMPARE(nativePath(path), old);
    QVERIFY(path != windowPath("/old/d\xE9j\xE0/caf\xE8.txt"));
    QCOMPARE(readable(path), QStringLiteral("/old/d\uFFFDj\uFFFD/caf\uFFFD.txt"));
    QCOMPARE(fileName(path), QStringLiteral("caf\uFFFD.txt"));
    QCOMPARE(fileUrl(path).toEncoded(), QByteArray("file:///old/d%E9j%E0/caf%E9.txt"));
    QCOMPARE(pathOf(fileUrl(path)), path);
    QCOMPARE(pathOf(fileUrl(windowPath("/a b/50%25 #1?.txt"))), QStringLiteral("/a b/50%25 #1?.txt"));
    QVERIFY(pathOf(QUrl(QStringLiteral("https://example.org/x"))).isEmpty());
    for (const std::string& odd :
         {std::string("\xED\xB2\x80"), std::string("\xC3"), std::string("\xEF\xBB\xBFx"),
          std::string("a\xF0\x9F\x98"), std::string("\xEF\xBF\xBD"), std::string()})
        QCOMPARE(nativePath(windowPath(odd)), odd);
    QMimeData dropped;
    dropped.setData(QStringLiteral("text/uri-list"), "file:///old/d%E9j%E0/caf%E9.txt\r\n");
    QCOMPARE(localPaths(dropped), QStringList{path});
}

void PartsTest::whatIsDoneCanBeUndoneAndDoneAgain() {
    UndoHistory history;
    QSignalSpy changed(&history, &UndoHistory::changed);
    QStringList log;
    const auto act = [&log](const QString& name) {
        return UndoableAct{name, name, [&log, name] { log << QStringLiteral("-") + name; },
                           [&log, name] { log << QStringLiteral("+") + name; }};
    };
    history.undo();
    QVERIFY(log.isEmpty());
    history.record(act(QStringLiteral("a")));
    history.record(act(QStringLiteral("b")));
    history.record(act(QStringLiteral("b")));  // reported twice
    QCOMPARE(changed.count(), 2);
    history.undo();
    history.undo();
    QCOMPARE(log, (QStringList{QStringLiteral("-b"), QStringLiteral("-a")}));
    QCOMPARE(history.undoText(), QString());
    history.redo();
    history.record(act(QStringLiteral("a")));  // as the bridge reports what redo has caused
    QCOMPARE(history.redoText(), QStringLiteral("b"));
    history.forget(QStringLiteral("a"));
    QCOMPARE(history.undoText(), QString());
    history.record(act(QStringLiteral("c")));
    QCOMPARE(history.redoText(), QString());
}

void PartsTest::theStateIsWrittenBehindTheWindow() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.ini"));
    {
        WindowState state(file), other(file);  // two windows
        state.setValue(QStringLiteral("window/section"), 2);
        other.setValue(QStringLiteral("window/geometry"), QByteArray("\x01\x02"));
        QVERIFY(!QFile::exists(file));
        state.save();
        QTRY_VERIFY(QFile::exists(file));
        state.setValue(QStringLiteral("window/section"), 3);
        QCOMPARE(state.value(QStringLiteral("window/section")).toInt(), 3);
    }
    const WindowState again(file);
    QCOMPARE(again.value(QStringLiteral("window/section")).toInt(), 3);
    QCOMPARE(again.value(QStringLiteral("window/geometry")).toByteArray(), QByteArray("\x01\x02"));
    QCOMPARE(again.value(QStringLiteral("window/none"), 7).toInt(), 7);
}

void PartsTest::appearanceIsRemembered() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.ini"));
    {
        WindowState settings(file);
        Appearance appearance(*qApp, settings);
        appearance.setMode(ThemeMode::Dark);
        appearance.setFontScale(9);
        QCOMPARE(appearance.fontScale(), 2.0);
    }
    WindowState settings(file);
    const Appearance appearance(*qApp, settings);
    QCOMPARE(appearance.mode(), ThemeMode::Dark);
    QCOMPARE(appearance.fontScale(), 2.0);
    QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
}

/// WCAG 2.1, relative luminance and contrast ratio.
static double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& colour) {
        const auto channel = [](double value) {
            return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
               0.0722 * channel(colour.blueF());
    };
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

void PartsTest::themesHaveReadableText() {
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        const Tokens& t = tokens(mode);
        for (const QColor& ground : {t.background, t.panel, t.raised})
            for (const QColor& text : {t.ink, t.muted, t.accent, t.good, t.bad, t.warning})
                QVERIFY2(contrast(ground, text) >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3")
                                                                       .arg(text.name(), ground.name())
                                                                       .arg(contrast(ground, text))));
        QVERIFY(contrast(t.accent, t.onAccent) >= 4.5);
        QVERIFY(contrast(t.mark, t.ink) >= 4.5);
        QVERIFY(contrast(t.accentSoft, t.accent) >= 4.5);
    }
}

QTEST_MAIN(PartsTest)
#include "parts_test.moc"
