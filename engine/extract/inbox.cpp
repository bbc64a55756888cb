#include "engine/extract/inbox.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

namespace commonplace::extract {
namespace {

constexpr std::size_t kFirstBuffer = 256u << 10;
constexpr std::size_t kKeptBuffer = 4u << 20;
constexpr std::size_t kLeastRoom = 64u << 10;
constexpr std::size_t kMaxDescriptors = 4;  // per message; one is expected
constexpr std::size_t kMaxWaiting = 4;

Error hungUp() {
    return {ErrorCode::Crashed, "the other side hung up"};
}

std::uint32_t lengthAt(const char* header) {
    std::uint32_t length = 0;
    for (int i = 0; i < 4; ++i)
        length |= static_cast<std::uint32_t>(static_cast<unsigned char>(header[i])) << (8 * i);
    return length;
}

/// Takes ownership of every descriptor of a message; those that find no place are closed here.
void collect(msghdr& message, std::deque<base::UniqueFd>& received) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
            base::UniqueFd owned(fd);
            if (received.size() < kMaxWaiting) received.push_back(std::move(owned));
        }
    }
}

}  // namespace

Inbox::Inbox(int socket, std::size_t limit, Descriptors descriptors)
    : m_socket(socket), m_limit(limit), m_descriptors(descriptors) {}

Result<protocol::Record> Inbox::next(std::optional<Clock::time_point> deadline) {
    while (true) {
        TRY(auto record, parse());
        if (record) return *record;
        TRY_VOID(wait(deadline));
        TRY_VOID(receive());
    }
}

base::UniqueFd Inbox::takeDescriptor() {
    if (m_received.empty()) return {};
    base::UniqueFd first = std::move(m_received.front());
    m_received.pop_front();
    return first;
}

Result<std::optional<protocol::Record>> Inbox::parse() {
    const std::size_t have = m_end - m_begin;
    if (have < protocol::kHeaderBytes) return std::optional<protocol::Record>();
    const char* header = m_buffer.data() + m_begin;
    const std::size_t length = lengthAt(header);
    if (length > m_limit)
        return Error(ErrorCode::Protocol, "a record of " + std::to_string(length) + " bytes is too long");
    if (have - protocol::kHeaderBytes < length) return std::optional<protocol::Record>();
    m_begin += protocol::kHeaderBytes + length;
    return std::optional(
        protocol::Record{static_cast<protocol::Kind>(header[4]), {header + protocol::kHeaderBytes, length}});
}

Result<void> Inbox::wait(std::optional<Clock::time_point> deadline) const {
    if (!deadline) return {};
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
        if (left <= 0) return Error(ErrorCode::Timeout, "no answer in time");
        pollfd watched{m_socket, POLLIN, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min<long long>(left, INT_MAX)));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR)
            return base::systemError(errno, "cannot wait for an extraction worker");
    }
}

Result<void> Inbox::receive() {
    makeRoom();
    alignas(cmsghdr) char control[CMSG_SPACE(kMaxDescriptors * sizeof(int))];
    iovec room{m_buffer.data() + m_end, m_buffer.size() - m_end};
    msghdr message{};
    message.msg_iov = &room;
    message.msg_iovlen = 1;
    if (m_descriptors == Descriptors::Accept) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
    }
    const ssize_t got = ::recvmsg(m_socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) return {};
    if (got <= 0) return hungUp();
    collect(message, m_received);
    m_end += static_cast<std::size_t>(got);
    return {};
}

void Inbox::makeRoom() {
    if (m_begin == m_end) {
        m_begin = m_end = 0;
        if (m_buffer.size() > kKeptBuffer) m_buffer = {};  // one giant page must not stay in memory for ever
    }
    if (m_buffer.size() - m_end >= kLeastRoom) return;
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - m_end < kLeastRoom) m_buffer.resize(std::max(kFirstBuffer, m_buffer.size() * 2));
}

}  // namespace commonplace::extract
