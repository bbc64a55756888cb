#include "engine/llama/model_facts.h"

#include <charconv>
#include <map>

#include "engine/base/text.h"

namespace commonplace::llama {
namespace {

constexpr std::size_t kMostWords = 200;
constexpr std::size_t kMostText = 4096;

std::string line(const char* key, std::string_view value) {
    return std::string(key) + " " + std::string(value) + "\n";
}

using Fields = std::map<std::string, std::string, std::less<>>;

Fields fieldsOf(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view row = text.substr(0, end);
        const std::size_t space = std::min(row.find(' '), row.size());
        fields.emplace(row.substr(0, space), row.substr(std::min(space + 1, row.size())));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return fields;
}

Error unreadable() {
    return {ErrorCode::Protocol, "what is known about this model cannot be read"};
}

template <class Number>
Result<Number> number(const Fields& fields, std::string_view key) {
    const auto found = fields.find(key);
    if (found == fields.end()) return unreadable();
    Number value{};
    const char* end = found->second.data() + found->second.size();
    const auto [at, failed] = std::from_chars(found->second.data(), end, value);
    if (failed != std::errc() || at != end) return unreadable();
    return value;
}

std::string words(const Fields& fields, std::string_view key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : plainWords(found->second);
}

}  // namespace

std::string plainWords(std::string_view foreign) {
    std::string out = base::repairUtf8(foreign.substr(0, 4 * kMostWords));
    for (char& byte : out)
        if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) byte = ' ';
    return std::string(base::clipUtf8(out, kMostWords));
}

std::string toText(const ModelFacts& facts) {
    return line("kind", facts.kind == ModelKind::Chat ? "chat" : "embedding") +
           line("architecture", facts.architecture) + line("name", facts.name) +
           line("quantisation", facts.quantisation) + line("bytes", std::to_string(facts.bytes)) +
           line("trained_window", std::to_string(facts.trainedWindow)) +
           line("dimension", std::to_string(facts.dimension)) +
           line("window_token_bytes", std::to_string(facts.windowTokenBytes)) +
           line("template", facts.hasTemplate ? "1" : "0");
}

Result<ModelFacts> factsFromText(std::string_view text) {
    if (text.size() > kMostText) return unreadable();
    const Fields fields = fieldsOf(text);
    const std::string kind = words(fields, "kind");
    if (kind != "chat" && kind != "embedding") return unreadable();
    ModelFacts facts;
    facts.kind = kind == "chat" ? ModelKind::Chat : ModelKind::Embedding;
    facts.architecture = words(fields, "architecture");
    facts.name = words(fields, "name");
    facts.quantisation = words(fields, "quantisation");
    TRY(facts.bytes, number<std::uint64_t>(fields, "bytes"));
    TRY(facts.trainedWindow, number<std::size_t>(fields, "trained_window"));
    TRY(facts.dimension, number<std::size_t>(fields, "dimension"));
    TRY(facts.windowTokenBytes, number<std::uint64_t>(fields, "window_token_bytes"));
    TRY(const int hasTemplate, number<int>(fields, "template"));
    facts.hasTemplate = hasTemplate != 0;
    return facts;
}

}  // namespace commonplace::llama
