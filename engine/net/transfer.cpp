#include "engine/net/transfer.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <utility>

#include "engine/base/text.h"
#include "engine/net/plain_line.h"

namespace commonplace::net {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256u << 10;
constexpr std::size_t kMaxErrorBodyBytes = 64u << 10;
constexpr double kMaxErrorBodySeconds = 5;

int parseStatus(std::string_view statusLine) {
    const std::size_t space = statusLine.find(' ');
    if (space == std::string_view::npos) return 0;
    int status = 0;
    std::from_chars(statusLine.data() + space + 1, statusLine.data() + statusLine.size(), status);
    return status;
}

bool sameName(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

std::string secondsText(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%g s", seconds);
    return text;
}

}  // namespace

std::string_view headerValue(const Response& response, std::string_view name) {
    for (const Header& header : response.headers)
        if (sameName(header.name, name)) return header.value;
    return {};
}

Transfer::Transfer(const Request& request, const OnBody& onBody, std::stop_token stop, std::string shownUrl)
    : m_request(request), m_onBody(onBody), m_stop(std::move(stop)), m_shownUrl(std::move(shownUrl)) {}

Verdict Transfer::takeHeader(std::string_view line) {
    m_headerBytes += line.size();
    if (m_headerBytes > kMaxHeaderBytes)
        return fail({ErrorCode::Limit, m_shownUrl + " sends headers without end; is this the right server?"});
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        startResponse(line);
    } else if (colon != std::string_view::npos) {
        m_response.headers.push_back({std::string(base::trim(line.substr(0, colon))),
                                      std::string(base::trim(line.substr(colon + 1)))});
    }
    return Verdict::Continue;
}

// An interim 1xx answer is followed by the real one: each status line starts afresh.
void Transfer::startResponse(std::string_view statusLine) {
    m_response.status = parseStatus(statusLine);
    m_response.headers.clear();
    m_statusAt = m_clock.seconds();
}

Verdict Transfer::takeBody(std::string_view bytes) {
    m_lastByteAt = m_clock.seconds();
    m_bodyBytes += bytes.size();
    if (isRefused()) return takeErrorBody(bytes);
    if (isCompressed())
        return fail({ErrorCode::Protocol, m_shownUrl +
                                              " answers compressed although that was not asked for; " +
                                              "switch compression off there"});
    if (m_bodyBytes > m_request.maxBodyBytes)
        return fail({ErrorCode::Limit, "the answer of " + m_shownUrl + " is longer than " +
                                           std::to_string(m_request.maxBodyBytes) +
                                           " bytes and was cut off"});
    if (!m_onBody) {
        m_response.body += bytes;
        return Verdict::Continue;
    }
    return giveBody(bytes);
}

Verdict Transfer::giveBody(std::string_view bytes) {
    try {  // this runs inside libcurl, through which no exception may pass
        if (m_request.onHead && !std::exchange(m_headGiven, true))
            if (auto taken = m_request.onHead(m_response); !taken) return fail(taken.error());
        if (auto taken = m_onBody(bytes); !taken) return fail(taken.error());
    } catch (const std::exception& e) {
        return fail({ErrorCode::Internal, std::string("could not use the bytes of an answer: ") + e.what()});
    }
    m_lastByteAt = m_clock.seconds();  // a slow reader is no silence
    return m_stop.stop_requested() ? check() : Verdict::Continue;
}

// The status says what matters; of the explanation the beginning is enough.
Verdict Transfer::takeErrorBody(std::string_view bytes) {
    if (isCompressed()) return Verdict::End;
    const std::size_t room = kMaxErrorBodyBytes - m_response.body.size();
    m_response.body += bytes.substr(0, room);
    return bytes.size() < room ? Verdict::Continue : Verdict::End;
}

Verdict Transfer::check() {
    if (m_failure) return Verdict::End;
    if (m_stop.stop_requested())
        return fail({ErrorCode::Cancelled, "stopped while waiting for " + m_shownUrl});
    if (m_request.watch)
        if (auto watched = m_request.watch(); !watched) return fail(watched.error());
    return checkTimes();
}

Verdict Transfer::checkTimes() {
    const double now = m_clock.seconds();
    const Timeouts& limits = m_request.timeouts;
    const double patience = std::min(limits.silenceSeconds, kMaxErrorBodySeconds);
    if (isRefused()) return now - m_statusAt > patience ? Verdict::End : Verdict::Continue;
    if (!m_lastByteAt && now > limits.firstByteSeconds)
        return timeOut(m_shownUrl + " has not answered within ", limits.firstByteSeconds);
    if (m_lastByteAt && now - *m_lastByteAt > limits.silenceSeconds)
        return timeOut("the answer of " + m_shownUrl + " has stopped: nothing came for ",
                       limits.silenceSeconds);
    return Verdict::Continue;
}

Result<Response> Transfer::finish(std::optional<Error> broken) {
    if (m_failure) return *m_failure;
    if (broken && !isRefused()) return *broken;
    return std::move(m_response);
}

bool Transfer::isRefused() const {
    return m_response.status >= 300;
}

bool Transfer::isCompressed() const {
    const std::string_view encoding = headerValue(m_response, "Content-Encoding");
    return !encoding.empty() && !sameName(encoding, "identity");
}

Verdict Transfer::timeOut(const std::string& what, double seconds) {
    return fail({ErrorCode::Timeout, what + secondsText(seconds) + "; is the server busy?"});
}

Verdict Transfer::fail(Error error) {
    if (!m_failure) m_failure = std::move(error);
    return Verdict::End;
}

}  // namespace commonplace::net
