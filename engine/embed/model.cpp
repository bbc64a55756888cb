#include "engine/embed/model.h"

#include <cstring>
#include <limits>

#include "engine/embed/model_format.h"

extern "C" {
extern const char commonplaceModelBegin[];
extern const char commonplaceModelEnd[];
}

namespace commonplace::embed {
namespace {

Error damaged(const std::string& what) {
    return {ErrorCode::Corrupt,
            "the built-in embedding model is damaged (" + what + "); reinstall the program"};
}

/// Reads tensors by name with the dimensions that the caller expects; the first failure is kept and
/// everything after it is null, so that the caller asks once at the end.
class Reader {
  public:
    Reader(std::string_view bytes, std::uint32_t tensors) : m_bytes(bytes), m_tensors(tensors) {}

    const float* vector(const std::string& name, std::size_t length) {
        const TensorEntry* entry = find(name, TensorKind::Float, 1, length);
        return entry ? at<float>(entry->values, length, name) : nullptr;
    }

    QuantisedMatrix matrix(const std::string& name, TensorKind kind, std::size_t rows, std::size_t columns) {
        const TensorEntry* entry = find(name, kind, rows, columns);
        if (!entry) return {};
        const std::size_t scales = kind == TensorKind::Int8PerRow ? rows : columns;
        return {at<float>(entry->scales, scales, name), at<std::int8_t>(entry->values, rows * columns, name),
                rows, columns};
    }

    const std::string& failure() const { return m_failure; }

  private:
    const TensorEntry* find(const std::string& name, TensorKind kind, std::size_t rows, std::size_t columns) {
        const auto* entries = reinterpret_cast<const TensorEntry*>(m_bytes.data() + sizeof(ModelHeader));
        for (std::uint32_t i = 0; i < m_tensors; ++i) {
            const TensorEntry& entry = entries[i];
            if (std::string_view(entry.name, strnlen(entry.name, sizeof entry.name)) != name) continue;
            if (entry.kind == kind && entry.rows == rows && entry.columns == columns) return &entry;
            break;
        }
        fail(name);
        return nullptr;
    }

    template <class T>
    const T* at(std::uint64_t offset, std::size_t count, const std::string& name) {
        const std::uint64_t size = count * sizeof(T);
        if (offset % kModelAlignment == 0 && offset <= m_bytes.size() && size <= m_bytes.size() - offset)
            return reinterpret_cast<const T*>(m_bytes.data() + offset);
        fail(name);
        return nullptr;
    }

    void fail(const std::string& name) {
        if (m_failure.empty()) m_failure = "no usable " + name;
    }

    std::string_view m_bytes;
    std::uint32_t m_tensors;
    std::string m_failure;
};

Layer readLayer(Reader& reader, std::size_t index) {
    const std::size_t input = Shape::inputOf(index);
    const std::string prefix = std::string("L").append(std::to_string(index)) + ".";
    const auto vector = [&](const char* name, std::size_t length) {
        return reader.vector(prefix + name, length);
    };
    const auto matrix = [&](const char* name, std::size_t rows, std::size_t columns) {
        return reader.matrix(prefix + name, TensorKind::Int8PerColumn, rows, columns);
    };
    Layer layer{};
    layer.norm1Gain = vector("norm1.gain", input);
    layer.norm1Bias = vector("norm1.bias", input);
    layer.qkv = matrix("qkv.w", input, 3 * input);
    layer.qkvBias = vector("qkv.b", 3 * input);
    layer.out = matrix("out.w", input, Shape::hidden);
    layer.outBias = vector("out.b", Shape::hidden);
    layer.norm2Gain = vector("norm2.gain", Shape::hidden);
    layer.norm2Bias = vector("norm2.bias", Shape::hidden);
    layer.wide = matrix("wide.w", Shape::hidden, Shape::wide);
    layer.wideBias = vector("wide.b", Shape::wide);
    layer.narrow = matrix("narrow.w", Shape::wide, Shape::hidden);
    layer.narrowBias = vector("narrow.b", Shape::hidden);
    return layer;
}

/// What stands before the tensors; an empty string when all is well.
std::string headerFault(std::string_view bytes) {
    if (bytes.size() < sizeof(ModelHeader)) return "too short";
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % kModelAlignment != 0) return "not aligned";
    const auto& header = *reinterpret_cast<const ModelHeader*>(bytes.data());
    if (std::memcmp(header.magic, kModelMagic, sizeof header.magic) != 0) return "wrong magic";
    if (header.version != kModelVersion) return "unknown version";
    if (header.bytes != bytes.size()) return "wrong length";
    if (header.checksum != modelChecksum(bytes.substr(sizeof header))) return "wrong checksum";
    if (header.tensors > (bytes.size() - sizeof header) / sizeof(TensorEntry)) return "too many tensors";
    if (header.pieces != Shape::pieces) return "unknown vocabulary";
    if (header.vocabulary > bytes.size() || header.vocabularyBytes > bytes.size() - header.vocabulary)
        return "vocabulary out of bounds";
    return {};
}

bool isWholeVocabulary(std::string_view bytes) {
    constexpr std::size_t head = sizeof(float) + 1;
    std::size_t pieces = 0;
    for (std::size_t at = 0; at < bytes.size(); ++pieces) {
        if (bytes.size() - at < head) return false;
        const std::size_t length = static_cast<unsigned char>(bytes[at + sizeof(float)]);
        if (length == 0 || bytes.size() - at - head < length) return false;
        at += head + length;
    }
    return pieces == Shape::pieces;
}

}  // namespace

Result<Model> Model::open(std::string_view bytes) {
    if (const std::string fault = headerFault(bytes); !fault.empty()) return damaged(fault);
    const auto& header = *reinterpret_cast<const ModelHeader*>(bytes.data());
    Reader reader(bytes, header.tensors);
    Model model;
    model.m_embedding =
        reader.matrix("embedding", TensorKind::Int8PerRow, Shape::embeddingRows, Shape::embedding);
    model.m_timing = reader.vector("timing", Shape::embedding / 2);
    model.m_residual =
        reader.matrix("residual.w", TensorKind::Int8PerColumn, Shape::embedding, Shape::hidden);
    model.m_residualBias = reader.vector("residual.b", Shape::hidden);
    model.m_pool = reader.matrix("pool.w", TensorKind::Int8PerColumn, Shape::hidden, Shape::hidden);
    model.m_poolBias = reader.vector("pool.b", Shape::hidden);
    for (std::size_t i = 0; i < Shape::layers; ++i) model.m_layers[i] = readLayer(reader, i);
    if (!reader.failure().empty()) return damaged(reader.failure());
    model.m_vocabulary = bytes.substr(header.vocabulary, header.vocabularyBytes);
    if (!isWholeVocabulary(model.m_vocabulary)) return damaged("vocabulary");
    return model;
}

void Model::eachPiece(const std::function<void(std::string_view, float)>& take) const {
    for (std::size_t at = 0; at < m_vocabulary.size();) {
        float score = 0;
        std::memcpy(&score, m_vocabulary.data() + at, sizeof score);
        const std::size_t length = static_cast<unsigned char>(m_vocabulary[at + sizeof score]);
        at += sizeof score + 1;
        take(m_vocabulary.substr(at, length), score);
        at += length;
    }
}

std::string_view builtinModelBytes() {
    return {commonplaceModelBegin, static_cast<std::size_t>(commonplaceModelEnd - commonplaceModelBegin)};
}

}  // namespace commonplace::embed
