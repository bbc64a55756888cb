// This program has its own getaddrinfo, which libcurl calls instead of the system's: it counts, takes a while
// and knows no name. So these tests prove when a name server would be asked, and none ever is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "engine/base/clock.h"
#include "engine/net/http.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"

namespace {

std::atomic<int> lookups{0};
std::atomic<int> lookupMilliseconds{10};

}  // namespace

extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) {
    ++lookups;
    std::this_thread::sleep_for(std::chrono::milliseconds(lookupMilliseconds));
    return EAI_NONAME;
}

namespace commonplace::net {
namespace {

using testing::HasSubstr;

Result<Response> get(const std::string& url, Reach reach, std::stop_token stop = {}) {
    return HttpClient(reach).send({.url = url}, nullptr, std::move(stop));
}

TEST(NameLookup, AnUnknownNameIsExplained) {
    const int before = lookups;
    const auto response = get("http://server.example/v1", Reach::Anywhere);
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code(), ErrorCode::Network);
    EXPECT_THAT(response.error().message(), HasSubstr("the host name is not known"));
    EXPECT_EQ(lookups, before + 1) << "the counter does not work, so the other tests prove nothing";
}

TEST(NameLookup, OfflineAsksForNoName) {
    const int before = lookups;
    EXPECT_FALSE(get("http://server.example/v1", Reach::LoopbackOnly).has_value());
    EXPECT_FALSE(get("https://localhost.example/", Reach::LoopbackOnly).has_value());
    EXPECT_EQ(lookups, before);
}

TEST(NameLookup, ThisMachineIsFoundWithoutAsking) {
    const fakes::HttpServer server({fakes::ok("x")});
    const int before = lookups;
    const std::string port = server.url().substr(server.url().rfind(':'));
    EXPECT_TRUE(get("http://localhost" + port, Reach::LoopbackOnly).has_value());
    EXPECT_TRUE(get("http://127.0.0.1" + port, Reach::LoopbackOnly).has_value());
    EXPECT_EQ(lookups, before);
}

TEST(NameLookup, AHangingLookupDoesNotDelayStop) {
    lookupMilliseconds = 60'000;
    std::stop_source source;
    const base::Stopwatch clock;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        source.request_stop();
    });
    const auto response = get("http://slow.example/", Reach::Anywhere, source.get_token());
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code(), ErrorCode::Cancelled);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    lookupMilliseconds = 10;
}

}  // namespace
}  // namespace commonplace::net
