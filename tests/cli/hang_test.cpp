// Nothing hangs: whatever the program waits for, Ctrl+C and SIGTERM end it soon, what came stays, and a disk
// that is full is said in one line. Real processes, real sockets; each case prints how long it took.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/base/clock.h"
#include "tests/cli/run_program.h"
#include "tests/fakes/embedding_replies.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/ollama_replies.h"
#include "tests/fakes/openai_replies.h"
#include "tests/support/hang.h"
#include "tests/support/test_models.h"

namespace commonplace::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Json = nlohmann::json;

/// That the end comes within 2 s is a promise that is measured and printed, not asserted: these cases only
/// tell a hang from a slow machine.
constexpr double kHang = kHangSeconds;
constexpr double kPatience = 60;

/// The program as a process of its own, ended at the latest with this.
class Running final {
  public:
    Running(const TempFolder& folder, const std::vector<std::string>& arguments)
        : m_out(folder / "out"), m_err(folder / "err") {
        std::vector<std::string> words{COMMONPLACE_PROGRAM, "--library", (folder / "library").native()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        m_pid = ::fork();
        if (m_pid != 0) return;
        for (const auto& [name, value] :
             {std::pair{"XDG_CONFIG_HOME", "config"}, {"XDG_DATA_HOME", "data"}, {"XDG_CACHE_HOME", "cache"}})
            ::setenv(name, (folder / value).c_str(), 1);
        redirect(1, m_out);
        redirect(2, m_err);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ~Running() {
        if (m_pid <= 0) return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    /// Seconds from the signal to the end of the process.
    double endBy(int signal) {
        const base::Stopwatch clock;
        ::kill(m_pid, signal);
        while (!hasEnded() && clock.seconds() < kPatience) std::this_thread::sleep_for(2ms);
        return clock.seconds();
    }
    bool waitUntil(const std::function<bool()>& isSo) {
        const base::Stopwatch clock;
        while (!isSo()) {
            if (clock.seconds() > kPatience || hasEnded()) return isSo();
            std::this_thread::sleep_for(5ms);
        }
        return true;
    }
    bool hasEnded() {
        if (m_pid <= 0) return true;
        int status = 0;
        if (::waitpid(m_pid, &status, WNOHANG) != m_pid) return false;
        m_pid = 0;
        m_code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return true;
    }
    int code() const { return m_code; }
    std::string out() const { return contentsOf(m_out); }
    std::string err() const { return contentsOf(m_err); }

  private:
    static void redirect(int fd, const std::filesystem::path& file) {
        const int to = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (to < 0 || ::dup2(to, fd) < 0) ::_exit(126);
    }

    std::filesystem::path m_out, m_err;
    pid_t m_pid = 0;
    int m_code = -1;
};

class HangTest : public testing::Test, protected ProgramRunner {
  protected:
    void index() {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    }
    void useModel(const std::string& url, const std::string& model = "m") const {
        folder().write("config/commonplace/settings.json",
                       Json{{"model", {{"base_url", url + "/v1"}, {"model", model}}}}.dump());
    }
    /// Runs, waits until it waits, sends the signal; for both signals.
    void expectEnds(const char* what, const std::vector<std::string>& arguments,
                    const std::function<bool(int round, Running&)>& isWaiting,
                    const std::function<void(Running&)>& check = {}) {
        int round = 0;
        for (const int signal : {SIGINT, SIGTERM}) {
            Running program(folder(), arguments);
            ++round;
            EXPECT_TRUE(program.waitUntil([&] { return isWaiting(round, program); }))
                << what << program.err();
            std::this_thread::sleep_for(100ms);  // it has begun to wait
            ASSERT_FALSE(program.hasEnded()) << what << ": " << program.err();
            const double seconds = program.endBy(signal);
            std::printf("[ MEASURED ] %-44s %-8s %4.0f ms\n", what, signal == SIGINT ? "SIGINT" : "SIGTERM",
                        seconds * 1e3);
            EXPECT_LT(seconds, kHang) << what;
            EXPECT_NE(program.code(), 0) << what;
            EXPECT_GT(program.code(), 0) << what << ": it was killed instead of ending in order";
            EXPECT_LE(lineCount(program.err()), 3u) << program.err();
            if (check) check(program);
        }
    }
};

const std::vector<std::string> kAsk{"ask", "Where are the tide tables kept?", "--stream"};
/// Two questions to a server that has nothing beside its chat: three pages that could tell its window, one
/// that could count tokens.
constexpr std::size_t kRequests = 5;
std::vector<fakes::Script> onlyChat(const fakes::Script& chat) {
    const fakes::Script none = fakes::reply("404 No", "no such page");
    return {none, none, none, none, chat, none, none, none, none, chat};
}
const fakes::Script kSilent{fakes::stall()};

TEST_F(HangTest, AskingAServerThatSaysNothing) {
    index();
    const fakes::HttpServer server(onlyChat(kSilent));
    useModel(server.url());
    expectEnds("ask, no first byte", kAsk, [&](int round, Running&) {
        return server.requests().size() >= kRequests * static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, AskingAServerThatStopsInItsHeaders) {
    index();
    const fakes::Script half{fakes::send("HTTP/1.1 200 OK\r\nContent-Ty"), fakes::stall()};
    const fakes::HttpServer server(onlyChat(half));
    useModel(server.url());
    expectEnds("ask, half a header", kAsk, [&](int round, Running&) {
        return server.requests().size() >= kRequests * static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, AskingAServerThatStopsInItsAnswerKeepsTheAnswer) {
    index();
    const fakes::Script half{fakes::send(fakes::streamHead() + fakes::contentChunk("In the lantern ")),
                             fakes::stall()};
    const fakes::HttpServer server(onlyChat(half));
    useModel(server.url());
    expectEnds(
        "ask, stalled after a word", kAsk,
        [&](int round, Running& program) {
            return server.requests().size() >= kRequests * static_cast<std::size_t>(round) &&
                   program.out().find("lantern") != std::string::npos;
        },
        [](Running& program) { EXPECT_THAT(program.out(), HasSubstr("In the lantern")); });
}

TEST_F(HangTest, AskingAServerThatIsBusyForLong) {
    index();
    const fakes::Script busy = fakes::reply("503 Busy", "", "Retry-After: 50\r\n");
    const fakes::HttpServer server(onlyChat(busy));
    useModel(server.url());
    expectEnds("ask, waiting for a repetition", kAsk, [&](int round, Running&) {
        return server.requests().size() >= kRequests * static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, AskingAPortThatNobodyAnswers) {
    index();
    fakes::LoopbackPort full;
    full.fill();
    useModel(full.url());
    const auto soon = [clock = base::Stopwatch(), current = 0](int round, Running&) mutable {
        if (std::exchange(current, round) != round) clock = base::Stopwatch();
        return clock.seconds() > 0.4;
    };
    expectEnds("ask, connecting", kAsk, soon);
}

TEST_F(HangTest, AskingWhileAModelIsLookedUpOrCounts) {
    index();
    const fakes::HttpServer server({kSilent});
    useModel(server.url(), "");
    expectEnds("ask, first question to a silent server", kAsk, [&](int round, Running&) {
        return server.requests().size() >= static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, ADownloadThatStallsGoesOnLater) {
    const std::string model = scriptModel({{{"", "A reply that is recited."}}});
    const std::string tag = "ETag: \"one\"\r\n";
    const std::string whole = fakes::response("200 OK", model, tag);
    const std::size_t head = whole.size() - model.size();
    const fakes::Script begin{fakes::send(whole.substr(0, head + 5000)), fakes::stall()};
    const auto from = [&](std::size_t at) {
        return "HTTP/1.1 206 Partial Content\r\nContent-Length: " + std::to_string(model.size() - at) +
               "\r\n" + tag + "Content-Range: bytes " + std::to_string(at) + "-" +
               std::to_string(model.size() - 1) + "/" + std::to_string(model.size()) +
               "\r\nConnection: close\r\n\r\n";
    };
    const fakes::HttpServer server(
        {begin, {fakes::send(from(5000)), fakes::stall()}, {fakes::send(from(5000) + model.substr(5000))}});
    const std::vector<std::string> add{"models", "add", server.url() + "/loaded.gguf"};
    const std::string part = path("data/commonplace/models/loaded.gguf.part");
    expectEnds("models add URL, stalled", add, [&](int round, Running&) {
        return server.requests().size() >= static_cast<std::size_t>(round) && std::filesystem::exists(part) &&
               std::filesystem::file_size(part) == 5000;
    });
    Running rest(folder(), add);
    EXPECT_TRUE(rest.waitUntil([&] { return rest.hasEnded(); }));
    EXPECT_EQ(rest.code(), 0) << rest.err();
    EXPECT_THAT(server.requests().back().head, HasSubstr("Range: bytes=5000-"));
    EXPECT_EQ(contentsOf(path("data/commonplace/models/loaded.gguf")), model);
}

TEST_F(HangTest, APullThatStalls) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + "{\"status\":\"pulling\",\"total\":10,\"completed\":1}\n"),
          fakes::stall()}});
    expectEnds(
        "models pull, stalled", {"models", "pull", "small:1b", "--base-url", server.url()},
        [&](int round, Running&) { return server.requests().size() >= static_cast<std::size_t>(round); });
}

TEST_F(HangTest, ATestOfAModelThatStalls) {
    const fakes::HttpServer server({kSilent});
    useModel(server.url());
    expectEnds("models test, stalled", {"models", "test"}, [&](int round, Running&) {
        return server.requests().size() >= static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, IndexingWithAnEmbedderThatStallsKeepsTheText) {
    folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
    const fakes::HttpServer server({kSilent});
    folder().write(
        "config/commonplace/settings.json",
        Json{{"embedding", {{"source", "openai"}, {"base_url", server.url() + "/v1"}, {"model", "m"}}}}
            .dump());
    expectEnds("index, embedder stalled", {"index", path("docs")}, [&](int round, Running&) {
        return server.requests().size() >= static_cast<std::size_t>(round);
    });
}

TEST_F(HangTest, AnEmbeddingRunThatStallsKeepsTheText) {
    folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
    const fakes::Script known = fakes::ok(fakes::openAiVectors({{0, 1}}));
    const fakes::HttpServer server({known, kSilent});
    folder().write(
        "config/commonplace/settings.json",
        Json{{"embedding", {{"source", "openai"}, {"base_url", server.url() + "/v1"}, {"model", "m"}}}}
            .dump());
    expectEnds("index, embedding run stalled", {"index", path("docs")}, [&](int round, Running&) {
        return server.requests().size() >= 1u + static_cast<std::size_t>(round);
    });
    const Ran found = run({"search", "lantern", "--json"});
    EXPECT_THAT(found.out, HasSubstr("harbour.md")) << found.err;
}

TEST_F(HangTest, AModelInThisProcessAtAnyMoment) {
    index();
    const auto model = folder().write("chat.gguf", scriptModel({{{"", std::string(4000, 'a')}}}));
    for (const auto delay : {0ms, 20ms, 60ms, 120ms, 250ms}) {
        std::vector<std::string> words = kAsk;
        words.insert(words.end(), {"--model", model.native()});
        Running program(folder(), words);
        std::this_thread::sleep_for(delay);
        const double seconds = program.endBy(SIGINT);
        std::printf("[ MEASURED ] %-44s SIGINT   %4.0f ms\n",
                    ("ask, model in the process, after " + std::to_string(delay.count()) + " ms").c_str(),
                    seconds * 1e3);
        EXPECT_LT(seconds, kHang);
    }
}

/// A file system of its own that holds one megabyte.
class SmallDisk final {
  public:
    explicit SmallDisk(const std::filesystem::path& at) : m_at(at) {
        std::filesystem::create_directories(at);
        m_mounted = ::mount("tmpfs", at.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (m_mounted) ::umount2(m_at.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool isMounted() const { return m_mounted; }

  private:
    std::filesystem::path m_at;
    bool m_mounted = false;
};

TEST_F(HangTest, ADiskThatFillsUpDuringADownload) {
    const SmallDisk disk(path("data"));
    if (!disk.isMounted()) GTEST_SKIP() << "only root may mount a small disk; see DownloadTest for the limit";
    useModel("http://127.0.0.1:9");
    const std::string settings = contentsOf(path("config/commonplace/settings.json"));
    folder().write("data/commonplace/models/mine.gguf", "mine");
    // Its length is not told beforehand, so that nobody can see it coming.
    const fakes::HttpServer server(
        {{fakes::send("HTTP/1.1 200 OK\r\nETag: \"one\"\r\nConnection: close\r\n\r\nGGUF"),
          fakes::sendForever(std::string(1u << 16, 'x'))}});
    const base::Stopwatch clock;
    Running program(folder(), {"models", "add", server.url() + "/large.gguf"});
    EXPECT_TRUE(program.waitUntil([&] { return program.hasEnded(); }));
    std::printf("[ MEASURED ] %-44s          %4.0f ms\n", "models add URL, disk full", clock.milliseconds());
    EXPECT_LT(clock.seconds(), kHang);
    EXPECT_EQ(program.code(), 1);
    EXPECT_EQ(lineCount(program.err()), 1u) << program.err();
    EXPECT_THAT(program.err(), HasSubstr("room")) << "it says what to do";
    EXPECT_TRUE(std::filesystem::exists(path("data/commonplace/models/large.gguf.part"))) << "to go on later";
    EXPECT_FALSE(std::filesystem::exists(path("data/commonplace/models/large.gguf")));
    EXPECT_EQ(contentsOf(path("data/commonplace/models/mine.gguf")), "mine");
    EXPECT_EQ(contentsOf(path("config/commonplace/settings.json")), settings);
}

}  // namespace
}  // namespace commonplace::test
