#include "engine/net/curl_error.h"

#include <cerrno>
#include <cstdio>

#include "engine/net/http.h"
#include "engine/net/plain_line.h"

namespace commonplace::net {
namespace {

constexpr const char* kRefused = "connection refused; is the server running?";

std::string unreachable(const std::string& url, const std::string& why) {
    return "could not reach " + url + ": " + why;
}

std::string whyNoConnection(int systemError) {
    switch (systemError) {
        case ECONNREFUSED:
            return kRefused;
        case ENETUNREACH:
        case EHOSTUNREACH:
        case ENETDOWN:
            return "no way to that host; is the network connected?";
        case ETIMEDOUT:
            return "no answer; is the address right?";
        default:
            return "no connection; is the server running and the address right?";
    }
}

std::string noTimelyConnection(double seconds) {
    char text[96];
    std::snprintf(text, sizeof text, "no connection within %g s; is the address right?", seconds);
    return text;
}

// libcurl's sentence in brackets: it names the certificate's fault or the broken line.
std::string inBrackets(const CurlFailure& failure) {
    const std::string detail = failure.detail.empty() ? curl_easy_strerror(failure.code) : failure.detail;
    return " (" + clipLine(plainLine(detail), 160) + ")";
}

}  // namespace

bool isConnectionRefused(const Error& error) {
    return error.code() == ErrorCode::Network && error.message().ends_with(kRefused);
}

Error describe(const CurlFailure& failure, const std::string& shownUrl) {
    switch (failure.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorCode::Network,
                    unreachable(shownUrl, "the host name is not known; check the address and the network")};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorCode::Network,
                    unreachable(shownUrl, "the proxy's name is not known; check the proxy variables")};
        case CURLE_COULDNT_CONNECT:
            return {ErrorCode::Network, unreachable(shownUrl, whyNoConnection(failure.systemError))};
        case CURLE_OPERATION_TIMEDOUT:
            // Only making the connection is timed by libcurl: nothing was sent, unlike on every Timeout.
            return {ErrorCode::Network, unreachable(shownUrl, noTimelyConnection(failure.connectSeconds))};
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
            return {ErrorCode::Network,
                    unreachable(shownUrl, "its certificate is not trusted" + inBrackets(failure) +
                                              "; nothing was sent")};
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorCode::Network, unreachable(shownUrl, "no secure connection" + inBrackets(failure) +
                                                                  "; is it an http address?")};
        case CURLE_GOT_NOTHING:
            return {ErrorCode::Network,
                    shownUrl + " closed the connection without an answer; see the log of the server"};
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return {ErrorCode::Protocol,
                    shownUrl + " does not answer in HTTP; check the address and its port"};
        case CURLE_OUT_OF_MEMORY:  // so it also calls a header line of more than 100 KB
            return {ErrorCode::Limit,
                    shownUrl + " sends more than fits into memory; is this the right server?"};
        default:
            return {ErrorCode::Network,
                    "the connection to " + shownUrl + " broke off" + inBrackets(failure) + "; try again"};
    }
}

}  // namespace commonplace::net
