#include "engine/eval/json_lines.h"

#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "engine/base/text.h"

namespace commonplace::eval {

struct JsonLine::Value {
    const std::filesystem::path& file;
    std::size_t line;
    nlohmann::json object;
};

namespace {

std::optional<std::string> asText(const nlohmann::json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    return std::nullopt;
}

bool isAbsent(const nlohmann::json& object, const char* key) {
    return !object.contains(key) || object[key].is_null();
}

}  // namespace

Error wrongLine(const std::filesystem::path& file, std::size_t line, const std::string& what) {
    return {ErrorCode::InvalidArgument,
            base::displayPath(file) + " line " + std::to_string(line) + ": " + what};
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

Error JsonLine::wrong(const std::string& what) const {
    return wrongLine(m_value.file, m_value.line, what);
}

Result<std::string> JsonLine::text(const char* key) const {
    if (isAbsent(m_value.object, key)) return wrong(std::string("there is no \"") + key + "\"");
    if (auto text = asText(m_value.object[key])) return std::move(*text);
    return wrong(std::string("\"") + key + "\" must be a string");
}

Result<std::string> JsonLine::optionalText(const char* key) const {
    if (isAbsent(m_value.object, key)) return std::string();
    return text(key);
}

Result<std::vector<int>> JsonLine::integers(const char* key) const {
    std::vector<int> numbers;
    if (isAbsent(m_value.object, key)) return numbers;
    const nlohmann::json& array = m_value.object[key];
    if (!array.is_array()) return wrong(std::string("\"") + key + "\" must be an array of numbers");
    for (const nlohmann::json& element : array) {
        if (!element.is_number_integer())
            return wrong(std::string("\"") + key + "\" must hold whole numbers only");
        numbers.push_back(element.get<int>());
    }
    return numbers;
}

Result<void> forEachJsonLine(const std::filesystem::path& file,
                             const std::function<Result<void>(const JsonLine&)>& each) {
    TRY(const std::string bytes, base::readFile(file));
    std::size_t number = 0;
    for (const std::string_view line : linesOf(bytes)) {
        ++number;
        if (base::trim(line).empty()) continue;
        JsonLine::Value value{file, number, nlohmann::json::parse(line, nullptr, false)};
        if (value.object.is_discarded()) return wrongLine(file, number, "this is not valid JSON");
        if (!value.object.is_object()) return wrongLine(file, number, "a JSON object is expected");
        TRY_VOID(each(JsonLine(value)));
    }
    return {};
}

}  // namespace commonplace::eval
