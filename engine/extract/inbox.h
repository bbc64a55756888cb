// Inbox: whole records off a stream socket, with a bound, a deadline and, on the worker's side, file
// descriptors. Thread: one.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/extract/protocol.h"

namespace commonplace::extract {

/// Whether descriptors that come along are kept; a parent refuses what a hijacked worker might send.
enum class Descriptors { Refuse, Accept };

class Inbox final {
  public:
    using Clock = std::chrono::steady_clock;

    /// Borrows the socket. No record may be longer than `limit` payload bytes; memory grows with what has
    /// arrived, not with what a header claims.
    Inbox(int socket, std::size_t limit, Descriptors descriptors);

    /// The next record, valid until the next call. Timeout; Crashed when the peer has hung up; Protocol for a
    /// record that is too long.
    Result<protocol::Record> next(std::optional<Clock::time_point> deadline = std::nullopt);

    /// The oldest descriptor that came and was not taken yet; empty if there is none.
    base::UniqueFd takeDescriptor();

  private:
    Result<std::optional<protocol::Record>> parse();
    Result<void> wait(std::optional<Clock::time_point> deadline) const;
    Result<void> receive();
    void makeRoom();

    int m_socket;
    std::size_t m_limit;
    Descriptors m_descriptors;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0;  ///< first byte that is not consumed
    std::size_t m_end = 0;    ///< behind the last byte received
    std::deque<base::UniqueFd> m_received;
};

}  // namespace commonplace::extract
