#include "engine/embed/gguf_embedder.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/embed/prefixes.h"
#include "engine/llama/embedding_engine.h"

namespace commonplace::embed {
namespace {

using document::Vectors;

// What is read of a file to know it again: the whole of a gigabyte would take a second at every start.
constexpr std::uint64_t kSamples = 64;
constexpr std::uint64_t kSampleBytes = 64u << 10;
constexpr std::size_t kShownOfHash = 16;

/// The beginning (all that the file says about itself), and places spread evenly over the weights.
Result<std::string> contentHash(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(0, stream.tellg()));
    base::Sha256 hash;
    hash.update(std::to_string(size));
    std::string bytes(kSampleBytes, '\0');
    const std::uint64_t step = std::max(kSampleBytes, size / kSamples);
    for (std::uint64_t at = 0; at < size && stream; at += step) {
        const std::uint64_t count = std::min(kSampleBytes, size - at);
        stream.seekg(static_cast<std::streamoff>(at));
        stream.read(bytes.data(), static_cast<std::streamsize>(count));
        hash.update(std::string_view(bytes).substr(0, count));
    }
    if (!stream) return Error(ErrorCode::Io, base::displayPath(file) + " cannot be read");
    return base::toHex(hash.finish()).substr(0, kShownOfHash);
}

class GgufEmbedder final : public document::Embedder {
  public:
    GgufEmbedder(std::unique_ptr<llama::EmbeddingEngine> engine, Prefixes prefixes, std::string fingerprint)
        : m_engine(std::move(engine)),
          m_prefixes(std::move(prefixes)),
          m_fingerprint(std::move(fingerprint)) {}

    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return m_engine->facts().dimension; }
    /// The file does not say which languages it knows; most of today's models know many.
    double affinity(std::string_view) const override { return 1; }
    double fusionWeight() const override { return 0.5; }

    Result<Vectors> embed(std::span<const std::string_view> texts, std::stop_token stop) const override {
        if (m_prefixes.passage.empty()) return m_engine->embed(texts, stop);
        std::vector<std::string> ready;
        for (const std::string_view text : texts) ready.push_back(prepared(text, m_prefixes.passage));
        return embedAll(ready, stop);
    }

    Result<Vectors> embedQuestion(std::string_view question, std::span<const std::string_view> passages,
                                  std::stop_token stop) const override {
        std::vector<std::string> ready{prepared(question, m_prefixes.question)};
        for (const std::string_view text : passages) ready.push_back(prepared(text, m_prefixes.passage));
        return embedAll(ready, stop);
    }

  private:
    /// An empty text stays empty: its prefix alone would have a direction.
    static std::string prepared(std::string_view text, const std::string& prefix) {
        return text.empty() ? std::string() : prefix + std::string(text);
    }
    Result<Vectors> embedAll(const std::vector<std::string>& texts, const std::stop_token& stop) const {
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        return m_engine->embed(views, stop);
    }

    std::unique_ptr<llama::EmbeddingEngine> m_engine;
    Prefixes m_prefixes;
    std::string m_fingerprint;
};

}  // namespace

Result<std::unique_ptr<document::Embedder>> openGgufEmbedder(const GgufOptions& options,
                                                             const std::stop_token& stop) {
    TRY(const llama::ModelFacts facts, llama::probeModel(options.file, options.probe, stop));
    if (facts.kind != llama::ModelKind::Embedding)
        return Error(ErrorCode::Unsupported,
                     base::displayPath(options.file) + " is a model that writes; choose an embedding model");
    TRY(auto engine, llama::openEmbeddingEngine(options.file, options.threads, stop));
    TRY(const std::string hash, contentHash(options.file));
    const std::string fileName = base::displayPath(options.file.filename());
    Prefixes prefixes = prefixesFor(facts.name);
    if (prefixes.name.empty()) prefixes = prefixesFor(fileName);
    std::string fingerprint = "gguf/" + (facts.name.empty() ? facts.architecture : facts.name) + "/" + hash;
    if (!prefixes.name.empty()) fingerprint += "/" + prefixes.name;
    return std::unique_ptr<document::Embedder>(
        std::make_unique<GgufEmbedder>(std::move(engine), std::move(prefixes), std::move(fingerprint)));
}

}  // namespace commonplace::embed
