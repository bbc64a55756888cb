#include "engine/llm/served_counter.h"

#include <gmock/gmock.h>

#include "engine/base/clock.h"
#include "tests/engine/llm/asking.h"
#include "tests/support/hang.h"

namespace commonplace::llm {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

fakes::Script tokens(int count) {
    std::string list;
    for (int i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + std::to_string(i);
    return fakes::ok("{\"tokens\":[" + list + "]}");
}

TEST(ServedCounter, CountsAsTheServerDoesAndRemembers) {
    const fakes::HttpServer server({tokens(6), tokens(3), tokens(9)});
    const ServedCounter counter(endpointAt(server.url()));
    EXPECT_TRUE(counter.works());
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(counter.count("some \"text\"").tokens, 3u);
        EXPECT_TRUE(counter.count("some \"text\"").exact);
    }
    EXPECT_EQ(counter.count("another text").tokens, 9u);
    EXPECT_EQ(counter.count("").tokens, 0u);
    ASSERT_EQ(server.requests().size(), 3u);
    EXPECT_THAT(server.requests()[1].head, StartsWith("POST /tokenize "));
    EXPECT_THAT(server.requests()[1].body, HasSubstr(R"("content":"some \"text\"")"));
    EXPECT_THAT(server.requests()[1].body, HasSubstr(R"("parse_special":false)"));
}

TEST(ServedCounter, WhoCannotCountIsAskedOnce) {
    for (const fakes::Script& script :
         {fakes::reply("404 Not Found", "no"), fakes::ok("{\"count\":3}"), fakes::ok("{\"tokens\":[]}"),
          fakes::ok("{\"tokens\":3}"), fakes::ok("nonsense"), tokens(200)}) {
        const fakes::HttpServer server({script});
        const ServedCounter counter(endpointAt(server.url()));
        EXPECT_FALSE(counter.works());
        EXPECT_FALSE(counter.works());
        EXPECT_FALSE(counter.count("some text").exact);
        EXPECT_EQ(server.requests().size(), 1u);
    }
}

TEST(ServedCounter, AFailureOnTheWayIsTheLastOne) {
    const fakes::HttpServer server({tokens(6), tokens(3), fakes::reply("503 Busy", "later")});
    const ServedCounter counter(endpointAt(server.url()));
    EXPECT_TRUE(counter.count("one text").exact);
    EXPECT_FALSE(counter.count("two texts, and longer").exact);
    EXPECT_GT(counter.count("two texts, and longer").tokens, 5u);
    EXPECT_FALSE(counter.works());
    EXPECT_EQ(server.requests().size(), 3u);
}

TEST(ServedCounter, AModelThatIsLoadingCountsLater) {
    const fakes::HttpServer server(
        {fakes::reply("503 Service Unavailable", R"({"error":{"message":"Loading model","code":503}})"),
         tokens(6), tokens(3)});
    const ServedCounter counter(endpointAt(server.url()));
    EXPECT_FALSE(counter.works());
    EXPECT_TRUE(counter.count("some text").exact);
}

TEST(ServedCounter, AnswersOfAnyOtherFormMakeItEstimate) {
    const std::string endless(64u << 10, '1');
    for (const fakes::Script& script :
         {fakes::Script{fakes::send(fakes::streamHead("application/json") + "{\"tokens\":["),
                        fakes::sendForever(endless + ",")},
          fakes::Script{fakes::send("HTTP/1.1 200 OK\r\n"), fakes::sendForever("X: y\r\n")},
          fakes::Script{fakes::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")},
          fakes::Script{fakes::reset()}, fakes::reply("307 Moved", "", "Location: http://192.0.2.1/\r\n"),
          fakes::ok("<html><title>Log in</title></html>"),
          fakes::ok(std::string("{\"tokens\":[1,\xFF\0]}", 17))}) {
        const fakes::HttpServer server({tokens(6), script});
        const ServedCounter counter(endpointAt(server.url()));
        const base::Stopwatch clock;
        const auto counted = counter.count("some text");
        EXPECT_FALSE(counted.exact);
        EXPECT_GT(counted.tokens, 1u);
        EXPECT_LT(clock.seconds(), test::kHangSeconds);
    }
}

TEST(ServedCounter, ASilentServerIsNotWaitedForLong) {
    const fakes::HttpServer server({{fakes::stall()}});
    const ServedCounter counter(endpointAt(server.url()));
    const base::Stopwatch clock;
    EXPECT_FALSE(counter.works());
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST(ServedCounter, NobodyElsewhereAndNoOtherProtocolIsAsked) {
    Endpoint elsewhere = endpointAt("https://models.example");
    EXPECT_FALSE(ServedCounter(elsewhere).works());
    const fakes::HttpServer server({tokens(6)});
    EXPECT_FALSE(ServedCounter(endpointAt(server.url(), {}, Api::Ollama)).works());
    EXPECT_TRUE(server.requests().empty());
}

TEST(ServedModel, CountsWithItsServer) {
    const fakes::HttpServer server({tokens(6), tokens(2)});
    const auto model = openModel(endpointAt(server.url()));
    ASSERT_TRUE(model);
    ASSERT_NE((*model)->counter(), nullptr);
    EXPECT_EQ((*model)->counter()->count("hello there").tokens, 2u);
    const fakes::HttpServer other({fakes::reply("404 Not Found", "no")});
    EXPECT_EQ((*openModel(endpointAt(other.url())))->counter(), nullptr);
}

}  // namespace
}  // namespace commonplace::llm
