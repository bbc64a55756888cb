#include "engine/net/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/net/http.h"

namespace commonplace::net {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Url, KnowsThisMachine) {
    for (const char* url :
         {"http://localhost", "http://LOCALHOST:8080/v1", "https://127.0.0.1/v1", "http://127.8.9.10:1",
          "http://[::1]:11434/v1", "http://[0:0:0:0:0:0:0:1]/", "http://127.1/", "http://0x7f.0.0.1/",
          "http://2130706433/", "http://%6cocalhost/"})
        EXPECT_TRUE(isLoopbackUrl(url)) << url;
}

TEST(Url, KnowsOtherMachines) {
    for (const char* url :
         {"http://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com/",
          "http://128.0.0.1/", "http://10.0.0.1/", "http://[::2]/", "http://[fe80::1]/", "http://0.0.0.0/",
          "http://notlocalhost/", "http://example.com/127.0.0.1", "http://example.com?localhost",
          "http://example.com#localhost"})
        EXPECT_FALSE(isLoopbackUrl(url)) << url;
}

TEST(Url, WhatIsNoUrlIsNotThisMachine) {
    for (const char* url :
         {"", "localhost", "localhost:8080", "ftp://localhost/", "file:///etc/passwd", "http://",
          "http://localhost@example.com", "http://a b/", "http://localhost:99999/"})
        EXPECT_FALSE(isLoopbackUrl(url)) << url;
    EXPECT_FALSE(isLoopbackUrl(std::string_view("http://localhost\0.example.com", 29)));
}

TEST(Url, SaysWhatIsWrong) {
    const auto url = Url::parse("localhost:8080/v1");
    ASSERT_FALSE(url.has_value());
    EXPECT_EQ(url.error().code(), ErrorCode::InvalidArgument);
    EXPECT_THAT(url.error().message(),
                HasSubstr("\"localhost:8080/v1\" cannot be used: it is no http or https"));
}

TEST(Url, NeverShowsSecrets) {
    const auto url = Url::parse("http://me:CANARY@127.0.0.1/v1");
    ASSERT_FALSE(url.has_value());
    EXPECT_THAT(url.error().message(), HasSubstr("give the key separately"));
    EXPECT_THAT(url.error().message(), Not(HasSubstr("CANARY")));
    const auto broken = Url::parse("htp://127.0.0.1/v1?key=CANARY");
    ASSERT_FALSE(broken.has_value());
    EXPECT_THAT(broken.error().message(), Not(HasSubstr("CANARY")));
    const auto queried = Url::parse("http://127.0.0.1:1/v1?key=CANARY#CANARY");
    ASSERT_TRUE(queried.has_value());
    EXPECT_EQ(queried->shown(), "http://127.0.0.1:1/v1");
}

}  // namespace
}  // namespace commonplace::net
