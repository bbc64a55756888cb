// The window's small parts, without a library behind them.
#include <QAction>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <atomic>
#include <cmath>
#include <thread>

#include "ui/bridge/paths.h"
#include "ui/bridge/progress_text.h"
#include "ui/window/appearance.h"
#include "ui/window/drop_overlay.h"
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
    void shortcutsListWhatHasAKey();
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
    QTRY_COMPARE_WITH_TIMEOUT(requested.count(), 1, 30000);
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

void PartsTest::shortcutsListWhatHasAKey() {
    QAction with(QStringLiteral("&New question")), without(QStringLiteral("Dark theme"));
    with.setShortcut(QKeySequence(QStringLiteral("Ctrl+N")));
    const auto shortcuts = shortcutsOf({&with, &without});
    QCOMPARE(shortcuts.size(), 1);
    QCOMPARE(shortcuts[0].second, QStringLiteral("New question"));
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
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 30000);
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
