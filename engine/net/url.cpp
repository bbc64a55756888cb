#include "engine/net/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>
#include <utility>

#include "engine/net/http.h"
#include "engine/net/plain_line.h"
#include "engine/net/private_address.h"

namespace commonplace::net {
namespace {

std::string part(CURLU* handle, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(handle, which, &text, 0) != CURLUE_OK || !text) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool isLoopbackV6(std::string host) {
    if (host.size() < 2 || host.front() != '[' || host.back() != ']') return false;
    in6_addr address{};
    const std::string digits = host.substr(1, host.size() - 2);
    return inet_pton(AF_INET6, digits.c_str(), &address) == 1 && IN6_IS_ADDR_LOOPBACK(&address);
}

bool isLoopbackHost(CURLU* handle) {
    if (!part(handle, CURLUPART_ZONEID).empty()) return false;
    const std::string host = part(handle, CURLUPART_HOST);
    // libcurl answers "localhost" itself, without asking a name server.
    if (curl_strequal(host.c_str(), "localhost")) return true;
    in_addr address{};
    if (inet_pton(AF_INET, host.c_str(), &address) == 1) return ntohl(address.s_addr) >> 24 == 127;
    return isLoopbackV6(host);
}

// Hides what may be secret in text that is no URL of ours: everything before an @ and behind a ?.
std::string shownBadUrl(std::string_view text) {
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
    return clipLine(plainLine(text.substr(0, text.find_first_of("?#"))), 120);
}

Error badUrl(std::string_view text, const std::string& why) {
    return {ErrorCode::InvalidArgument, "the address \"" + shownBadUrl(text) + "\" cannot be used: " + why};
}

std::string whyNot(CURLUcode code) {
    if (code == CURLUE_USER_NOT_ALLOWED)
        return "it contains a name or a password; give the key separately instead";
    return "it is no http or https address; write it like http://127.0.0.1:8080/v1";
}

}  // namespace

Url::Url(Handle handle) : m_handle(std::move(handle)) {
    const Handle display(curl_url_dup(m_handle.get()));
    curl_url_set(display.get(), CURLUPART_QUERY, nullptr, 0);
    curl_url_set(display.get(), CURLUPART_FRAGMENT, nullptr, 0);
    m_shown = clipLine(plainLine(part(display.get(), CURLUPART_URL)), 200);
    const std::string port = part(m_handle.get(), CURLUPART_PORT);
    m_host =
        clipLine(plainLine(part(m_handle.get(), CURLUPART_HOST)), 120) + (port.empty() ? "" : ":" + port);
    m_loopback = isLoopbackHost(m_handle.get());
}

Result<Url> Url::parse(std::string_view text) {
    Handle handle(curl_url());
    if (!handle) return Error(ErrorCode::Internal, "out of memory while reading an address");
    if (text.find('\0') != std::string_view::npos) return badUrl(text, whyNot(CURLUE_MALFORMED_INPUT));
    const CURLUcode code =
        curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER);
    if (code != CURLUE_OK) return badUrl(text, whyNot(code));
    const std::string scheme = part(handle.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") return badUrl(text, whyNot(CURLUE_UNSUPPORTED_SCHEME));
    return Url(std::move(handle));
}

bool Url::isPrivate() const {
    if (m_loopback) return true;
    const std::string host = part(m_handle.get(), CURLUPART_HOST);
    sockaddr_storage address{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1)
        address.ss_family = AF_INET;
    else if (host.size() > 2 &&
             inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &v6.sin6_addr) == 1)
        address.ss_family = AF_INET6;
    else
        return false;
    return isPrivateAddress(reinterpret_cast<const sockaddr&>(address));
}

bool Url::isHttps() const {
    return part(m_handle.get(), CURLUPART_SCHEME) == "https";
}

std::string Url::origin() const {
    char* port = nullptr;
    curl_url_get(m_handle.get(), CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    const std::string number = port ? port : "";
    curl_free(port);
    std::string host = part(m_handle.get(), CURLUPART_HOST);
    for (char& c : host)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return part(m_handle.get(), CURLUPART_SCHEME) + "://" + host + ":" + number;
}

std::string Url::text() const {
    return part(m_handle.get(), CURLUPART_URL);
}

Result<Url> Url::resolved(std::string_view reference) const {
    const Handle joined(curl_url_dup(m_handle.get()));
    if (reference.find('\0') != reference.npos) return badUrl(reference, whyNot(CURLUE_MALFORMED_INPUT));
    const CURLUcode code =
        curl_url_set(joined.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_DISALLOW_USER);
    if (code != CURLUE_OK) return badUrl(reference, whyNot(code));
    return parse(part(joined.get(), CURLUPART_URL));
}

Result<std::string> originOf(std::string_view url) {
    TRY(const Url parsed, Url::parse(url));
    return parsed.origin();
}

Result<void> checkUrl(std::string_view url) {
    TRY_VOID(Url::parse(url));
    return {};
}

bool isLoopbackUrl(std::string_view url) {
    const Result<Url> parsed = Url::parse(url);
    return parsed && parsed->isLoopback();
}

}  // namespace commonplace::net
