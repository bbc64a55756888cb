#include "engine/net/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "engine/base/clock.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"

namespace commonplace::net {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Request get(const std::string& url) {
    return {.url = url};
}

// One short limit at a time: two of the same length could end a transfer in either order.
constexpr Timeouts kConnectSoon{.connectSeconds = 0.3, .firstByteSeconds = 60, .silenceSeconds = 60};
constexpr Timeouts kAnswerSoon{.connectSeconds = 60, .firstByteSeconds = 0.3, .silenceSeconds = 60};
constexpr Timeouts kNoPause{.connectSeconds = 60, .firstByteSeconds = 60, .silenceSeconds = 0.3};

Result<Response> sendOnce(const Request& request) {
    return HttpClient().send(request, nullptr, {});
}

Error errorOf(const Request& request) {
    const auto response = sendOnce(request);
    return response ? Error(ErrorCode::Internal, "there was an answer") : response.error();
}

TEST(Http, GetsABody) {
    const fakes::HttpServer server({fakes::reply("200 OK", "hello", "X-Thing: a thing\r\n")});
    const auto response = sendOnce(get(server.url() + "/path?q=1"));
    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello");
    EXPECT_EQ(headerValue(*response, "x-thing"), "a thing");
    EXPECT_THAT(server.requests().at(0).head, StartsWith("GET /path?q=1 HTTP/1.1\r\n"));
}

TEST(Http, SendsWhatItWasToldAndLittleElse) {
    const fakes::HttpServer server({fakes::ok("")});
    Request request = get(server.url());
    request.method = "POST";
    request.headers = {{"Authorization", "Bearer k"}, {"Content-Type", "application/json"}};
    request.body = std::string("{\"a\":\0}", 7) + std::string(2u << 20, 'x');  // long enough for "Expect:"
    ASSERT_TRUE(sendOnce(request).has_value());
    const fakes::RecordedRequest seen = server.requests().at(0);
    EXPECT_TRUE(seen.body == request.body);
    EXPECT_THAT(seen.head,
                AllOf(StartsWith("POST / "), HasSubstr("Authorization: Bearer k\r\n"),
                      HasSubstr("Content-Type: application/json\r\n"),
                      HasSubstr("Accept-Encoding: identity\r\n"), HasSubstr("User-Agent: commonplace\r\n")));
    EXPECT_THAT(seen.head,
                AllOf(Not(HasSubstr("Expect")), Not(HasSubstr("Cookie")), Not(HasSubstr("urlencoded"))));
}

TEST(Http, StreamsToTheCallback) {
    const std::string body = "data: one\n\ndata: two\n\n";
    const fakes::HttpServer server({{fakes::send(fakes::streamHead()), fakes::sendInParts(body, 1)}});
    std::string got;
    const auto take = [&](std::string_view bytes) -> Result<void> {
        got += bytes;
        return {};
    };
    const auto response = HttpClient().send(get(server.url()), take, {});
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(got, body);
    EXPECT_EQ(response->body, "");
}

TEST(Http, AnErrorBodyDoesNotGoToTheCallback) {
    const fakes::HttpServer server({fakes::reply("404 Not Found", "no such thing")});
    const auto take = [](std::string_view) -> Result<void> { return Error(ErrorCode::Internal, "called"); };
    const auto response = HttpClient().send(get(server.url()), take, {});
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(response->body, "no such thing");
}

TEST(Http, FollowsNoRedirect) {
    const fakes::HttpServer server(
        {fakes::reply("302 Found", "", "Location: /elsewhere\r\nSet-Cookie: a=b\r\n")});
    HttpClient client;
    for (int i = 0; i < 2; ++i) {
        const auto response = client.send(get(server.url()), nullptr, {});
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, 302);
        EXPECT_EQ(headerValue(*response, "Location"), "/elsewhere");
    }
    EXPECT_EQ(server.requests().size(), 2u);
    EXPECT_THAT(server.requests().at(1).head, Not(HasSubstr("Cookie")));
}

TEST(Http, ARefusedConnectionIsExplained) {
    const fakes::LoopbackPort port;
    const Error error = errorOf(get(port.url() + "/v1?key=SECRET"));
    EXPECT_EQ(error.code(), ErrorCode::Network);
    EXPECT_EQ(error.message(),
              "could not reach " + port.url() + "/v1: connection refused; is the server running?");
}

TEST(Http, AHangingConnectEnds) {
    fakes::LoopbackPort port;
    port.fill();
    const base::Stopwatch clock;
    const Error error = errorOf({.url = port.url(), .timeouts = kConnectSoon});
    EXPECT_EQ(error.code(), ErrorCode::Network);
    EXPECT_THAT(error.message(), HasSubstr("no connection within 0.3 s"));
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST(Http, AStallBeforeTheFirstByteEnds) {
    const fakes::HttpServer server({{fakes::stall()}});
    const Error error = errorOf({.url = server.url(), .timeouts = kAnswerSoon});
    EXPECT_EQ(error.code(), ErrorCode::Timeout);
    EXPECT_THAT(error.message(), HasSubstr("has not answered within 0.3 s"));
}

TEST(Http, AStallInTheBodyEnds) {
    const fakes::HttpServer server({{fakes::send(fakes::streamHead() + "x"), fakes::stall()}});
    const Error error = errorOf({.url = server.url(), .timeouts = kNoPause});
    EXPECT_EQ(error.code(), ErrorCode::Timeout);
    EXPECT_THAT(error.message(), HasSubstr("nothing came for 0.3 s"));
}

TEST(Http, AStallInAnErrorBodyKeepsTheStatus) {
    const fakes::HttpServer server(
        {{fakes::send("HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhalf"), fakes::stall()}});
    const auto response = sendOnce({.url = server.url(), .timeouts = kNoPause});
    ASSERT_TRUE(response.has_value()) << response.error().message();
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->body, "half");
}

TEST(Http, AnEndlessBodyEnds) {
    const fakes::HttpServer server(
        {{fakes::send(fakes::streamHead()), fakes::sendForever(std::string(4096, 'x'))}});
    Request request = get(server.url());
    request.maxBodyBytes = 1u << 20;
    const Error error = errorOf(request);
    EXPECT_EQ(error.code(), ErrorCode::Limit);
    EXPECT_THAT(error.message(), HasSubstr("longer than 1048576 bytes"));
}

TEST(Http, EndlessHeadersEnd) {
    const fakes::HttpServer server(
        {{fakes::send("HTTP/1.1 200 OK\r\n"), fakes::sendForever("X-Y: zzzzzzzzzzz\r\n")}});
    Request request = get(server.url());
    const Error error = errorOf(request);
    EXPECT_TRUE(error.code() == ErrorCode::Limit || error.code() == ErrorCode::Network) << error.message();
}

TEST(Http, AnEndlessHeaderLineEnds) {
    const fakes::HttpServer server(
        {{fakes::send("HTTP/1.1 200 OK\r\nX: "), fakes::sendForever(std::string(999, 'z'))}});
    Request request = get(server.url());
    EXPECT_EQ(errorOf(request).code(), ErrorCode::Limit);
}

TEST(Http, ABrokenConnectionIsAnError) {
    const std::vector<fakes::Script> scripts{
        {fakes::reset()},
        {},
        {fakes::send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")},
        {fakes::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")},
        {fakes::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")},
    };
    for (const fakes::Script& script : scripts) {
        const fakes::HttpServer server({script});
        const Error error = errorOf(get(server.url()));
        EXPECT_EQ(error.code(), ErrorCode::Network) << error.message();
        EXPECT_THAT(error.message(), AllOf(HasSubstr(server.url()), Not(HasSubstr("\n"))));
        EXPECT_EQ(server.requests().size(), 1u) << "it was sent again";
    }
}

TEST(Http, WhatIsNotHttpIsAnError) {
    const fakes::HttpServer server({{fakes::send("220 mail.example ESMTP\r\n")}});
    const Error error = errorOf(get(server.url()));
    EXPECT_EQ(error.code(), ErrorCode::Protocol);
    EXPECT_THAT(error.message(), HasSubstr("does not answer in HTTP"));
}

TEST(Http, CompressionIsNotAccepted) {
    const fakes::HttpServer server({fakes::reply("200 OK", "\x1f\x8b", "Content-Encoding: gzip\r\n")});
    const Error error = errorOf(get(server.url()));
    EXPECT_EQ(error.code(), ErrorCode::Protocol);
    EXPECT_THAT(error.message(), HasSubstr("compressed"));
}

TEST(Http, HttpsToAnHttpPortIsExplained) {
    const fakes::HttpServer server({{fakes::send("HTTP/1.1 400 Bad Request\r\n\r\n")}});
    const Error error = errorOf({.url = "https" + server.url().substr(4), .timeouts = kAnswerSoon});
    EXPECT_NE(error.code(), ErrorCode::Internal);
    EXPECT_THAT(error.message(), HasSubstr("https://127.0.0.1"));
}

// Milliseconds from the stop to the return of send().
double reactionTo(const std::string& url) {
    std::stop_source source;
    const base::Stopwatch clock;
    double stoppedAt = 0;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(250ms);  // later than any timer of libcurl that could wake it by chance
        stoppedAt = clock.milliseconds();
        source.request_stop();
    });
    const Request patient{
        .url = url, .timeouts = {.connectSeconds = 60}, .maxBodyBytes = std::size_t(1) << 40};
    const auto ignore = [](std::string_view) -> Result<void> { return {}; };
    const auto response = HttpClient().send(patient, ignore, source.get_token());
    const double returnedAt = clock.milliseconds();
    stopper.join();
    EXPECT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code(), ErrorCode::Cancelled) << response.error().message();
    return returnedAt - stoppedAt;
}

TEST(Http, AStopDoesNotWaitForAnyLimit) {
    fakes::LoopbackPort full;
    full.fill();
    const fakes::HttpServer silent({{fakes::stall()}});
    const fakes::HttpServer stuck({{fakes::send(fakes::streamHead() + "x"), fakes::stall()}});
    const fakes::HttpServer endless({{fakes::send(fakes::streamHead()), fakes::sendForever("xxxxxxxx")}});
    const std::string shakingHands = "https" + silent.url().substr(4);
    for (const std::string& url : {full.url(), silent.url(), stuck.url(), endless.url(), shakingHands}) {
        const double milliseconds = reactionTo(url);
        std::printf("[ MEASURED ] stop of %-32s %4.0f ms\n", url.c_str(), milliseconds);
        EXPECT_LT(milliseconds / 1e3, test::kHangSeconds) << url;
    }
}

TEST(Http, AStopBeforehandSendsNothing) {
    const fakes::HttpServer server({fakes::ok("x")});
    std::stop_source source;
    source.request_stop();
    const auto response = HttpClient().send(get(server.url()), nullptr, source.get_token());
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code(), ErrorCode::Cancelled);
    EXPECT_TRUE(server.requests().empty());
}

TEST(Http, TheWatchCanEndIt) {
    const fakes::HttpServer server({{fakes::stall()}});
    Request request{.url = server.url()};
    int asked = 0;
    request.watch = [&]() -> Result<void> {
        if (++asked < 3) return {};
        return Error(ErrorCode::Limit, "enough");
    };
    EXPECT_EQ(errorOf(request).message(), "enough");
}

TEST(Http, AClientIsUsableAgainAfterAFailure) {
    const fakes::HttpServer server({{fakes::reset()}, fakes::ok("fine")});
    HttpClient client;
    EXPECT_FALSE(client.send(get(server.url()), nullptr, {}).has_value());
    const auto second = client.send(get(server.url()), nullptr, {});
    ASSERT_TRUE(second.has_value()) << second.error().message();
    EXPECT_EQ(second->body, "fine");
}

TEST(Http, TheOfflineSwitchLetsThisMachineThroughOnly) {
    const fakes::HttpServer server({fakes::ok("local")});
    HttpClient client(Reach::LoopbackOnly);
    EXPECT_TRUE(client.send(get(server.url()), nullptr, {}).has_value());
    const std::string port = server.url().substr(server.url().rfind(':'));
    const auto byName = client.send(get("http://localhost" + port), nullptr, {});
    EXPECT_TRUE(byName.has_value()) << byName.error().message();
    for (const char* url : {"https://api.example.com/v1", "http://192.0.2.1/", "http://[2001:db8::1]/"}) {
        const auto response = client.send(get(url), nullptr, {});
        ASSERT_FALSE(response.has_value());
        EXPECT_EQ(response.error().code(), ErrorCode::Network);
        EXPECT_THAT(response.error().message(), HasSubstr("offline switch"));
    }
}

TEST(Http, ProxiesOfTheEnvironmentAreNotForThisMachine) {
    const fakes::LoopbackPort nobody;
    setenv("http_proxy", nobody.url().c_str(), 1);
    const fakes::HttpServer server({fakes::ok("direct")});
    const auto direct = sendOnce(get(server.url()));
    const Error proxied =
        errorOf(get("http://192.0.2.1/"));  // a documentation address: only the proxy is asked
    unsetenv("http_proxy");
    ASSERT_TRUE(direct.has_value()) << direct.error().message();
    EXPECT_EQ(direct->body, "direct");
    EXPECT_THAT(proxied.message(), HasSubstr("connection refused"));
}

TEST(Http, RefusesHeadersThatSmuggle) {
    const fakes::HttpServer server({fakes::ok("x")});
    for (const Header& bad : {Header{"Authorization", "Bearer CANARY\r\nX: y"}, Header{"A B", "c"},
                              Header{"", "c"}, Header{"A\r\nB", "c"}}) {
        Request request = get(server.url());
        request.headers = {bad};
        const Error error = errorOf(request);
        EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
        EXPECT_THAT(error.message(), Not(HasSubstr("CANARY")));
    }
    Request request = get(server.url());
    request.method = "GET / HTTP/1.1\r\nX:";
    EXPECT_EQ(errorOf(request).code(), ErrorCode::InvalidArgument);
    EXPECT_TRUE(server.requests().empty());
}

TEST(Http, OtherSchemesAreRefused) {
    for (const char* url :
         {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "127.0.0.1:80", ""})
        EXPECT_EQ(errorOf(get(url)).code(), ErrorCode::InvalidArgument) << url;
}

}  // namespace
}  // namespace commonplace::net
