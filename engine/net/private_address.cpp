#include "engine/net/private_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace commonplace::net {
namespace {

struct Block {
    std::uint32_t start;
    int bits;
};

bool isPrivateV4(std::uint32_t address) {
    constexpr std::array<Block, 9> kBlocks{{{0x00000000, 8},    // this network
                                            {0x0A000000, 8},    // 10.0.0.0
                                            {0x64400000, 10},   // 100.64.0.0, shared by carriers
                                            {0x7F000000, 8},    // loopback
                                            {0xA9FE0000, 16},   // 169.254.0.0, link-local
                                            {0xAC100000, 12},   // 172.16.0.0
                                            {0xC0A80000, 16},   // 192.168.0.0
                                            {0xC0000000, 24},   // 192.0.0.0, protocol assignments
                                            {0xE0000000, 3}}};  // multicast, reserved, broadcast
    return std::any_of(kBlocks.begin(), kBlocks.end(),
                       [&](const Block& block) { return (address ^ block.start) >> (32 - block.bits) == 0; });
}

std::uint32_t lastFour(const in6_addr& address) {
    std::uint32_t number = 0;
    for (int i = 12; i < 16; ++i) number = number << 8 | address.s6_addr[i];
    return number;
}

bool isPrivateV6(const in6_addr& address) {
    if (IN6_IS_ADDR_V4MAPPED(&address)) return isPrivateV4(lastFour(address));
    // A translator would make an IPv4 address of it (RFC 6052).
    constexpr std::array<unsigned char, 12> kTranslated{0x00, 0x64, 0xFF, 0x9B};
    if (std::equal(kTranslated.begin(), kTranslated.end(), address.s6_addr))
        return isPrivateV4(lastFour(address));
    const bool isUniqueLocal = (address.s6_addr[0] & 0xFE) == 0xFC;
    return IN6_IS_ADDR_LOOPBACK(&address) || IN6_IS_ADDR_UNSPECIFIED(&address) ||
           IN6_IS_ADDR_V4COMPAT(&address) || IN6_IS_ADDR_LINKLOCAL(&address) ||
           IN6_IS_ADDR_SITELOCAL(&address) || IN6_IS_ADDR_MULTICAST(&address) || isUniqueLocal;
}

}  // namespace

bool isPrivateAddress(const sockaddr& address) {
    if (address.sa_family == AF_INET)
        return isPrivateV4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
    if (address.sa_family == AF_INET6)
        return isPrivateV6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
    return true;
}

}  // namespace commonplace::net
