// What an OpenAI-compatible server would say, for scripts of http_server.h: chunks of a stream and a list of
// models. The texts must need no JSON escapes.
#pragma once

#include <string>
#include <vector>

#include "tests/fakes/http_script.h"

namespace commonplace::fakes {

inline std::string sseEvent(const std::string& data) {
    return "data: " + data + "\n\n";
}

inline std::string contentChunk(const std::string& text) {
    return sseEvent(R"({"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":")" + text +
                    R"("},"finish_reason":null}],"usage":null})");
}
inline std::string finishChunk(const std::string& reason = "stop") {
    return sseEvent(R"({"choices":[{"index":0,"delta":{},"finish_reason":")" + reason + R"("}]})");
}
inline std::string usageChunk(int promptTokens, int completionTokens) {
    return sseEvent(R"({"choices":[],"usage":{"prompt_tokens":)" + std::to_string(promptTokens) +
                    R"(,"completion_tokens":)" + std::to_string(completionTokens) + "}}");
}
inline std::string doneEvent() {
    return sseEvent("[DONE]");
}

/// A whole well-behaved stream, without the HTTP head.
inline std::string chatStream(const std::vector<std::string>& texts) {
    std::string stream = sseEvent(R"({"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]})");
    for (const std::string& text : texts) stream += contentChunk(text);
    return stream + finishChunk() + usageChunk(12, static_cast<int>(texts.size())) + doneEvent();
}
inline Script chatReply(const std::vector<std::string>& texts) {
    return {send(streamHead() + chatStream(texts))};
}
inline Script modelList(const std::string& id) {
    return ok(R"({"object":"list","data":[{"id":")" + id + R"("},{"id":"another"}]})");
}

}  // namespace commonplace::fakes
