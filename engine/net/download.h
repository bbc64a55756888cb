// A large file over http(s), onto the disk: resumable, checked, whole or not at all.
//
// While it comes it is `<file>.part`, beside a note `<file>.part.txt` of where it came from; both are gone at
// the end, when the file is synced and renamed into place. What breaks off can be continued by the same call,
// today or next week: with Range and If-Range (RFC 9110, 13.1.5 and 14.2), if the server named a strong ETag
// or a date. A file that has changed there begins anew. Breaks after which more of the file came are waited
// out and continued here.
//
// Redirects (five at most): to https, and from http also to the same server or from this machine to itself;
// never to an address of this machine or of a private network, unless the first address is one or the server
// stays the same. No key or cookie is ever sent.
//
// Errors: as HttpClient; NoSpace (asked before it begins, and met on the way); Limit (longer than maxBytes);
// Corrupt (not the SHA-256 that was expected: nothing is kept); Busy (another download of this file is
// running, or one of another URL to this file is unfinished: it would be lost); InvalidArgument (it exists
// already); Protocol (a refusal, with what to do). On every other error the .part stays if it can be
// continued and goes if not. Thread: any; blocks; stops within 100 ms.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/net/http.h"
#include "engine/net/retry.h"

namespace commonplace::net {

struct DownloadProgress {
    std::uint64_t done = 0;  ///< bytes on the disk, those of earlier calls included
    std::optional<std::uint64_t> total;
};

struct DownloadRequest {
    std::string url = {};
    std::filesystem::path file = {};  ///< its folder exists
    std::string sha256 = {};          ///< 64 hexadecimal digits; empty: any content
    std::uint64_t maxBytes = 1ull << 40;
    Permit permit = {};
    Timeouts timeouts = {.connectSeconds = 10, .firstByteSeconds = 60, .silenceSeconds = 30};
    RetryLimits retry = {.times = 4, .firstSeconds = 1, .mostSeconds = 15};
    /// At most ten times a second, and at the end. On the calling thread.
    std::function<void(const DownloadProgress&)> onProgress = {};
};

struct Downloaded {
    std::uint64_t bytes = 0;
    std::string sha256;
    std::uint64_t resumedFrom = 0;  ///< bytes that were there before this call
};

Result<Downloaded> download(const DownloadRequest& request, const std::stop_token& stop);

/// A download that broke off, or is running.
struct Unfinished {
    std::string url;
    DownloadProgress progress;
};
/// Nothing: there is none of `file` that could be continued.
std::optional<Unfinished> unfinishedDownload(const std::filesystem::path& file);
/// Forgets an unfinished download. Io.
Result<void> discardUnfinished(const std::filesystem::path& file);
/// The same, but leaves alone what is there of another URL.
Result<void> discardUnfinished(const std::filesystem::path& file, std::string_view url);

/// The last part of a URL's path, decoded, as a file name: no slash, no control character, no leading dot, at
/// most 200 bytes. InvalidArgument where nothing is left.
Result<std::string> fileNameOf(std::string_view url);

}  // namespace commonplace::net
