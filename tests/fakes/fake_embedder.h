// An embedder without a model: equal stems, equal directions. Texts with the same words are near, others are
// not; words of one `alike` group count as the same word ("vacation", "leave").
#pragma once

#include <atomic>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/text.h"
#include "engine/document/embedder.h"

namespace commonplace::test {

class FakeEmbedder final : public document::Embedder {
  public:
    explicit FakeEmbedder(std::vector<std::vector<std::string>> alike = {}) {
        for (const auto& group : alike)
            for (const std::string& word : group) m_alike[base::stem(word)] = base::stem(group.front());
    }

    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return kDimension; }
    double affinity(std::string_view) const override { return m_affinity; }
    double fusionWeight() const override { return 0.3; }

    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        m_calls += 1;
        m_texts += texts.size();
        document::Vectors vectors{kDimension, {}};
        for (const std::string_view text : texts) {
            if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "embedding was cancelled");
            append(vectors.values, text);
        }
        return vectors;
    }

    void setAffinity(double affinity) { m_affinity = affinity; }
    void setFingerprint(std::string fingerprint) { m_fingerprint = std::move(fingerprint); }
    std::size_t calls() const { return m_calls; }
    std::size_t texts() const { return m_texts; }

  private:
    static constexpr std::size_t kDimension = 256;

    static constexpr std::size_t kShortest = 4;  // letters of a word that means something

    void append(std::vector<float>& values, std::string_view text) const {
        std::vector<float> row(kDimension);
        for (const base::Range& word : base::words(text)) {
            if (word.size() < kShortest) continue;
            std::string stem = base::stem(base::foldCase(text.substr(word.begin, word.size())));
            if (const auto known = m_alike.find(stem); known != m_alike.end()) stem = known->second;
            row[hash(stem) % kDimension] += 1;
        }
        float square = 0;
        for (const float value : row) square += value * value;
        for (float& value : row)
            if (square > 0) value /= std::sqrt(square);
        values.insert(values.end(), row.begin(), row.end());
    }

    /// FNV-1a: the same on every machine.
    static std::uint64_t hash(std::string_view text) {
        std::uint64_t value = 14695981039346656037u;
        for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211u;
        return value ^ (value >> 32);
    }

    std::map<std::string, std::string> m_alike;
    std::string m_fingerprint = "fake-embedder-1";
    double m_affinity = 1;
    mutable std::atomic<std::size_t> m_calls = 0;
    mutable std::atomic<std::size_t> m_texts = 0;
};

}  // namespace commonplace::test
