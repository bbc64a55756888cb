#include "engine/llm/loaded_models.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace commonplace::llm {
namespace {

class Engine final : public llama::ChatEngine {
  public:
    Engine(const bool& broken, std::size_t window) : m_broken(broken), m_window(window) {
        m_facts.windowTokenBytes = 10;
    }
    const llama::ModelFacts& facts() const override { return m_facts; }
    std::size_t window() const override { return m_window; }
    std::size_t count(std::string_view) const override { return 0; }
    Result<std::size_t> countPrompt(const std::vector<document::Message>&) const override { return 0; }
    bool isBroken() const override { return m_broken; }
    Result<llama::Generation> generate(const std::vector<document::Message>&, const llama::Sampling&, int,
                                       const OnBytes&, const std::stop_token&) override {
        return Error(ErrorCode::Internal, "the model failed");
    }

  private:
    const bool& m_broken;
    std::size_t m_window;
    llama::ModelFacts m_facts;
};

class Letters final : public llama::Vocabulary {
  public:
    Result<std::size_t> count(std::string_view text) const override { return text.size(); }
};

class LoadedModelsTest : public testing::Test {
  protected:
    std::shared_ptr<LoadedModel> get(std::size_t window = 512) { return get(m_file, window); }
    std::shared_ptr<LoadedModel> get(const std::filesystem::path& file, std::size_t window = 512) {
        auto model = m_models.get(file, {window, 1}, {});
        EXPECT_TRUE(model) << model.error().message();
        return model ? *model : nullptr;
    }

    test::TempFolder m_folder;
    std::filesystem::path m_file = m_folder.write("m.gguf", "x");
    std::filesystem::path m_small = m_folder.write("small.gguf", "x"),
                          m_third = m_folder.write("3.gguf", "x");
    int m_opened = 0;
    bool m_broken[5] = {};
    std::size_t m_room = 4096;  ///< tokens that the windows in memory may have together
    int m_vocabularies = 0;
    LoadedModels m_models{[this](const auto&, const llama::ChatSetup& setup, const auto&) {
                              const std::size_t left = m_room - m_models.windowBytes() / 10;
                              return Result<std::unique_ptr<llama::ChatEngine>>(std::make_unique<Engine>(
                                  m_broken[m_opened++], std::min(setup.window, left)));
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

TEST_F(LoadedModelsTest, AnswersAndSmallTasksTakeTurns) {
    const auto answers = get(), small = get(m_small);
    EXPECT_EQ(get(), answers);
    EXPECT_EQ(get(m_small), small);
    EXPECT_EQ(m_models.windowBytes(), 2u * 512 * 10);
    get();
    get(m_third);  // the small one was used longest ago
    EXPECT_EQ(get(), answers);
    EXPECT_FALSE(m_models.windowOf(m_small));
    EXPECT_EQ(m_models.windowOf(m_third), 512u);
    EXPECT_EQ(m_opened, 3);
}

TEST_F(LoadedModelsTest, WhatHasNoRoomBesideAnotherIsLoadedAlone) {
    m_room = 800;
    const auto answers = get();
    EXPECT_EQ(get(m_small)->engine->window(), 512u);
    EXPECT_FALSE(m_models.windowOf(m_file));
    EXPECT_EQ(m_opened, 3);  // the small one twice
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
