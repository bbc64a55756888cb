#include "engine/config/embedding.h"

#include <gmock/gmock.h>

#include "engine/config/settings.h"
#include "tests/support/temp_folder.h"

namespace commonplace::config {
namespace {

TEST(Embedding, ReadsWhatItWrites) {
    for (const char* text : {"builtin", "gguf:/models/e5.gguf", "openai:http://127.0.0.1:8080/v1#e5",
                             "ollama:http://127.0.0.1:11434#nomic-embed-text:v1.5"}) {
        const auto read = parseEmbedding(text);
        ASSERT_TRUE(read) << read.error().message();
        EXPECT_EQ(toText(*read), text);
        EXPECT_EQ(read->reach, EmbeddingReach::ThisComputer);
    }
}

TEST(Embedding, ReadsWhatPeopleType) {
    EXPECT_EQ(toText(*parseEmbedding("models/e5.gguf")), "gguf:models/e5.gguf");
    EXPECT_EQ(parseEmbedding("http://localhost:11434#nomic")->source, "ollama");
    EXPECT_EQ(parseEmbedding("http://localhost:11434/v1#nomic")->source, "openai");
    EXPECT_EQ(parseEmbedding("https://api.example.org/v1#m")->source, "openai");
}

TEST(Embedding, SaysWhatItMayBe) {
    for (const char* text :
         {"", "bert", "gguf:", "http://localhost:1#", "http://localhost:1", "openai:x#m", "ftp://x#m"}) {
        const auto read = parseEmbedding(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code(), ErrorCode::InvalidArgument);
        EXPECT_THAT(read.error().message(), testing::HasSubstr("URL#model"));
    }
}

TEST(Embedding, IsKeptInTheSettings) {
    const test::TempFolder folder;
    Settings settings;
    settings.embedding = *parseEmbedding("ollama:http://127.0.0.1:11434#nomic");
    settings.embedding.reach = EmbeddingReach::Anywhere;
    ASSERT_TRUE(saveSettings(folder / "settings.json", settings));
    const auto loaded = loadSettings(folder / "settings.json");
    ASSERT_TRUE(loaded) << loaded.error().message();
    EXPECT_TRUE(loaded->embedding.namesSameAs(settings.embedding));
    EXPECT_EQ(loaded->embedding.reach, EmbeddingReach::Anywhere);
    folder.write("bad.json", R"({"embedding":{"source":"magic"}})");
    EXPECT_THAT(loadSettings(folder / "bad.json").error().message(), testing::HasSubstr("embedding.source"));
}

TEST(Embedding, SavingItLeavesTheRestAlone) {
    const test::TempFolder folder;
    const auto file = folder.write("settings.json", R"({"search":{"default_results":7},"later":{"x":1}})");
    ASSERT_TRUE(saveEmbedding(file, *parseEmbedding("gguf:/models/e5.gguf")));
    const auto loaded = loadSettings(file);
    ASSERT_TRUE(loaded) << loaded.error().message();
    EXPECT_EQ(toText(loaded->embedding), "gguf:/models/e5.gguf");
    EXPECT_EQ(loaded->search.defaultResults, 7);
    EXPECT_EQ(saveEmbedding(folder.write("bad.json", "{"), {}).error().code(), ErrorCode::Corrupt);
}

}  // namespace
}  // namespace commonplace::config
