#include "engine/embed/served_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace commonplace::embed {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMaxNumberBytes = 32;  // of one number with its comma and white space
constexpr std::size_t kRestBytes = 64u << 10;

/// Reads an answer event by event. Where a vector begins is told by the keys above it: OpenAI's answer is
/// data[{index, embedding[…]}…], Ollama's embeddings[[…]…].
class Reader final : public nlohmann::json_sax<Json> {
  public:
    Reader(ServedApi api, const Expected& expected) : m_api(api), m_expected(expected) {}

    /// One row for each text, or what is wrong with the answer.
    Result<std::vector<std::vector<float>>> finish() {
        if (!m_wrong && !m_found) refuse("it holds no vectors");
        if (!m_wrong && m_taken != m_expected.count)
            refuse("it holds " + std::to_string(m_taken) + " vectors for " +
                   std::to_string(m_expected.count) + " texts");
        if (m_wrong) return Error(ErrorCode::Protocol, *m_wrong);
        return std::move(m_rows);
    }

    bool null() override { return value(std::nullopt); }
    bool boolean(bool) override { return value(std::nullopt); }
    bool number_integer(number_integer_t number) override { return value(static_cast<double>(number)); }
    bool number_unsigned(number_unsigned_t number) override { return value(static_cast<double>(number)); }
    bool number_float(number_float_t number, const string_t&) override { return value(number); }
    bool string(string_t&) override { return value(std::nullopt); }
    bool binary(binary_t&) override { return value(std::nullopt); }
    bool start_object(std::size_t) override {
        if (m_inVector) return refuse("a vector holds something that is no number");
        if (isList()) m_index = std::nullopt;
        return enter();
    }
    bool key(string_t& name) override {
        m_keys.back() = name.substr(0, kLongestKey);
        return true;
    }
    bool end_object() override {
        m_keys.pop_back();
        if (m_api == ServedApi::OpenAi && isList() && m_pending) return place(m_index);
        return true;
    }
    bool start_array(std::size_t) override {
        if (m_inVector) return refuse("a vector holds something that is no number");
        const bool isVector = beginsVector();
        if (m_keys.size() == 1 && m_keys.back() == listName()) m_found = true;
        if (!enter()) return false;
        if (!isVector) return true;
        if (m_pending) return refuse("a place holds two vectors");
        m_inVector = true;
        m_row.clear();
        return true;
    }
    bool end_array() override {
        m_keys.pop_back();
        if (!m_inVector) return true;
        m_inVector = false;
        m_pending = true;
        return m_api == ServedApi::OpenAi || place(m_taken);
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
        return refuse("it is no JSON, or broke off");
    }

  private:
    static constexpr std::size_t kLongestKey = 32;

    const char* listName() const { return m_api == ServedApi::OpenAi ? "data" : "embeddings"; }
    /// Inside the list of answers, outside of its items. Levels: the object, the list.
    bool isList() const { return m_keys.size() == 2 && m_keys[0] == listName(); }
    bool beginsVector() const {
        if (m_api == ServedApi::Ollama) return isList();
        return m_keys.size() == 3 && m_keys[0] == listName() && m_keys[2] == "embedding";
    }

    bool enter() {
        m_keys.emplace_back();
        return m_keys.size() <= kDeepest || refuse("it is nested too deeply");
    }

    bool value(std::optional<double> number) {
        if (!m_inVector) {
            const bool isIndex = m_keys.size() == 3 && m_keys[0] == listName() && m_keys[2] == "index";
            if (isIndex && number && *number >= 0 && *number < static_cast<double>(m_expected.count))
                m_index = static_cast<std::size_t>(*number);
            else if (isIndex)
                return refuse("it has a vector for a text that was not sent");
            return true;
        }
        if (!number || !std::isfinite(static_cast<float>(*number)))
            return refuse("a vector holds something that is no finite number");
        if (m_row.size() >= kMaxDimension) return refuse("its vectors are too long");
        m_row.push_back(static_cast<float>(*number));
        return true;
    }

    /// Puts the row that was read into its place. Servers that number nothing answer in order.
    bool place(std::optional<std::size_t> index) {
        m_pending = false;
        const std::size_t at = index.value_or(m_taken);
        const std::size_t dimension = m_expected.dimension != 0 ? m_expected.dimension : m_dimension;
        if (m_row.empty()) return refuse("a vector is empty");
        if (dimension != 0 && m_row.size() != dimension)
            return refuse("a vector has " + std::to_string(m_row.size()) + " dimensions instead of " +
                          std::to_string(dimension) + ": another model answers there now");
        if (at >= m_expected.count) return refuse("it holds more vectors than texts were sent");
        m_rows.resize(m_expected.count);
        if (!m_rows[at].empty()) return refuse("it holds two vectors for one text");
        m_dimension = m_row.size();
        m_rows[at] = std::move(m_row);
        ++m_taken;
        return true;
    }

    bool refuse(const std::string& why) {
        if (!m_wrong) m_wrong = why;
        return false;
    }

    const ServedApi m_api;
    const Expected m_expected;
    std::vector<std::string> m_keys;  // of the open objects and arrays; arrays have an empty one
    std::vector<std::vector<float>> m_rows;
    std::vector<float> m_row;
    std::optional<std::size_t> m_index;
    std::optional<std::string> m_wrong;
    std::size_t m_taken = 0;
    std::size_t m_dimension = 0;
    bool m_inVector = false;
    bool m_pending = false;  // a vector was read whose item has not ended
    bool m_found = false;
};

/// Unit length; in double, so that large values do not overflow.
void append(std::vector<float>& values, const std::vector<float>& row) {
    double square = 0;
    for (const float value : row) square += static_cast<double>(value) * value;
    const double scale = square > 0 ? 1 / std::sqrt(square) : 0;
    for (const float value : row) values.push_back(static_cast<float>(value * scale));
}

std::string messageOf(const Json& json, int levels) {
    if (json.is_string()) return json.get<std::string>();
    if (!json.is_object() || levels == 0) return {};
    for (const char* key : {"error", "message", "detail"})
        if (const auto at = json.find(key); at != json.end())
            if (std::string found = messageOf(*at, levels - 1); !found.empty()) return found;
    return {};
}

}  // namespace

const char* name(ServedApi api) {
    return api == ServedApi::OpenAi ? "openai" : "ollama";
}

std::string requestBody(ServedApi api, const std::string& model, std::span<const std::string> texts) {
    Json json{{"model", model}, {"input", Json::array()}};
    for (const std::string& text : texts) json["input"].push_back(text);
    // Else Ollama silently forgets the end of a long text.
    if (api == ServedApi::Ollama) json["truncate"] = false;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::size_t mostAnswerBytes(const Expected& expected) {
    const std::size_t dimension = expected.dimension != 0 ? expected.dimension : kMaxDimension;
    return kRestBytes + expected.count * (dimension * kMaxNumberBytes + 256);
}

Result<document::Vectors> readVectors(ServedApi api, std::string_view answer, const Expected& expected) {
    Reader reader(api, expected);
    // Its own verdict counts; false only says that it gave one.
    (void)Json::sax_parse(answer, &reader);
    TRY(const auto rows, reader.finish());
    document::Vectors vectors{rows.empty() ? expected.dimension : rows.front().size(), {}};
    vectors.values.reserve(rows.size() * vectors.dimension);
    for (const auto& row : rows) append(vectors.values, row);
    return vectors;
}

std::string errorMessage(std::string_view body) {
    bool tooDeep = false;
    const auto shallow = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > static_cast<int>(kDeepest);
        return !tooDeep;
    };
    const Json json = Json::parse(body, shallow, false);
    if (tooDeep || json.is_discarded()) return {};
    return messageOf(json, 4);
}

}  // namespace commonplace::embed
