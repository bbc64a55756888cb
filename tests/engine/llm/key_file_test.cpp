#include "engine/llm/key_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/support/temp_folder.h"

namespace commonplace::llm {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class KeyFileTest : public testing::Test {
  protected:
    Result<KeyFile> read(const std::string& text, mode_t mode = 0600) const {
        const auto file = m_folder.write("keys.json", text);
        ::chmod(file.c_str(), mode);
        return KeyFile::read(file);
    }
    test::TempFolder m_folder;
};

TEST_F(KeyFileTest, AKeyBelongsToExactlyOneOrigin) {
    const auto keys = read(R"({"https://api.example.com": "sk-1", "http://10.0.0.2:8080/v1": "sk-2"})");
    ASSERT_TRUE(keys) << keys.error().message();
    EXPECT_EQ(keys->keyFor("https://api.example.com/v1"), "sk-1");
    EXPECT_EQ(keys->keyFor("https://API.example.com:443/other/"), "sk-1");
    EXPECT_EQ(keys->keyFor("http://10.0.0.2:8080"), "sk-2");
    for (const char* other :
         {"http://api.example.com/v1", "https://api.example.com:8443", "https://api.example.com.evil.org",
          "https://evil.org/https://api.example.com", "https://example.com", "http://10.0.0.2", "x", ""})
        EXPECT_FALSE(keys->keyFor(other)) << other;
}

TEST_F(KeyFileTest, WithoutAFileThereAreNoKeys) {
    const auto keys = KeyFile::read(m_folder / "none.json");
    ASSERT_TRUE(keys);
    EXPECT_FALSE(keys->keyFor("https://api.example.com"));
}

TEST_F(KeyFileTest, OnlyTheOwnersOwnFileIsRead) {
    for (const mode_t mode : {0644, 0640, 0604, 0620, 0660, 0601}) {
        const auto keys = read(R"({"https://api.example.com": "sk-CANARY"})", mode);
        ASSERT_FALSE(keys) << mode;
        EXPECT_EQ(keys.error().code(), ErrorCode::Refused);
        EXPECT_THAT(keys.error().message(), AllOf(HasSubstr("chmod 600"), Not(HasSubstr("CANARY"))));
    }
    EXPECT_TRUE(read("{}", 0400));
    std::filesystem::create_symlink(m_folder / "keys.json", m_folder / "link.json");
    EXPECT_THAT(KeyFile::read(m_folder / "link.json").error().message(), HasSubstr("regular"));
    EXPECT_THAT(KeyFile::read(m_folder.path()).error().message(), HasSubstr("regular"));
    ::mkfifo((m_folder / "fifo.json").c_str(), 0600);
    EXPECT_FALSE(KeyFile::read(m_folder / "fifo.json"));
}

TEST_F(KeyFileTest, DamageIsSaidWithoutTheKey) {
    for (const char* text :
         {"", "[]", "sk-CANARY", R"({"https://a.example": "sk-CANARY")", R"({"nonsense sk": "sk-CANARY"})",
          R"({"https://a.example": {"key": "sk-CANARY"}})", R"({"https://me:sk-CANARY@a.example": "x"})"}) {
        const auto keys = read(text);
        ASSERT_FALSE(keys) << text;
        EXPECT_EQ(keys.error().code(), ErrorCode::Corrupt) << text;
        EXPECT_THAT(keys.error().message(), Not(HasSubstr("CANARY"))) << text;
    }
    EXPECT_FALSE(read(std::string(300'000, ' ')));
}

}  // namespace
}  // namespace commonplace::llm
