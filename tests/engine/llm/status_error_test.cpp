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
                                    SafeText("sk-CANARY"));
    EXPECT_EQ(error.code(), ErrorCode::Protocol);
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

TEST(StatusError, NamesTheTargetOfARedirect) {
    EXPECT_THAT(messageFor(307, "", {{"Location", "https://h/v1\x1b[5m"}}),
                EndsWith("redirects are not followed; give the address it points to: https://h/v1"));
}

TEST(StatusError, ClipsTheServersWords) {
    EXPECT_LT(messageFor(500, std::string(60000, 'x')).size(), 450u);
}

}  // namespace
}  // namespace commonplace::llm
