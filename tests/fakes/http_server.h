// A tiny HTTP server on 127.0.0.1 for tests: it plays back scripted raw bytes, well-formed or not, and
// records what it was sent. Header only. Everything is bounded: a script ends after kPatience at the latest,
// an endless one after kMaxEndless bytes, and the destructor ends whatever runs. One connection at a time,
// each gets the next script, the last is repeated. What is said in a chat waits for a POST: pages that are
// asked for meanwhile are recorded, and are not there.
//
//     fakes::HttpServer server({fakes::ok("hello")});
//     … send something to server.url() + "/v1" …
//     EXPECT_THAT(server.requests().at(0).head, StartsWith("GET /v1"));
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/fakes/http_script.h"
#include "tests/fakes/loopback_port.h"

namespace commonplace::fakes {

inline constexpr std::chrono::seconds kPatience{20};
inline constexpr std::size_t kMaxEndless = 512u << 20;

struct RecordedRequest {
    std::string head;  ///< request line and headers
    std::string body;
};

class HttpServer {
  public:
    explicit HttpServer(std::vector<Script> scripts) : m_scripts(std::move(scripts)) {
        if (m_scripts.empty() || listen(m_listener.fd(), 64) != 0) std::abort();
        m_thread = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }

    std::string url() const { return m_listener.url(); }
    std::vector<RecordedRequest> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

  private:
    using Clock = std::chrono::steady_clock;
    struct Connection {
        int fd;
        std::stop_token stop;
        Clock::time_point end = Clock::now() + kPatience;
        bool isOver() const { return stop.stop_requested() || Clock::now() > end; }
    };

    static bool waitFor(int fd, short events) {
        pollfd one{.fd = fd, .events = events, .revents = 0};
        return poll(&one, 1, 10) > 0;
    }

    void serve(const std::stop_token& stop) {
        for (std::size_t count = 0; !stop.stop_requested();) {
            if (!waitFor(m_listener.fd(), POLLIN)) continue;
            const Connection connection{accept4(m_listener.fd(), nullptr, nullptr, SOCK_CLOEXEC), stop};
            if (connection.fd < 0) continue;
            const bool asked = receive(connection);
            const Script& next = m_scripts[std::min(count, m_scripts.size() - 1)];
            const bool isMismatch = asked && wasPage() && isChat(next);
            const Script script = isMismatch ? reply("404 Not Found", "no such page") : next;
            if (asked && !isMismatch) ++count;
            for (const Step& step : script)
                if (!asked || !play(connection, step)) break;
            close(connection.fd);
        }
    }

    /// What is said in a chat is no answer to a GET: who asks for a page gets none, and the words wait.
    static bool isChat(const Script& script) {
        return !script.empty() && (script.front().bytes.find(R"("choices":)") != std::string::npos ||
                                   script.front().bytes.find("message_start") != std::string::npos);
    }
    bool wasPage() const {
        const std::lock_guard lock(m_mutex);
        return !m_requests.empty() && m_requests.back().head.starts_with("GET ");
    }

    bool receive(const Connection& connection) {
        std::string bytes;
        char buffer[16384];
        while (!isComplete(bytes)) {
            if (connection.isOver()) return false;
            if (!waitFor(connection.fd, POLLIN)) continue;
            const ssize_t got = recv(connection.fd, buffer, sizeof buffer, 0);
            if (got <= 0) return false;
            bytes.append(buffer, static_cast<std::size_t>(got));
        }
        const std::size_t head = bytes.find("\r\n\r\n");
        const std::lock_guard lock(m_mutex);
        m_requests.push_back({bytes.substr(0, head + 2), bytes.substr(head + 4)});
        return true;
    }

    static bool isComplete(const std::string& bytes) {
        const std::size_t head = bytes.find("\r\n\r\n");
        if (head == std::string::npos) return false;
        const std::size_t length = bytes.find("Content-Length: ");
        if (length > head) return true;
        return bytes.size() - head - 4 >= std::strtoull(bytes.c_str() + length + 16, nullptr, 10);
    }

    static bool play(const Connection& connection, const Step& step) {
        switch (step.kind) {
            case Step::Kind::Send:
                return sendAll(connection, step);
            case Step::Kind::SendForever:
                return sendAgainAndAgain(connection, step);
            case Step::Kind::Pause:
                return wait(connection, step.pause);
            case Step::Kind::Stall:
                return wait(connection, kPatience);
            case Step::Kind::Reset:
                break;
        }
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        setsockopt(connection.fd, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        return false;
    }

    static bool sendAll(const Connection& connection, const Step& step) {
        const std::size_t part = step.partBytes == 0 ? step.bytes.size() + 1 : step.partBytes;
        for (std::size_t at = 0; at < step.bytes.size(); at += part) {
            if (!sendPart(connection, std::string_view(step.bytes).substr(at, part))) return false;
            if (!wait(connection, step.pause)) return false;
        }
        return true;
    }

    static bool sendAgainAndAgain(const Connection& connection, const Step& step) {
        for (std::size_t sent = 0; sent < kMaxEndless; sent += step.bytes.size() + 1)
            if (!sendPart(connection, step.bytes) || !wait(connection, step.pause)) return false;
        return false;
    }

    static bool sendPart(const Connection& connection, std::string_view bytes) {
        while (!bytes.empty()) {
            if (connection.isOver()) return false;
            if (!waitFor(connection.fd, POLLOUT)) continue;
            const ssize_t sent =
                ::send(connection.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// False when the client has gone or the time is over.
    static bool wait(const Connection& connection, std::chrono::milliseconds time) {
        const Clock::time_point end = Clock::now() + time;
        char byte = 0;
        while (Clock::now() < end) {
            if (connection.isOver()) return false;
            if (waitFor(connection.fd, POLLIN) && recv(connection.fd, &byte, 1, MSG_DONTWAIT) <= 0)
                return false;
        }
        return true;
    }

    LoopbackPort m_listener;
    std::vector<Script> m_scripts;
    mutable std::mutex m_mutex;
    std::vector<RecordedRequest> m_requests;  // guarded by m_mutex
    std::jthread m_thread;                    // last: it must end before the rest
};

}  // namespace commonplace::fakes
