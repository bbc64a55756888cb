#include "engine/extract/outbox.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace commonplace::extract {
namespace {

Error hungUp() {
    return {ErrorCode::Crashed, "the other side hung up"};
}

}  // namespace

Result<void> sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return hungUp();
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<void> sendWithDescriptor(int socket, std::string_view bytes, int descriptor) {
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    iovec first{const_cast<char*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &first;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
    ssize_t sent = -1;
    while ((sent = ::sendmsg(socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    if (sent < 0) return hungUp();
    return sendAll(socket, bytes.substr(static_cast<std::size_t>(sent)));
}

}  // namespace commonplace::extract
