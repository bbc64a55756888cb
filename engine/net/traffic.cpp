#include "engine/net/traffic.h"

#include <algorithm>

namespace commonplace::net {

void Traffic::addSent(std::string_view host, std::uint64_t bytes) {
    const std::lock_guard lock(m_mutex);
    at(host).sent += bytes;
}

void Traffic::addReceived(std::string_view host, std::uint64_t bytes) {
    const std::lock_guard lock(m_mutex);
    at(host).received += bytes;
}

std::vector<HostTraffic> Traffic::hosts() const {
    const std::lock_guard lock(m_mutex);
    return m_hosts;
}

HostTraffic& Traffic::at(std::string_view host) {
    constexpr std::size_t kMostHosts = 100;
    const std::string_view name = m_hosts.size() < kMostHosts ? host : "other hosts";
    auto known = std::find_if(m_hosts.begin(), m_hosts.end(),
                              [&](const HostTraffic& one) { return one.host == host; });
    if (known == m_hosts.end())
        known = std::find_if(m_hosts.begin(), m_hosts.end(),
                             [&](const HostTraffic& one) { return one.host == name; });
    if (known != m_hosts.end()) return *known;
    return m_hosts.emplace_back(HostTraffic{std::string(name), 0, 0});
}

}  // namespace commonplace::net
