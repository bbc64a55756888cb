#include "engine/net/http.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/net/curl_error.h"
#include "engine/net/private_address.h"
#include "engine/net/proxy_address.h"
#include "engine/net/transfer.h"
#include "engine/net/url.h"

namespace commonplace::net {
namespace {

constexpr int kPollMilliseconds = 50;

template <auto close>
struct Closer {
    template <class T>
    void operator()(T* handle) const {
        close(handle);
    }
};
using EasyHandle = std::unique_ptr<CURL, Closer<curl_easy_cleanup>>;
using MultiHandle = std::unique_ptr<CURLM, Closer<curl_multi_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Closer<curl_slist_free_all>>;

// Debian's libcurl makes this call safe from any thread; it is never undone, as other rooms may hold clients.
void startCurlOnce() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

std::size_t onHeaderBytes(char* bytes, std::size_t one, std::size_t count, void* transfer) {
    const std::string_view line(bytes, one * count);
    return static_cast<Transfer*>(transfer)->takeHeader(line) == Verdict::Continue ? line.size() : 0;
}

std::size_t onBodyBytes(char* bytes, std::size_t one, std::size_t count, void* transfer) {
    const std::string_view body(bytes, one * count);
    return static_cast<Transfer*>(transfer)->takeBody(body) == Verdict::Continue ? body.size() : 0;
}

bool isLoopbackAddress(const curl_sockaddr& address) {
    const auto* any = reinterpret_cast<const sockaddr*>(&address.addr);
    if (any->sa_family == AF_INET)
        return ntohl(reinterpret_cast<const sockaddr_in*>(any)->sin_addr.s_addr) >> 24 == 127;
    if (any->sa_family != AF_INET6) return false;
    return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6*>(any)->sin6_addr);
}

curl_socket_t openAnySocket(void*, curlsocktype, curl_sockaddr* address) {
    // The worker processes that the program starts must not inherit connections.
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// The second lock of the offline switch: whatever a host was taken for, no other socket comes into being.
curl_socket_t openLoopbackSocket(void* unused, curlsocktype purpose, curl_sockaddr* address) {
    return isLoopbackAddress(*address) ? openAnySocket(unused, purpose, address) : CURL_SOCKET_BAD;
}

// A name may lead anywhere: what counts is the address that it turned out to be. What goes to a proxy the
// proxy decides on; but with a proxy, too, no_proxy may lead past it.
curl_socket_t openPublicSocket(void* unused, curlsocktype purpose, curl_sockaddr* address) {
    const bool isOpen = !isPrivateAddress(address->addr) || isProxyAddress(address->addr);
    return isOpen ? openAnySocket(unused, purpose, address) : CURL_SOCKET_BAD;
}

/// Counts what really goes over the wire, as libcurl reports it.
struct Meter {
    Traffic& traffic;
    std::string host;
};

int onWire(CURL*, curl_infotype kind, char*, std::size_t bytes, void* meter) {
    auto& [traffic, host] = *static_cast<Meter*>(meter);
    if (kind == CURLINFO_HEADER_OUT || kind == CURLINFO_DATA_OUT || kind == CURLINFO_SSL_DATA_OUT)
        traffic.addSent(host, bytes);
    if (kind == CURLINFO_HEADER_IN || kind == CURLINFO_DATA_IN || kind == CURLINFO_SSL_DATA_IN)
        traffic.addReceived(host, bytes);
    return 0;
}

void setMeter(CURL* easy, Meter& meter) {
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, onWire);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &meter);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);  // to the function above, never to a terminal
}

Error offlineError(const Url& url) {
    return {ErrorCode::Network, "could not reach " + url.shown() +
                                    ": it is not on this machine, and the offline switch is on; "
                                    "switch it off to go on"};
}

bool isToken(std::string_view text) {
    constexpr std::string_view kSeparators = "()<>@,;:\\\"/[]?={}";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return c > 0x20 && c < 0x7F && kSeparators.find(c) == std::string_view::npos;
    });
}

// Line ends would smuggle in further headers. The value may be a key: it is not shown.
Result<void> checkRequest(const Request& request) {
    if (!isToken(request.method)) return Error(ErrorCode::InvalidArgument, "the HTTP method is no word");
    for (const Header& header : request.headers) {
        const bool clean = std::none_of(header.value.begin(), header.value.end(),
                                        [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
        if (!isToken(header.name) || !clean)
            return Error(ErrorCode::InvalidArgument, "a header has characters that cannot be sent");
    }
    return {};
}

HeaderList headerLines(const Request& request) {
    curl_slist* list = nullptr;
    const auto add = [&](const std::string& line) { list = curl_slist_append(list, line.c_str()); };
    // Names without a value take libcurl's own defaults away.
    for (const char* line : {"Accept-Encoding: identity", "Expect:", "Content-Type:"}) add(line);
    for (const Header& header : request.headers) add(header.name + ": " + header.value);
    return HeaderList(list);
}

long milliseconds(double seconds) {
    return static_cast<long>(std::clamp(seconds, 0.001, 1e6) * 1e3);
}

void setMethod(CURL* easy, const Request& request) {
    if (request.method == "GET" && request.body.empty()) return;
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void setReach(CURL* easy, const Url& url, Hosts hosts) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION,
                     url.isLoopback()             ? openLoopbackSocket
                     : hosts == Hosts::PublicOnly ? openPublicSocket
                                                  : openAnySocket);
    // Elsewhere libcurl looks at http_proxy, https_proxy and no_proxy by itself.
    if (url.isLoopback()) curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

void setSafety(CURL* easy) {
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    // Leaves a name look-up that hangs behind instead of waiting for it, so that stop is quick.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    // On a connection that has died since its last use libcurl would send the request a second time.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

void setCallbacks(CURL* easy, Transfer& transfer) {
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeaderBytes);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBodyBytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
}

// A transfer is in the multi handle for as long as this lives, and no longer, whichever way send() is left.
class Membership {
  public:
    Membership(CURLM* multi, CURL* easy)
        : m_multi(multi), m_easy(easy), m_code(curl_multi_add_handle(multi, easy)) {}
    ~Membership() {
        if (isIn()) curl_multi_remove_handle(m_multi, m_easy);
    }
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;
    bool isIn() const { return m_code == CURLM_OK; }

  private:
    CURLM* m_multi;
    CURL* m_easy;
    CURLMcode m_code;
};

}  // namespace

struct HttpClient::State {
    explicit State(Permit given)
        : permit(std::move(given)), multi(curl_multi_init()), easy(curl_easy_init()) {}

    Result<Response> run(const Url& url, const Request& request, Transfer& transfer, std::stop_token stop);
    CURLcode loop(const Url& url, Transfer& transfer);
    bool isForbidden(const Url& url) const { return !url.isLoopback() && permit.isOffline(); }
    std::optional<CURLcode> ended();
    CurlFailure failure(CURLcode code, const char* detail, const Request& request);

    Permit permit;
    MultiHandle multi;
    EasyHandle easy;
};

Result<Response> HttpClient::State::run(const Url& url, const Request& request, Transfer& transfer,
                                        std::stop_token stop) {
    std::array<char, CURL_ERROR_SIZE> detail{};
    const HeaderList headers = headerLines(request);
    curl_easy_reset(easy.get());
    curl_easy_setopt(easy.get(), CURLOPT_CURLU, url.handle());
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail.data());
    curl_easy_setopt(easy.get(), CURLOPT_USERAGENT, "commonplace");
    curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.timeouts.connectSeconds));
    setSafety(easy.get());
    setReach(easy.get(), url, request.hosts);
    setMethod(easy.get(), request);
    setCallbacks(easy.get(), transfer);
    std::optional<Meter> meter;
    if (permit.traffic && !url.isLoopback())
        setMeter(easy.get(), meter.emplace(Meter{*permit.traffic, url.host()}));

    std::optional<Error> broken;
    {
        const Membership member(multi.get(), easy.get());
        if (!member.isIn())
            return Error(ErrorCode::Internal, "one HttpClient was used for two requests at once");
        const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi.get()); });
        const CURLcode code = loop(url, transfer);
        if (code != CURLE_OK) broken = describe(failure(code, detail.data(), request), url.shown());
    }
    curl_easy_reset(easy.get());  // lets go of everything on this stack
    return transfer.finish(std::move(broken));
}

CURLcode HttpClient::State::loop(const Url& url, Transfer& transfer) {
    for (;;) {
        int running = 0;
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) return CURLE_FAILED_INIT;
        if (const auto code = ended()) return *code;
        if (isForbidden(url)) transfer.fail(offlineError(url));
        if (transfer.check() == Verdict::End) return CURLE_ABORTED_BY_CALLBACK;
        if (running == 0) return CURLE_FAILED_INIT;
        curl_multi_poll(multi.get(), nullptr, 0, kPollMilliseconds, nullptr);
    }
}

std::optional<CURLcode> HttpClient::State::ended() {
    int waiting = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &waiting))
        if (message->msg == CURLMSG_DONE) return message->data.result;
    return std::nullopt;
}

CurlFailure HttpClient::State::failure(CURLcode code, const char* detail, const Request& request) {
    long systemError = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &systemError);
    return {code, static_cast<int>(systemError), detail, request.timeouts.connectSeconds};
}

HttpClient::HttpClient(Permit permit) {
    startCurlOnce();
    m_state = std::make_unique<State>(std::move(permit));
}

HttpClient::~HttpClient() = default;

Result<Response> HttpClient::send(const Request& request, const OnBody& onBody, std::stop_token stop) {
    if (!m_state->multi || !m_state->easy) return Error(ErrorCode::Internal, "libcurl could not be started");
    TRY(const Url url, Url::parse(request.url));
    TRY_VOID(checkRequest(request));
    if (m_state->isForbidden(url)) return offlineError(url);
    if (request.hosts == Hosts::PublicOnly && url.isPrivate())
        return Error(ErrorCode::Refused, url.shown() +
                                             " is an address of this machine or of a private network, and "
                                             "another server named it; give it yourself if you mean it");
    Transfer transfer(request, onBody, stop, url.shown());
    return m_state->run(url, request, transfer, std::move(stop));
}

}  // namespace commonplace::net
