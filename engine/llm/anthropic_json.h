// The JSON of Anthropic's Messages API: the events that come back. Source: the types of
// Anthropic's own client libraries.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// One event of the stream, or a whole message that was not streamed. Unknown events are empty pieces. Pure,
/// any thread.
Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data);

class JsonView;

/// The same for a request whose passages were sent as search_result blocks. The service answers in blocks of
/// text, each with the places that it was taken from; those become markers [n] at the end of the block
/// (before the white space that ends it, and only those that it does not hold already) and ChatPiece::cited.
/// A place outside of the request has number 0 and no marker. Everything is bounded. Thread: one at a time.
class AnthropicReader final {
  public:
    explicit AnthropicReader(std::size_t passages) : m_passages(passages) {}
    Result<ChatPiece> read(std::string_view event, std::string_view data);

  private:
    /// A block that is being written; several may be open at once.
    struct Block {
        std::string text;   ///< so far, for the markers in it
        std::string space;  ///< at its end, not yet shown
        std::vector<int> numbers;
    };
    void readBlocks(const JsonView& value, ChatPiece& piece);
    void readPart(const JsonView& part, Block& block, ChatPiece& piece) const;
    void takeText(std::string_view text, Block& block, ChatPiece& piece) const;
    void takeCitation(const JsonView& citation, Block& block, ChatPiece& piece) const;
    void close(const Block& block, ChatPiece& piece) const;
    void closeAll(ChatPiece& piece);
    Block& blockOf(const JsonView& value);

    std::size_t m_passages;
    std::map<long, Block> m_open;
};

}  // namespace commonplace::llm
