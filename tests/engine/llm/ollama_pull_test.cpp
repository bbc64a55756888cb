#include "engine/llm/ollama_pull.h"

#include <gmock/gmock.h>

#include <thread>

#include "engine/base/clock.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kLines = R"({"status":"pulling manifest"}
{"status":"pulling 2bada8a74506","digest":"sha256:2bada8","total":4000}
{"status":"pulling 2bada8a74506","digest":"sha256:2bada8","total":4000,"completed":1500}
{"status":"pulling 2bada8a74506","digest":"sha256:2bada8","total":4000,"completed":4000}
{"status":"verifying sha256 digest"}
{"status":"success"}
)";

Endpoint at(const fakes::HttpServer& server) {
    return {.baseUrl = server.url() + "/", .model = "small:1b", .key = "sk-CANARY"};
}

TEST(OllamaPullTest, TellsEachStepHoweverItArrives) {
    for (const std::size_t part : {std::size_t{1}, std::size_t{7}, kLines.size()}) {
        const fakes::HttpServer server(
            {{fakes::send(fakes::streamHead("application/x-ndjson")), fakes::sendInParts(kLines, part)}});
        std::vector<PullProgress> seen;
        const auto pulled =
            pullModel(at(server), [&](const PullProgress& step) { seen.push_back(step); }, {});
        ASSERT_TRUE(pulled) << pulled.error().message();
        ASSERT_EQ(seen.size(), 6U);
        EXPECT_EQ(seen[0].step, "pulling manifest");
        EXPECT_FALSE(seen[0].total);
        EXPECT_EQ(seen[1].done, 0U);
        EXPECT_EQ(seen[2].done, 1500U);
        EXPECT_EQ(seen[2].total, 4000U);
        EXPECT_THAT(server.requests().at(0).head, HasSubstr("POST /api/pull "));
        EXPECT_THAT(server.requests().at(0).body, HasSubstr("small:1b"));
    }
}

TEST(OllamaPullTest, SaysWhatWentWrong) {
    const std::string broken = kLines.substr(0, 200);
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + broken)},
         {fakes::send(fakes::streamHead() + "{\"error\":\"pull model manifest: no such file sk-CANARY\"}\n")},
         fakes::reply("404 Not Found", R"({"error":"no route"})"),
         {fakes::send(fakes::streamHead() + "<html>\n")}});
    for (const char* part : {"to go on", "no such file", "404", "is it Ollama"}) {
        const auto pulled = pullModel(at(server), {}, {});
        ASSERT_FALSE(pulled) << part;
        EXPECT_THAT(pulled.error().message(), HasSubstr(part));
        EXPECT_THAT(pulled.error().message(), Not(HasSubstr("CANARY")));
    }
    EXPECT_EQ(pullModel({.baseUrl = server.url()}, {}, {}).error().code(), ErrorCode::InvalidArgument);
}

TEST(OllamaPullTest, FaultsOfTheWireAreErrorsOfOneLine) {
    const std::string head = fakes::streamHead("application/x-ndjson");
    const std::string begun = kLines.substr(0, kLines.find('\n') + 1);
    const fakes::HttpServer other({fakes::ok("{\"status\":\"success\"}")});
    const std::string moved = "Location: " + other.url() + "/api/pull\r\n";
    for (const auto& [script, part] : std::initializer_list<std::pair<fakes::Script, const char*>>{
             {{fakes::send(head + begun), fakes::sendForever(std::string(1u << 16, 'x'))}, "longer than"},
             {{fakes::send("HTTP/1.1 200 OK\r\n"), fakes::sendForever("X: y\r\n")}, "headers without end"},
             {{fakes::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")}, "broke off"},
             {{fakes::send(head + begun + "{\"status\":")}, "to go on"},
             {{fakes::send(head + "[]\n")}, "is it Ollama"},
             {fakes::ok(""), "to go on"},
             {fakes::reply("307 Moved", "", moved), "redirects are not followed"},
             {fakes::reply("502 Bad Gateway", "<html><title>Proxy</title>"), "a web page, \"Proxy\""},
             {fakes::reply("401 No", R"({"error":"bad sk-CANARY"})"), "bad [key]"}}) {
        const fakes::HttpServer server({script});
        const auto pulled = pullModel(at(server), {}, {});
        ASSERT_FALSE(pulled) << part;
        EXPECT_THAT(pulled.error().message(), testing::AllOf(HasSubstr(part), Not(HasSubstr("CANARY"))));
        EXPECT_THAT(pulled.error().message(), Not(HasSubstr("\n")));
    }
    EXPECT_TRUE(other.requests().empty());
}

TEST(OllamaPullTest, EveryLineEndAndEveryCut) {
    std::string crlf = "\xEF\xBB\xBF";
    for (const char c : kLines) crlf += c == '\n' ? "\r\n\n" : std::string(1, c);
    std::vector<fakes::Script> scripts{{fakes::send(fakes::streamHead() + crlf)}};
    for (std::size_t cut = 0; cut + 2 < kLines.size(); cut += 7)
        scripts.push_back({fakes::send(fakes::streamHead() + kLines.substr(0, cut))});
    const fakes::HttpServer server(scripts);
    EXPECT_TRUE(pullModel(at(server), {}, {}));
    for (std::size_t cut = 0; cut + 2 < kLines.size(); cut += 7)
        EXPECT_FALSE(pullModel(at(server), {}, {})) << cut;
}

TEST(OllamaPullTest, StopClosesTheConnection) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + kLines.substr(0, 200)), fakes::stall()}});
    std::stop_source stop;
    const base::Stopwatch clock;
    const auto pulled = pullModel(
        at(server), [&](const PullProgress&) { stop.request_stop(); }, stop.get_token());
    EXPECT_EQ(pulled.error().code(), ErrorCode::Cancelled);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

}  // namespace
}  // namespace commonplace::llm
