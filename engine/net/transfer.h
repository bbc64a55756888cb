// Transfer: what one send() has received so far, and the bounds on it. Knows nothing of libcurl, so that
// every rule about sizes and times stands in one place. Inside engine/net only. Thread: the one that runs
// send().
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/net/http.h"

namespace commonplace::net {

enum class Verdict { Continue, End };

class Transfer final {
  public:
    /// `request` and `onBody` must outlive it; `shownUrl` is for messages.
    Transfer(const Request& request, const OnBody& onBody, std::stop_token stop, std::string shownUrl);

    /// One header line or status line, with its line end.
    Verdict takeHeader(std::string_view line);
    Verdict takeBody(std::string_view bytes);
    /// Looks at the clock, the stop token and the caller's watch.
    Verdict check();
    /// Ends it with this error; the first one counts.
    Verdict fail(Error error);
    /// The outcome, once. `broken` is what the transport says of its own end.
    Result<Response> finish(std::optional<Error> broken);

  private:
    Verdict timeOut(const std::string& what, double seconds);
    void startResponse(std::string_view statusLine);
    Verdict takeErrorBody(std::string_view bytes);
    Verdict checkTimes();
    /// A final status has come, and it is none of 2xx.
    bool isRefused() const;
    bool isCompressed() const;
    /// Hands body bytes of an answer that was asked for to the caller; its errors end the transfer.
    Verdict giveBody(std::string_view bytes);

    const Request& m_request;
    const OnBody& m_onBody;
    std::stop_token m_stop;
    std::string m_shownUrl;
    base::Stopwatch m_clock;
    Response m_response;
    std::optional<Error> m_failure;
    std::optional<double> m_lastByteAt;
    double m_statusAt = 0;
    std::size_t m_headerBytes = 0;
    std::size_t m_bodyBytes = 0;
    bool m_headGiven = false;
};

}  // namespace commonplace::net
