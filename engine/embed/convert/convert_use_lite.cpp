// Build step: the npm package of the encoder (TensorFlow.js layout) to one flat int8 file
// (../model_format.h).
//
//     convert_use_lite PACKAGE/dist OUT.bin
//
// Matrices are quantised symmetrically, one scale per output column (per row for the embedding table);
// vectors stay float32. A host tool: it prints and exits, unlike the engine.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/embed/model_format.h"

namespace {

using namespace commonplace::embed;
using Json = nlohmann::json;

struct Tensor {
    std::uint32_t rows = 1;
    std::uint32_t columns = 1;
    std::vector<float> values;
};

struct Wanted {
    std::string name;    ///< in our file
    std::string source;  ///< in the package
    TensorKind kind;
};

[[noreturn]] void fail(const std::string& message) {
    throw std::runtime_error(message);
}

std::string readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail("cannot read " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Leading dimensions of 1 (convolution kernels) are dropped; what is left is a matrix or a row.
Tensor shaped(const Json& shape) {
    std::vector<std::uint32_t> sizes;
    for (const Json& size : shape)
        if (size.get<std::uint32_t>() != 1) sizes.push_back(size.get<std::uint32_t>());
    if (sizes.size() > 2) fail("a weight has more than two dimensions");
    Tensor tensor;
    if (!sizes.empty()) tensor.columns = sizes.back();
    if (sizes.size() == 2) tensor.rows = sizes.front();
    return tensor;
}

std::map<std::string, Tensor> readWeights(const std::string& folder) {
    const Json manifest = Json::parse(readFile(folder + "/model.json")).at("weightsManifest").at(0);
    std::string bytes;
    for (const Json& path : manifest.at("paths")) bytes += readFile(folder + "/" + path.get<std::string>());
    std::map<std::string, Tensor> weights;
    std::size_t at = 0;
    for (const Json& entry : manifest.at("weights")) {
        const std::string type = entry.at("dtype");
        Tensor tensor = shaped(entry.at("shape"));
        const std::size_t count = std::size_t{tensor.rows} * tensor.columns;
        const std::size_t size = count * (type == "bool" ? 1 : 4);
        if (bytes.size() - at < size) fail("the weight shards are too short");
        if (type == "float32") {
            tensor.values.resize(count);
            std::memcpy(tensor.values.data(), bytes.data() + at, size);
            weights.emplace(entry.at("name"), std::move(tensor));
        }
        at += size;
    }
    if (at != bytes.size()) fail("the weight shards are longer than the manifest says");
    return weights;
}

void addLayer(std::vector<Wanted>& wanted, int layer) {
    const std::string number = std::to_string(layer);
    const std::string prefix = "L" + number + ".";
    const std::string encode = "/Encoder_en/KonaTransformer/Encode/";
    const std::string inner = "Layer_" + number + "/TransformerLayer/";
    const std::string applied = "module_apply_default" + encode + inner;
    const std::string attention = "module" + encode + inner + "MultiheadAttention/";
    const std::string dense = "module_apply_default" + encode + "TransformerStack/" + inner + "FFN/";
    const std::string norm = "layer_prepostprocess/layer_norm/layer_norm_";
    const std::string tail = "/ConcatPartitions/concat";
    const auto matrix = [&](const char* name, const std::string& source) {
        wanted.push_back({prefix + name, source, TensorKind::Int8PerColumn});
    };
    const auto row = [&](const char* name, const std::string& source) {
        wanted.push_back({prefix + name, applied + source + tail, TensorKind::Float});
    };
    row("norm1.gain", norm + "scale");
    row("norm1.bias", norm + "bias");
    matrix("qkv.w", attention + "qkv_transform_single/kernel/part_0");
    row("qkv.b", "MultiheadAttention/qkv_transform_single/bias");
    matrix("out.w", attention + "output_transform_single/kernel/part_0");
    row("out.b", "MultiheadAttention/output_transform_single/bias");
    row("norm2.gain", "FFN/" + norm + "scale");
    row("norm2.bias", "FFN/" + norm + "bias");
    matrix("wide.w", dense + "conv1/Tensordot/Reshape_1");
    row("wide.b", "FFN/conv1/bias");
    matrix("narrow.w", dense + "conv2/Tensordot/Reshape_1");
    row("narrow.b", "FFN/conv2/bias");
}

std::vector<Wanted> wantedTensors() {
    const std::string encode = "module_apply_default/Encoder_en/KonaTransformer/Encode/";
    const std::string residual = encode + "Layer_0/TransformerLayer/dense/";
    const std::string tail = "/ConcatPartitions/concat";
    const std::string pool = "module/Encoder_en/hidden_layers/tanh_layer_0/";
    std::vector<Wanted> wanted{
        {"embedding", "module/Embeddings_en", TensorKind::Int8PerRow},
        {"timing", encode + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1",
         TensorKind::Float},
        {"residual.w", residual + "kernel" + tail, TensorKind::Int8PerColumn},
        {"residual.b", residual + "bias" + tail, TensorKind::Float},
        {"pool.w", pool + "weights", TensorKind::Int8PerColumn},
        {"pool.b", pool + "bias", TensorKind::Float}};
    addLayer(wanted, 0);
    addLayer(wanted, 1);
    return wanted;
}

struct Quantised {
    std::vector<float> scales;
    std::vector<std::int8_t> values;
};

Quantised quantise(const Tensor& tensor, TensorKind kind) {
    const bool perRow = kind == TensorKind::Int8PerRow;
    const auto group = [&](std::size_t i) { return perRow ? i / tensor.columns : i % tensor.columns; };
    Quantised result;
    result.scales.assign(perRow ? tensor.rows : tensor.columns, 1e-12f);
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        float& peak = result.scales[group(i)];
        peak = std::max(peak, std::fabs(tensor.values[i]));
    }
    for (float& scale : result.scales) scale /= 127.0f;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        const float steps = std::nearbyint(tensor.values[i] / result.scales[group(i)]);
        result.values.push_back(static_cast<std::int8_t>(std::clamp(steps, -127.0f, 127.0f)));
    }
    return result;
}

/// Seven pieces with a colon have no score in the package; the model was trained with 0 in their place.
std::string packVocabulary(const Json& pieces) {
    std::string bytes;
    for (const Json& entry : pieces) {
        const std::string piece = entry.at(0);
        const float score = entry.at(1).is_number() ? entry.at(1).get<float>() : 0.0f;
        if (piece.empty() || piece.size() > 255) fail("a piece of the vocabulary has an impossible length");
        bytes.append(reinterpret_cast<const char*>(&score), sizeof score);
        bytes.push_back(static_cast<char>(piece.size()));
        bytes += piece;
    }
    return bytes;
}

class FlatFile {
  public:
    explicit FlatFile(std::size_t tensors)
        : m_bytes(sizeof(ModelHeader) + tensors * sizeof(TensorEntry), '\0') {}

    std::uint64_t append(const void* data, std::size_t size) {
        m_bytes.resize((m_bytes.size() + kModelAlignment - 1) / kModelAlignment * kModelAlignment);
        const std::uint64_t offset = m_bytes.size();
        m_bytes.append(static_cast<const char*>(data), size);
        return offset;
    }

    void addTensor(const Wanted& wanted, const Tensor& tensor) {
        TensorEntry entry{};
        if (wanted.name.size() >= sizeof entry.name) fail("tensor name too long: " + wanted.name);
        std::memcpy(entry.name, wanted.name.data(), wanted.name.size());
        entry.kind = wanted.kind;
        entry.rows = tensor.rows;
        entry.columns = tensor.columns;
        if (wanted.kind == TensorKind::Float) {
            entry.values = append(tensor.values.data(), tensor.values.size() * sizeof(float));
        } else {
            const Quantised quantised = quantise(tensor, wanted.kind);
            entry.scales = append(quantised.scales.data(), quantised.scales.size() * sizeof(float));
            entry.values = append(quantised.values.data(), quantised.values.size());
        }
        std::memcpy(m_bytes.data() + sizeof(ModelHeader) + m_tensors++ * sizeof entry, &entry, sizeof entry);
    }

    void write(const std::string& path, ModelHeader header) {
        header.tensors = m_tensors;
        header.bytes = m_bytes.size();
        header.checksum = modelChecksum(std::string_view(m_bytes).substr(sizeof header));
        std::memcpy(m_bytes.data(), &header, sizeof header);
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out.write(m_bytes.data(), static_cast<std::streamsize>(m_bytes.size()));
        if (!out.flush()) fail("cannot write " + path);
    }

  private:
    std::string m_bytes;
    std::uint32_t m_tensors = 0;
};

void convert(const std::string& folder, const std::string& path) {
    const auto weights = readWeights(folder);
    const Json pieces = Json::parse(readFile(folder + "/vocab.json"));
    const auto wanted = wantedTensors();
    FlatFile file(wanted.size());
    const std::string vocabulary = packVocabulary(pieces);
    ModelHeader header{};
    std::memcpy(header.magic, kModelMagic, sizeof header.magic);
    header.version = kModelVersion;
    header.vocabulary = file.append(vocabulary.data(), vocabulary.size());
    header.vocabularyBytes = static_cast<std::uint32_t>(vocabulary.size());
    header.pieces = static_cast<std::uint32_t>(pieces.size());
    for (const Wanted& each : wanted) {
        const auto found = weights.find(each.source);
        if (found == weights.end()) fail("the package has no weight " + each.source);
        file.addTensor(each, found->second);
    }
    file.write(path, header);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: convert_use_lite PACKAGE/dist OUT.bin\n");
        return 2;
    }
    try {
        convert(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "convert_use_lite: %s\n", error.what());
        std::remove(argv[2]);
        return 1;
    }
}
