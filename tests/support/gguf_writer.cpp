#include "tests/support/gguf_writer.h"

#include <cstring>
#include <utility>

namespace commonplace::test {
namespace {

enum Type : std::uint32_t { kU32 = 4, kI32 = 5, kF32 = 6, kBool = 7, kString = 8, kArray = 9 };
constexpr std::size_t kAlignment = 32;

template <class Value>
void append(std::string& out, Value value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

void appendText(std::string& out, std::string_view text) {
    append(out, static_cast<std::uint64_t>(text.size()));
    out += text;
}

void align(std::string& out) {
    out.resize((out.size() + kAlignment - 1) / kAlignment * kAlignment, '\0');
}

}  // namespace

void GgufWriter::key(std::string_view name, std::uint32_t type) {
    appendText(m_metadata, name);
    append(m_metadata, type);
    ++m_keys;
}

void GgufWriter::list(std::string_view name, std::uint32_t type, std::size_t count) {
    key(name, kArray);
    append(m_metadata, type);
    append(m_metadata, static_cast<std::uint64_t>(count));
}

void GgufWriter::number(std::string_view name, std::uint32_t value) {
    key(name, kU32);
    append(m_metadata, value);
}

void GgufWriter::real(std::string_view name, float value) {
    key(name, kF32);
    append(m_metadata, value);
}

void GgufWriter::flag(std::string_view name, bool value) {
    key(name, kBool);
    append(m_metadata, static_cast<std::uint8_t>(value));
}

void GgufWriter::text(std::string_view name, std::string_view value) {
    key(name, kString);
    appendText(m_metadata, value);
}

void GgufWriter::texts(std::string_view name, const std::vector<std::string>& values) {
    list(name, kString, values.size());
    for (const std::string& value : values) appendText(m_metadata, value);
}

void GgufWriter::reals(std::string_view name, const std::vector<float>& values) {
    list(name, kF32, values.size());
    for (const float value : values) append(m_metadata, value);
}

void GgufWriter::integers(std::string_view name, const std::vector<std::int32_t>& values) {
    list(name, kI32, values.size());
    for (const std::int32_t value : values) append(m_metadata, value);
}

void GgufWriter::tensor(std::string_view name, std::vector<std::uint64_t> dimensions,
                        std::vector<float> values) {
    m_tensors.push_back({std::string(name), std::move(dimensions), std::move(values)});
}

std::string GgufWriter::bytes() const {
    std::string out = "GGUF", data;
    append(out, std::uint32_t{3});
    append(out, static_cast<std::uint64_t>(m_tensors.size()));
    append(out, m_keys);
    out += m_metadata;
    for (const Tensor& tensor : m_tensors) {
        appendText(out, tensor.name);
        append(out, static_cast<std::uint32_t>(tensor.dimensions.size()));
        for (const std::uint64_t dimension : tensor.dimensions) append(out, dimension);
        append(out, std::uint32_t{0});  // 32-bit numbers
        append(out, static_cast<std::uint64_t>(data.size()));
        data.append(reinterpret_cast<const char*>(tensor.values.data()),
                    tensor.values.size() * sizeof(float));
        align(data);
    }
    align(out);
    return out + data;
}

}  // namespace commonplace::test
