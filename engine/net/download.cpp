#include "engine/net/download.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <random>
#include <utility>

#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "engine/net/part_file.h"
#include "engine/net/redirect.h"
#include "engine/net/retry.h"
#include "engine/net/url.h"

namespace commonplace::net {
namespace {

constexpr double kProgressSeconds = 0.1;
constexpr std::size_t kMostName = 200;
constexpr std::size_t kMostValidator = 1024;

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

/// A weak ETag says "much the same": not enough to put two halves together.
std::string validatorOf(const Response& head) {
    std::string tag(headerValue(head, "ETag"));
    if (tag.empty() || tag.starts_with("W/")) tag = headerValue(head, "Last-Modified");
    return tag.size() <= kMostValidator ? tag : std::string();
}

/// "bytes 100-199/200" (RFC 9110, 14.4); the total may be "*".
struct ContentRange {
    std::uint64_t first = 0;
    std::optional<std::uint64_t> total;
};
std::optional<ContentRange> contentRangeOf(const Response& head) {
    std::string_view text = headerValue(head, "Content-Range");
    if (!text.starts_with("bytes ")) return std::nullopt;
    text.remove_prefix(6);
    const std::size_t dash = text.find('-');
    const std::size_t slash = text.find('/');
    if (dash == text.npos || slash == text.npos || dash > slash) return std::nullopt;
    const auto first = number(text.substr(0, dash));
    if (!first) return std::nullopt;
    return ContentRange{*first, number(text.substr(slash + 1))};
}

/// One call of download(): the part on the disk, and the requests that make it grow.
class Loader {
  public:
    Loader(const DownloadRequest& request, PartFile& part, const std::stop_token& stop)
        : m_request(request), m_part(part), m_stop(stop), m_http(request.permit), m_limits(request.retry) {}

    Result<Downloaded> run() {
        const std::uint64_t before = m_part.size();
        TRY_VOID(fetchAll());
        report(When::Now);
        Downloaded done{m_part.size(), m_part.sha256(), m_restarted ? 0 : before};
        if (!m_request.sha256.empty() && done.sha256 != lower(m_request.sha256)) {
            m_part.discard();
            return Error(ErrorCode::Corrupt,
                         "what " + shown() + " sent is not the file that was expected (SHA-256 " +
                             done.sha256 + "); nothing was kept, check address and checksum");
        }
        TRY_VOID(m_part.finish());
        return done;
    }

  private:
    enum class When { Soon, Now };
    std::string shown() const {
        const auto url = Url::parse(m_request.url);
        return url ? url->shown() : std::string();
    }

    /// A break after which more has come than before counts as none: large files need many.
    Result<void> fetchAll() {
        for (int failures = 0; !m_part.isComplete();) {
            const std::uint64_t before = m_part.size();
            m_wait.reset();
            auto done = fetch();
            if (done) break;
            if (m_restart) {  // the server cannot go on where we stopped: once more from the start
                if (std::exchange(m_restarted, true)) return done;
                m_restart = false;
                TRY_VOID(m_part.beginAnew({m_request.url, {}, {}}));
                continue;
            }
            if (m_part.size() > before && m_part.canGoOn()) failures = 0;
            if (!isWorthAnotherTry(done.error()) || failures >= m_limits.times) return done;
            const double own = ownWait(m_limits, failures++, m_chance(m_random));
            if (!waitFor(m_wait.value_or(own), m_stop))
                return Error(ErrorCode::Cancelled, "the download was stopped");
        }
        return {};
    }

    bool isWorthAnotherTry(const Error& error) const {
        if (m_request.permit.isOffline()) return false;
        const bool broke = error.code() == ErrorCode::Network || error.code() == ErrorCode::Timeout;
        return m_wait || (broke && m_part.canGoOn());
    }

    Result<void> fetch() {
        Hop hop{m_request.url, Hosts::Any};
        for (int hops = 0; hops <= kMostRedirects; ++hops) {
            TRY(const Response response, send(hop));
            if (response.status >= 200 && response.status < 300) return checkEnd(response);
            if (!isRedirect(response)) return refusal(response);
            TRY(hop, nextHop(m_request.url, hop, response));
        }
        return Error(ErrorCode::Protocol,
                     shown() + " sends the download on again and again; check the address");
    }

    Result<Response> send(const Hop& hop) {
        Request request{.url = hop.url, .timeouts = m_request.timeouts};
        request.hosts = hop.hosts;
        request.maxBodyBytes = static_cast<std::size_t>(m_request.maxBytes);
        m_ranged = m_part.canGoOn();
        if (m_ranged)
            request.headers = {{"Range", "bytes=" + std::to_string(m_part.size()) + "-"},
                               {"If-Range", m_part.origin().validator}};
        m_begun = false;
        request.onHead = [this](const Response& head) { return begin(head); };
        return m_http.send(
            request, [this](std::string_view bytes) { return take(bytes); }, m_stop);
    }

    Result<void> begin(const Response& head) {
        m_begun = true;
        if (head.status == 206) {
            if (!m_ranged)
                return Error(ErrorCode::Protocol,
                             shown() +
                                 " sends a part of the file although all of it was asked for; try again "
                                 "later, or fetch it in a browser");
            const auto range = contentRangeOf(head);
            const Origin& known = m_part.origin();
            const std::string validator = validatorOf(head);
            const bool fits = range && range->first == m_part.size() &&
                              (!known.total || range->total == known.total) &&
                              (!range->total || *range->total >= m_part.size()) &&
                              (validator.empty() || validator == known.validator);
            if (fits) return goOn(range->total);
            m_restart = true;
            return Error(ErrorCode::Protocol, shown() + " went on with something else than was asked for");
        }
        if (m_part.size() > 0) m_restarted = true;
        Origin origin{m_request.url, validatorOf(head), number(headerValue(head, "Content-Length"))};
        if (origin.total.value_or(0) > m_request.maxBytes) return tooLong();
        TRY_VOID(m_part.beginAnew(std::move(origin)));
        return m_part.checkSpace();
    }

    Result<void> goOn(const std::optional<std::uint64_t>& total) {
        if (total.value_or(0) > m_request.maxBytes) return tooLong();
        if (total && !m_part.origin().total) TRY_VOID(m_part.learnTotal(*total));
        return m_part.checkSpace();
    }

    Result<void> take(std::string_view bytes) {
        if (m_part.size() + bytes.size() > m_request.maxBytes) return tooLong();
        TRY_VOID(m_part.append(bytes));
        report(When::Soon);
        return {};
    }

    Error tooLong() const {
        return {ErrorCode::Limit, "the file at " + shown() + " is longer than " +
                                      std::to_string(m_request.maxBytes) + " bytes; check the address"};
    }

    Result<void> checkEnd(const Response& response) {
        if (!m_begun && m_part.size() == 0 && response.status == 200)
            return Error(ErrorCode::Protocol, shown() + " sent an empty file; check the address");
        const auto& total = m_part.origin().total;
        if (total && m_part.size() != *total)
            return Error(ErrorCode::Network, "the download of " + shown() + " ended after " +
                                                 std::to_string(m_part.size()) + " of " +
                                                 std::to_string(*total) + " bytes");
        return {};
    }

    Error refusal(const Response& response) {
        if (response.status == 416) m_restart = true;  // there is less than we have: another file
        if (isWorthRepeating(response))
            m_wait = requestedWait(response, static_cast<double>(std::time(nullptr)))
                         .value_or(m_limits.firstSeconds);
        const char* what =
            response.status == 401 || response.status == 403
                ? "; it wants a login or an agreement: fetch the file in a browser, and add it here"
            : response.status == 404 || response.status == 410 ? "; check the address"
                                                               : "; try again later";
        return {response.status == 404 ? ErrorCode::NotFound : ErrorCode::Protocol,
                shown() + " refuses the download (HTTP " + std::to_string(response.status) + ")" + what};
    }

    void report(When when) {
        if (!m_request.onProgress) return;
        if (when == When::Soon && m_clock.seconds() < m_reportedAt + kProgressSeconds) return;
        m_reportedAt = m_clock.seconds();
        m_request.onProgress({m_part.size(), m_part.origin().total});
    }

    const DownloadRequest& m_request;
    PartFile& m_part;
    const std::stop_token& m_stop;
    HttpClient m_http;
    RetryLimits m_limits;
    base::Stopwatch m_clock;
    double m_reportedAt = -1;
    bool m_ranged = false;         // the last request asked for the rest only
    bool m_begun = false;          // the last request had a body
    bool m_restart = false;        // what is on the disk does not fit
    bool m_restarted = false;      // and was thrown away
    std::optional<double> m_wait;  // of a refusal that will pass
    std::minstd_rand m_random{std::random_device{}()};
    std::uniform_real_distribution<double> m_chance{0, 1};
};

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        out += escaped ? static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])) : text[i];
        if (escaped) i += 2;
    }
    return out;
}

bool isHash(std::string_view text) {
    return text.size() == 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return hexDigit(c) >= 0; });
}

}  // namespace

Result<Downloaded> download(const DownloadRequest& request, const std::stop_token& stop) {
    TRY_VOID(checkUrl(request.url));
    if (!request.sha256.empty() && !isHash(request.sha256))
        return Error(ErrorCode::InvalidArgument, "a SHA-256 has 64 digits from 0 to f");
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(request.file, ignored)))
        return Error(ErrorCode::InvalidArgument, base::displayPath(request.file) + " exists already");
    TRY(PartFile part, PartFile::open(request.file, request.url, stop));
    auto done = Loader(request, part, stop).run();
    if (!done) part.leave();
    return done;
}

std::optional<Unfinished> unfinishedDownload(const std::filesystem::path& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(partOf(file), failed);
    const Origin origin = readNote(noteOf(file));
    if (failed || origin.url.empty()) return std::nullopt;
    return Unfinished{origin.url, {size, origin.total}};
}

Result<void> discardUnfinished(const std::filesystem::path& file) {
    for (const auto& path : {partOf(file), noteOf(file)}) {
        std::error_code failed;
        std::filesystem::remove(path, failed);
        if (failed)
            return Error(ErrorCode::Io, "cannot remove " + base::displayPath(path) + ": " + failed.message());
    }
    return {};
}

Result<void> discardUnfinished(const std::filesystem::path& file, std::string_view url) {
    const auto known = unfinishedDownload(file);
    if (known && known->url == url) return discardUnfinished(file);
    return {};
}

Result<std::string> fileNameOf(std::string_view url) {
    TRY_VOID(checkUrl(url));
    url = url.substr(0, url.find_first_of("?#"));
    url.remove_prefix(std::min(url.find("://") + 3, url.size()));
    const std::size_t slash = url.rfind('/');
    std::string name = slash == url.npos ? std::string() : base::repairUtf8(decoded(url.substr(slash + 1)));
    std::erase_if(name, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '/' || c == '\\'; });
    name.erase(0, name.find_first_not_of(". "));
    if (name.empty() || name.size() > kMostName)
        return Error(ErrorCode::InvalidArgument, "the address does not end with the name of a file");
    return name;
}

}  // namespace commonplace::net
