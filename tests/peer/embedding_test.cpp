// Vectors from llama-server, for documents and questions.
#include "tests/peer/peer_test.h"

namespace commonplace::test {
namespace {

using testing::HasSubstr;

using EmbeddingTest = PeerTest;

TEST_F(EmbeddingTest, TheServerEmbedsDocumentsAndQuestions) {
    const auto model = folder().write("bert.gguf", randomEmbeddingModel());
    LlamaServer server(model, {"--embeddings", "-c", "512", "-b", "512", "-ub", "512", "--alias", "bert"});
    ASSERT_NE(server.url(), "") << server.log();
    folder().write("docs/river.md", "# A river\n\nThe light of the river and the energy of the water.\n");
    // Longer than the window of the model: it is cut, and not refused.
    std::string tale = "# A long tale\n\n";
    for (int i = 0; i < 400; ++i) tale += "The dog with the cat read page " + std::to_string(i) + ". ";
    folder().write("docs/tale.md", tale + "\n");
    ASSERT_EQ(here({"models", "embedding", "set", server.v1() + "#bert"}).code, 0);
    const Ran indexed = here({"index", path("docs")});
    ASSERT_EQ(indexed.code, 0) << indexed.err;
    const Json state = parsed(here({"status", "--json"}))["embedding"];
    EXPECT_THAT(state["active"].get<std::string>(), HasSubstr("bert/64")) << state;
    EXPECT_EQ(state["done"], state["total"]);
    const Json found = parsed(here({"search", "the river and the light", "--json"}));
    EXPECT_EQ(found["without_meaning"], nullptr) << found;
    EXPECT_EQ(found["results"][0]["path"], path("docs/river.md")) << found;
    server.kill();
    const Json byWords = parsed(here({"search", "river", "--json"}));
    EXPECT_TRUE(byWords["without_meaning"].is_string()) << byWords;
    EXPECT_EQ(byWords["results"][0]["path"], path("docs/river.md"));
}

// A chat server has no vectors, and says so.
TEST_F(EmbeddingTest, AChatServerIsRefused) {
    const LlamaServer server(recital());
    const Ran refused = here({"models", "embedding", "set", server.v1() + "#recital.gguf", "--wait"});
    EXPECT_NE(refused.code, 0) << refused.out;
    EXPECT_EQ(lineCount(refused.err), 1U) << refused.err;
    EXPECT_EQ(here({"search", "tide", "--json"}).code, 0);
}

}  // namespace
}  // namespace commonplace::test
