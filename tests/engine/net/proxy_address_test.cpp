#include "engine/net/proxy_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstdlib>
#include <string>

namespace commonplace::net {
namespace {

bool leads(const char* variable, const std::string& proxy, const char* host, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    EXPECT_EQ(inet_pton(AF_INET, host, &address.sin_addr), 1);
    setenv(variable, proxy.c_str(), 1);
    const bool is = isProxyAddress(reinterpret_cast<const sockaddr&>(address));
    unsetenv(variable);
    return is;
}

TEST(ProxyAddress, IsTheHostAndThePortOfTheEnvironment) {
    for (const char* variable : {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"}) {
        EXPECT_TRUE(leads(variable, "http://10.0.0.1:3128", "10.0.0.1", 3128)) << variable;
        EXPECT_FALSE(leads(variable, "http://10.0.0.1:3128", "10.0.0.2", 3128)) << variable;
        EXPECT_FALSE(leads(variable, "http://10.0.0.1:3128", "10.0.0.1", 80)) << variable;
        EXPECT_FALSE(leads(variable, "", "10.0.0.1", 3128)) << variable;
    }
    EXPECT_FALSE(leads("no_proxy", "http://10.0.0.1:3128", "10.0.0.1", 3128));
}

TEST(ProxyAddress, IsReadInTheFormsThatAreUsual) {
    EXPECT_TRUE(leads("https_proxy", "10.0.0.1:3128", "10.0.0.1", 3128));
    EXPECT_TRUE(leads("https_proxy", "http://name:word@10.0.0.1:3128/", "10.0.0.1", 3128));
    EXPECT_TRUE(leads("https_proxy", "http://10.0.0.1", "10.0.0.1", 1080));
    EXPECT_TRUE(leads("https_proxy", "https://10.0.0.1", "10.0.0.1", 443));
    EXPECT_TRUE(leads("all_proxy", "socks5h://127.0.0.1:9050", "127.0.0.1", 9050));
    EXPECT_FALSE(leads("https_proxy", "http://[", "127.0.0.1", 1080));
}

}  // namespace
}  // namespace commonplace::net
