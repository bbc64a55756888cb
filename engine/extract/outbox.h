// Sending on a stream socket without SIGPIPE: whole byte strings, or one with a file descriptor along.
#pragma once

#include <string_view>

#include "engine/base/result.h"

namespace commonplace::extract {

/// Sends everything; blocks while the peer reads slowly. Crashed when the peer has hung up.
Result<void> sendAll(int socket, std::string_view bytes);
/// The same, with one descriptor attached to the first byte (SCM_RIGHTS).
Result<void> sendWithDescriptor(int socket, std::string_view bytes, int descriptor);

}  // namespace commonplace::extract
