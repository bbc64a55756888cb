#include "engine/llm/ollama_pull.h"

#include <gmock/gmock.h>

#include <thread>

#include "engine/base/clock.h"
#include "tests/fakes/http_server.h"

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

TEST(OllamaPullTest, StopClosesTheConnection) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + kLines.substr(0, 200)), fakes::stall()}});
    std::stop_source stop;
    const base::Stopwatch clock;
    const auto pulled = pullModel(
        at(server), [&](const PullProgress&) { stop.request_stop(); }, stop.get_token());
    EXPECT_EQ(pulled.error().code(), ErrorCode::Cancelled);
    EXPECT_LT(clock.seconds(), 1.5);
}

}  // namespace
}  // namespace commonplace::llm
