#include "engine/llm/status_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonplace::llm {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string messageFor(int status, const std::string& body, std::vector<net::Header> headers = {}) {
    const Error error = statusError("http://h/v1/chat/completions", {status, std::move(headers), body},
                                    net::SafeText("sk-CANARY"));
    EXPECT_THAT(error.message(), Not(HasSubstr("\n")));
    return error.message();
}

TEST(StatusError, SaysWhatWhyAndWhatToDo) {
    EXPECT_EQ(
        messageFor(401, R"({"error":{"message":"Incorrect API key: sk-CANARY"}})"),
        "http://h/v1/chat/completions answered 401 (unauthorized): Incorrect API key: [key]; check the key");
    EXPECT_EQ(messageFor(404, ""),
              "http://h/v1/chat/completions answered 404 (not found); check the base URL, which usually ends "
              "with /v1, "
              "and the model's name");
    EXPECT_THAT(messageFor(500, "<html><title>Oops</title>"),
                HasSubstr("(server error): a web page, \"Oops\"; see"));
    EXPECT_THAT(messageFor(418, "\"teapot\""), HasSubstr("answered 418: teapot; check"));
    EXPECT_THAT(messageFor(599, ""), EndsWith("answered 599; try again a little later"));
}

TEST(StatusError, KnowsThatNoKeyWasSent) {
    const Error error = statusError("http://h/v1/models", {401, {}, ""}, net::SafeText(""), Advice());
    EXPECT_THAT(error.message(), HasSubstr("no key was sent: give one in"));
}

TEST(StatusError, SaysWhetherAnotherModelMayHelp) {
    EXPECT_EQ(codeOf({429, {}, "slow down"}), ErrorCode::Busy);
    EXPECT_EQ(codeOf({503, {}, ""}), ErrorCode::Busy);
    EXPECT_EQ(codeOf({529, {}, "overloaded_error"}), ErrorCode::Busy);
    EXPECT_EQ(codeOf({429, {}, "insufficient_quota"}), ErrorCode::Protocol) << "waiting does not bring money";
    EXPECT_EQ(codeOf({401, {}, ""}), ErrorCode::Protocol);
    EXPECT_EQ(codeOf({400, {}, "max_tokens is wrong"}), ErrorCode::Protocol);
    const char* tooLong =
        R"~({"error":{"message":"request (1043 tokens) exceeds the available context size"}})~";
    EXPECT_EQ(codeOf({400, {}, tooLong}), ErrorCode::Limit);
    EXPECT_EQ(codeOf({500, {}, "exceeds the available context size"}), ErrorCode::Limit);
}

TEST(StatusError, TellsARateFromAnEmptyAccount) {
    EXPECT_THAT(messageFor(429, "slow down", {{"retry-after", "20"}}),
                EndsWith("slow down; try again in 20 s"));
    EXPECT_THAT(messageFor(429, "slow down"), EndsWith("wait a little and try again"));
    EXPECT_THAT(messageFor(429, R"({"error":{"message":"over","code":"insufficient_quota"}})",
                           {{"Retry-After", "20"}}),
                EndsWith("check the plan and the credit of the account"));
    EXPECT_THAT(messageFor(429, "", {{"Retry-After", "soon\x1b[1m"}}),
                EndsWith("wait a little and try again"));
}

TEST(StatusError, KnowsMessagesAboutMoneyAndAboutRates) {
    EXPECT_THAT(messageFor(400, R"({"error":{"message":"Your credit balance is too low"}})"),
                EndsWith("check the plan and the credit of the account"));
    EXPECT_THAT(messageFor(429, R"({"error":{"message":"Rate limit reached; see /billing to raise it"}})"),
                EndsWith("wait a little and try again"));
}

TEST(StatusError, AConversationThatIsTooLong) {
    for (const char* said :
         {"request (1043 tokens) exceeds the available context size (512 tokens), try increasing it",
          "prompt is too long: 215000 tokens > 200000 maximum",
          "the input length exceeds the context length"})
        EXPECT_THAT(messageFor(400, said),
                    EndsWith("ask with fewer passages, or lower model.context_window"));
}

TEST(StatusError, AProtocolSaysWhereToLook) {
    const Advice advice{"check the port", "fetch the model"};
    const auto message = [&](int status, const char* body) {
        return statusError("http://h", {status, {}, body}, net::SafeText(""), advice).message();
    };
    EXPECT_THAT(message(404, "model 'm' not found"), EndsWith("; fetch the model"));
    EXPECT_THAT(message(404, "page not found"), EndsWith("; check the port, and the model's name"));
    EXPECT_THAT(message(405, "model"), EndsWith("; check the port"));
}

TEST(StatusError, NamesTheTargetOfARedirect) {
    EXPECT_THAT(messageFor(307, "", {{"Location", "https://h/v1\x1b[5m"}}),
                EndsWith("redirects are not followed; give the address it points to: https://h/v1"));
}

TEST(StatusError, ClipsTheServersWords) {
    EXPECT_LT(messageFor(500, std::string(60000, 'x')).size(), 450u);
}

}  // namespace
}  // namespace commonplace::llm
