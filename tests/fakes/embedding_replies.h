// What embedding servers answer: bodies of OpenAI's POST /embeddings and Ollama's POST /api/embed, in the
// shapes that their references show.
#pragma once

#include <string>
#include <vector>

namespace commonplace::fakes {

inline std::string numbers(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : ",") + std::to_string(value);
    return "[" + text + "]";
}

inline std::string openAiItem(int index, const std::string& vector) {
    return R"({"object":"embedding","index":)" + std::to_string(index) + R"(,"embedding":)" + vector + "}";
}

inline std::string openAiAnswer(const std::vector<std::string>& items) {
    std::string data;
    for (const std::string& item : items) data += (data.empty() ? "" : ",") + item;
    return R"({"object":"list","data":[)" + data +
           R"(],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8}})";
}

inline std::string openAiVectors(const std::vector<std::vector<double>>& rows) {
    std::vector<std::string> items;
    for (const auto& row : rows) items.push_back(openAiItem(static_cast<int>(items.size()), numbers(row)));
    return openAiAnswer(items);
}

inline std::string ollamaVectors(const std::vector<std::vector<double>>& rows) {
    std::string list;
    for (const auto& row : rows) list += (list.empty() ? "" : ",") + numbers(row);
    return R"({"model":"m","embeddings":[)" + list +
           R"(],"total_duration":14143917,"load_duration":1019500,"prompt_eval_count":8})";
}

}  // namespace commonplace::fakes
