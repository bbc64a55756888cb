// What a person feels of the window: bench_ui PROGRAM [PASSAGES]. Prints the figures of UX.md's budgets.
//
// Drives the real window over a library of its own making, offscreen or on a display. First paint counts from
// the start of this process; a block of the GUI thread is the longest time between two turns of its event
// loop.
#include <unistd.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>

#include "app/wiring_models.h"
#include "engine/config/settings.h"
#include "engine/library/library.h"
#include "engine/store/conversations.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"
#include "ui/chat/chat_page.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/main_window.h"
#include "ui/window/window_state.h"

namespace {

using namespace commonplace;
using Clock = std::chrono::steady_clock;

constexpr int kWaitMs = 120'000;
constexpr int kPassagesOfANote = 40;
constexpr int kMessages = 1000;

double millisecondsSince(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Milliseconds since this process began (proc(5), field 22 of stat, against the uptime).
double processAgeMs() {
    std::ifstream stat("/proc/self/stat"), uptimeFile("/proc/uptime");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    text.erase(0, text.rfind(')') + 2);
    long long ticks = 0;
    std::size_t at = 0;
    for (int field = 3; field < 22; ++field) at = text.find(' ', at) + 1;
    ticks = std::stoll(text.substr(at));
    double uptime = 0;
    uptimeFile >> uptime;
    return 1000 * (uptime - static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

double residentMiB() {
    std::ifstream statm("/proc/self/statm");
    long total = 0, resident = 0;
    statm >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Counts how long the event loop did not turn.
class Watchdog final : public QObject {
  public:
    Watchdog() {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double gap = millisecondsSince(m_last);
            m_last = Clock::now();
            m_longest = std::max(m_longest, gap);
            m_overBudget += gap > 50 ? 1 : 0;
        });
    }
    void start() {
        m_longest = m_overBudget = 0;
        m_last = Clock::now();
        m_timer.start();
    }
    double longest() const { return m_longest; }
    int overBudget() const { return static_cast<int>(m_overBudget); }

  private:
    QTimer m_timer;
    Clock::time_point m_last;
    double m_longest = 0, m_overBudget = 0;
};

/// True when `done` became true while events were handled.
bool waitFor(const std::function<bool()>& done) {
    const auto begin = Clock::now();
    while (!done() && millisecondsSince(begin) < kWaitMs)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    return done();
}

/// A note of about `kPassagesOfANote` passages of common words, each note with a word of its own.
void writeNote(const QString& folder, int number) {
    static const char* words[] = {"harbour", "ledger",  "winter", "copper", "garden", "letter",
                                  "signal",  "engine",  "valley", "bridge", "mirror", "candle",
                                  "timber",  "orchard", "ribbon", "kettle"};
    std::ofstream file((folder + QStringLiteral("/note%1.md").arg(number)).toStdString());
    file << "# Note " << number << "\n\n";
    unsigned state = static_cast<unsigned>(number) * 2654435761u + 1;
    for (int word = 0; word < kPassagesOfANote * 180; ++word) {
        state = state * 1664525u + 1013904223u;
        file << words[state >> 28] << (word % 12 == 11 ? ". " : " ");
        if (word % 700 == 699) file << "The word n" << number << " stands here.\n\n";
    }
}

void fillConversation(const std::filesystem::path& folder) {
    auto opened = store::LibraryStore::open(library::libraryFile(folder), store::Access::Guest);
    store::Conversations all((*opened)->database());
    const auto id = all.create("A thousand messages", "[]");
    (void)(*opened)->database().transact([&]() -> Result<void> {
        store::MessageId parent = 0;
        for (int i = 0; i < kMessages; ++i) {
            const bool person = i % 2 == 0;
            const std::string text =
                person ? "Question number " + std::to_string(i) + "?"
                       : "An answer with **bold** words, a list:\n\n- one\n- two\n\nand a sentence.";
            auto made =
                all.append(*id, parent, person ? store::Author::Person : store::Author::Program, text);
            if (!made) return made.error();
            parent = *made;
        }
        return {};
    });
}

void print(const char* what, double value, const char* unit, const char* budget) {
    std::printf("%-52s %9.1f %-4s  (budget %s)\n", what, value, unit, budget);
    std::fflush(stdout);
}

ui::HostOptions hostOptions(const QTemporaryDir& home, const char* program) {
    ui::HostOptions options;
    options.libraryFolder = home.filePath(QStringLiteral("library"));
    options.settingsFile = home.filePath(QStringLiteral("settings.json")).toStdString();
    options.program = program;
    options.wireModels = [](const ui::ModelsWanted& wanted) {
        return app::wireModels(wanted.settings, {}, {wanted.library, wanted.key});
    };
    return options;
}

class Bench {
  public:
    Bench(QApplication& application, const QTemporaryDir& home, const char* program)
        : m_home(home),
          m_state(home.filePath(QStringLiteral("window.ini"))),
          m_appearance(application, m_state),
          m_bridges(hostOptions(home, program)),
          m_window(m_bridges, m_appearance, m_state, {}) {}

    void paintFirst() {
        class Painted final : public QObject {
          public:
            bool seen = false;
            bool eventFilter(QObject* watched, QEvent* event) override {
                seen = seen || event->type() == QEvent::Paint;
                return QObject::eventFilter(watched, event);
            }
        } painted;
        m_window.installEventFilter(&painted);
        m_window.show();
        waitFor([&] { return painted.seen; });
        print("first paint, from the start of the process", processAgeMs(), "ms", "400");
    }

    void index(const QString& notes, int files) {
        m_watchdog.start();
        bool done = false;
        QObject::connect(&m_bridges.index, &ui::IndexBridge::finished, &m_window,
                         [&](const ui::IndexOutcome& outcome) { done = done || outcome.added >= files; });
        QElapsedTimer clock;
        clock.start();
        m_window.add({notes});
        bool textDone = false;
        QObject::connect(&m_bridges.index, &ui::IndexBridge::progress, &m_window,
                         [&](const ui::IndexProgress& progress) {
                             textDone = textDone || progress.phase == ui::IndexProgress::Phase::Meaning;
                         });
        waitFor([&] { return done || textDone; });
        waitFor([&] { return done || clock.elapsed() > 20'000; });  // with embedding going on
        print("longest block of the GUI thread while indexing", m_watchdog.longest(), "ms", "50");
        m_bridges.index.cancel();
        waitFor([&] { return !m_bridges.index.isRunning(); });
    }

    void search() {
        m_window.go(ui::WindowPlace::Search);
        QApplication::processEvents();
        auto* field = m_window.findChild<QLineEdit*>(QStringLiteral("searchField"));
        double worst = 0, sum = 0;
        const int rounds = 20;
        for (int round = 0; round < rounds; ++round) {
            bool arrived = false;
            const auto connection = QObject::connect(&m_bridges.search, &ui::SearchBridge::finished,
                                                     &m_window, [&] { arrived = true; });
            const auto begin = Clock::now();
            field->setText(QStringLiteral("harbour n%1").arg(round));
            waitFor([&] { return arrived; });
            QApplication::processEvents();
            const double took = millisecondsSince(begin);
            QObject::disconnect(connection);
            if (round > 0) worst = std::max(worst, took);  // the first one warms the caches
            if (round > 0) sum += took;
        }
        print("search result after the last key, mean", sum / (rounds - 1), "ms", "50");
        print("search result after the last key, slowest", worst, "ms", "50");
    }

    void openConversation() {
        fillConversation(m_home.filePath(QStringLiteral("library")).toStdString());
        auto* page = m_window.findChild<ui::ChatPage*>();
        bool opened = false;
        QObject::connect(&m_bridges.chat, &ui::ChatBridge::chatOpened, &m_window,
                         [&](const ui::Chat& chat) { opened = opened || chat.messages.size() >= kMessages; });
        m_window.go(ui::WindowPlace::Ask);
        QApplication::processEvents();
        const auto begin = Clock::now();
        page->openConversation(1);
        waitFor([&] { return opened; });
        QApplication::processEvents();
        print("opening a conversation of 1,000 messages", millisecondsSince(begin), "ms", "300");
    }

    void stream() {
        std::string chunks;
        for (int i = 0; i < 6000; ++i) chunks += fakes::contentChunk(i % 15 == 14 ? "words. " : "word ");
        const std::size_t part = fakes::contentChunk("word ").size() * 20;
        fakes::HttpServer server({{fakes::send(fakes::streamHead()),
                                   fakes::sendInParts(chunks, part, std::chrono::milliseconds(10)),
                                   fakes::send(fakes::finishChunk() + fakes::doneEvent())}});
        config::Settings settings;
        settings.model.baseUrl = server.url() + "/v1";
        settings.model.model = "fake";
        settings.model.maxAnswerTokens = 8000;
        settings.model.contextWindow = 16384;
        (void)config::saveSettings(m_home.filePath(QStringLiteral("settings.json")).toStdString(), settings);
        bool finished = false;
        QObject::connect(&m_bridges.chat, &ui::ChatBridge::answerFinished, &m_window,
                         [&] { finished = true; });
        ui::AskRequest request;
        request.question = QStringLiteral("Where does the harbour ledger stand?");
        m_watchdog.start();
        const auto begin = Clock::now();
        m_bridges.chat.ask(request);
        waitFor([&] { return finished; });
        const double seconds = millisecondsSince(begin) / 1000;
        std::printf("%-52s %9.0f /s\n", "  (tokens of the fake endpoint)", 6000 / seconds);
        print("longest block of the GUI thread while streaming", m_watchdog.longest(), "ms", "50");
    }

  private:
    const QTemporaryDir& m_home;
    ui::WindowState m_state;
    ui::Appearance m_appearance;
    ui::Bridges m_bridges;
    ui::MainWindow m_window;
    Watchdog m_watchdog;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_ui PROGRAM [PASSAGES]\n");
        return 2;
    }
    const int passages = argc > 2 ? std::atoi(argv[2]) : 20'000;
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QTemporaryDir home;
    Bench bench(application, home, argv[1]);
    bench.paintFirst();
    print("idle memory of the empty window", residentMiB(), "MiB", "200");
    const QString notes = home.filePath(QStringLiteral("notes"));
    QDir().mkpath(notes);
    const int files = passages / kPassagesOfANote;
    for (int i = 0; i < files; ++i) writeNote(notes, i);
    bench.index(notes, files);
    bench.search();
    bench.openConversation();
    bench.stream();
    print("memory at the end", residentMiB(), "MiB", "200 + vectors");
    return 0;
}
