// Answers as real servers gave them, byte by byte: llama-server b1-de3ff81 (chat, a tool call), and
// Anthropic's messages and Ollama's lines in the shapes of their references. Bodies only, without the HTTP
// head.
#pragma once

#include <string>

#include "tests/fakes/openai_replies.h"

namespace commonplace::fakes::verbatim {

/// What stands at the end of every chunk of one llama-server answer.
inline std::string llamaTail(const std::string& model = "stories260k") {
    return R"(,"created":1795302539,"id":"chatcmpl-Zf4XNODhoGpafRc9j0vsClNAiz5EkFmg","model":")" + model +
           R"(","system_fingerprint":"b1-de3ff81","object":"chat.completion.chunk")";
}
inline std::string llamaChunk(const std::string& delta, const std::string& reason = "null") {
    return sseEvent(R"({"choices":[{"finish_reason":)" + reason + R"(,"index":0,"delta":)" + delta + "}]" +
                    llamaTail() + "}");
}

/// Says: "Here?" (with the quotation marks). 46 + 6 tokens, ended by its bound.
inline std::string llamaChat() {
    std::string stream = llamaChunk(R"({"role":"assistant","content":null})");
    for (const char* word : {R"(\")", "H", "e", "re", "?", R"(\")"})
        stream += llamaChunk(std::string(R"({"content":")") + word + "\"}");
    stream += llamaChunk("{}", "\"length\"");
    return stream +
           sseEvent(
               R"({"choices":[])" + llamaTail() +
               R"(,"usage":{"completion_tokens":6,"prompt_tokens":46,"total_tokens":52,)"
               R"("prompt_tokens_details":{"cached_tokens":0}},"timings":{"cache_n":0,"prompt_n":46,)"
               R"("prompt_ms":6.554,"prompt_per_token_ms":0.14247826086956522,)"
               R"("prompt_per_second":7018.614586512053,"predicted_n":6,"predicted_ms":1.374,)"
               R"("predicted_per_token_ms":0.27480000000000004,"predicted_per_second":3639.0101892285293}})") +
           doneEvent();
}

/// Says "I will" and then calls a tool that nobody offered. 713 + 33 tokens.
inline std::string llamaToolCall() {
    std::string stream = llamaChunk(R"({"role":"assistant","content":null})") +
                         llamaChunk(R"({"content":"I w"})") + llamaChunk(R"({"content":"ill"})");
    stream +=
        llamaChunk(R"({"tool_calls":[{"index":0,"id":"1nKCMXKN4aD9mRpdj5OYjKHvW2MYxZFU","type":"function",)"
                   R"("function":{"name":"search","arguments":"{"}}]})");
    for (const char* part : {R"(\"q)", "uer", "}"})
        stream += llamaChunk(std::string(R"({"tool_calls":[{"index":0,"function":{"arguments":")") + part +
                             "\"}}]}");
    stream += llamaChunk("{}", "\"tool_calls\"");
    return stream +
           sseEvent(R"({"choices":[])" + llamaTail() +
                    R"(,"usage":{"completion_tokens":33,"prompt_tokens":713,"total_tokens":746,)"
                    R"("prompt_tokens_details":{"cached_tokens":712}}})") +
           doneEvent();
}

/// The same as Anthropic's messages, by llama-server: block 1 begins before block 0 has ended. Says "I will".
inline std::string anthropicToolUse() {
    const auto event = [](const std::string& type, const std::string& members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    };
    const auto delta = [&](const std::string& index, const std::string& members) {
        return event("content_block_delta", "\"index\":" + index + R"(,"delta":{)" + members + "}");
    };
    return event("message_start",
                 R"("message":{"id":"chatcmpl-1","type":"message","role":"assistant","content":[],)"
                 R"("model":"script","stop_reason":null,"stop_sequence":null,)"
                 R"("usage":{"cache_read_input_tokens":712,"input_tokens":1,"output_tokens":0}})") +
           event("content_block_start", R"("index":0,"content_block":{"type":"text","text":""})") +
           delta("0", R"("type":"text_delta","text":"I w")") +
           event("content_block_start",
                 R"("index":1,"content_block":{"type":"tool_use","id":"1nKC","name":"search","input":{}})") +
           delta("1", R"("type":"input_json_delta","partial_json":"{\"q")") +
           delta("0", R"("type":"text_delta","text":"ill")") + event("content_block_stop", R"("index":0)") +
           delta("1", R"("type":"input_json_delta","partial_json":"\":1}")") +
           event("content_block_stop", R"("index":1)") +
           event("message_delta",
                 R"("delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":33})") +
           "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
}

/// Thinks, says "The sky is blue." and tells its counts: 26 + 298 tokens.
inline std::string ollamaChat() {
    const auto line = [](const std::string& members) {
        return R"({"model":"llama3.2","created_at":"2026-08-04T08:52:19.385406455-07:00",)" + members + "}\n";
    };
    const auto message = [&](const std::string& members) {
        return line(R"("message":{"role":"assistant",)" + members + R"(},"done":false)");
    };
    return message(R"("content":"","thinking":"First,")") + message(R"("content":"The")") +
           message(R"("content":" sky is")") + message(R"("content":" blue.","images":null)") +
           line(R"("message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",)"
                R"("total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,)"
                R"("prompt_eval_duration":342546000,"eval_count":298,"eval_duration":4535599000)");
}

}  // namespace commonplace::fakes::verbatim
