#include "engine/net/curl_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "engine/net/http.h"

namespace commonplace::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kUrl = "https://host/v1";

TEST(CurlError, SaysWhatWhyAndWhatToDo) {
    const Error refused = describe({.code = CURLE_COULDNT_CONNECT, .systemError = ECONNREFUSED}, kUrl);
    EXPECT_EQ(refused.message(),
              "could not reach https://host/v1: connection refused; is the server running?");
    EXPECT_EQ(refused.code(), ErrorCode::Network);
    EXPECT_TRUE(isConnectionRefused(refused));
    EXPECT_FALSE(
        isConnectionRefused(describe({.code = CURLE_COULDNT_CONNECT, .systemError = ENETUNREACH}, kUrl)));
    const Error late = describe({.code = CURLE_OPERATION_TIMEDOUT, .connectSeconds = 2.5}, kUrl);
    EXPECT_THAT(late.message(), HasSubstr("no connection within 2.5 s"));
    EXPECT_EQ(late.code(), ErrorCode::Network) << "nothing was sent";
}

TEST(CurlError, ACertificateThatIsNotTrustedIsExplained) {
    const Error error =
        describe({.code = CURLE_PEER_FAILED_VERIFICATION, .detail = "self-signed\n\x1b[1m"}, kUrl);
    EXPECT_THAT(error.message(), EndsWith("its certificate is not trusted (self-signed); nothing was sent"));
}

TEST(CurlError, EveryCodeGivesOneLine) {
    for (int code = CURLE_UNSUPPORTED_PROTOCOL; code < CURL_LAST; ++code) {
        const Error error = describe({.code = static_cast<CURLcode>(code)}, kUrl);
        EXPECT_THAT(error.message(), HasSubstr(kUrl)) << code;
        EXPECT_THAT(error.message(), Not(HasSubstr("\n"))) << code;
    }
}

}  // namespace
}  // namespace commonplace::net
