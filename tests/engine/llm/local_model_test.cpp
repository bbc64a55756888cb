#include "engine/llm/local_model.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/base/text.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::llm {
namespace {

using document::ChatModel;
using document::ChatReply;
using document::ChatRequest;
using document::Role;

const std::string kRecital = "The tide tables are in the lantern room [1]. Caf\xC3\xA9 \xE2\x9C\x93!";

class LocalModelTest : public testing::Test {
  protected:
    LocalModelSetup setup(const std::filesystem::path& file) const {
        LocalModelSetup setup;
        setup.file = file;
        setup.probe = {COMMONPLACE_PROGRAM, m_folder / "memory", 0};
        return setup;
    }
    std::unique_ptr<ChatModel> open(const LocalModelSetup& how) const {
        auto model = openLocalModel(how, {});
        EXPECT_TRUE(model) << model.error().message();
        return model ? std::move(*model) : nullptr;
    }
    std::unique_ptr<ChatModel> open(const std::string& bytes) const {
        return open(setup(m_folder.write("small.gguf", bytes)));
    }
    static ChatRequest request(const std::string& question, int maxTokens = 200) {
        ChatRequest request;
        request.messages = {{Role::System, "Answer."}, {Role::User, question}};
        request.maxTokens = maxTokens;
        return request;
    }
    static ChatReply ask(ChatModel& model, const ChatRequest& request, std::string* streamed = nullptr) {
        const auto onText = [&](std::string_view piece) {
            EXPECT_TRUE(base::isValidUtf8(piece)) << piece;
            if (streamed) *streamed += piece;
        };
        auto reply = model.chat(request, onText, {});
        EXPECT_TRUE(reply) << reply.error().message();
        return reply ? *reply : ChatReply();
    }

    test::TempFolder m_folder;
};

TEST_F(LocalModelTest, AnswersInWholeCharactersWithExactCounts) {
    const auto model = open(test::scriptModel({{{"", kRecital}}}));
    std::string streamed;
    const ChatReply reply = ask(*model, request("Where?"), &streamed);
    EXPECT_EQ(reply.text, kRecital);
    EXPECT_EQ(streamed, kRecital);
    EXPECT_FALSE(reply.error);
    EXPECT_EQ(model->id(), "small.gguf");
    EXPECT_EQ(model->window(), 8192U);
    EXPECT_EQ(model->place(), document::Place::ThisComputer);
    EXPECT_GT(reply.promptTokens.value_or(0), 20);
    EXPECT_GT(reply.completionTokens.value_or(0), 5);
    EXPECT_GT(reply.firstTokenMs, 0);
}

TEST_F(LocalModelTest, TheCounterIsTheModelsOwn) {
    const auto model = open(test::scriptModel({{{"", kRecital}}}));
    ASSERT_NE(model->counter(), nullptr);
    const auto count = model->counter()->count("five! <|im_end|>");
    EXPECT_TRUE(count.exact);
    EXPECT_EQ(count.tokens, 16U);
    const auto prompt = [&](const std::string& question) {
        return ask(*model, request(question)).promptTokens.value_or(0);
    };
    EXPECT_EQ(prompt("five! <|im_end|>"), prompt("") + 16);
}

TEST_F(LocalModelTest, BytesThatAreNoTextAreReplaced) {
    const auto model = open(test::randomChatModel());
    const ChatReply reply = ask(*model, request("x", 100));
    EXPECT_TRUE(base::isValidUtf8(reply.text));
    EXPECT_EQ(reply.completionTokens, 100);
    ASSERT_TRUE(reply.error);
    EXPECT_NE(reply.error->find("100 tokens"), std::string::npos);
}

TEST_F(LocalModelTest, ThoughtsAreNotTheAnswer) {
    const auto model = open(test::scriptModel({{{"", "<think>hm, well</think>\n\nBecause it is so."}}}));
    EXPECT_EQ(ask(*model, request("Why?")).text, "Because it is so.");
    const ChatReply cut =
        ask(*open(test::scriptModel({{{"", "<think>hm, well</think>\n\nBecause it is so."}}})),
            request("Why?", 4));
    EXPECT_EQ(cut.text, "");
    ASSERT_TRUE(cut.error);
    EXPECT_NE(cut.error->find("thinking"), std::string::npos);
}

TEST_F(LocalModelTest, AStopKeepsWhatCame) {
    const auto model = open(test::scriptModel({{{"", kRecital}}}));
    std::stop_source source;
    const auto reply = model->chat(
        request("Where?"), [&](std::string_view) { source.request_stop(); }, source.get_token());
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->stopped);
    EXPECT_FALSE(reply->text.empty());
    EXPECT_TRUE(kRecital.starts_with(reply->text));
    const auto before = model->chat(request("Where?"), {}, source.get_token());
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code(), ErrorCode::Cancelled);
}

TEST_F(LocalModelTest, TooLongIsAnErrorThatCallersKnow) {
    auto how = setup(m_folder.write("small.gguf", test::scriptModel({{{"", kRecital}}})));
    how.window = 512;
    const auto model = open(how);
    EXPECT_EQ(model->window(), 512U);
    const auto reply = model->chat(request(std::string(1000, 'x')), {}, {});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), ErrorCode::Limit);
}

TEST_F(LocalModelTest, TheNextQuestionFindsTheModelLoaded) {
    auto how = setup(m_folder.write("small.gguf", test::scriptModel({{{"", kRecital}}})));
    how.loaded = std::make_shared<LoadedModels>();
    ask(*open(how), request("Where?"));
    const llama::ChatSetup same{8192, 0};
    const auto kept = how.loaded->get(how.file, same, {});
    ASSERT_TRUE(kept);
    ask(*open(how), request("Where?"));
    EXPECT_EQ(*how.loaded->get(how.file, same, {}), *kept);
    EXPECT_NE(*how.loaded->get(how.file, {512, 0}, {}), *kept);
}

TEST_F(LocalModelTest, FilesThatAreNoChatModelsAreErrors) {
    for (const std::string& bytes :
         {std::string("GGUF"), test::randomEmbeddingModel(), test::randomChatModel({.repeatsToken = true})}) {
        const auto model = openLocalModel(setup(m_folder.write("bad.gguf", bytes)), {});
        ASSERT_FALSE(model);
        EXPECT_NE(model.error().message().find("bad.gguf"), std::string::npos) << model.error().message();
    }
}

TEST_F(LocalModelTest, NamesOfModelFiles) {
    EXPECT_TRUE(isModelFile("/a/b.gguf") && isModelFile("B.GGUF"));
    EXPECT_FALSE(isModelFile("qwen2.5:0.5b") || isModelFile("") || isModelFile("a.gguf/b"));
}

// A model that was really trained: its text is known from llama.cpp's own tools.
TEST_F(LocalModelTest, TellsAStory) {
    const char* set = std::getenv("COMMONPLACE_TEST_DATA");
    const std::filesystem::path data =
        set ? set : std::filesystem::path(COMMONPLACE_TEST_DIR) / "../../shared/data";
    const auto file = data / "models/stories260K.gguf";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
    const auto model = open(setup(file));
    const ChatReply reply = ask(*model, request("Once upon a time", 60));
    EXPECT_FALSE(reply.text.empty());
    EXPECT_EQ(ask(*model, request("Once upon a time", 60)).text, reply.text);
}

}  // namespace
}  // namespace commonplace::llm
