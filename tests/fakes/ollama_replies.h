// What Ollama would say, for scripts of http_server.h. The texts must need no JSON escapes.
#pragma once

#include <string>
#include <vector>

#include "tests/fakes/http_script.h"

namespace commonplace::fakes::ollama {

inline std::string line(const std::string& members) {
    return R"({"model":"m","created_at":"2026-08-04T08:52:19.385406455Z",)" + members + "}\n";
}
inline std::string textLine(const std::string& text) {
    return line(R"("message":{"role":"assistant","content":")" + text + R"("},"done":false)");
}
inline std::string thinkingLine(const std::string& text) {
    return line(R"("message":{"role":"assistant","content":"","thinking":")" + text + R"("},"done":false)");
}
inline std::string doneLine(const std::string& reason = "stop") {
    return line(R"("message":{"role":"assistant","content":""},"done_reason":")" + reason +
                R"(","done":true,"total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,)"
                R"("prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000)");
}

/// A whole well-behaved stream, without the HTTP head.
inline std::string chatStream(const std::vector<std::string>& texts) {
    std::string stream;
    for (const std::string& text : texts) stream += textLine(text);
    return stream + doneLine();
}
inline Script chatReply(const std::vector<std::string>& texts) {
    return {send(streamHead("application/x-ndjson") + chatStream(texts))};
}
inline Script modelList() {
    return ok(R"({"models":[{"name":"small:1b","model":"small:1b","size":1},{"name":"large:8b"}]})");
}

}  // namespace commonplace::fakes::ollama
