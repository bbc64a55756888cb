// HTTP over libcurl: one request at a time, streamed, bounded, stoppable, and closed by the offline switch.
//
// Only http and https, no redirects (a 3xx is a Response), no cookies, no compression, certificates are
// checked. The proxies of the environment are used, but never for a loopback host. Errors: Network (could not
// resolve, refused, no connection in time, broke, closed by the offline switch), Timeout (first byte or
// silence limits: the request may have been read), Limit (headers or body too long), Protocol (not HTTP,
// compressed), Cancelled, InvalidArgument (URL, method or header). Error messages are one line and show the
// URL without its query. An HTTP status is not an Error: it is in Response. Nothing is sent twice by this
// client. Thread: an HttpClient belongs to one thread at a time. send() blocks and reacts to `stop` within
// 100 ms.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/net/traffic.h"

namespace commonplace::net {

struct Header {
    std::string name;
    std::string value;
};

struct Timeouts {
    double connectSeconds = 5;
    double firstByteSeconds = 300;  ///< from the call of send() to the first body byte
    double silenceSeconds = 30;     ///< without any body byte after the first
};

/// Asked about every 50 ms while a transfer runs; returning an Error ends the transfer with it. For bounds
/// that only the caller can judge, such as the time between two words of an answer.
using Watch = std::function<Result<void>()>;

struct Response;
/// Gets status and headers of a 2xx answer before its first byte; returning an Error ends the transfer with
/// it.
using OnHead = std::function<Result<void>(const Response&)>;

/// PublicOnly: no address of this machine or of a private network, whatever name leads there. For addresses
/// that another server named. What goes through a proxy is judged by the written address alone.
enum class Hosts { Any, PublicOnly };

struct Request {
    std::string method = "GET";
    std::string url = {};
    std::vector<Header> headers = {};
    std::string body = {};
    Timeouts timeouts = {};
    std::size_t maxBodyBytes = 64u << 20;
    Watch watch = {};
    OnHead onHead = {};  ///< not called for an answer without a body
    Hosts hosts = Hosts::Any;
};

struct Response {
    int status = 0;
    std::vector<Header> headers;
    /// What onBody did not take: all of it without a callback, and the body of every status outside 2xx. Such
    /// a body is for a message only: it is cut at 64 KiB and after 5 s (or silenceSeconds, if that is less),
    /// and it may have broken off.
    std::string body;
};

/// The value of the first header of that name (any case), empty when there is none.
std::string_view headerValue(const Response& response, std::string_view name);

/// What a client may do: its own reach, and the switch and counter of the whole program, if it was given any.
/// Either of the two can keep a request at home.
struct Permit {
    Permit(Reach own = Reach::Anywhere, std::shared_ptr<Traffic> shared = {})
        : reach(own), traffic(std::move(shared)) {}
    bool isOffline() const {
        return reach == Reach::LoopbackOnly || (traffic && traffic->reach() == Reach::LoopbackOnly);
    }

    Reach reach;
    std::shared_ptr<Traffic> traffic;  ///< may be null: then nothing is counted
};

/// Gets body bytes of a 2xx answer as they arrive; returning an Error ends the transfer with it.
using OnBody = std::function<Result<void>(std::string_view)>;

class HttpClient final {
  public:
    explicit HttpClient(Permit permit = {});
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    Result<Response> send(const Request& request, const OnBody& onBody, std::stop_token stop);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Of an error of send(): did nobody listen there? Nothing was sent then, and a server may be just starting.
bool isConnectionRefused(const Error& error);

/// InvalidArgument, with the reason, for an address that send() would not take.
Result<void> checkUrl(std::string_view url);
/// Scheme, host and port, alike for all addresses of one server: "https://api.example.com:443".
/// InvalidArgument.
Result<std::string> originOf(std::string_view url);
/// True for localhost, 127.0.0.0/8 and ::1 in any spelling that the transfer itself reads so; false for what
/// is no URL.
bool isLoopbackUrl(std::string_view url);

}  // namespace commonplace::net
