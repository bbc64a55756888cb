#include "engine/llm/loaded_models.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace commonplace::llm {
namespace {

class Engine final : public llama::ChatEngine {
  public:
    explicit Engine(const bool& broken) : m_broken(broken) {}
    const llama::ModelFacts& facts() const override { return m_facts; }
    std::size_t window() const override { return 0; }
    std::size_t count(std::string_view) const override { return 0; }
    Result<std::size_t> countPrompt(const std::vector<document::Message>&) const override { return 0; }
    bool isBroken() const override { return m_broken; }
    Result<llama::Generation> generate(const std::vector<document::Message>&, const llama::Sampling&, int,
                                       const OnBytes&, const std::stop_token&) override {
        return Error(ErrorCode::Internal, "the model failed");
    }

  private:
    const bool& m_broken;
    llama::ModelFacts m_facts;
};

class Letters final : public llama::Vocabulary {
  public:
    Result<std::size_t> count(std::string_view text) const override { return text.size(); }
};

class LoadedModelsTest : public testing::Test {
  protected:
    std::shared_ptr<LoadedModel> get(std::size_t window = 512) {
        auto model = m_models.get(m_file, {window, 1}, {});
        EXPECT_TRUE(model) << model.error().message();
        return model ? *model : nullptr;
    }

    test::TempFolder m_folder;
    std::filesystem::path m_file = m_folder.write("m.gguf", "x");
    int m_opened = 0;
    bool m_broken[3] = {};
    int m_vocabularies = 0;
    LoadedModels m_models{
        [this](const auto&, const auto&, const auto&) {
            return Result<std::unique_ptr<llama::ChatEngine>>(std::make_unique<Engine>(m_broken[m_opened++]));
        },
        [this](const auto&) {
            ++m_vocabularies;
            return Result<std::unique_ptr<llama::Vocabulary>>(std::make_unique<Letters>());
        }};
};

TEST_F(LoadedModelsTest, TheSameModelIsLoadedOnce) {
    const auto first = get();
    EXPECT_EQ(get(), first);
    EXPECT_NE(get(1024), first);
    EXPECT_EQ(m_opened, 2);
}

TEST_F(LoadedModelsTest, AVocabularyIsOpenedOnceUntilItsFileChanges) {
    const auto first = m_models.vocabulary(m_file);
    ASSERT_TRUE(first);
    EXPECT_EQ(*m_models.vocabulary(m_file), *first);
    EXPECT_EQ(m_vocabularies, 1);
    std::filesystem::last_write_time(m_file,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_NE(*m_models.vocabulary(m_file), *first);
    EXPECT_EQ(m_vocabularies, 2);
}

TEST_F(LoadedModelsTest, ABrokenOneIsLoadedAnew) {
    const auto first = get();
    m_broken[0] = true;
    const auto second = get();
    EXPECT_NE(second, first);
    EXPECT_EQ(get(), second);
    EXPECT_EQ(m_opened, 2);
}

}  // namespace
}  // namespace commonplace::llm
