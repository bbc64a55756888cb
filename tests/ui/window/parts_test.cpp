// The window's small parts, without a library behind them.
#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <atomic>
#include <cmath>
#include <thread>

#include "ui/window/appearance.h"
#include "ui/window/command_palette.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/indexing_text.h"
#include "ui/window/shortcut_sheet.h"
#include "ui/window/single_instance.h"

using namespace commonplace::ui;

class PartsTest : public QObject {
    Q_OBJECT

  private slots:
    void droppedFilesArePathsAndOtherUrlsAreNot();
    void pastedProseIsNoPath();
    void aSecondStartHandsItsFilesOver();
    void aLeftoverSocketIsNoInstance();
    void thePaletteRunsWhatIsTyped();
    void shortcutsListWhatHasAKey();
    void progressIsToldInWords();
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
    auto* list = palette.findChild<QListWidget*>(QStringLiteral("commandList"));
    QCOMPARE(list->count(), 2);
    QSignalSpy ran(&dark, &QAction::triggered);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->currentRow(), 1);
    QTest::keyClicks(field, QStringLiteral("the da"));
    QCOMPARE(list->count(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(ran.count(), 1);
    QVERIFY(!palette.isVisible());
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
    QCOMPARE(timeLeft(0), QString());
    QCOMPARE(timeLeft(7300), QStringLiteral("2 h 2 min left"));
    IndexOutcome failed;
    failed.end = IndexOutcome::End::Failed;
    failed.error = QStringLiteral("the disk is full");
    QCOMPARE(indexedState(failed).text, failed.error);
}

void PartsTest::appearanceIsRemembered() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.ini"));
    {
        QSettings settings(file, QSettings::IniFormat);
        Appearance appearance(*qApp, settings);
        appearance.setMode(ThemeMode::Dark);
        appearance.setFontScale(9);
        QCOMPARE(appearance.fontScale(), 1.5);
    }
    QSettings settings(file, QSettings::IniFormat);
    const Appearance appearance(*qApp, settings);
    QCOMPARE(appearance.mode(), ThemeMode::Dark);
    QCOMPARE(appearance.fontScale(), 1.5);
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
