// Makes the pictures of README.md and ui/README.md: ui_screenshots OUTPUT-FOLDER PROGRAM SAMPLE-LIBRARY.
//
// Drives the real window over a library of its own, without a display, in light and dark.
// packaging/screenshots.sh calls it.
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>
#include <functional>

#include "ui/chat/chat_page.h"
#include "ui/reader/reader_pane.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/main_window.h"
#include "ui/window/window_state.h"

namespace {

using namespace commonplace::ui;

constexpr int kWaitMs = 60'000;
constexpr int kSettleMs = 900;

void settle() {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < kSettleMs) QApplication::processEvents(QEventLoop::AllEvents, 20);
}

bool waitFor(const std::function<bool()>& done) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < kWaitMs) QApplication::processEvents(QEventLoop::AllEvents, 20);
    return done();
}

class Studio {
  public:
    Studio(QApplication& application, const QTemporaryDir& home, const QString& program, QString samples,
           QString output)
        : m_samples(std::move(samples)),
          m_output(std::move(output)),
          m_state(home.filePath(QStringLiteral("window.ini"))),
          m_appearance(application, m_state),
          m_bridges(hostOptions(home, program)),
          m_window(m_bridges, m_appearance, m_state, m_samples) {}

    bool run() {
        m_window.resize(1440, 900);
        m_window.show();
        settle();
        takeBoth("welcome");
        if (!index()) return false;
        takeBoth("library");
        if (!ask()) return false;
        takeBoth("ask");
        m_window.go(WindowPlace::Search);
        m_window.findChild<QLineEdit*>(QStringLiteral("searchField"))
            ->setText(QStringLiteral("mirror coating"));
        settle();
        takeBoth("search");
        m_window.go(WindowPlace::Settings);
        settle();
        takeBoth("settings");
        m_window.go(WindowPlace::Ask);
        m_window.resize(1024, 700);
        settle();
        takeBoth("small");
        return true;
    }

  private:
    static HostOptions hostOptions(const QTemporaryDir& home, const QString& program) {
        HostOptions options;
        options.libraryFolder = home.filePath(QStringLiteral("library"));
        options.settingsFile = home.filePath(QStringLiteral("settings.json")).toStdString();
        options.program = program.toStdString();
        return options;
    }

    bool index() {
        bool done = false;
        QObject::connect(&m_bridges.index, &IndexBridge::finished, &m_window,
                         [&](const IndexOutcome& outcome) { done = done || outcome.added > 0; });
        m_window.add({m_samples});
        const bool indexed = waitFor([&] { return done; });
        settle();
        return indexed;
    }

    bool ask() {
        bool answered = false;
        QVector<ChatCitation> citations;
        QObject::connect(&m_bridges.chat, &ChatBridge::answerFinished, &m_window,
                         [&](qint64, const ChatMessage& message) {
                             citations = message.answer.citations;
                             answered = true;
                         });
        m_window.go(WindowPlace::Ask);
        m_window.findChild<QPlainTextEdit*>(QStringLiteral("composerText"))
            ->setPlainText(QStringLiteral("Where does the spare key to the dome hang?"));
        m_window.findChild<QPushButton*>(QStringLiteral("askButton"))->click();
        if (!waitFor([&] { return answered; }) || citations.isEmpty()) return false;
        QVector<Place> places;
        for (const ChatCitation& citation : citations) places.push_back(citation.place);
        m_window.openPlace(places.constFirst(), places);
        settle();
        return true;
    }

    void takeBoth(const char* name) {
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
            m_appearance.setMode(mode);
            settle();
            const QString file = m_output + QLatin1Char('/') + QLatin1String(name) + QLatin1Char('-') +
                                 commonplace::ui::name(mode) + QStringLiteral(".png");
            m_window.grab().save(file);
            std::printf("%s\n", qPrintable(file));
        }
    }

    QString m_samples, m_output;
    WindowState m_state;
    Appearance m_appearance;
    Bridges m_bridges;
    MainWindow m_window;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: ui_screenshots OUTPUT-FOLDER PROGRAM SAMPLE-LIBRARY\n");
        return 2;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QDir().mkpath(QString::fromLocal8Bit(argv[1]));
    const QTemporaryDir home;
    Studio studio(application, home, QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]),
                  QString::fromLocal8Bit(argv[1]));
    return studio.run() ? 0 : 1;
}
