// What a server of Anthropic's messages would say, for scripts of http_server.h. The texts must need no JSON
// escapes.
#pragma once

#include <string>
#include <vector>

#include "tests/fakes/http_script.h"

namespace commonplace::fakes::anthropic {

inline std::string event(const std::string& type, const std::string& members = {}) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.empty() ? "" : "," + members) +
           "}\n\n";
}
inline std::string messageStart(const std::string& usage = R"("input_tokens":25,"output_tokens":1)") {
    return event("message_start",
                 R"("message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"m",)"
                 R"("stop_reason":null,"stop_sequence":null,"usage":{)" +
                     usage + "}}");
}
inline std::string blockStart(const std::string& block = R"("type":"text","text":"")") {
    return event("content_block_start", R"("index":0,"content_block":{)" + block + "}");
}
inline std::string delta(const std::string& members) {
    return event("content_block_delta", R"("index":0,"delta":{)" + members + "}");
}
inline std::string textDelta(const std::string& text) {
    return delta(R"("type":"text_delta","text":")" + text + "\"");
}
inline std::string blockStop() {
    return event("content_block_stop", R"("index":0)");
}
inline std::string messageDelta(const std::string& reason = "end_turn", int outputTokens = 15) {
    return event("message_delta", R"("delta":{"stop_reason":")" + reason +
                                      R"(","stop_sequence":null},"usage":{"output_tokens":)" +
                                      std::to_string(outputTokens) + "}");
}
inline std::string messageStop() {
    return event("message_stop");
}
inline std::string ping() {
    return event("ping");
}
inline std::string errorEvent(const std::string& type, const std::string& message) {
    return event("error", R"("error":{"type":")" + type + R"(","message":")" + message + "\"}");
}
inline std::string errorBody(const std::string& type, const std::string& message) {
    return R"({"type":"error","error":{"type":")" + type + R"(","message":")" + message + "\"}}";
}

/// Blocks with an index of their own, and what they were taken from, as the service writes it.
inline std::string blockStartAt(int index, const std::string& citations = "[]") {
    return event("content_block_start", R"("index":)" + std::to_string(index) +
                                            R"(,"content_block":{"citations":)" + citations +
                                            R"(,"type":"text","text":""})");
}
inline std::string deltaAt(int index, const std::string& members) {
    return event("content_block_delta",
                 R"("index":)" + std::to_string(index) + R"(,"delta":{)" + members + "}");
}
inline std::string textAt(int index, const std::string& text) {
    return deltaAt(index, R"("type":"text_delta","text":")" + text + "\"");
}
/// `result`: the index of the search result, as JSON.
inline std::string location(const std::string& result, const std::string& citedText) {
    return R"({"type":"search_result_location","cited_text":")" + citedText +
           R"(","source":"leave.md","title":"Passage 1","search_result_index":)" + result +
           R"(,"start_block_index":0,"end_block_index":1})";
}
inline std::string citationAt(int index, const std::string& result, const std::string& citedText) {
    return deltaAt(index, R"("type":"citations_delta","citation":)" + location(result, citedText));
}
inline std::string blockStopAt(int index) {
    return event("content_block_stop", R"("index":)" + std::to_string(index));
}

/// A whole well-behaved stream, without the HTTP head.
inline std::string chatStream(const std::vector<std::string>& texts) {
    std::string stream = messageStart() + blockStart() + ping();
    for (const std::string& text : texts) stream += textDelta(text);
    return stream + blockStop() + messageDelta() + messageStop();
}
inline Script chatReply(const std::vector<std::string>& texts) {
    return {send(streamHead() + chatStream(texts))};
}

}  // namespace commonplace::fakes::anthropic
