// Writes GGUF files, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), with 32-bit
// weights: test models are made where they are needed and never stored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::test {

class GgufWriter final {
  public:
    explicit GgufWriter(std::string_view architecture) { text("general.architecture", architecture); }

    void number(std::string_view key, std::uint32_t value);
    void real(std::string_view key, float value);
    void flag(std::string_view key, bool value);
    void text(std::string_view key, std::string_view value);
    void texts(std::string_view key, const std::vector<std::string>& values);
    void reals(std::string_view key, const std::vector<float>& values);
    void integers(std::string_view key, const std::vector<std::int32_t>& values);

    /// Dimensions as ggml counts them: the one that runs fastest first.
    void tensor(std::string_view name, std::vector<std::uint64_t> dimensions, std::vector<float> values);

    /// The whole file.
    std::string bytes() const;

  private:
    struct Tensor {
        std::string name;
        std::vector<std::uint64_t> dimensions;
        std::vector<float> values;
    };
    void key(std::string_view name, std::uint32_t type);
    void list(std::string_view name, std::uint32_t type, std::size_t count);

    std::string m_metadata;
    std::uint64_t m_keys = 0;
    std::vector<Tensor> m_tensors;
};

}  // namespace commonplace::test
