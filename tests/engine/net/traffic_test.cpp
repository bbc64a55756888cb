#include "engine/net/traffic.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include "engine/base/clock.h"
#include "engine/net/http.h"
#include "tests/fakes/http_server.h"
#include "tests/support/hang.h"

namespace commonplace::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Whatever is not this machine is asked through a proxy that plays the host's part: no packet leaves.
class TrafficTest : public testing::Test {
  protected:
    void proxyIs(const fakes::HttpServer& server) { setenv("http_proxy", server.url().c_str(), 1); }
    void TearDown() override { unsetenv("http_proxy"); }

    Result<Response> get(const std::string& url) {
        return HttpClient(Permit(Reach::Anywhere, m_traffic)).send({.url = url}, nullptr, {});
    }
    std::shared_ptr<Traffic> m_traffic = std::make_shared<Traffic>();
};

TEST_F(TrafficTest, CountsWhatGoesToOtherComputers) {
    const fakes::HttpServer server({fakes::reply("200 OK", "hello", "")});
    proxyIs(server);
    Request request{
        .method = "POST", .url = "http://api.example.com:8080/v1", .body = std::string(5000, 'x')};
    HttpClient client(Permit(Reach::Anywhere, m_traffic));
    const auto response = client.send(request, nullptr, {});
    ASSERT_TRUE(response.has_value()) << response.error().message();
    const auto hosts = m_traffic->hosts();
    ASSERT_THAT(hosts, SizeIs(1));
    EXPECT_EQ(hosts[0].host, "api.example.com:8080");
    const auto seen = server.requests().at(0);
    EXPECT_EQ(hosts[0].sent, seen.head.size() + 2 + seen.body.size()) << "with the empty line between them";
    EXPECT_GT(hosts[0].received, 5u);
    ASSERT_TRUE(client.send(request, nullptr, {}).has_value());
    EXPECT_EQ(m_traffic->hosts().at(0).sent, 2 * hosts[0].sent);
}

TEST_F(TrafficTest, DoesNotCountThisMachine) {
    const fakes::HttpServer server({fakes::ok("local")});
    ASSERT_TRUE(get(server.url()).has_value());
    EXPECT_THAT(m_traffic->hosts(), IsEmpty());
}

TEST_F(TrafficTest, TheSwitchRefusesAtOnceAndLetsThisMachineThrough) {
    const fakes::HttpServer server({fakes::ok("local")});
    proxyIs(server);
    m_traffic->setReach(Reach::LoopbackOnly);
    EXPECT_TRUE(get(server.url()).has_value());
    const auto refused = get("http://api.example.com/v1");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::Network);
    EXPECT_THAT(refused.error().message(), HasSubstr("offline switch is on"));
    EXPECT_EQ(refused.error().message().find('\n'), std::string::npos);
    EXPECT_THAT(m_traffic->hosts(), IsEmpty());
    m_traffic->setReach(Reach::Anywhere);
    EXPECT_TRUE(get("http://api.example.com/v1").has_value());
}

TEST_F(TrafficTest, TheSwitchEndsWhatIsRunning) {
    const fakes::HttpServer server({{fakes::stall()}});
    proxyIs(server);
    const std::jthread hand([this] {
        std::this_thread::sleep_for(150ms);
        m_traffic->setReach(Reach::LoopbackOnly);
    });
    const base::Stopwatch clock;
    const auto ended = get("http://api.example.com/v1");
    ASSERT_FALSE(ended.has_value());
    EXPECT_EQ(ended.error().code(), ErrorCode::Network);
    EXPECT_THAT(ended.error().message(), HasSubstr("offline switch is on"));
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
    EXPECT_GT(m_traffic->hosts().at(0).sent, 0u) << "what had gone out before is not denied";
}

TEST(Traffic, IsBounded) {
    Traffic traffic;
    for (int i = 0; i < 1000; ++i) traffic.addSent("host" + std::to_string(i), 1);
    traffic.addReceived("host3", 5);
    const auto hosts = traffic.hosts();
    ASSERT_THAT(hosts, SizeIs(101));
    EXPECT_EQ(hosts[3], (HostTraffic{"host3", 1, 5}));
    EXPECT_EQ(hosts[100], (HostTraffic{"other hosts", 900, 0}));
}

TEST(Traffic, TakesManyThreads) {
    Traffic traffic;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 1000; ++n) traffic.addSent("host", 1);
            });
    }
    EXPECT_EQ(traffic.hosts().at(0).sent, 4000u);
}

}  // namespace
}  // namespace commonplace::net
