#include "engine/net/download.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"
#include "tests/support/temp_folder.h"

namespace commonplace::net {
namespace {

using fakes::HttpServer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string content(std::size_t size = 50'000) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i * 2654435761u) >> 13);
    return bytes;
}

const std::string kTag = "ETag: \"one\"\r\n";

/// The whole file, of which only `bytes` arrive.
fakes::Script cutAfter(const std::string& body, std::size_t bytes, const std::string& headers = kTag) {
    const std::string whole = fakes::response("200 OK", body, headers);
    return {fakes::send(whole.substr(0, whole.size() - body.size() + bytes))};
}

fakes::Script rest(const std::string& body, std::size_t from, const std::string& headers = kTag) {
    return fakes::reply("206 Partial Content", body.substr(from),
                        headers + "Content-Range: bytes " + std::to_string(from) + "-" +
                            std::to_string(body.size() - 1) + "/" + std::to_string(body.size()) + "\r\n");
}

fakes::Script redirect(const std::string& to, const std::string& status = "302 Found") {
    return fakes::reply(status, "", "Location: " + to + "\r\n");
}

class DownloadTest : public testing::Test {
  protected:
    Result<Downloaded> load(const std::string& url, const std::string& sha256 = {},
                            std::stop_token stop = {}) {
        DownloadRequest request{.url = url, .file = m_file, .sha256 = sha256};
        request.timeouts = {.connectSeconds = 60, .firstByteSeconds = 60, .silenceSeconds = 60};
        request.retry.times = m_retries;
        request.retry.firstSeconds = 0.01;
        request.permit = m_permit;
        request.maxBytes = m_most;
        request.onProgress = [this](const DownloadProgress& progress) { m_progress.push_back(progress); };
        return download(request, stop);
    }
    std::string stored() const { return base::readFile(m_file).value_or("(none)"); }
    bool exists(const char* ending = "") const {
        return std::filesystem::exists(std::filesystem::path(m_file).concat(ending));
    }
    void expectNothingLeft() const {
        EXPECT_FALSE(exists());
        EXPECT_FALSE(exists(".part"));
        EXPECT_FALSE(exists(".part.txt"));
    }

    test::TempFolder m_folder;
    std::filesystem::path m_file = m_folder / "model.gguf";
    int m_retries = 0;
    Permit m_permit;
    std::uint64_t m_most = 1u << 20;
    std::vector<DownloadProgress> m_progress;
};

TEST_F(DownloadTest, IsWholeHashedAndLeavesNothingBeside) {
    const HttpServer server({fakes::reply("200 OK", content(), kTag)});
    const auto done = load(server.url() + "/model.gguf", base::sha256Hex(content()));
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(done->bytes, 50'000U);
    EXPECT_EQ(done->sha256, base::sha256Hex(content()));
    EXPECT_EQ(stored(), content());
    EXPECT_FALSE(exists(".part"));
    EXPECT_FALSE(exists(".part.txt"));
    EXPECT_EQ(m_progress.back().done, 50'000U);
    EXPECT_EQ(m_progress.back().total, 50'000U);
}

TEST_F(DownloadTest, ContinuesWhereItBrokeOff) {
    for (const std::size_t cut : {std::size_t{1}, std::size_t{777}, std::size_t{49'999}}) {
        std::filesystem::remove(m_file);
        const HttpServer server({cutAfter(content(), cut), rest(content(), cut)});
        const auto broken = load(server.url() + "/m");
        ASSERT_FALSE(broken);
        EXPECT_EQ(broken.error().code(), ErrorCode::Network);
        EXPECT_EQ(unfinishedDownload(m_file)->progress.done, cut);
        EXPECT_EQ(unfinishedDownload(m_file)->progress.total, 50'000U);
        const auto done = load(server.url() + "/m", base::sha256Hex(content()));
        ASSERT_TRUE(done) << done.error().message();
        EXPECT_EQ(done->resumedFrom, cut);
        EXPECT_EQ(stored(), content());
        EXPECT_THAT(
            server.requests().at(1).head,
            AllOf(HasSubstr("Range: bytes=" + std::to_string(cut) + "-"), HasSubstr("If-Range: \"one\"")));
    }
}

TEST_F(DownloadTest, BreaksOnTheWayAreMendedInOneCall) {
    m_retries = 2;
    std::vector<fakes::Script> scripts{cutAfter(content(), 1000)};
    for (std::size_t at = 1000; at < 6000;
         at += 1000) {  // more breaks than repetitions, but each brings something
        const std::string whole = rest(content(), at).front().bytes;
        scripts.push_back({fakes::send(whole.substr(0, whole.size() - (50'000 - at) + 1000))});
    }
    scripts.push_back(rest(content(), 6000));
    const HttpServer server(scripts);
    const auto done = load(server.url() + "/m");
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(stored(), content());
    EXPECT_EQ(server.requests().size(), 7U);
}

TEST_F(DownloadTest, AFileThatChangedThereBeginsAnew) {
    const std::string newer = content(60'000);
    const HttpServer server({cutAfter(content(), 400), fakes::reply("200 OK", newer, "ETag: \"two\"\r\n")});
    ASSERT_FALSE(load(server.url() + "/m"));
    const auto done = load(server.url() + "/m");
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(done->resumedFrom, 0U);
    EXPECT_EQ(stored(), newer);
}

TEST_F(DownloadTest, ARangeThatDoesNotFitBeginsAnew) {
    const std::vector<fakes::Script> wrong = {
        rest(content(), 500),                            // another place
        rest(content(60'000), 400),                      // another length
        rest(content(), 400, "ETag: \"two\"\r\n"),       // another file
        fakes::reply("206 Partial Content", "x", kTag),  // no place at all
        fakes::reply("416 Range Not Satisfiable", "")};
    for (const fakes::Script& script : wrong) {
        std::filesystem::remove(m_file);
        const HttpServer server({cutAfter(content(), 400), script, fakes::reply("200 OK", content(), kTag)});
        ASSERT_FALSE(load(server.url() + "/m"));
        const auto done = load(server.url() + "/m");
        ASSERT_TRUE(done) << done.error().message();
        EXPECT_EQ(stored(), content());
        EXPECT_THAT(server.requests().at(2).head, Not(HasSubstr("Range:")));
    }
}

TEST_F(DownloadTest, WithoutAValidatorNothingIsKept) {
    const HttpServer server({cutAfter(content(), 400, ""), cutAfter(content(), 400, "ETag: W/\"weak\"\r\n")});
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(load(server.url() + "/m"));
        expectNothingLeft();
    }
}

TEST_F(DownloadTest, AnotherAddressNeitherContinuesNorDestroys) {
    const HttpServer server({cutAfter(content(), 400), rest(content(), 400)});
    EXPECT_FALSE(load(server.url() + "/m"));
    const auto other = load("http://192.0.2.1/other/m?token=SECRET");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code(), ErrorCode::Busy);
    const std::string host = server.url().substr(server.url().find("://") + 3);
    EXPECT_THAT(other.error().message(), AllOf(HasSubstr("from " + host), HasSubstr("discard that one first"),
                                               Not(HasSubstr("SECRET")), Not(HasSubstr("\n"))));
    ASSERT_TRUE(discardUnfinished(m_file, "http://192.0.2.1/other/m"));
    EXPECT_EQ(unfinishedDownload(m_file)->progress.done, 400U);
    const auto done = load(server.url() + "/m");
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(done->resumedFrom, 400U);
    EXPECT_EQ(stored(), content());
}

TEST_F(DownloadTest, AnotherAddressMayComeOnceTheFirstIsDiscarded) {
    const HttpServer server({cutAfter(content(), 400), fakes::reply("200 OK", content(), kTag)});
    EXPECT_FALSE(load(server.url() + "/m"));
    ASSERT_TRUE(discardUnfinished(m_file, server.url() + "/m"));
    expectNothingLeft();
    EXPECT_TRUE(load(server.url() + "/other"));
    EXPECT_EQ(stored(), content());
}

TEST_F(DownloadTest, APartThatNobodyAskedForIsRefused) {
    const HttpServer server({rest(content(), 0), rest(content(), 400)});
    for (int i = 0; i < 2; ++i) {
        const auto done = load(server.url() + "/m");
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code(), ErrorCode::Protocol);
        expectNothingLeft();
    }
}

TEST_F(DownloadTest, ALengthThatIsKnownLateCounts) {
    const auto untilTheEnd = [](const std::string& status, const std::string& headers,
                                const std::string& body) {
        return fakes::Script{fakes::send("HTTP/1.1 " + status + "\r\n" + kTag + headers + "\r\n" + body)};
    };
    const std::string range = "Content-Range: bytes 400-49999/50000\r\n";
    const std::string chunk = "190\r\n" + content().substr(0, 400) + "\r\n";  // and no last one
    const HttpServer server({untilTheEnd("200 OK", "Transfer-Encoding: chunked\r\n", chunk),
                             untilTheEnd("206 Partial Content", range, content().substr(400, 100)),
                             rest(content(), 500)});
    EXPECT_FALSE(load(server.url() + "/m"));
    EXPECT_EQ(unfinishedDownload(m_file)->progress.done, 400U);
    EXPECT_EQ(unfinishedDownload(m_file)->progress.total, std::nullopt);
    const auto cut = load(server.url() + "/m");
    ASSERT_FALSE(cut) << "half a file was taken for a whole one";
    EXPECT_EQ(cut.error().code(), ErrorCode::Network);
    EXPECT_EQ(unfinishedDownload(m_file)->progress.total, 50'000U);
    ASSERT_TRUE(load(server.url() + "/m"));
    EXPECT_EQ(stored(), content());
}

TEST_F(DownloadTest, AWrongHashKeepsNothing) {
    const HttpServer server({fakes::reply("200 OK", content(), kTag)});
    const auto done = load(server.url() + "/m?token=SECRET", base::sha256Hex("other"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), ErrorCode::Corrupt);
    EXPECT_THAT(done.error().message(),
                AllOf(HasSubstr(base::sha256Hex(content())), Not(HasSubstr("SECRET"))));
    expectNothingLeft();
    EXPECT_EQ(load(server.url(), "12").error().code(), ErrorCode::InvalidArgument);
}

TEST_F(DownloadTest, FollowsRedirectsOnThisMachine) {
    const HttpServer cdn({fakes::reply("200 OK", content(), kTag)});
    const HttpServer hub(
        {redirect("/second"), redirect(cdn.url() + "/blob?signature=x", "307 Temporary Redirect")});
    ASSERT_TRUE(load(hub.url() + "/first"));
    EXPECT_EQ(stored(), content());
    EXPECT_THAT(hub.requests().at(1).head, StartsWith("GET /second "));
    EXPECT_THAT(cdn.requests().at(0).head, StartsWith("GET /blob?signature=x "));
}

TEST_F(DownloadTest, RedirectLoopsEnd) {
    const HttpServer server({redirect("/again")});
    const auto done = load(server.url() + "/again");
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message(), HasSubstr("again and again"));
    EXPECT_EQ(server.requests().size(), 6U);
    expectNothingLeft();
    const HttpServer nowhere({fakes::reply("302 Found", "")});
    EXPECT_THAT(load(nowhere.url()).error().message(), HasSubstr("without saying where to"));
    const HttpServer elsewhere(
        {redirect("ftp://example.com/m"), redirect("file:///etc/passwd"), redirect("http://example.com/m")});
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(load(elsewhere.url()));
    expectNothingLeft();
}

TEST_F(DownloadTest, RefusalsSayWhatToDo) {
    const HttpServer server({fakes::reply("404 No", ""), fakes::reply("403 No", ""), fakes::ok("")});
    EXPECT_THAT(load(server.url()).error().message(), HasSubstr("check the address"));
    EXPECT_THAT(load(server.url()).error().message(), HasSubstr("login"));
    EXPECT_THAT(load(server.url()).error().message(), HasSubstr("empty file"));
    expectNothingLeft();
    m_retries = 1;
    const HttpServer busy(
        {fakes::reply("503 Busy", "", "Retry-After: 0\r\n"), fakes::reply("200 OK", content())});
    EXPECT_TRUE(load(busy.url()));
}

TEST_F(DownloadTest, BoundsAndSpace) {
    m_most = 1000;
    const HttpServer large({fakes::reply("200 OK", content(), kTag),
                            {fakes::send(fakes::streamHead()), fakes::sendForever(content())}});
    for (int i = 0; i < 2; ++i) EXPECT_EQ(load(large.url()).error().code(), ErrorCode::Limit);
    std::filesystem::remove(m_file.native() + ".part");
    m_most = 1ull << 62;
    const HttpServer huge(
        {{fakes::send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000000\r\n\r\nx"), fakes::stall()}});
    const base::Stopwatch clock;
    const auto done = load(huge.url());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), ErrorCode::NoSpace);
    EXPECT_THAT(done.error().message(), HasSubstr("make room"));
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST_F(DownloadTest, ADiskThatFillsUpIsSaidAtOnce) {
    const HttpServer server({fakes::reply("200 OK", content(), kTag), rest(content(), 8192)});
    const pid_t child = ::fork();  // the limit holds for a whole process
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{8192, 8192};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        m_retries = 3;
        const auto done = load(server.url());
        ::_exit(!done && done.error().code() == ErrorCode::NoSpace &&
                        done.error().message().find("make room") != std::string::npos
                    ? 0
                    : 1);
    }
    const base::Stopwatch clock;
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    EXPECT_TRUE(exists(".part"));  // with more room it goes on from there
    ASSERT_TRUE(load(server.url()));
    EXPECT_EQ(stored(), content());
}

TEST_F(DownloadTest, StopsSoonAndGoesOnLater) {
    const HttpServer server(
        {{fakes::send(cutAfter(content(), 300).front().bytes), fakes::stall()}, rest(content(), 300)});
    std::stop_source stop;
    const base::Stopwatch clock;
    {
        const std::jthread stopper([&] {
            while (!unfinishedDownload(m_file) || unfinishedDownload(m_file)->progress.done < 300)
                std::this_thread::yield();
            stop.request_stop();
        });
        EXPECT_EQ(load(server.url(), {}, stop.get_token()).error().code(), ErrorCode::Cancelled);
    }
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    ASSERT_TRUE(load(server.url()));
    EXPECT_EQ(stored(), content());
}

TEST_F(DownloadTest, NothingIsReplaced) {
    m_folder.write("model.gguf", "mine");
    const HttpServer server({fakes::ok("theirs")});
    EXPECT_EQ(load(server.url()).error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(stored(), "mine");
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(DownloadTest, OneAtATime) {
    const HttpServer server({{fakes::send(cutAfter(content(), 300).front().bytes), fakes::stall()}});
    std::stop_source stop;
    const std::jthread first([&] { (void)load(server.url(), {}, stop.get_token()); });
    while (!unfinishedDownload(m_file)) std::this_thread::yield();
    DownloadRequest second{.url = server.url(), .file = m_file};
    EXPECT_EQ(download(second, {}).error().code(), ErrorCode::Busy);
    stop.request_stop();
}

TEST_F(DownloadTest, TheOfflineSwitchHolds) {
    m_permit.traffic = std::make_shared<Traffic>(Reach::LoopbackOnly);
    const auto done = load("http://192.0.2.1:9/m");
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message(), HasSubstr("offline switch"));
    expectNothingLeft();
}

TEST_F(DownloadTest, HostileNotesAreNotBelieved) {
    const HttpServer server({fakes::reply("200 OK", content(), kTag)});
    for (const std::string& note : {std::string("\n\n\n"), server.url() + "\n\"one\"\n7\n",
                                    server.url() + "\n\"x\r\nInjected: 1\"\n\n", std::string(9000, 'x')}) {
        std::filesystem::remove(m_file);
        m_folder.write("model.gguf.part", std::string(100, 'y'));
        m_folder.write("model.gguf.part.txt", note);
        const auto done = load(server.url());
        if (done) {
            EXPECT_EQ(stored(), content());
        }
        (void)discardUnfinished(m_file);
    }
    for (const auto& request : server.requests()) EXPECT_THAT(request.head, Not(HasSubstr("Injected")));
}

TEST(FileNameOfTest, IsAName) {
    EXPECT_EQ(fileNameOf("https://h.example/a/b%20c.gguf?download=true").value_or("!"), "b c.gguf");
    EXPECT_EQ(fileNameOf("https://h.example/..%2F..%2Fetc%2Fx.gguf").value_or("!"), "etcx.gguf");
    EXPECT_EQ(fileNameOf("https://h.example/.hidden.gguf").value_or("!"), "hidden.gguf");
    for (const char* bad :
         {"https://h.example", "https://h.example/", "https://h.example/..", "ftp://h/x", "x"})
        EXPECT_FALSE(fileNameOf(bad)) << bad;
}

}  // namespace
}  // namespace commonplace::net
