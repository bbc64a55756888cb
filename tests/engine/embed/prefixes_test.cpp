#include "engine/embed/prefixes.h"

#include <gtest/gtest.h>

namespace commonplace::embed {
namespace {

TEST(Prefixes, BelongToFamilies) {
    EXPECT_EQ(prefixesFor("nomic-embed-text:v1.5").question, "search_query: ");
    EXPECT_EQ(prefixesFor("/models/Nomic-Embed-Text-v1.5.Q8_0.gguf").passage, "search_document: ");
    EXPECT_EQ(prefixesFor("intfloat/multilingual-e5-small").passage, "passage: ");
    EXPECT_EQ(prefixesFor("multilingual-e5-large-instruct").passage, "");
    EXPECT_EQ(prefixesFor("BAAI/bge-small-en-v1.5").question,
              "Represent this sentence for searching relevant passages: ");
    EXPECT_EQ(prefixesFor("BAAI/bge-small-en-v1.5").passage, "");
}

TEST(Prefixes, AreNotForEverybody) {
    for (const char* model : {"", "bge-m3", "all-minilm", "text-embedding-3-small", "use-lite"}) {
        EXPECT_EQ(prefixesFor(model).question, "") << model;
        EXPECT_EQ(prefixesFor(model).name, "") << model;
    }
}

}  // namespace
}  // namespace commonplace::embed
