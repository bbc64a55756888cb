// Traffic: the offline switch and the counter beside it, shared by everything that may speak to other
// computers.
//
// One object per program, made by app and handed to each HttpClient in its Permit; whoever shows or turns the
// switch holds the same object. It counts the bytes of requests and answers, headers and TLS handshakes
// included, that went to or came from hosts that are not this machine; what TLS adds to the bytes in between
// is not known and not counted. Thread: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::net {

/// May a request leave the machine? LoopbackOnly: every host that is not loopback is refused before a socket
/// is made.
enum class Reach { Anywhere, LoopbackOnly };

struct HostTraffic {
    std::string host;  ///< as the address named it, with the port where it named one
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    bool operator==(const HostTraffic&) const = default;
};

class Traffic final {
  public:
    explicit Traffic(Reach reach = Reach::Anywhere) : m_reach(reach) {}
    Traffic(const Traffic&) = delete;
    Traffic& operator=(const Traffic&) = delete;

    Reach reach() const { return m_reach.load(std::memory_order_acquire); }
    /// LoopbackOnly also ends the requests to other computers that are running, within 100 ms.
    void setReach(Reach reach) { m_reach.store(reach, std::memory_order_release); }

    void addSent(std::string_view host, std::uint64_t bytes);
    void addReceived(std::string_view host, std::uint64_t bytes);
    /// In the order of their first byte. After the 100th host the others are one, "other hosts".
    std::vector<HostTraffic> hosts() const;

  private:
    HostTraffic& at(std::string_view host);

    std::atomic<Reach> m_reach;
    mutable std::mutex m_mutex;
    std::vector<HostTraffic> m_hosts;  // guarded by m_mutex
};

}  // namespace commonplace::net
