// The keys of services in a file of the user's, for computers without a keyring:
//
//     {"https://api.example.com": "sk-…", "http://10.0.0.2:8080": "…"}
//
// A key belongs to exactly one origin (scheme, host, port) and is sent to no other. The file must be the
// user's own, regular, and closed to everybody else (mode 0600 or less); otherwise it is not read, and an
// Error says why. Keys never stand in an Error. Thread: any.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::llm {

class KeyFile final {
  public:
    /// Without a file: no keys. Refused: of somebody else, open to others, or no regular file. Corrupt: not
    /// as above.
    static Result<KeyFile> read(const std::filesystem::path& file);

    /// The key for exactly that server.
    std::optional<std::string> keyFor(std::string_view baseUrl) const;
    /// By origin: what must not appear in traces and messages.
    const std::map<std::string, std::string>& keys() const { return m_keys; }

  private:
    std::map<std::string, std::string> m_keys;
};

}  // namespace commonplace::llm
