// forget: a folder leaves the library, can be taken back, and its text can be deleted.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "tests/cli/run_program.h"

namespace commonplace::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

class ForgetTest : public testing::Test, protected ProgramRunner {
  protected:
    void SetUp() override {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        folder().write("more/garden.md", "# The garden\n\nTomatoes are planted after the last frost.\n");
        ASSERT_EQ(run({"index", path("docs"), path("more"), "--no-vectors"}).code, 0);
    }
    Json json(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out, nullptr, false);
    }
    std::size_t hits(const std::string& query) const { return json({"search", query})["results"].size(); }
    void expectError(const std::vector<std::string>& arguments, const std::string& part) const {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 1);
        EXPECT_THAT(ran.out, IsEmpty());
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(part));
    }
};

TEST_F(ForgetTest, AFolderGoesAndComesBack) {
    const Json gone = json({"forget", path("docs")});
    EXPECT_EQ(gone["removed"][0]["path"], path("docs"));
    EXPECT_EQ(gone["removed"][0]["documents"], 1);
    EXPECT_EQ(gone["purged_paths"], nullptr);
    EXPECT_EQ(hits("tide tables"), 0u);
    EXPECT_EQ(hits("tomatoes"), 1u);
    EXPECT_EQ(json({"documents"}).size(), 1u);
    const Json status = json({"status"});
    EXPECT_EQ(status["roots"].size(), 1u);
    EXPECT_EQ(status["forgotten_roots"][0], path("docs"));
    EXPECT_EQ(json({"forget", "--undo", path("docs")})["restored"][0], path("docs"));
    EXPECT_EQ(hits("tide tables"), 1u);
    EXPECT_TRUE(std::filesystem::exists(path("docs/harbour.md")));
}

TEST_F(ForgetTest, ADeletedFolderCanBeForgotten) {
    std::filesystem::remove_all(path("docs"));
    ASSERT_EQ(run({"index"}).code, 0);
    EXPECT_THAT(run({"status"}).out, HasSubstr("commonplace forget " + path("docs")));
    EXPECT_THAT(run({"search", "harbour"}).out, HasSubstr("  offline")) << "it cannot be opened now";
    const Ran gone = run({"forget", path("docs")});
    EXPECT_EQ(gone.code, 0) << gone.err;
    EXPECT_THAT(gone.out, AllOf(HasSubstr("Forgot " + path("docs") + ": 1 document"), HasSubstr("--undo")));
    EXPECT_THAT(json({"status"})["offline_roots"], IsEmpty());
}

TEST_F(ForgetTest, ARehearsalChangesNothing) {
    const Ran ran = run({"forget", "--dry-run", path("docs")});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, AllOf(HasSubstr("Would forget"), HasSubstr("Nothing was changed")));
    EXPECT_EQ(hits("tide tables"), 1u);
}

TEST_F(ForgetTest, PurgingDeletesTheText) {
    EXPECT_EQ(json({"forget", path("docs"), "--purge"})["purged_paths"], 1);
    EXPECT_EQ(json({"status"})["documents"], 1);
    expectError({"forget", "--undo", path("docs")}, "nothing was forgotten");
    ASSERT_EQ(run({"forget", path("more")}).code, 0);
    EXPECT_EQ(json({"forget", "--purge"})["purged_paths"], 1);
    EXPECT_EQ(json({"status"})["documents"], 0);
    ASSERT_EQ(run({"index", path("docs"), "--no-vectors"}).code, 0);
    EXPECT_EQ(hits("tide tables"), 1u);
}

TEST_F(ForgetTest, WhileSomebodyIndexesTheTextStays) {
    {
        const auto lock = base::FileLock::tryAcquire(path("library/owner.lock"));
        ASSERT_TRUE(lock);
        const Ran ran = run({"forget", path("docs"), "--purge"});
        EXPECT_EQ(ran.code, 1);
        EXPECT_THAT(ran.out, HasSubstr("Forgot " + path("docs") + ": 1 document"));
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, AllOf(HasSubstr("its text stays"), HasSubstr("forget --purge"),
                                   Not(HasSubstr("owner.lock"))));
        EXPECT_EQ(hits("tide tables"), 0u);
        const Ran all = run({"forget", "--purge"});
        EXPECT_EQ(all.code, 1);
        EXPECT_THAT(all.err, AllOf(HasSubstr("is indexing"), Not(HasSubstr("owner.lock"))));
    }
    EXPECT_EQ(json({"forget", "--purge"})["purged_paths"], 1);
}

TEST_F(ForgetTest, WhatAnotherFolderStillHoldsIsNotForgotten) {
    ASSERT_EQ(run({"index", path("docs/harbour.md"), "--no-vectors"}).code, 0);
    expectError({"forget", path("docs/harbour.md")}, "name that: " + path("docs"));
    EXPECT_EQ(hits("tide tables"), 1u);
    EXPECT_EQ(run({"forget", path("docs/harbour.md"), path("docs")}).code, 0);
    EXPECT_EQ(hits("tide tables"), 0u);
}

TEST_F(ForgetTest, WhatWasForgottenCanBePurgedByName) {
    ASSERT_EQ(run({"forget", path("docs")}).code, 0);
    ASSERT_EQ(run({"forget", path("more")}).code, 0);
    expectError({"forget", path("docs")}, "was forgotten already");
    EXPECT_EQ(json({"forget", "--purge", path("docs")})["purged_paths"], 1);
    EXPECT_EQ(json({"status"})["forgotten_roots"], Json({path("more")}));
}

TEST_F(ForgetTest, StatusLeavesOutWhatWasForgotten) {
    ASSERT_EQ(run({"forget", path("docs")}).code, 0);
    Json status = json({"status"});
    EXPECT_EQ(status["documents"], 1);
    EXPECT_EQ(status["pages"], 1);
    EXPECT_EQ(status["chunks"], 1);
    EXPECT_EQ(status["vectors"], 0);
    ASSERT_EQ(run({"index"}).code, 0);  // makes the vectors of both
    status = json({"status"});
    EXPECT_EQ(status["vectors"], 1);
    EXPECT_EQ(status["pending_vectors"], 0);
    ASSERT_EQ(run({"forget", path("more")}).code, 0);
    const std::string shown = run({"status"}).out;
    EXPECT_THAT(shown, AllOf(HasSubstr("commonplace forget --undo " + path("docs")),
                             Not(HasSubstr("Nothing is in this library yet"))));
    EXPECT_EQ(json({"status"})["documents"], 0);
    EXPECT_EQ(json({"status"})["vectors"], 0);
}

TEST_F(ForgetTest, WhatIsNotWatchedIsRefused) {
    expectError({"forget", path("dcos")}, "did you mean " + path("docs") + "?");
    expectError({"forget", path("docs/harbour.md")}, "lies in one; name that: " + path("docs"));
    expectError({"forget", "/nowhere"}, "there are: " + path("docs") + ", " + path("more"));
    expectError({"forget", "--undo", path("docs")}, "nothing was forgotten");
    EXPECT_EQ(hits("tide tables"), 1u);
}

}  // namespace
}  // namespace commonplace::test
