// A TCP port of this machine that misbehaves for tests: it refuses connections, or leaves them hanging.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace commonplace::fakes {

/// A TCP socket bound to a free port of 127.0.0.1. Not listening, it refuses connections; filled, it leaves
/// them hanging.
class LoopbackPort {
  public:
    LoopbackPort() : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof m_address;
        auto* address = reinterpret_cast<sockaddr*>(&m_address);
        if (bind(m_fd, address, size) != 0 || getsockname(m_fd, address, &size) != 0) std::abort();
    }
    ~LoopbackPort() {
        for (int fd : m_fillers) close(fd);
        close(m_fd);
    }
    LoopbackPort(const LoopbackPort&) = delete;
    LoopbackPort& operator=(const LoopbackPort&) = delete;

    int fd() const { return m_fd; }
    std::uint16_t port() const { return ntohs(m_address.sin_port); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
    /// Connections that nobody accepts fill the queue: the next one gets no answer at all.
    void fill() {
        listen(m_fd, 0);
        for (int i = 0; i < 4; ++i) {
            m_fillers.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)connect(m_fillers.back(), reinterpret_cast<const sockaddr*>(&m_address), sizeof m_address);
        }
    }

  private:
    int m_fd;
    sockaddr_in m_address{};
    std::vector<int> m_fillers;
};

}  // namespace commonplace::fakes
