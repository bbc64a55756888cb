#include "engine/net/proxy_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

namespace commonplace::net {
namespace {

constexpr std::array kVariables{"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"};
constexpr std::string_view kUsualPort = "1080";  // libcurl's, for proxies without one

struct Endpoint {
    std::string host;
    std::string port;
};

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string partOf(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

/// Empty when it cannot be read.
Endpoint endpointOf(const char* proxy) {
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    constexpr unsigned kLoosely = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME;
    if (!url || curl_url_set(url.get(), CURLUPART_URL, proxy, kLoosely) != CURLUE_OK) return {};
    Endpoint endpoint{partOf(url.get(), CURLUPART_HOST), partOf(url.get(), CURLUPART_PORT)};
    if (endpoint.host.starts_with('[')) endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    const bool isTls = partOf(url.get(), CURLUPART_SCHEME) == "https";
    if (endpoint.port.empty()) endpoint.port = isTls ? "443" : kUsualPort;
    return endpoint;
}

std::string portOf(const sockaddr& address) {
    const auto port = address.sa_family == AF_INET ? reinterpret_cast<const sockaddr_in&>(address).sin_port
                                                   : reinterpret_cast<const sockaddr_in6&>(address).sin6_port;
    return std::to_string(ntohs(port));
}

/// "10.0.0.1", which needs no look-up.
bool isWrittenAs(const std::string& host, const sockaddr& address) {
    char text[INET6_ADDRSTRLEN] = {};
    const void* bytes =
        address.sa_family == AF_INET
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr)
            : &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return ::inet_ntop(address.sa_family, bytes, text, sizeof text) != nullptr && host == text;
}

bool isSameHost(const sockaddr& a, const sockaddr& b) {
    if (a.sa_family != b.sa_family) return false;
    if (a.sa_family == AF_INET)
        return reinterpret_cast<const sockaddr_in&>(a).sin_addr.s_addr ==
               reinterpret_cast<const sockaddr_in&>(b).sin_addr.s_addr;
    return std::memcmp(&reinterpret_cast<const sockaddr_in6&>(a).sin6_addr,
                       &reinterpret_cast<const sockaddr_in6&>(b).sin6_addr, sizeof(in6_addr)) == 0;
}

bool leadsTo(const Endpoint& endpoint, const sockaddr& address) {
    if (endpoint.host.empty() || endpoint.port != portOf(address)) return false;
    if (isWrittenAs(endpoint.host, address)) return true;
    addrinfo wanted{};
    wanted.ai_family = address.sa_family;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(endpoint.host.c_str(), nullptr, &wanted, &found) != 0) return false;
    bool same = false;
    for (const addrinfo* one = found; one && !same; one = one->ai_next)
        same = isSameHost(*one->ai_addr, address);
    ::freeaddrinfo(found);
    return same;
}

}  // namespace

bool isProxyAddress(const sockaddr& address) {
    if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return false;
    return std::any_of(kVariables.begin(), kVariables.end(), [&](const char* name) {
        const char* value = std::getenv(name);
        return value && *value && leadsTo(endpointOf(value), address);
    });
}

}  // namespace commonplace::net
