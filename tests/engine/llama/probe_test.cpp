#include "engine/llama/probe.h"

#include <gtest/gtest.h>

#include "engine/base/clock.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::llama {
namespace {

class ProbeTest : public testing::Test {
  protected:
    ProbeSetup setup() const { return {COMMONPLACE_PROGRAM, m_folder / "memory", 0}; }
    Result<ModelFacts> probe(const std::string& name, const std::string& bytes) const {
        return probeModel(m_folder.write(name, bytes), setup(), {});
    }
    test::TempFolder m_folder;
};

TEST_F(ProbeTest, SaysWhatAFileIs) {
    const auto chat = probe("chat.gguf", test::scriptModel({{{"", "A reply that is recited."}}}));
    ASSERT_TRUE(chat) << chat.error().message();
    EXPECT_EQ(chat->kind, ModelKind::Chat);
    EXPECT_EQ(chat->architecture, "llama");
    EXPECT_EQ(chat->name, "made for tests");
    EXPECT_TRUE(chat->hasTemplate);
    const auto embedding = probe("bert.gguf", test::randomEmbeddingModel());
    ASSERT_TRUE(embedding) << embedding.error().message();
    EXPECT_EQ(embedding->kind, ModelKind::Embedding);
    EXPECT_EQ(embedding->dimension, 64U);
}

TEST_F(ProbeTest, NoFileEndsThisProcess) {
    const std::string whole = test::randomChatModel();
    std::vector<std::string> files = {"",
                                      "GGUF",
                                      std::string(5000, 'x'),
                                      whole.substr(0, 2000),
                                      whole.substr(0, whole.size() - 9000),
                                      test::randomChatModel({.repeatsToken = true})};
    std::string bent = whole;
    for (std::size_t i = 8; i < 400; i += 7) bent[i] = static_cast<char>(bent[i] ^ 0x55);
    files.push_back(bent);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto facts = probe("bad" + std::to_string(i) + ".gguf", files[i]);
        ASSERT_FALSE(facts) << i;
        EXPECT_NE(facts.error().message().find("bad" + std::to_string(i)), std::string::npos)
            << facts.error().message();
        EXPECT_EQ(facts.error().message().find('\n'), std::string::npos) << facts.error().message();
    }
}

TEST_F(ProbeTest, ATemplateThatRunsForEverIsEnded) {
    test::Script script{{{"", "A reply that is recited."}}};
    script.opening =
        "' }}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{{- '";
    ProbeSetup hasty = setup();
    hasty.seconds = 1;
    const base::Stopwatch clock;
    const auto facts = probeModel(m_folder.write("endless.gguf", test::scriptModel(script)), hasty, {});
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().code(), ErrorCode::Timeout) << facts.error().message();
    EXPECT_LT(clock.seconds(), 20);
}

TEST_F(ProbeTest, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    const auto facts =
        probeModel(m_folder.write("a.gguf", test::randomChatModel()), setup(), source.get_token());
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().code(), ErrorCode::Cancelled);
}

TEST_F(ProbeTest, AGoodFileIsRememberedUntilItChanges) {
    const auto first = probe("a.gguf", test::randomChatModel());
    ASSERT_TRUE(first) << first.error().message();
    ProbeSetup lost = setup();
    lost.program = m_folder / "no-such-program";
    const auto remembered = probeModel(m_folder / "a.gguf", lost, {});
    ASSERT_TRUE(remembered) << remembered.error().message();
    EXPECT_EQ(*remembered, *first);
    m_folder.write("a.gguf", test::randomChatModel({.seed = 2}));
    EXPECT_FALSE(probeModel(m_folder / "a.gguf", lost, {}));
    EXPECT_FALSE(probeModel(m_folder / "none.gguf", setup(), {}));
}

}  // namespace
}  // namespace commonplace::llama
