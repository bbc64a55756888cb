// PartFile: the beginning of a download on the disk: its bytes, their hash, and the note of where they came
// from. Held by one download at a time. Inside engine/net only. Thread: one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/base/result.h"

namespace commonplace::net {

/// What the server said of the file that the bytes belong to.
struct Origin {
    std::string url;                     ///< as it was asked for, before redirects
    std::string validator;               ///< strong ETag or Last-Modified; empty: cannot be continued
    std::optional<std::uint64_t> total;  ///< bytes of the whole
    bool operator==(const Origin&) const = default;
};

std::filesystem::path partOf(const std::filesystem::path& file);
std::filesystem::path noteOf(const std::filesystem::path& file);
/// Empty members for a note that is missing or damaged.
Origin readNote(const std::filesystem::path& note);

class PartFile final {
  public:
    /// Takes up what is there of `url`, or begins empty. Busy (held by another download, or it is the
    /// beginning of a file of another URL that could be continued), Io, Cancelled (a long beginning is read
    /// for its hash).
    static Result<PartFile> open(const std::filesystem::path& file, const std::string& url,
                                 const std::stop_token& stop);

    std::uint64_t size() const { return m_size; }
    const Origin& origin() const { return m_origin; }
    bool canGoOn() const { return m_size > 0 && !m_origin.validator.empty(); }
    /// All of it is there, and it is known how much that is.
    bool isComplete() const { return m_origin.total && m_size == *m_origin.total && m_size > 0; }

    /// Empties it, for a file of this origin. Io, NoSpace.
    Result<void> beginAnew(Origin origin);
    /// How long the whole is, which the first answer did not say. Io.
    Result<void> learnTotal(std::uint64_t total);
    /// NoSpace when the bytes that are missing, and a reserve, are more than is free.
    Result<void> checkSpace() const;
    Result<void> append(std::string_view bytes);
    /// Of all bytes; nothing may follow but finish() or discard().
    std::string sha256() { return base::toHex(m_hash.finish()); }
    /// Syncs, renames into place (InvalidArgument: something is there) and removes the note.
    Result<void> finish();
    /// Removes both files.
    void discard();
    /// After a failure: keeps what can be continued.
    void leave();

  private:
    PartFile(std::filesystem::path file, base::UniqueFd fd) : m_file(std::move(file)), m_fd(std::move(fd)) {}
    Result<void> takeUp(const std::string& url, const std::stop_token& stop);
    Error inTheWay(const Origin& other) const;
    Result<void> readForHash(std::uint64_t size, const std::stop_token& stop);

    std::filesystem::path m_file;
    base::UniqueFd m_fd;
    Origin m_origin;
    std::uint64_t m_size = 0;
    base::Sha256 m_hash;
};

}  // namespace commonplace::net
