// What a scripted test server says: raw bytes, well-formed or not, with pauses. Played back by http_server.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace commonplace::fakes {

struct Step {
    enum class Kind { Send, SendForever, Pause, Stall, Reset };
    Kind kind = Kind::Send;
    std::string bytes = {};
    std::chrono::milliseconds pause{0};  ///< Pause: once; Send and SendForever: after each part
    std::size_t partBytes = 0;           ///< Send: this many bytes at a time, 0: all at once
};
using Script = std::vector<Step>;

inline Step send(std::string bytes) {
    return {.bytes = std::move(bytes)};
}
inline Step sendInParts(std::string bytes, std::size_t partBytes, std::chrono::milliseconds pause = {}) {
    return {.bytes = std::move(bytes), .pause = pause, .partBytes = partBytes};
}
inline Step sendForever(std::string bytes, std::chrono::milliseconds pause = {}) {
    return {.kind = Step::Kind::SendForever, .bytes = std::move(bytes), .pause = pause};
}
inline Step pause(std::chrono::milliseconds time) {
    return {.kind = Step::Kind::Pause, .pause = time};
}
/// Says nothing until the client has gone.
inline Step stall() {
    return {.kind = Step::Kind::Stall};
}
/// Ends the connection with RST instead of FIN.
inline Step reset() {
    return {.kind = Step::Kind::Reset};
}

/// A whole response with a Content-Length. `headers` are further lines, each with its CRLF.
inline std::string response(const std::string& status, const std::string& body,
                            const std::string& headers = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
           "Connection: close\r\n\r\n" + body;
}
inline Script reply(const std::string& status, const std::string& body, const std::string& headers = {}) {
    return {send(response(status, body, headers))};
}
inline Script ok(const std::string& body) {
    return reply("200 OK", body);
}
/// The head of a stream whose end is the end of the connection.
inline std::string streamHead(const std::string& contentType = "text/event-stream") {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n";
}

}  // namespace commonplace::fakes
