// Which addresses lie on this machine or in a network of its owner: nothing that a server of the internet has
// to send anybody to. Sources: RFC 6890 (special-purpose addresses), RFC 4193 (fc00::/7), RFC 6598
// (100.64.0.0/10). Inside engine/net only. Pure, any thread.
#pragma once

#include <sys/socket.h>

namespace commonplace::net {

/// Also true for what is neither IPv4 nor IPv6, and for IPv4 in an IPv6 coat.
bool isPrivateAddress(const sockaddr& address);

}  // namespace commonplace::net
