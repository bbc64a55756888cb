// Words of a server in our own messages: one line, at most 300 bytes, nothing that a terminal obeys, and
// never the key, even when the server echoes it. Thread: immutable.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace commonplace::net {

class SafeText final {
  public:
    explicit SafeText(std::string key) : m_key(std::move(key)) {}

    bool hasKey() const { return !m_key.empty(); }
    /// The server's words, fit to be quoted.
    std::string quote(std::string_view raw) const;
    /// The text with every occurrence of the key replaced.
    std::string withoutKey(std::string text) const;
    Error withoutKey(const Error& error) const { return {error.code(), withoutKey(error.message())}; }

  private:
    std::string m_key;
};

}  // namespace commonplace::net
