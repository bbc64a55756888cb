// Another embedding model for a library: built beside the old one, killed, resumed, switched, undone.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "engine/library/library.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/support/temp_folder.h"

namespace commonplace::library {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What the models of these tests do at the moment; shared by all of them.
struct Behaviour {
    std::atomic<int> pauseMs = 0;  ///< before each batch
    std::atomic<bool> isAway = false;
    std::atomic<int> texts = 0;
};

/// A fake model; "new" and the like are other spaces than "old", with the same words near each other.
class NamedEmbedder final : public document::Embedder {
  public:
    NamedEmbedder(const std::string& name, Behaviour& behaviour)
        : m_fingerprint("fake/" + name), m_behaviour(behaviour) {}
    const std::string& fingerprint() const override { return m_fingerprint; }
    std::size_t dimension() const override { return m_fake.dimension(); }
    double affinity(std::string_view text) const override { return m_fake.affinity(text); }
    double fusionWeight() const override { return m_fake.fusionWeight(); }
    Result<document::Vectors> embed(std::span<const std::string_view> texts,
                                    std::stop_token stop) const override {
        std::this_thread::sleep_for(std::chrono::milliseconds(m_behaviour.pauseMs));
        if (m_behaviour.isAway) return Error(ErrorCode::Network, "nobody listens at the fake server");
        m_behaviour.texts += static_cast<int>(texts.size());
        return m_fake.embed(texts, std::move(stop));
    }

  private:
    const std::string m_fingerprint;
    Behaviour& m_behaviour;
    test::FakeEmbedder m_fake;
};

config::EmbeddingSettings named(const std::string& model) {
    return {"openai", model, "http://127.0.0.1:1/v1", config::EmbeddingReach::ThisComputer};
}

class EmbeddingSwitchTest : public testing::Test {
  protected:
    static constexpr int kFiles = 30;

    void SetUp() override {
        for (int i = 0; i < kFiles; ++i) write(i);
        m_library = open();
        index();
        ASSERT_EQ(status().active->fingerprint, "fake/old");
        ASSERT_GT(status().total, 200);
    }

    std::unique_ptr<Library> open() {
        config::Settings settings;
        settings.embedding = named("old");
        settings.index.workers = 1;
        auto library =
            Library::open({m_folder / "library", settings, COMMONPLACE_PROGRAM,
                           [this](const config::EmbeddingSettings& embedding, std::size_t,
                                  const std::stop_token&) -> Result<std::unique_ptr<document::Embedder>> {
                               if (m_behaviour.isAway) return Error(ErrorCode::Network, "nobody listens");
                               return std::unique_ptr<document::Embedder>(
                                   std::make_unique<NamedEmbedder>(embedding.model, m_behaviour));
                           }});
        EXPECT_TRUE(library) << library.error().message();
        return library ? std::move(*library) : nullptr;
    }

    void write(int number, const std::string& mark = {}) {
        std::string text = "# Paper " + std::to_string(number) + "\n\n";
        for (int word = 0; word < (mark.empty() ? 0 : 60); ++word)
            text += mark + (word % 20 == 19 ? ".\n" : " ");
        text += "\n";
        for (int paragraph = 0; paragraph < 8; ++paragraph) {
            for (int word = 0; word < 190; ++word)
                text += std::string(word % 19 == 18 ? ". " : " ") + kWords[m_random() % std::size(kWords)] +
                        std::to_string(m_random() % 50);
            text += ".\n\n";
        }
        m_folder.write("docs/" + std::to_string(number) + ".md", text);
    }

    IndexReport index() {
        auto report = m_library->index({{m_folder / "docs"}}, m_gate, {}, {});
        EXPECT_TRUE(report) << report.error().message();
        return report ? *report : IndexReport{};
    }
    Result<IndexReport> build() { return m_library->buildVectors(m_gate, {}, {}); }
    void choose(const std::string& model) {
        const auto chosen = m_library->chooseEmbedding(named(model), {});
        ASSERT_TRUE(chosen) << chosen.error().message();
    }
    EmbeddingStatus status() {
        auto session = m_library->openSession();
        EXPECT_TRUE(session);
        auto report = (*session)->status();
        EXPECT_TRUE(report) << report.error().message();
        return report->embedding;
    }
    std::vector<std::string> find(const std::string& text, retrieve::Mode mode = retrieve::Mode::Semantic) {
        auto session = m_library->openSession();
        EXPECT_TRUE(session);
        retrieve::Query query;
        query.text = text;
        query.mode = mode;
        const auto results = (*session)->search(query);
        EXPECT_TRUE(results) << results.error().message();
        std::vector<std::string> names;
        if (results)
            for (const auto& passage : results->passages)
                names.push_back(std::filesystem::path(passage.document.paths.at(0)).filename().native());
        return names;
    }
    void expectSound() {
        const auto problems = m_library->check();
        ASSERT_TRUE(problems) << problems.error().message();
        EXPECT_THAT(*problems, IsEmpty());
    }
    /// Builds in a process of its own and kills that after so many milliseconds.
    void buildAndKill(int milliseconds) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto library = open();
            if (library) (void)library->buildVectors(m_gate, {}, {}).has_value();
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }

    static constexpr const char* kWords[] = {"harbour", "garden", "ledger", "compost", "lantern",
                                             "tomato",  "frost",  "tide",   "evening", "signal"};
    test::TempFolder m_folder;
    std::mt19937 m_random{7};
    Behaviour m_behaviour;
    ingest::Gate m_gate;
    std::unique_ptr<Library> m_library;
};

TEST_F(EmbeddingSwitchTest, TheNewOneTakesOverWhenItIsComplete) {
    const auto before = find("harbour7 tide3");
    choose("new");
    EmbeddingStatus now = status();
    EXPECT_EQ(now.active->fingerprint, "fake/old");
    EXPECT_EQ(now.building->fingerprint, "fake/new");
    EXPECT_EQ(now.building->done, 0);
    EXPECT_EQ(find("harbour7 tide3"), before);
    const auto built = build();
    ASSERT_TRUE(built) << built.error().message();
    EXPECT_THAT(built->errors, IsEmpty());
    now = status();
    EXPECT_EQ(now.active->fingerprint, "fake/new");
    EXPECT_EQ(now.active->done, now.total);
    EXPECT_EQ(now.previous->fingerprint, "fake/old");
    EXPECT_FALSE(now.building);
    EXPECT_EQ(find("harbour7 tide3"), before);
    expectSound();
}

TEST_F(EmbeddingSwitchTest, KilledAnywhereItGoesOnAndTheOldOneServes) {
    const auto before = find("garden1 frost2");
    choose("new");
    m_behaviour.pauseMs = 15;
    std::int64_t reached = 0;
    for (int kill = 0; kill < 5; ++kill) {
        buildAndKill(20 + static_cast<int>(m_random() % 150));
        const EmbeddingStatus now = status();
        ASSERT_EQ(now.active->fingerprint, "fake/old");
        ASSERT_TRUE(now.building);
        EXPECT_GE(now.building->done, reached);
        reached = now.building->done;
        EXPECT_EQ(find("garden1 frost2"), before);
        expectSound();
    }
    m_behaviour.pauseMs = 0;
    ASSERT_TRUE(build());
    EXPECT_EQ(status().active->fingerprint, "fake/new");
    EXPECT_EQ(status().active->done, status().total);
    EXPECT_EQ(find("garden1 frost2"), before);
    expectSound();
}

TEST_F(EmbeddingSwitchTest, SearchesGoOnWhileItIsBuilt) {
    const auto before = find("tide9 signal4");
    choose("new");
    m_behaviour.pauseMs = 5;
    std::jthread builder([this] { EXPECT_TRUE(build()); });
    int searches = 0;
    do {
        EXPECT_EQ(find("tide9 signal4"), before);
        ++searches;
    } while (status().building);
    builder.join();
    EXPECT_GT(searches, 2);
    EXPECT_EQ(find("tide9 signal4"), before);
}

TEST_F(EmbeddingSwitchTest, DocumentsMayComeChangeAndGoMeanwhile) {
    choose("new");
    write(100, "zanzibar");
    write(1, "quicksilver");
    std::filesystem::remove(m_folder / "docs/2.md");
    index();
    const EmbeddingStatus now = status();
    EXPECT_EQ(now.active->fingerprint, "fake/new");
    EXPECT_EQ(now.active->done, now.total);
    EXPECT_EQ(find("zanzibar").at(0), "100.md");
    EXPECT_EQ(find("quicksilver").at(0), "1.md");
    expectSound();
}

TEST_F(EmbeddingSwitchTest, UndoIsImmediateAndKnowsWhatCameLater) {
    choose("new");
    ASSERT_TRUE(build());
    write(100, "zanzibar");
    index();
    const auto back = m_library->undoEmbedding();
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(back->model, "old");
    EmbeddingStatus now = status();
    EXPECT_EQ(now.active->fingerprint, "fake/old");
    EXPECT_LT(now.active->done, now.total);
    EXPECT_EQ(find("zanzibar", retrieve::Mode::Hybrid).at(0), "100.md");
    index();
    now = status();
    EXPECT_EQ(now.active->fingerprint, "fake/old");
    EXPECT_EQ(now.active->done, now.total);
    EXPECT_EQ(find("zanzibar").at(0), "100.md");
    ASSERT_TRUE(m_library->dropFormerEmbedding());
    EXPECT_EQ(m_library->undoEmbedding().error().code(), ErrorCode::NotFound);
    index();
    expectSound();
}

TEST_F(EmbeddingSwitchTest, UndoEndsABuilding) {
    choose("new");
    ASSERT_TRUE(m_library->undoEmbedding());
    const int texts = m_behaviour.texts;
    ASSERT_TRUE(build());
    EXPECT_EQ(m_behaviour.texts, texts);
    EXPECT_EQ(status().active->fingerprint, "fake/old");
    EXPECT_FALSE(status().building);
}

TEST_F(EmbeddingSwitchTest, TheSameModelCostsNothing) {
    const int texts = m_behaviour.texts;
    choose("old");
    EXPECT_FALSE(status().building);
    ASSERT_TRUE(build());
    index();
    EXPECT_EQ(m_behaviour.texts, texts);
}

TEST_F(EmbeddingSwitchTest, AModelThatIsAwayChangesNothingWhenItIsChosen) {
    m_behaviour.isAway = true;
    EXPECT_EQ(m_library->chooseEmbedding(named("new"), {}).error().code(), ErrorCode::Network);
    m_behaviour.isAway = false;
    EXPECT_FALSE(status().building);
    EXPECT_EQ(status().active->fingerprint, "fake/old");
}

TEST_F(EmbeddingSwitchTest, AModelThatGoesAwayLeavesTheOldOneInUse) {
    choose("new");
    m_behaviour.isAway = true;
    const auto built = build();
    ASSERT_TRUE(built) << built.error().message();
    EXPECT_THAT(built->errors, ElementsAre(HasSubstr("nobody listens")));
    EXPECT_THAT(status().error, HasSubstr("the new embedding model"));
    EXPECT_THAT(index().notices, Contains(HasSubstr("nobody listens")));
    EXPECT_EQ(status().active->fingerprint, "fake/old");
    EXPECT_FALSE(
        find("harbour7", retrieve::Mode::Hybrid).empty());  // by words, the old model being away, too
    m_behaviour.isAway = false;
    ASSERT_TRUE(build());
    EXPECT_EQ(status().error, "");
    EXPECT_EQ(status().active->fingerprint, "fake/new");
}

TEST_F(EmbeddingSwitchTest, ItCanBePausedAndStopped) {
    choose("new");
    m_gate.pause();
    std::stop_source source;
    const int texts = m_behaviour.texts;
    std::jthread builder([&] {
        const auto built = m_library->buildVectors(m_gate, {}, source.get_token());
        ASSERT_FALSE(built);
        EXPECT_EQ(built.error().code(), ErrorCode::Cancelled);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(m_behaviour.texts, texts);
    source.request_stop();
    builder.join();
    m_gate.resume();
    ASSERT_TRUE(build());
    EXPECT_EQ(status().active->fingerprint, "fake/new");
}

/// Replaces the program: its built-in model is another one now.
TEST_F(EmbeddingSwitchTest, AProgramUpdateLeavesTheChosenOneBeingBuilt) {
    std::string version = "v1";
    const auto openAs = [&] {
        config::Settings settings;
        settings.index.workers = 1;
        return Library::open({m_folder / "updated", settings, COMMONPLACE_PROGRAM,
                              [&](const config::EmbeddingSettings& embedding, std::size_t,
                                  const std::stop_token&) -> Result<std::unique_ptr<document::Embedder>> {
                                  return std::unique_ptr<document::Embedder>(std::make_unique<NamedEmbedder>(
                                      embedding.isBuiltin() ? version : embedding.model, m_behaviour));
                              }})
            .value();
    };
    m_library = openAs();
    index();
    ASSERT_EQ(status().active->fingerprint, "fake/v1");
    choose("new");
    version = "v2";
    m_library = openAs();
    m_behaviour.isAway = true;
    ASSERT_TRUE(build());
    EXPECT_EQ(status().active->fingerprint, "fake/v2");
    ASSERT_TRUE(status().building);
    EXPECT_EQ(status().building->fingerprint, "fake/new");
    m_behaviour.isAway = false;
    ASSERT_TRUE(build());
    EXPECT_EQ(status().active->fingerprint, "fake/new");
    EXPECT_EQ(status().previous->fingerprint, "fake/v2");
    expectSound();
}

TEST_F(EmbeddingSwitchTest, ANewLibraryWithoutItsModelIsFoundByWords) {
    m_behaviour.isAway = true;
    m_library = Library::open({m_folder / "second", m_library->settings(), COMMONPLACE_PROGRAM,
                               [](const config::EmbeddingSettings&, std::size_t,
                                  const std::stop_token&) -> Result<std::unique_ptr<document::Embedder>> {
                                   return Error(ErrorCode::Network, "nobody listens");
                               }})
                    .value();
    EXPECT_THAT(index().notices, Contains(HasSubstr("nobody listens")));
    EXPECT_FALSE(status().active);
    EXPECT_FALSE(find("harbour7", retrieve::Mode::Hybrid).empty());
}

}  // namespace
}  // namespace commonplace::library
