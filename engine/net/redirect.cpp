#include "engine/net/redirect.h"

#include "engine/net/url.h"

namespace commonplace::net {
namespace {

Error refused(const Url& from, const Url& to, const std::string& why) {
    return {ErrorCode::Refused, from.shown() + " sends the download on to " + to.shown() + ", " + why +
                                    "; open the address in a browser, and add the file it gives you"};
}

/// Whoever could be read along, or is only reached by plain http, must be the one that was asked for.
bool keepsItsSafety(const Url& from, const Url& to) {
    if (to.isHttps()) return true;
    if (from.isHttps()) return false;
    return from.origin() == to.origin() || (from.isLoopback() && to.isLoopback());
}

}  // namespace

bool isRedirect(const Response& response) {
    const int status = response.status;
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<Hop> nextHop(const std::string& first, const Hop& at, const Response& response) {
    TRY(const Url start, Url::parse(first));
    TRY(const Url from, Url::parse(at.url));
    const std::string_view location = headerValue(response, "Location");
    if (location.empty())
        return Error(ErrorCode::Protocol, from.shown() + " sends the download on without saying where to");
    TRY(const Url to, from.resolved(location));
    if (!keepsItsSafety(from, to)) return refused(from, to, "which is not protected (http)");
    const bool isTrusted = start.isPrivate() || to.origin() == start.origin();
    if (!isTrusted && to.isPrivate()) return refused(from, to, "which is this machine or a private network");
    return Hop{to.text(), isTrusted ? Hosts::Any : Hosts::PublicOnly};
}

}  // namespace commonplace::net
