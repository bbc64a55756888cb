#include "engine/ingest/scan.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_folder.h"

namespace commonplace::ingest {
namespace {

using document::Status;
using test::TempFolder;
using testing::ElementsAre;
using testing::HasSubstr;

Rules rules() {
    Rules rules;
    rules.ignoredFolders = {".git", "node_modules", ".Trash*"};
    rules.maxFileBytes = 1000;
    return rules;
}

std::vector<std::string> namesOf(const ScanResult& result, const TempFolder& root) {
    std::vector<std::string> names;
    for (const FoundFile& file : result.files)
        names.push_back(std::filesystem::path(file.facts.path).lexically_relative(root.path()).native());
    return names;
}

const FoundFile* find(const ScanResult& result, const std::string& ending) {
    for (const FoundFile& file : result.files)
        if (file.facts.path.ends_with(ending)) return &file;
    return nullptr;
}

TEST(Scan, ListsFilesInByteOrderWithFormatAndFacts) {
    const TempFolder root;
    root.write("b.md", "two");
    root.write("a/deep/c.txt", "three");
    const auto result = scan(root.path(), rules(), {});
    ASSERT_TRUE(result) << result.error().message();
    EXPECT_THAT(namesOf(*result, root), ElementsAre("a/deep/c.txt", "b.md"));
    EXPECT_EQ(result->files[1].format, document::Format::Markdown);
    EXPECT_EQ(result->files[1].facts.bytes, 3u);
    EXPECT_GT(result->files[1].facts.mtimeNs, 0);
    EXPECT_EQ(result->files[1].skip, Status::Pending);
}

TEST(Scan, PassesOverIgnoredFoldersWithoutATrace) {
    const TempFolder root;
    root.write(".git/description.txt", "x");
    root.write("web/node_modules/pkg/readme.md", "x");
    root.write(".Trash-1000/old.md", "x");
    root.write("kept.md", "x");
    const auto result = scan(root.path(), rules(), {});
    ASSERT_TRUE(result);
    EXPECT_THAT(namesOf(*result, root), ElementsAre("kept.md"));
}

TEST(Scan, RecordsWhatItWillNotRead) {
    const TempFolder root;
    root.write(".hidden.md", "x");
    root.write(".github/template.md", "x");
    root.write("photo.png", "x");
    root.write("huge.txt", std::string(1001, 'x'));
    ASSERT_EQ(::mkfifo((root / "pipe.md").c_str(), 0600), 0);
    const auto result = scan(root.path(), rules(), {});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->files.size(), 5u);
    EXPECT_THAT(find(*result, ".hidden.md")->reason, HasSubstr("hidden"));
    EXPECT_THAT(find(*result, "template.md")->reason, HasSubstr("hidden"));
    EXPECT_THAT(find(*result, "photo.png")->reason, HasSubstr(".png"));
    EXPECT_EQ(find(*result, "huge.txt")->skip, Status::TooBig);
    EXPECT_THAT(find(*result, "pipe.md")->reason, HasSubstr("not a regular file"));
}

TEST(Scan, DoesNotFollowFolderLinksButReadsFileLinks) {
    const TempFolder root;
    root.write("real/note.md", "x");
    std::filesystem::create_directory_symlink(root.path(), root / "real/loop");
    std::filesystem::create_symlink(root / "real/note.md", root / "link.md");
    std::filesystem::create_symlink(root / "nowhere.md", root / "dangling.md");
    const auto result = scan(root.path(), rules(), {});
    ASSERT_TRUE(result);
    EXPECT_THAT(namesOf(*result, root), ElementsAre("dangling.md", "link.md", "real/loop", "real/note.md"));
    EXPECT_THAT(find(*result, "dangling.md")->reason, HasSubstr("leads nowhere"));
    EXPECT_THAT(find(*result, "loop")->reason, HasSubstr("not followed"));
}

TEST(Scan, KeepsNamesThatAreNotUtf8) {
    const TempFolder root;
    root.write("caf\xe9.md", "x");
    const auto result = scan(root.path(), rules(), {});
    ASSERT_TRUE(result);
    EXPECT_THAT(namesOf(*result, root), ElementsAre("caf\xe9.md"));
}

TEST(Scan, TakesASingleFile) {
    const TempFolder root;
    const auto file = root.write("one.md", "x");
    const auto result = scan(file, rules(), {});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->files.size(), 1u);
    EXPECT_EQ(result->files[0].facts.path, file.native());
}

TEST(Scan, MissingRootIsNotFound) {
    const auto result = scan("/nonexistent/folder", rules(), {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), ErrorCode::NotFound);
}

TEST(Scan, ReportsFoldersItMayNotOpen) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may open every folder";
    const TempFolder root;
    root.write("closed/secret.md", "x");
    std::filesystem::permissions(root / "closed", std::filesystem::perms::none);
    const auto result = scan(root.path(), rules(), {});
    std::filesystem::permissions(root / "closed", std::filesystem::perms::owner_all);
    ASSERT_TRUE(result);
    EXPECT_THAT(result->unreadableFolders, ElementsAre((root / "closed").native()));
}

TEST(Scan, StopsWhenAsked) {
    const TempFolder root;
    root.write("a.md", "x");
    std::stop_source stop;
    stop.request_stop();
    const auto result = scan(root.path(), rules(), stop.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace commonplace::ingest
