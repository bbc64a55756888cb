// Secrets: the keys of services, from the user's key file (engine/llm/key_file.h), beside the environment and
// the keyring of the desktop. Never stored, printed or logged. Thread: any; reads the file anew each time.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::app {

/// The key that keys.json has for exactly the origin of this address; empty: none. Refused, Corrupt, Io: the
/// file cannot be used, and why.
Result<std::string> keyFor(const std::string& baseUrl);

/// Every key that is known here: what must not appear in traces.
std::vector<std::string> knownSecrets();

}  // namespace commonplace::app
