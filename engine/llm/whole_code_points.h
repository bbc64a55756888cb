// Bytes that were cut anywhere, as whole code points of valid UTF-8: models answer in tokens, and a token may
// end inside a character. Thread: one at a time.
#pragma once

#include <string>
#include <string_view>

namespace commonplace::llm {

class WholeCodePoints final {
  public:
    /// All that is complete so far and was not given yet; bytes that can never become a character are U+FFFD.
    std::string push(std::string_view bytes);
    /// The rest, at the end of the text: an unfinished character as U+FFFD.
    std::string finish();

  private:
    std::string m_rest;  // at most three bytes between two calls
};

}  // namespace commonplace::llm
