#include "app/wiring_models.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::app {
namespace {

/// What a server of a conversation's own model is asked with, while the environment holds a key.
std::string headSentTo(const std::string& usualPath) {
    fakes::HttpServer server({fakes::chatReply({"yes"})});
    config::Settings settings;
    settings.model.baseUrl = server.url() + "/v1";
    settings.model.model = "m";
    Surroundings around;
    around.environmentUrl = server.url() + usualPath;
    auto models = wireModels(settings, {}, around);
    if (!models || !models->answering) return "not wired";
    document::ChatRequest request;
    request.messages = {{document::Role::User, "?"}};
    const auto reply = models->answering->chat(request, {}, {});
    if (!reply) return reply.error().message();
    return server.requests().at(0).head;
}

TEST(WiringModels, TheEnvironmentsKeyIsForTheUsualServerOnly) {
    ::setenv("COMMONPLACE_API_KEY", "canary-key", 1);
    EXPECT_NE(headSentTo("/v1").find("canary-key"), std::string::npos);
    const std::string other = headSentTo("/another");
    EXPECT_NE(other.find("POST"), std::string::npos) << other;
    EXPECT_EQ(other.find("canary-key"), std::string::npos);
    ::unsetenv("COMMONPLACE_API_KEY");
}

TEST(WiringModels, ALookAtTheWindowIsAnnouncedBeforeItAndNotRepeated) {
    config::Settings settings;
    settings.model.baseUrl = "http://192.0.2.1/v1";  // nobody: of an example network
    settings.model.model = "m";
    std::vector<Departure> departures;
    Surroundings around;
    std::stop_source stop;
    around.onDeparture = [&](const Departure& departure) {
        departures.push_back(departure);
        stop.request_stop();  // before the request, so that none is made
    };
    ModelChoice choice;
    choice.windows = std::make_shared<llm::KnownWindows>();
    const auto models = wireModels(settings, choice, around);
    ASSERT_TRUE(models && models->answering);
    models->answering->learnWindow(stop.get_token());
    ASSERT_EQ(departures.size(), 1u);
    EXPECT_EQ(departures[0].kind, DepartureKind::WindowLook);
    EXPECT_EQ(departures[0].host, "192.0.2.1");

    choice.windows->remember("http://192.0.2.1/v1", "m", {2048});
    const auto next = wireModels(settings, choice, around);
    ASSERT_TRUE(next && next->answering);
    EXPECT_EQ(next->answering->learnWindow({}), 2048u) << "shared by all that ask";
    EXPECT_EQ(departures.size(), 1u) << "nothing is asked, nothing is announced";
}

TEST(WiringModels, NoModelIsNone) {
    Surroundings around;
    around.environmentUrl = "https://usual.example/v1";
    const auto models = wireModels({}, {}, around);  // a conversation that wants quotations only
    ASSERT_TRUE(models) << models.error().message();
    EXPECT_EQ(models->answering, nullptr);
}

}  // namespace
}  // namespace commonplace::app
