// A window that is told to end by a signal ends as if it had been closed: the program itself, and a window of
// this test's own with a draft that was typed a moment before.
#include <QApplication>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "engine/store/library_store.h"
#include "tests/support/hang.h"
#include "tests/support/temp_folder.h"
#include "ui/window/quit_signals.h"
#include "ui/window/run_window.h"

namespace commonplace::ui {
namespace {

constexpr int kHangMs = static_cast<int>(test::kHangSeconds * 1000);
constexpr const char* kChild = "--window";
constexpr const char* kHurriedChild = "--twice";
constexpr const char* kDraft = "half a thought";

QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdString(path.native());
}

/// In the other process, as soon as there is a composer: types, and is told to end before the draft was
/// stored.
void typeAndEnd() {
    auto* look = new QTimer(qApp);
    QObject::connect(look, &QTimer::timeout, look, [look] {
        for (QWidget* widget : QApplication::allWidgets()) {
            auto* composer = qobject_cast<QPlainTextEdit*>(widget);
            if (!composer || composer->objectName() != QLatin1String("composerText")) continue;
            look->stop();
            composer->setPlainText(QString::fromLatin1(kDraft));
            (void)std::raise(SIGTERM);
            return;
        }
    });
    look->start(10);
}

int runChild(const std::filesystem::path& home) {
    qAddPreRoutine(typeAndEnd);
    WindowOptions options;
    options.host.libraryFolder = fromPath(home / "library");
    options.host.settingsFile = home / "settings.json";
    options.host.program = COMMONPLACE_PROGRAM;
    options.host.modelsFolder = home / "models";
    options.stateFile = fromPath(home / "window.ini");
    char program[] = "window";
    char* argv[] = {program, nullptr};
    return runWindow(1, argv, std::move(options));
}

/// A person who presses Ctrl+C twice, before anything has come of the first.
int runHurriedChild(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    (void)std::signal(SIGINT, SIG_DFL);  // whatever the test was started with
    QuitSignals quit;
    (void)std::raise(SIGINT);
    std::fputs("still here", stdout);
    (void)std::fflush(stdout);
    (void)std::raise(SIGINT);
    return 0;
}

}  // namespace

class QuitSignalsTest final : public QObject {
    Q_OBJECT
  private slots:
    void init() { m_home = std::make_unique<test::TempFolder>(); }

    void theProgramEndsInOrder_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void theProgramEndsInOrder() {
        QFETCH(int, signal);
        QProcess program;
        program.setProcessEnvironment(environment());
        const auto samples =
            std::filesystem::path(COMMONPLACE_TEST_DIR).parent_path() / "resources/sample-library";
        program.start(QStringLiteral(COMMONPLACE_PROGRAM), {QStringLiteral("--library"), fromPath(library()),
                                                            QStringLiteral("gui"), fromPath(samples)});
        QVERIFY(program.waitForStarted(kHangMs));
        // The window is told of signals before its library is made.
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(library() / "library.db"), kHangMs);
        QCOMPARE(::kill(static_cast<pid_t>(program.processId()), signal), 0);
        QVERIFY(program.waitForFinished(kHangMs));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }

    void aDraftIsKept() {
        QProcess window;
        window.setProcessEnvironment(environment());
        window.start(QCoreApplication::applicationFilePath(),
                     {QString::fromLatin1(kChild), fromPath(m_home->path())});
        QVERIFY(window.waitForFinished(kHangMs));
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), 0);
        const auto store = store::LibraryStore::open(library() / "library.db", store::Access::Guest);
        QVERIFY(store.has_value());
        const auto draft = (*store)->setting("chat.draft");
        QVERIFY(draft.has_value());
        QCOMPARE(QString::fromStdString(draft->value_or("")), QString::fromLatin1(kDraft));
        QVERIFY(std::filesystem::exists(*m_home / "window.ini"));  // the place of the window, too
    }

    void itIsSaidOnceAndTheOldHandlersComeBack() {
        struct sigaction before {
        }, after{};
        ::sigaction(SIGHUP, nullptr, &before);
        {
            QuitSignals quit;
            int said = 0;
            connect(&quit, &QuitSignals::requested, this, [&said] { ++said; });
            for (int i = 0; i < 3; ++i) (void)std::raise(SIGHUP);  // a closing terminal says it twice
            QTRY_COMPARE_WITH_TIMEOUT(said, 1, kHangMs);
            (void)std::raise(SIGHUP);
            QCoreApplication::processEvents();
            QCOMPARE(said, 1);
        }
        ::sigaction(SIGHUP, nullptr, &after);
        QVERIFY(after.sa_handler == before.sa_handler);
    }

    void whatIsIgnoredStaysIgnored() {
        struct sigaction before {
        }, ignored{}, now{};
        ignored.sa_handler = SIG_IGN;
        for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
            ::sigaction(signal, &ignored, &before);
            {
                QuitSignals quit;
                QSignalSpy said(&quit, &QuitSignals::requested);
                (void)std::raise(signal);
                QCoreApplication::processEvents();
                QCOMPARE(said.size(), 0);
                ::sigaction(signal, nullptr, &now);
                QVERIFY(now.sa_handler == SIG_IGN);
            }
            ::sigaction(signal, &before, &now);
            QVERIFY(now.sa_handler == SIG_IGN);
        }
    }

    void aSecondCtrlCEndsItThereAndThen() {
        QProcess program;
        program.setProcessEnvironment(environment());
        program.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(kHurriedChild)});
        QVERIFY(program.waitForFinished(kHangMs));
        QCOMPARE(program.readAllStandardOutput(), QByteArray("still here"));
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);
        QCOMPARE(program.exitCode(), SIGINT);
    }

  private:
    std::filesystem::path library() const { return *m_home / "library"; }
    QProcessEnvironment environment() const {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        const QString home = fromPath(m_home->path());
        for (const char* name :
             {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
            all.insert(QString::fromLatin1(name), home);
        all.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        return all;
    }

    std::unique_ptr<test::TempFolder> m_home;
};

}  // namespace commonplace::ui

int main(int argc, char** argv) {
    if (argc == 3 && qstrcmp(argv[1], commonplace::ui::kChild) == 0)
        return commonplace::ui::runChild(argv[2]);
    if (argc == 2 && qstrcmp(argv[1], commonplace::ui::kHurriedChild) == 0)
        return commonplace::ui::runHurriedChild(argc, argv);
    QApplication application(argc, argv);
    commonplace::ui::QuitSignalsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "quit_signals_test.moc"
