#include "engine/llama/embedding_engine.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::llama {
namespace {

using document::Vectors;

class EmbeddingEngineTest : public testing::Test {
  protected:
    void SetUp() override {
        auto engine = openEmbeddingEngine(m_folder.write("bert.gguf", test::randomEmbeddingModel()), 0, {});
        ASSERT_TRUE(engine) << engine.error().message();
        m_engine = std::move(*engine);
    }
    Vectors embed(const std::vector<std::string>& texts) const {
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        auto vectors = m_engine->embed(views, {});
        EXPECT_TRUE(vectors) << vectors.error().message();
        return vectors ? *vectors : Vectors{};
    }
    static double dot(std::span<const float> a, std::span<const float> b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
        return sum;
    }

    test::TempFolder m_folder;
    std::unique_ptr<EmbeddingEngine> m_engine;
};

TEST_F(EmbeddingEngineTest, NearerWhenWordsAreShared) {
    const Vectors vectors = embed({"the cat and the dog", "a dog with a cat", "quantum particle energy"});
    ASSERT_EQ(vectors.count(), 3U);
    EXPECT_EQ(vectors.dimension, 64U);
    EXPECT_GT(dot(vectors.row(0), vectors.row(1)), dot(vectors.row(0), vectors.row(2)));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(dot(vectors.row(i), vectors.row(i)), 1.0, 1e-5);
}

TEST_F(EmbeddingEngineTest, TheBatchChangesNothing) {
    std::vector<std::string> texts;
    for (int i = 0; i < 75; ++i) {
        std::string text = "note";
        for (int k = 0; k < 3 + i * 7 % 90; ++k) text += k % 3 == 0 ? " river" : " law";
        texts.push_back(text);
    }
    const Vectors together = embed(texts);
    ASSERT_EQ(together.count(), texts.size());
    for (const std::size_t i : {0UL, 1UL, 31UL, 32UL, 50UL, 74UL})
        EXPECT_GT(dot(together.row(i), embed({texts[i]}).row(0)), 0.99999) << i;
}

TEST_F(EmbeddingEngineTest, ALongTextCountsWithItsBeginning) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "river law ";
    const Vectors vectors = embed({text + "cat", text + "dog", "cat"});
    EXPECT_GT(dot(vectors.row(0), vectors.row(1)), 0.99999);
    EXPECT_NEAR(dot(vectors.row(0), vectors.row(0)), 1.0, 1e-5);
}

TEST_F(EmbeddingEngineTest, AnEmptyTextHasNoDirection) {
    const Vectors vectors = embed({"cat", "", "dog"});
    ASSERT_EQ(vectors.count(), 3U);
    EXPECT_EQ(dot(vectors.row(1), vectors.row(1)), 0.0);
    EXPECT_GT(dot(vectors.row(2), embed({"dog"}).row(0)), 0.99999);
    EXPECT_EQ(embed({}).count(), 0U);
}

TEST_F(EmbeddingEngineTest, CommandsAreLettersToo) {
    const Vectors vectors = embed({"cat [SEP] dog", "cat dog"});
    EXPECT_LT(dot(vectors.row(0), vectors.row(1)), 0.99999);
}

TEST_F(EmbeddingEngineTest, SeveralThreadsGetTheSame) {
    const Vectors alone = embed({"the cat and the dog"});
    std::vector<double> nearness(3);
    {
        std::vector<std::jthread> threads;
        for (double& value : nearness)
            threads.emplace_back([&] { value = dot(alone.row(0), embed({"the cat and the dog"}).row(0)); });
    }
    for (const double value : nearness) EXPECT_GT(value, 0.99999);
}

TEST_F(EmbeddingEngineTest, StopsBetweenBatches) {
    std::stop_source source;
    source.request_stop();
    const std::string_view texts[] = {"cat"};
    const auto vectors = m_engine->embed(texts, source.get_token());
    ASSERT_FALSE(vectors);
    EXPECT_EQ(vectors.error().code(), ErrorCode::Cancelled);
}

TEST_F(EmbeddingEngineTest, AChatModelIsRefused) {
    const auto engine = openEmbeddingEngine(m_folder.write("chat.gguf", test::randomChatModel()), 0, {});
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().code(), ErrorCode::Unsupported);
}

}  // namespace
}  // namespace commonplace::llama
