// Is this the address of a proxy that the environment names? Inside engine/net only.
#pragma once

#include <sys/socket.h>

namespace commonplace::net {

/// True when host and port of one of http_proxy, https_proxy or all_proxy (in the spellings that libcurl
/// reads) lead to this address. A proxy that is named and not numbered is looked up, which may take as long
/// as any look-up; only when its port is the one asked about. False for what is neither IPv4 nor IPv6.
/// Thread: any, while nobody changes the environment.
bool isProxyAddress(const sockaddr& address);

}  // namespace commonplace::net
