#include "engine/embed/model.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "engine/embed/model_format.h"

namespace commonplace::embed {
namespace {

/// A copy that may be damaged, aligned as the original.
class Copy final {
  public:
    Copy() : m_size(builtinModelBytes().size()) {
        m_bytes.reset(static_cast<char*>(std::aligned_alloc(64, (m_size + 63) / 64 * 64)));
        std::memcpy(m_bytes.get(), builtinModelBytes().data(), m_size);
    }
    char* data() { return m_bytes.get(); }
    ModelHeader& header() { return *reinterpret_cast<ModelHeader*>(data()); }
    TensorEntry& tensor(std::size_t i) {
        return reinterpret_cast<TensorEntry*>(data() + sizeof(ModelHeader))[i];
    }
    std::string_view bytes() const { return {m_bytes.get(), m_size}; }
    /// After this only the damage itself can be noticed.
    Copy& sign() {
        header().checksum = modelChecksum(bytes().substr(sizeof(ModelHeader)));
        return *this;
    }

  private:
    struct Free {
        void operator()(char* bytes) const { std::free(bytes); }
    };
    std::size_t m_size;
    std::unique_ptr<char[], Free> m_bytes;
};

void expectCorrupt(std::string_view bytes, const std::string& why) {
    const auto model = Model::open(bytes);
    ASSERT_FALSE(model) << why;
    EXPECT_EQ(model.error().code(), ErrorCode::Corrupt);
    EXPECT_NE(model.error().message().find(why), std::string::npos) << model.error().message();
}

TEST(Model, OpensTheBuiltinOneWithItsWholeVocabulary) {
    const auto model = Model::open(builtinModelBytes());
    ASSERT_TRUE(model) << model.error().message();
    std::vector<std::string> pieces;
    model->eachPiece([&](std::string_view piece, float) { pieces.emplace_back(piece); });
    ASSERT_EQ(pieces.size(), Shape::pieces);
    EXPECT_EQ(pieces[6], ".");
    EXPECT_EQ(pieces[9], "\xE2\x96\x81the");
    EXPECT_EQ(model->embedding().rows, Shape::embeddingRows);
    EXPECT_EQ(model->layer(0).qkv.rows, Shape::embedding);
    EXPECT_EQ(model->layer(1).qkv.rows, Shape::hidden);
}

TEST(Model, FindsOneFlippedBitAnywhere) {
    Copy copy;
    for (std::size_t at = sizeof(ModelHeader); at < copy.bytes().size(); at += 999983) {
        copy.data()[at] ^= 4;
        expectCorrupt(copy.bytes(), "wrong checksum");
        copy.data()[at] ^= 4;
    }
    EXPECT_TRUE(Model::open(copy.bytes()));
}

TEST(Model, RefusesAnotherHeader) {
    expectCorrupt({}, "too short");
    expectCorrupt(builtinModelBytes().substr(0, 1000), "wrong length");
    Copy copy;
    expectCorrupt(copy.bytes().substr(1), "not aligned");
    copy.header().version = 2;
    expectCorrupt(copy.bytes(), "unknown version");
    copy.header().magic[0] = 'X';
    expectCorrupt(copy.bytes(), "wrong magic");
}

TEST(Model, RefusesTensorsOutsideTheFile) {
    Copy copy;
    copy.tensor(0).values = copy.bytes().size() / 64 * 64;
    expectCorrupt(copy.sign().bytes(), "embedding");
    copy.tensor(0).values = ~std::uint64_t{63};
    expectCorrupt(copy.sign().bytes(), "embedding");
    copy.header().tensors = 1u << 30;
    expectCorrupt(copy.sign().bytes(), "too many tensors");
}

TEST(Model, RefusesTensorsOfAnotherShape) {
    Copy copy;
    copy.tensor(0).rows += 1;
    expectCorrupt(copy.sign().bytes(), "embedding");
}

TEST(Model, RefusesAVocabularyThatDoesNotAddUp) {
    Copy copy;
    copy.data()[copy.header().vocabulary + sizeof(float)] = 0;
    expectCorrupt(copy.sign().bytes(), "vocabulary");
    Copy shorter;
    shorter.header().vocabularyBytes -= 1;
    expectCorrupt(shorter.bytes(), "vocabulary");
    Copy outside;
    outside.header().vocabulary = ~0ull;
    expectCorrupt(outside.bytes(), "vocabulary out of bounds");
}

}  // namespace
}  // namespace commonplace::embed
