#include "engine/config/paths.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

namespace commonplace::config {
namespace {

/// The environment is put back as it was.
class PathsTest : public testing::Test {
  protected:
    PathsTest() {
        for (const char* name :
             {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"}) {
            const char* value = std::getenv(name);
            m_before[name] = value ? std::optional<std::string>(value) : std::nullopt;
            ::unsetenv(name);
        }
    }
    ~PathsTest() override {
        for (const auto& [name, value] : m_before) {
            if (value)
                ::setenv(name.c_str(), value->c_str(), 1);
            else
                ::unsetenv(name.c_str());
        }
    }

    std::map<std::string, std::optional<std::string>> m_before;
};

TEST_F(PathsTest, FollowTheVariables) {
    ::setenv("XDG_DATA_HOME", "/d", 1);
    ::setenv("XDG_CONFIG_HOME", "/c", 1);
    ::setenv("XDG_CACHE_HOME", "/k", 1);
    ::setenv("XDG_STATE_HOME", "/s", 1);
    EXPECT_EQ(dataFolder(), "/d/commonplace");
    EXPECT_EQ(configFolder(), "/c/commonplace");
    EXPECT_EQ(cacheFolder(), "/k/commonplace");
    EXPECT_EQ(stateFolder(), "/s/commonplace");
    EXPECT_EQ(defaultLibraryFolder(), "/d/commonplace/library");
    EXPECT_EQ(settingsFile(), "/c/commonplace/settings.json");
}

TEST_F(PathsTest, LieBelowHomeWithoutThem) {
    ::setenv("HOME", "/home/ada", 1);
    ::setenv("XDG_DATA_HOME", "", 1);
    EXPECT_EQ(dataFolder(), "/home/ada/.local/share/commonplace");
    EXPECT_EQ(configFolder(), "/home/ada/.config/commonplace");
    EXPECT_EQ(cacheFolder(), "/home/ada/.cache/commonplace");
    EXPECT_EQ(stateFolder(), "/home/ada/.local/state/commonplace");
}

TEST_F(PathsTest, RelativeValuesAreIgnored) {
    ::setenv("HOME", "/home/ada", 1);
    ::setenv("XDG_DATA_HOME", "somewhere", 1);
    EXPECT_EQ(dataFolder(), "/home/ada/.local/share/commonplace");
}

TEST_F(PathsTest, WithoutHomeTheAccountSaysWhere) {
    EXPECT_TRUE(dataFolder().is_absolute());
}

}  // namespace
}  // namespace commonplace::config
