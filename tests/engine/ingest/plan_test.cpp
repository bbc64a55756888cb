#include "engine/ingest/plan.h"

#include <gmock/gmock.h>

namespace commonplace::ingest {
namespace {

using document::Status;
using store::KnownPath;
using store::PathState;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kVersion = "v1";

FoundFile found(const std::string& path, std::int64_t mtime = 1) {
    return {{path, 10, mtime}, document::Format::Markdown, Status::Pending, {}};
}

KnownPath known(const std::string& path, std::int64_t mtime = 1) {
    return {{path, 10, mtime}, PathState::Present, 7, std::string(64, 'a'), Status::Indexed, kVersion};
}

TEST(Plan, UntouchedFilesCostNothing) {
    const Plan plan = makePlan({{found("/r/a.md")}, {}}, {known("/r/a.md")}, kVersion, Retry::No);
    EXPECT_EQ(plan.unchanged, 1);
    EXPECT_THAT(plan.read, IsEmpty());
    EXPECT_THAT(plan.missing, IsEmpty());
}

TEST(Plan, NewAndTouchedFilesAreLookedAt) {
    const Plan plan =
        makePlan({{found("/r/a.md", 2), found("/r/b.md")}, {}}, {known("/r/a.md", 1)}, kVersion, Retry::No);
    ASSERT_EQ(plan.read.size(), 2u);
    EXPECT_EQ(plan.read[0].kind, Candidate::Kind::NewPath);
    EXPECT_EQ(plan.read[1].kind, Candidate::Kind::ChangedPath);
    EXPECT_EQ(plan.read[1].formerSha256, std::string(64, 'a'));
}

TEST(Plan, ContentOfAnotherExtractorVersionIsReadAgain) {
    const Plan plan = makePlan({{found("/r/a.md")}, {}}, {known("/r/a.md")}, "v2", Retry::No);
    EXPECT_EQ(plan.read.size(), 1u);
}

TEST(Plan, VanishedFilesAreMissingOnce) {
    KnownPath gone = known("/r/gone.md");
    EXPECT_THAT(makePlan({}, {gone}, kVersion, Retry::No).missing, ElementsAre("/r/gone.md"));
    gone.state = PathState::Missing;
    EXPECT_THAT(makePlan({}, {gone}, kVersion, Retry::No).missing, IsEmpty());
}

TEST(Plan, RowsWithoutContentAreForgottenWithTheirFile) {
    KnownPath png = known("/r/a.png");
    png.sha256.reset();
    const Plan plan = makePlan({}, {png}, kVersion, Retry::No);
    EXPECT_THAT(plan.forget, ElementsAre("/r/a.png"));
    EXPECT_THAT(plan.missing, IsEmpty());
}

TEST(Plan, NewPathsComeFirst) {
    const Plan plan =
        makePlan({{found("/r/a.md", 2), found("/r/b.md")}, {}}, {known("/r/a.md", 1)}, kVersion, Retry::No);
    EXPECT_EQ(plan.read[0].file.facts.path, "/r/b.md");
}

TEST(Plan, FilesBelowAnUnreadableFolderKeepTheirState) {
    const Plan plan = makePlan({{}, {"/r/closed"}}, {known("/r/closed/a.md"), known("/r/closedx/b.md")},
                               kVersion, Retry::No);
    EXPECT_THAT(plan.missing, ElementsAre("/r/closedx/b.md"));
}

TEST(Plan, ReturnedFilesAreBackAgainWithoutReading) {
    KnownPath back = known("/r/a.md");
    back.state = PathState::Offline;
    const Plan plan = makePlan({{found("/r/a.md")}, {}}, {back}, kVersion, Retry::No);
    EXPECT_THAT(plan.backAgain, ElementsAre("/r/a.md"));
    EXPECT_THAT(plan.read, IsEmpty());
}

TEST(Plan, FailuresAreReadAgainOnRequestOnly) {
    KnownPath failed = known("/r/a.md");
    failed.status = Status::Quarantined;
    const ScanResult scan{{found("/r/a.md")}, {}};
    const Plan quiet = makePlan(scan, {failed}, kVersion, Retry::No);
    EXPECT_EQ(quiet.unchanged, 1);
    EXPECT_EQ(quiet.failedUnchanged, 1);
    EXPECT_EQ(makePlan(scan, {failed}, kVersion, Retry::Failures).read.size(), 1u);
}

TEST(Plan, SkippedFilesGetOneRowAndKeepIt) {
    FoundFile png = found("/r/a.png");
    png.skip = Status::Unsupported;
    EXPECT_EQ(makePlan({{png}, {}}, {}, kVersion, Retry::No).skip.size(), 1u);
    KnownPath row = known("/r/a.png");
    row.sha256.reset();
    row.status = Status::Unsupported;
    const Plan again = makePlan({{png}, {}}, {row}, kVersion, Retry::No);
    EXPECT_THAT(again.skip, IsEmpty());
    EXPECT_EQ(again.unchanged, 1);
}

TEST(Plan, AFileThatBecameTooBigLosesItsContentRow) {
    FoundFile big = found("/r/a.md", 2);
    big.skip = Status::TooBig;
    const Plan plan = makePlan({{big}, {}}, {known("/r/a.md")}, kVersion, Retry::No);
    EXPECT_EQ(plan.skip.size(), 1u);
}

}  // namespace
}  // namespace commonplace::ingest
