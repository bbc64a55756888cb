// Consent to send documents is asked for at each use of an embedding server elsewhere.
#include <gmock/gmock.h>

#include "app/wiring.h"
#include "tests/fakes/embedding_replies.h"
#include "tests/fakes/http_server.h"

namespace commonplace::app {
namespace {

using config::EmbeddingReach;
using testing::HasSubstr;
using testing::Not;

class WiringEmbeddingTest : public testing::Test {
  protected:
    Result<std::unique_ptr<document::Embedder>> open(EmbeddingReach reach, const net::Permit& permit = {}) {
        const auto opener = embedderOpener([this] { return m_settings; }, permit);
        return opener(chosen(reach), 2, {});
    }
    static std::string refusalOf(const document::Embedder& embedder) {
        const std::string_view text = "the secret recipe";
        const auto passage = embedder.embed({&text, 1}, {});
        const auto question = embedder.embedQuestion(text, {}, {});
        EXPECT_EQ(passage.error().code(), ErrorCode::Refused) << passage.error().message();
        EXPECT_EQ(question.error().code(), ErrorCode::Refused) << question.error().message();
        return question.error().message();
    }
    static config::EmbeddingSettings chosen(EmbeddingReach reach) {
        return {"openai", "m", "https://api.example.invalid/v1", reach};
    }
    static Result<config::Settings> consented() {
        config::Settings settings;
        settings.embedding = chosen(EmbeddingReach::Anywhere);
        return settings;
    }
    Result<config::Settings> m_settings = consented();
};

TEST_F(WiringEmbeddingTest, NothingIsOpenedWithoutConsent) {
    EXPECT_THAT(open(EmbeddingReach::ThisComputer).error().message(), HasSubstr("--send-documents"));
    m_settings->privacy.localOnly = {"/private"};
    EXPECT_THAT(open(EmbeddingReach::Anywhere).error().message(), HasSubstr("this computer only"));
}

TEST_F(WiringEmbeddingTest, AFolderThatBecomesPrivateEndsTheSending) {
    const auto embedder = open(EmbeddingReach::Anywhere);
    ASSERT_TRUE(embedder) << embedder.error().message();
    EXPECT_EQ((*embedder)->fingerprint(), "openai/m/2");
    EXPECT_EQ((*embedder)->place(), document::EmbeddingPlace::Server);
    m_settings->privacy.localOnly = {"/private"};
    EXPECT_THAT(refusalOf(**embedder), HasSubstr("this computer only"));
}

TEST_F(WiringEmbeddingTest, AConsentThatIsWithdrawnEndsTheSending) {
    const auto embedder = open(EmbeddingReach::Anywhere);
    ASSERT_TRUE(embedder) << embedder.error().message();
    m_settings->embedding.reach = EmbeddingReach::ThisComputer;
    EXPECT_THAT(refusalOf(**embedder), HasSubstr("--send-documents"));
}

TEST_F(WiringEmbeddingTest, AnotherChosenModelEndsTheSending) {
    for (const config::EmbeddingSettings& other :
         {config::EmbeddingSettings{},
          {"gguf", "/m.gguf", ""},
          {"openai", "m", "https://other.example.invalid/v1", EmbeddingReach::Anywhere}}) {
        m_settings = consented();
        const auto embedder = open(EmbeddingReach::Anywhere);
        ASSERT_TRUE(embedder) << embedder.error().message();
        m_settings->embedding = other;
        EXPECT_THAT(refusalOf(**embedder), HasSubstr("--send-documents"));
    }
}

TEST_F(WiringEmbeddingTest, InTheMiddleOfARunTheNextBatchIsRefused) {
    const fakes::HttpServer server({fakes::ok(fakes::ollamaVectors({{1, 0}}))});
    m_settings->embedding = {"ollama", "e5:cloud", server.url(), EmbeddingReach::Anywhere};
    const auto embedder = embedderOpener([this] { return m_settings; }, {})(m_settings->embedding, 2, {});
    ASSERT_TRUE(embedder) << embedder.error().message();
    const std::string_view text = "the secret recipe";
    EXPECT_TRUE((*embedder)->embed({&text, 1}, {})) << "allowed so far";
    m_settings->embedding.reach = EmbeddingReach::ThisComputer;
    EXPECT_THAT(refusalOf(**embedder), HasSubstr("--send-documents"));
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(WiringEmbeddingTest, AChoiceThatIsNotSavedYetCanBeTried) {
    m_settings = config::Settings{};
    EXPECT_TRUE(open(EmbeddingReach::Anywhere)) << "its leave comes with it";
    EXPECT_FALSE(open(EmbeddingReach::ThisComputer));
}

TEST_F(WiringEmbeddingTest, WhatAServerHereSendsOnLeavesThisComputer) {
    const fakes::HttpServer server({fakes::ok(fakes::ollamaVectors({{1, 0}}))});
    const auto opener = embedderOpener([this] { return m_settings; }, {});
    config::EmbeddingSettings forwarded{"ollama", "e5:cloud", server.url(), EmbeddingReach::ThisComputer};
    EXPECT_THAT(opener(forwarded, 0, {}).error().message(), HasSubstr("--send-documents"));
    EXPECT_TRUE(server.requests().empty());

    forwarded.reach = EmbeddingReach::Anywhere;
    m_settings->embedding = forwarded;
    const auto embedder = opener(forwarded, 2, {});
    ASSERT_TRUE(embedder) << embedder.error().message();
    const std::string_view text = "the secret recipe";
    EXPECT_TRUE((*embedder)->embed({&text, 1}, {}));
    m_settings->privacy.localOnly = {"/private"};
    EXPECT_THAT(refusalOf(**embedder), HasSubstr("this computer only"));
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(WiringEmbeddingTest, SettingsThatCannotBeReadAllowNothing) {
    const auto embedder = open(EmbeddingReach::Anywhere);
    ASSERT_TRUE(embedder) << embedder.error().message();
    m_settings = Error(ErrorCode::Refused, "the settings cannot be read");
    EXPECT_EQ(refusalOf(**embedder), "the settings cannot be read");
    EXPECT_FALSE(open(EmbeddingReach::Anywhere));
}

TEST_F(WiringEmbeddingTest, TheKeyOfTheMomentIsSent) {
    const fakes::HttpServer server({fakes::ok(fakes::openAiVectors({{1, 0}}))});
    std::string key;  // a keyring may be opened late
    std::string askedFor;
    const auto opener = embedderOpener([this] { return m_settings; }, {},
                                       [&](const std::string& url) {
                                           askedFor = url;
                                           return key;
                                       });
    const auto embedder = opener({"openai", "m", server.url() + "/v1"}, 2, {});
    ASSERT_TRUE(embedder) << embedder.error().message();
    EXPECT_EQ(askedFor, server.url() + "/v1");
    const std::string_view text = "the secret recipe";
    for (const char* now : {"", "first", "second"}) {
        key = now;
        ASSERT_TRUE((*embedder)->embed({&text, 1}, {}));
        const std::string head = server.requests().back().head;
        if (key.empty())
            EXPECT_THAT(head, Not(HasSubstr("Bearer")));
        else
            EXPECT_THAT(head, HasSubstr("Bearer " + key));
    }
    EXPECT_EQ((*embedder)->fingerprint(), "openai/m/2");
}

TEST_F(WiringEmbeddingTest, TheSharedSwitchDecidesAboutOffline) {
    const auto traffic = std::make_shared<net::Traffic>();
    const net::Permit permit(net::Reach::Anywhere, traffic);
    traffic->setReach(net::Reach::LoopbackOnly);
    EXPECT_THAT(open(EmbeddingReach::Anywhere, permit).error().message(), HasSubstr("offline"));
    // It began offline and went online.
    m_settings->network.offline = true;
    traffic->setReach(net::Reach::Anywhere);
    const auto embedder = open(EmbeddingReach::Anywhere, permit);
    ASSERT_TRUE(embedder) << embedder.error().message();
    traffic->setReach(net::Reach::LoopbackOnly);
    EXPECT_THAT(refusalOf(**embedder), HasSubstr("offline"));
}

TEST_F(WiringEmbeddingTest, WithoutASwitchTheSettingDecides) {
    m_settings->network.offline = true;
    EXPECT_THAT(open(EmbeddingReach::Anywhere).error().message(), HasSubstr("offline"));
}

}  // namespace
}  // namespace commonplace::app
