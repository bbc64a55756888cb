// Consent to send documents to an embedding server: whose it is, and whom it does not help.
#include "engine/library/embedding_reach.h"

#include <gmock/gmock.h>

#include "engine/library/library.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/support/temp_folder.h"

namespace commonplace::library {
namespace {

using config::EmbeddingReach;
using config::EmbeddingSettings;
using testing::HasSubstr;

EmbeddingSettings at(const std::string& model, EmbeddingReach reach = EmbeddingReach::ThisComputer) {
    EmbeddingSettings embedding = config::parseEmbedding(model).value();
    embedding.reach = reach;
    return embedding;
}

constexpr const char* kA = "https://a.example/v1#m";
constexpr const char* kB = "https://b.example/v1#m";

TEST(EmbeddingReach, BelongsToOneServer) {
    const EmbeddingSettings consented = at(kA, EmbeddingReach::Anywhere);
    EXPECT_EQ(reachFor(at(kA), consented), EmbeddingReach::Anywhere);
    EXPECT_EQ(reachFor(at("https://A.example:443/other#n"), consented), EmbeddingReach::Anywhere);
    for (const char* other : {kB, "http://a.example/v1#m", "https://a.example:8443/v1#m",
                              "https://a.example.evil/v1#m", "builtin", "gguf:/m.gguf"})
        EXPECT_EQ(reachFor(at(other), consented), EmbeddingReach::ThisComputer) << other;
    EXPECT_EQ(reachFor(at(kA), at(kA)), EmbeddingReach::ThisComputer);
    EXPECT_EQ(reachFor(at(kA), at("builtin", EmbeddingReach::Anywhere)), EmbeddingReach::ThisComputer);
}

TEST(EmbeddingReach, RefusesServersElsewhereOnly) {
    EXPECT_TRUE(checkReach(at("builtin")));
    EXPECT_TRUE(checkReach(at("http://127.0.0.1:8080/v1#m")));
    EXPECT_TRUE(checkReach(at(kA, EmbeddingReach::Anywhere)));
    const auto refused = checkReach(at(kA));
    EXPECT_EQ(refused.error().code(), ErrorCode::Refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("openai:https://a.example/v1#m\" --send-documents"));
}

/// A fake model that has the name it is given; opened as the real ones are, with consent.
class NamedEmbedder final : public document::Embedder {
  public:
    explicit NamedEmbedder(std::string name) : m_name(std::move(name)) {}
    const std::string& fingerprint() const override { return m_name; }
    std::size_t dimension() const override { return m_fake.dimension(); }
    double affinity(std::string_view text) const override { return m_fake.affinity(text); }
    double fusionWeight() const override { return m_fake.fusionWeight(); }
    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        return m_fake.embed(texts, std::move(stop));
    }

  private:
    const std::string m_name;
    test::FakeEmbedder m_fake;
};

Result<std::unique_ptr<document::Embedder>> openAllowed(const EmbeddingSettings& embedding, std::size_t,
                                                        const std::stop_token&) {
    TRY_VOID(checkReach(embedding));
    return std::unique_ptr<document::Embedder>(std::make_unique<NamedEmbedder>(config::toText(embedding)));
}

TEST(EmbeddingReach, ASpaceIsNotOpenedWithTheConsentOfAnother) {
    SpaceModels models(at(kA, EmbeddingReach::Anywhere), openAllowed);
    const auto makerOf = [](const char* model) {
        const std::string text = config::toText(at(model));
        return store::SpaceMaker{text, test::FakeEmbedder().dimension(), text};
    };
    EXPECT_TRUE(models.openFor(makerOf(kA), {}));
    EXPECT_EQ(models.openFor(makerOf(kB), {}).error().code(), ErrorCode::Refused);
    // What is open already serves no longer than the consent does.
    models.setSettings(at("gguf:/m.gguf"));
    EXPECT_EQ(models.openFor(makerOf(kA), {}).error().code(), ErrorCode::Refused);
}

TEST(EmbeddingReach, AnUndoDoesNotGoBackToAServerWithoutConsent) {
    const test::TempFolder folder;
    folder.write("docs/a.md", "# Harbour\n\nThe harbour master keeps the tide tables.\n");
    config::Settings settings;
    settings.embedding = at(kA, EmbeddingReach::Anywhere);
    const auto library =
        Library::open({folder / "library", settings, COMMONPLACE_PROGRAM, openAllowed}).value();
    ingest::Gate gate;
    ASSERT_TRUE(library->index({{folder / "docs"}}, gate, {}, {}));
    const auto status = [&] { return library->openSession().value()->status().value().embedding; };
    ASSERT_EQ(status().active->maker, config::toText(at(kA)));

    ASSERT_TRUE(library->chooseEmbedding(at("gguf:/m.gguf"), {}));
    const auto ended = library->undoEmbedding();  // of the building
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code(), ErrorCode::Refused);
    EXPECT_TRUE(status().building);
    ASSERT_TRUE(library->buildVectors(gate, {}, {}));
    EXPECT_EQ(library->undoEmbedding().error().code(), ErrorCode::Refused);
    EXPECT_EQ(status().active->maker, "gguf:/m.gguf");

    // What the message names helps.
    ASSERT_TRUE(library->chooseEmbedding(at(kA, EmbeddingReach::Anywhere), {}));
    ASSERT_TRUE(library->buildVectors(gate, {}, {}));
    EXPECT_EQ(status().active->maker, config::toText(at(kA)));
    const auto back = library->undoEmbedding();
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(back->reach, EmbeddingReach::ThisComputer);
}

TEST(EmbeddingReach, AnUndoKeepsTheConsentOfTheSameServer) {
    const test::TempFolder folder;
    folder.write("docs/a.md", "# Harbour\n\nThe harbour master keeps the tide tables.\n");
    config::Settings settings;
    settings.embedding = at(kA, EmbeddingReach::Anywhere);
    const auto library =
        Library::open({folder / "library", settings, COMMONPLACE_PROGRAM, openAllowed}).value();
    ingest::Gate gate;
    ASSERT_TRUE(library->index({{folder / "docs"}}, gate, {}, {}));
    ASSERT_TRUE(library->chooseEmbedding(at("https://a.example/v1#larger", EmbeddingReach::Anywhere), {}));
    const auto back = library->undoEmbedding();
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(config::toText(*back), config::toText(at(kA)));
    EXPECT_EQ(back->reach, EmbeddingReach::Anywhere);
}

}  // namespace
}  // namespace commonplace::library
