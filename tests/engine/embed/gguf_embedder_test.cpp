#include "engine/embed/gguf_embedder.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::embed {
namespace {

class GgufEmbedderTest : public testing::Test {
  protected:
    Result<std::unique_ptr<document::Embedder>> open(const std::string& name,
                                                     const std::string& bytes) const {
        return openGgufEmbedder(
            {m_folder.write(name, bytes), 0, {COMMONPLACE_PROGRAM, m_folder / "memory", 0}}, {});
    }
    test::TempFolder m_folder;
};

TEST_F(GgufEmbedderTest, EmbedsQuestionsAndPassages) {
    const auto embedder = open("a.gguf", test::randomEmbeddingModel());
    ASSERT_TRUE(embedder) << embedder.error().message();
    EXPECT_EQ((*embedder)->dimension(), 64U);
    EXPECT_EQ((*embedder)->fusionWeight(), 0.5);
    const std::string_view texts[] = {"the cat and the dog", ""};
    const auto passages = (*embedder)->embed(texts, {});
    const auto question = (*embedder)->embedQuestion("the cat and the dog", texts, {});
    ASSERT_TRUE(passages && question);
    ASSERT_EQ(question->count(), 3U);
    for (std::size_t i = 0; i < 64; ++i) {
        EXPECT_NEAR(question->row(0)[i], passages->row(0)[i], 1e-4);
        EXPECT_EQ(passages->row(1)[i], 0.0F);
    }
}

TEST_F(GgufEmbedderTest, TheFingerprintFollowsTheContent) {
    const auto a = open("a.gguf", test::randomEmbeddingModel(1));
    const auto copy = open("copy.gguf", test::randomEmbeddingModel(1));
    const auto other = open("b.gguf", test::randomEmbeddingModel(2));
    ASSERT_TRUE(a && copy && other);
    EXPECT_EQ((*a)->fingerprint(), (*copy)->fingerprint());
    EXPECT_NE((*a)->fingerprint(), (*other)->fingerprint());
    EXPECT_EQ((*a)->fingerprint().substr(0, 5), "gguf/");
}

TEST_F(GgufEmbedderTest, FamiliesThatWantPrefixesGetThem) {
    const auto plain = open("a.gguf", test::randomEmbeddingModel());
    const auto family = open("nomic-embed-text-v1.5.gguf", test::randomEmbeddingModel());
    ASSERT_TRUE(plain && family);
    EXPECT_NE((*plain)->fingerprint(), (*family)->fingerprint());
    const std::string_view texts[] = {"cat"};
    EXPECT_NE((*plain)->embed(texts, {})->values, (*family)->embed(texts, {})->values);
}

TEST_F(GgufEmbedderTest, OtherFilesAreErrors) {
    const auto chat = open("chat.gguf", test::randomChatModel());
    ASSERT_FALSE(chat);
    EXPECT_EQ(chat.error().code(), ErrorCode::Unsupported);
    EXPECT_FALSE(open("bad.gguf", "GGUF"));
}

}  // namespace
}  // namespace commonplace::embed
