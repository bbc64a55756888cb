// What one event, line or body of any chat protocol says, in terms that all protocols share; and how a
// protocol's stream is cut and read. Plain values, any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"

namespace commonplace::llm {

/// A piece of a stream, or a whole answer that was not streamed.
struct ChatPiece {
    std::string text;             ///< of the answer; raw bytes, which may begin or end inside a character
    std::size_t hiddenBytes = 0;  ///< of reasoning, which is not shown
    bool hasAnswer = false;       ///< there was a place for text, filled or not
    bool isEnd = false;           ///< nothing of the answer follows
    /// "stop", "length", "content_filter", "context" (the window is full), "error"; others mean stop.
    std::optional<std::string> finishReason;
    std::optional<std::string> error;  ///< the server's words
    int errorStatus = 0;               ///< the HTTP status that the error would have had; 0: unknown
    std::optional<long> promptTokens;  ///< all of them, also those that came out of a cache
    std::optional<long> completionTokens;
    std::vector<document::CitedText> cited;  ///< see ChatReply::cited
};

enum class Framing { Events, Lines };  ///< server-sent events, or one JSON object a line

struct StreamFormat {
    Framing framing = Framing::Events;
    /// Gets the name of an event (empty for lines) and its data without white space around. Protocol when
    /// this cannot be read.
    std::function<Result<ChatPiece>(std::string_view event, std::string_view data)> read;
    /// What to check when the answer is none of this protocol.
    std::string hint;
};

}  // namespace commonplace::llm
