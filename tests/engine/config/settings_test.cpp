#include "engine/config/settings.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "tests/support/hang.h"
#include "tests/support/temp_folder.h"

namespace commonplace::config {
namespace {

using testing::HasSubstr;

class SettingsTest : public testing::Test {
  protected:
    std::string problemWith(const std::string& text) {
        const Result<Settings> settings = loadSettings(m_folder.write("settings.json", text));
        if (settings) return "none";
        EXPECT_EQ(settings.error().code(), ErrorCode::Corrupt);
        EXPECT_EQ(settings.error().message().find('\n'), std::string::npos);
        EXPECT_THAT(settings.error().message(), HasSubstr("settings.json"));
        return settings.error().message();
    }

    std::string content() const { return *base::readFile(m_folder / "settings.json"); }

    const test::TempFolder m_folder;
};

TEST_F(SettingsTest, NoFileMeansDefaults) {
    const Result<Settings> settings = loadSettings(m_folder / "none.json");
    ASSERT_TRUE(settings) << settings.error().message();
    EXPECT_EQ(settings->index.maxFileBytes, 512u << 20);
    EXPECT_THAT(settings->index.ignoredNames, testing::IsSupersetOf({".git", "node_modules", ".Trash*"}));
    EXPECT_EQ(settings->model.api, "openai");
    EXPECT_EQ(settings->model.contextWindow, 8192);
    EXPECT_EQ(settings->model.maxAnswerTokens, 1024);
    EXPECT_EQ(settings->search.defaultResults, 10);
    EXPECT_FALSE(settings->network.offline);
}

TEST_F(SettingsTest, ChangesAtTheSameTimeAreAllKept) {
    const auto file = m_folder / "new/settings.json";
    constexpr int kEach = 40;
    const auto addFolders = [&](const std::string& name) {
        const auto add = [&](int i) {
            return changeSettings(file, [&](Settings settings) {
                settings.privacy.localOnly.push_back("/" + name + std::to_string(i));
                return settings;
            });
        };
        for (int i = 0; i < kEach; ++i)
            for (auto added = add(i); !added;
                 added = add(i))  // on a slow disk the others may keep it too long
                ASSERT_EQ(added.error().code(), ErrorCode::Busy) << added.error().message();
    };
    {
        const pid_t other = ::fork();  // before there are threads: a forked one may hold a lock for ever
        if (other == 0) {
            addFolders("three");
            ::_exit(testing::Test::HasFailure() ? 1 : 0);
        }
        const std::jthread one([&] { addFolders("one"); });
        const std::jthread two([&] { addFolders("two"); });
        int status = 1;
        ASSERT_EQ(::waitpid(other, &status, 0), other);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(loadSettings(file)->privacy.localOnly.size(), 3u * kEach);
}

TEST_F(SettingsTest, WhoHoldsTheLockForEverIsNotWaitedFor) {
    const auto file = m_folder / "settings.json";
    const auto held = base::FileLock::tryAcquire(m_folder / "settings.json.lock");
    ASSERT_TRUE(held);
    const base::Stopwatch clock;
    const auto done = changeSettings(file, [](Settings settings) { return settings; });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), ErrorCode::Busy);
    EXPECT_LT(clock.seconds(), test::kHangSeconds);
}

TEST_F(SettingsTest, TheOfflineSwitchIsRemembered) {
    Settings settings;
    settings.network.offline = true;
    ASSERT_TRUE(saveSettings(m_folder / "settings.json", settings));
    EXPECT_THAT(content(), HasSubstr("\"offline\": true"));
    EXPECT_TRUE(loadSettings(m_folder / "settings.json")->network.offline);
    EXPECT_THAT(problemWith(R"({"network": {"offline": 1}})"),
                HasSubstr("\"network.offline\" must be true or false"));
}

TEST_F(SettingsTest, TracesAreKeptWithoutContentUnlessChosenOtherwise) {
    Settings settings;
    EXPECT_TRUE(settings.trace.enabled);
    EXPECT_FALSE(settings.trace.content);
    EXPECT_EQ(settings.trace.keepDays, 30);
    settings.trace = {false, true, 7};
    ASSERT_TRUE(saveSettings(m_folder / "settings.json", settings));
    const TraceSettings read = loadSettings(m_folder / "settings.json")->trace;
    EXPECT_FALSE(read.enabled);
    EXPECT_TRUE(read.content);
    EXPECT_EQ(read.keepDays, 7);
    EXPECT_THAT(problemWith(R"({"trace": {"keep_days": 0}})"),
                HasSubstr("\"trace.keep_days\" must be a number"));
    EXPECT_THAT(problemWith(R"({"trace": {"content": "yes"}})"),
                HasSubstr("\"trace.content\" must be true or false"));
}

TEST_F(SettingsTest, SavedSettingsComeBack) {
    Settings settings;
    settings.index = {1000, 3, {"build", "größe*"}};
    settings.model = {"openai", "http://127.0.0.1:8080/v1", "small", 4096, 256, 60, 2.5, {}, {}};
    settings.model.fallbacks = {{{"ollama", "http://127.0.0.1:11434", "gemma", 4096}, false},
                                {{"anthropic", "https://api.example.org", "big", 200'000}, true}};
    settings.model.small = {"local", "", "/models/tiny.gguf", 2048};
    settings.model.summariseHistory = false;
    settings.spending = {1.5, 20};
    settings.privacy.localOnly = {"/home/me/contracts"};
    settings.search.defaultResults = 25;
    const std::filesystem::path file = m_folder / "deep" / "below" / "settings.json";
    ASSERT_TRUE(saveSettings(file, settings));
    const Result<Settings> loaded = loadSettings(file);
    ASSERT_TRUE(loaded) << loaded.error().message();
    EXPECT_EQ(loaded->index.maxFileBytes, 1000u);
    EXPECT_EQ(loaded->index.workers, 3);
    EXPECT_EQ(loaded->index.ignoredNames, settings.index.ignoredNames);
    EXPECT_EQ(loaded->model.baseUrl, settings.model.baseUrl);
    EXPECT_EQ(loaded->model.model, "small");
    EXPECT_EQ(loaded->model.contextWindow, 4096);
    EXPECT_EQ(loaded->model.maxAnswerTokens, 256);
    EXPECT_EQ(loaded->model.firstTokenSeconds, 60);
    EXPECT_EQ(loaded->model.silenceSeconds, 2.5);
    EXPECT_EQ(loaded->search.defaultResults, 25);
    ASSERT_EQ(loaded->model.fallbacks.size(), 2u);
    EXPECT_EQ(loaded->model.fallbacks[0].place.model, "gemma");
    EXPECT_FALSE(loaded->model.fallbacks[0].standsInForAny);
    EXPECT_EQ(loaded->model.fallbacks[1].place.contextWindow, 200'000);
    EXPECT_TRUE(loaded->model.fallbacks[1].standsInForAny);
    EXPECT_TRUE(loaded->model.small.isSet());
    EXPECT_FALSE(loaded->model.summariseHistory);
    EXPECT_EQ(loaded->model.small.model, "/models/tiny.gguf");
    EXPECT_EQ(loaded->spending.perMonthUsd, 20);
    EXPECT_EQ(loaded->privacy.localOnly, settings.privacy.localOnly);
}

TEST_F(SettingsTest, DefaultsThatNobodyChoseAreNotWritten) {
    Settings settings;
    settings.search.defaultResults = 7;
    ASSERT_TRUE(saveSettings(m_folder / "settings.json", settings));
    EXPECT_THAT(content(), testing::Not(HasSubstr("max_file_bytes")));
    settings.search.defaultResults = 10;
    ASSERT_TRUE(saveSettings(m_folder / "settings.json", settings));
    EXPECT_THAT(content(), HasSubstr("\"default_results\": 10")) << "chosen, although it is the default";
}

TEST_F(SettingsTest, AbsentAndNullKeysKeepTheirDefaults) {
    const Result<Settings> settings = loadSettings(
        m_folder.write("settings.json", R"({"model": {"model": "x", "api": null}, "search": null})"));
    ASSERT_TRUE(settings) << settings.error().message();
    EXPECT_EQ(settings->model.model, "x");
    EXPECT_EQ(settings->model.api, "openai");
    EXPECT_EQ(settings->search.defaultResults, 10);
}

TEST_F(SettingsTest, UnknownKeysAreKept) {
    const auto file =
        m_folder.write("settings.json", R"({"future": {"a": [1, 2]}, "search": {"colour": "red"}})");
    Settings settings = *loadSettings(file);
    settings.search.defaultResults = 7;
    ASSERT_TRUE(saveSettings(file, settings));
    EXPECT_THAT(content(), testing::AllOf(HasSubstr("future"), HasSubstr("colour"),
                                          HasSubstr("\"default_results\": 7")));
    EXPECT_EQ(loadSettings(file)->search.defaultResults, 7);
}

TEST_F(SettingsTest, ABrokenFileSaysWhereAndIsNotReplaced) {
    const std::string text = "{\n  \"search\": {\n    \"default_results\": 10,,\n  }\n}\n";
    EXPECT_THAT(problemWith(text), HasSubstr("it is no JSON: line 3, column"));
    EXPECT_EQ(problemWith(text).find("exception"), std::string::npos);
    const Result<void> saved = saveSettings(m_folder / "settings.json", {});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code(), ErrorCode::Corrupt);
    EXPECT_EQ(content(), text);
}

TEST_F(SettingsTest, WrongValuesAreNamed) {
    EXPECT_THAT(problemWith(R"({"privacy": {"local_only": ["~/secret"]}})"), HasSubstr("absolute"));
    EXPECT_THAT(problemWith(R"({"index": 5})"), HasSubstr("\"index\" must be an object"));
    EXPECT_THAT(problemWith(R"({"index": {"workers": "two"}})"),
                HasSubstr("\"index.workers\" must be a number from 0"));
    EXPECT_THAT(problemWith(R"({"index": {"workers": 1.5}})"), HasSubstr("index.workers"));
    EXPECT_THAT(problemWith(R"({"index": {"workers": true}})"), HasSubstr("index.workers"));
    EXPECT_THAT(problemWith(R"({"index": {"max_file_bytes": -1}})"), HasSubstr("from 1 to 1000000000000"));
    EXPECT_THAT(problemWith(R"({"index": {"max_file_bytes": 99999999999999999999999}})"),
                HasSubstr("max_file_bytes"));
    EXPECT_THAT(problemWith(R"({"index": {"ignored_names": ".git"}})"), HasSubstr("a list of names"));
    EXPECT_THAT(problemWith(R"({"index": {"ignored_names": [1]}})"), HasSubstr("text in quotes"));
    EXPECT_THAT(problemWith(R"({"model": {"base_url": 8080}})"), HasSubstr("model.base_url"));
    EXPECT_THAT(problemWith(R"({"model": {"silence_seconds": 0}})"), HasSubstr("model.silence_seconds"));
    EXPECT_THAT(problemWith(R"({"search": {"default_results": 0}})"), HasSubstr("search.default_results"));
}

TEST_F(SettingsTest, AnyBytesGiveOneClearLine) {
    EXPECT_NE(problemWith(""), "none");
    EXPECT_NE(problemWith("[]"), "none");
    EXPECT_NE(problemWith("\xFF\xFE{}"), "none");
    EXPECT_THAT(problemWith("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"),
                HasSubstr("deep"));
    EXPECT_EQ(loadSettings(m_folder.write("settings.json", std::string(2 << 20, ' '))).error().code(),
              ErrorCode::Limit);
    EXPECT_EQ(loadSettings(m_folder.path()).error().code(), ErrorCode::Io);
}

TEST_F(SettingsTest, UnknownKeysAreToldWithWhatWasMeant) {
    const auto file = m_folder.write(
        "settings.json",
        R"({"modle": {}, "model": {"contxt_window": 4096, "fallbacks": [{"modl": "m", "api": "openai"}]},
            "privacy": {"local_only": ["/home"]}, "zebra": 1})");
    const auto unknown = unknownKeys(file);
    ASSERT_TRUE(unknown);
    std::string shown;
    for (const UnknownKey& key : *unknown) shown += key.name + ">" + key.meant + " ";
    EXPECT_EQ(
        shown,
        "modle>model model.contxt_window>model.context_window model.fallbacks.modl>model.fallbacks.model "
        "zebra> ");
}

TEST_F(SettingsTest, ALinkStaysALink) {
    const auto target = m_folder.write("dotfiles/real.json", R"({"search": {"default_results": 3}})");
    const auto link = m_folder / "settings.json";
    std::filesystem::create_symlink("dotfiles/real.json", link);
    ASSERT_TRUE(changeSettings(link, [](Settings settings) {
        settings.search.defaultResults = 7;
        return settings;
    }));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_EQ(loadSettings(target)->search.defaultResults, 7);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "settings.json.lock"));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "dotfiles/real.json.lock"));
    Settings settings;
    settings.search.defaultResults = 8;
    ASSERT_TRUE(saveSettings(link, settings));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_EQ(loadSettings(target)->search.defaultResults, 8);
}

TEST_F(SettingsTest, ALinkToNothingIsFollowedAndACircleIsAnError) {
    const auto link = m_folder / "settings.json";
    std::filesystem::create_symlink("later/real.json", link);
    ASSERT_TRUE(changeSettings(link, [](Settings settings) { return settings; }));
    EXPECT_TRUE(std::filesystem::is_symlink(link));
    EXPECT_TRUE(std::filesystem::is_regular_file(m_folder / "later/real.json"));
    std::filesystem::create_symlink("round.json", m_folder / "round.json");
    EXPECT_FALSE(changeSettings(m_folder / "round.json", [](Settings settings) { return settings; }));
}

TEST_F(SettingsTest, ASlipInASafetySwitchClosesTheWayElsewhere) {
    for (const char* text : {R"({"network": {"offlne": true}})", R"({"privacy": {"local_onyl": ["/a"]}})",
                             R"({"netwrok": {"offline": true}})"})
        EXPECT_TRUE(loadSettings(m_folder.write("settings.json", text))->network.offline) << text;
    const auto file = m_folder.write("settings.json", R"({"network": {"offlne": true}})");
    ASSERT_TRUE(changeSettings(file, [](Settings settings) { return settings; }));
    EXPECT_EQ(content().find("\"offline\""), std::string::npos);  // that is nobody's choice
    for (const char* text : {R"({"search": {"default_resluts": 3}})", R"({"network": {"offline": false}})"})
        EXPECT_FALSE(loadSettings(m_folder.write("settings.json", text))->network.offline) << text;
}

TEST_F(SettingsTest, AFullFileHasNoUnknownKeys) {
    Settings settings;
    settings.search.defaultResults = 7;
    settings.model.fallbacks = {FallbackSettings{{"local", "", "/m.gguf"}}};
    const auto file = m_folder / "settings.json";
    ASSERT_TRUE(saveSettings(file, settings));
    EXPECT_TRUE(unknownKeys(file)->empty());
    EXPECT_TRUE(unknownKeys(m_folder / "none.json")->empty());
    m_folder.write("settings.json", "{");
    EXPECT_EQ(unknownKeys(file).error().code(), ErrorCode::Corrupt);
}

}  // namespace
}  // namespace commonplace::config
