#include "engine/net/redirect.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "engine/net/private_address.h"

namespace commonplace::net {
namespace {

/// The next address, or why not.
std::string next(const std::string& first, const std::string& from, const std::string& location) {
    const auto hop = nextHop(first, {from, Hosts::Any}, {302, {{"location", location}}, {}});
    if (!hop) return hop.error().message();
    return hop->url + (hop->hosts == Hosts::PublicOnly ? " public" : " any");
}

TEST(RedirectTest, ModelHubsMaySendToTheirCarriers) {
    const std::string hub = "https://hub.example/org/m/resolve/main/m.gguf";
    EXPECT_EQ(next(hub, hub, "https://cdn.example/x?sig=1"), "https://cdn.example/x?sig=1 public");
    EXPECT_EQ(next(hub, hub, "/other/m.gguf"), "https://hub.example/other/m.gguf any");
    EXPECT_EQ(next("http://hub.example/m", "http://hub.example/m", "https://hub.example/m"),
              "https://hub.example/m public");
    EXPECT_EQ(next("http://hub.example/m", "http://hub.example/m", "/n"), "http://hub.example/n any");
}

TEST(RedirectTest, NeverToLessSafety) {
    const std::string hub = "https://hub.example/m";
    EXPECT_NE(next(hub, hub, "http://hub.example/m").find("not protected"), std::string::npos);
    EXPECT_NE(next("http://a.example/m", "http://a.example/m", "http://b.example/m").find("not protected"),
              std::string::npos);
}

TEST(RedirectTest, NeverIntoThePrivateNetwork) {
    const std::string hub = "https://hub.example/m";
    for (const char* inside :
         {"https://127.0.0.1/x", "https://localhost/x", "https://10.1.2.3/x", "https://[::1]/x",
          "https://192.168.0.1/x", "https://169.254.169.254/latest", "https://[fd00::1]/x",
          "https://2130706433/x", "https://0x7f.1/x", "https://[::ffff:10.0.0.1]/x"})
        EXPECT_NE(next(hub, hub, inside).find("private network"), std::string::npos)
            << next(hub, hub, inside);
    EXPECT_EQ(next("https://10.0.0.2/m", "https://10.0.0.2/m", "https://10.0.0.3/m"),
              "https://10.0.0.3/m any");
}

bool isPrivate(const char* text) {
    sockaddr_storage address{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    const bool isV4 = inet_pton(AF_INET, text, &v4.sin_addr) == 1;
    EXPECT_TRUE(isV4 || inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) << text;
    address.ss_family = isV4 ? AF_INET : AF_INET6;
    return isPrivateAddress(reinterpret_cast<const sockaddr&>(address));
}

TEST(PrivateAddressTest, KnowsTheBlocks) {
    for (const char* inside :
         {"0.0.0.0", "10.255.0.1", "100.64.0.1", "127.9.9.9", "169.254.0.1", "172.16.0.1", "172.31.255.255",
          "192.168.1.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fdff::1",
          "ff02::1", "::ffff:192.168.0.1", "64:ff9b::10.0.0.1"})
        EXPECT_TRUE(isPrivate(inside)) << inside;
    for (const char* outside :
         {"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1",
          "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
        EXPECT_FALSE(isPrivate(outside)) << outside;
}

}  // namespace
}  // namespace commonplace::net
