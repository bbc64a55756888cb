// The command line as its users meet it: exit codes, one clear line per error, fixed JSON keys.
#include <gmock/gmock.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/fakes/http_server.h"
#include "tests/fakes/openai_replies.h"

namespace commonplace::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

class CliTest : public testing::Test, protected ProgramRunner {
  protected:
    void addNotes() {
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        folder().write("docs/garden.md",
                       "# The garden\n\nTomatoes are planted after the last frost in May.\n");
        const Ran ran = run({"index", path("docs"), "--json"});
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    Json json(const std::vector<std::string>& arguments) {
        std::vector<std::string> all = arguments;
        all.push_back("--json");
        const Ran ran = run(all);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out);
    }
    /// A failure is exactly one line on stderr and nothing on stdout.
    void expectOneLine(const Ran& ran, int code, const std::string& part) {
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_THAT(ran.out, IsEmpty());
        EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(part));
        EXPECT_THAT(ran.err, testing::StartsWith("commonplace: "));
    }
};

void expectKeys(const Json& json, const std::vector<std::string>& keys) {
    for (const std::string& key : keys)
        EXPECT_TRUE(json.contains(key)) << key << " is missing in " << json.dump();
}

TEST_F(CliTest, HelpAndVersionGoToStandardOutput) {
    const Ran help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* command : {"index", "status", "documents", "search", "ask", "models", "eval", "doctor"})
        EXPECT_THAT(help.out, HasSubstr(command));
    EXPECT_THAT(run({"--version"}).out, testing::StartsWith("commonplace "));
}

TEST_F(CliTest, UsageErrorsAreCode2) {
    expectOneLine(run({"serch", "x"}), 2, "did you mean 'search'");
    expectOneLine(run({"search", "x", "--wrong"}), 2, "--wrong");
    expectOneLine(run({"search"}), 2, "QUERY");
    expectOneLine(run({"search", "x", "--mode", "psychic"}), 2, "--mode");
    expectOneLine(run({"search", "x", "-k", "0"}), 2, "-k");
    expectOneLine(run({"ask", "x", "--modle", "y"}), 2, "--modle");
}

TEST_F(CliTest, IndexJsonHasItsKeys) {
    folder().write("docs/a.md", "# A\n\nSome text about lighthouses.\n");
    const Json first = json({"index", path("docs")});
    expectKeys(first, {"files", "new", "changed", "moved", "unchanged", "failed", "pages", "extracted",
                       "embedded", "seconds", "seconds_text", "seconds_vectors"});
    EXPECT_EQ(first["new"], 1);
    EXPECT_EQ(json({"index", path("docs")})["unchanged"], 1);
}

TEST_F(CliTest, StatusAndDocumentsJsonHaveTheirKeys) {
    addNotes();
    const Json status = json({"status"});
    expectKeys(status, {"documents", "pages", "chunks", "vectors", "failed", "pending_text",
                        "pending_vectors", "database_bytes", "embedder", "owner_pid"});
    EXPECT_EQ(status["documents"], 2);
    const Json documents = json({"documents"});
    ASSERT_EQ(documents.size(), 2u);
    expectKeys(documents[0], {"document", "sha256", "paths", "status", "reason", "pages", "pages_ocr",
                              "pages_without_text", "chunks", "vectors", "bytes", "offline", "indexed_at"});
    EXPECT_EQ(documents[0]["status"], "indexed");
}

TEST_F(CliTest, SearchJsonHasItsKeys) {
    addNotes();
    const Json found = json({"search", "tide tables"});
    EXPECT_EQ(json({"search", "tide ext:md title:harbour"})["results"].size(), 1u);
    EXPECT_TRUE(json({"search", "tide ext:pdf"})["results"].empty());
    EXPECT_GE(json({"search", "ext:md -title:harbour"})["results"].size(), 1u);
    expectOneLine(run({"search", "--", "-tide"}), 2, "add a word");
    EXPECT_NE(run({"search", "--help"}).out.find("dir:"), std::string::npos);
    expectKeys(found, {"query", "mode", "took_ms", "coverage", "results"});
    ASSERT_FALSE(found["results"].empty());
    const Json& hit = found["results"][0];
    expectKeys(hit, {"rank", "score", "parts", "document", "path", "title", "page", "page_label", "page_end",
                     "heading", "snippet", "chunk"});
    EXPECT_TRUE(hit["page"].is_null());
    EXPECT_THAT(hit["path"].get<std::string>(), testing::EndsWith("harbour.md"));
    EXPECT_THAT(hit["snippet"].get<std::string>(), HasSubstr("tide tables"));
    EXPECT_EQ(
        json({"search", "tomatoes", "--in", path("docs/harbour.md"), "--mode", "keyword"})["results"].size(),
        0u);
}

TEST_F(CliTest, AskAnswersWithProvenCitations) {
    addNotes();
    const Json answer = json({"ask", "Where are the tide tables kept?"});
    expectKeys(answer, {"question", "answer", "model", "mode", "abstained", "error", "citations", "context",
                        "usage", "timings", "coverage"});
    EXPECT_EQ(answer["mode"], "extractive");
    EXPECT_FALSE(answer["abstained"]);
    ASSERT_FALSE(answer["citations"].empty());
    expectKeys(answer["citations"][0], {"n", "document", "path", "page", "page_label", "quote", "verified"});
    EXPECT_TRUE(answer["citations"][0]["verified"]);
    EXPECT_THAT(answer["citations"][0]["quote"].get<std::string>(), HasSubstr("lantern room"));
}

TEST_F(CliTest, AskToleratesTheArgumentsOfExecProviders) {
    addNotes();
    const Ran ran =
        run({"ask", "--json", "Where are the tide tables kept?", "{\"config\":{}}", "{\"vars\":{}}"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_FALSE(Json::parse(ran.out)["abstained"]);
}

TEST_F(CliTest, AskAbstainsOnWhatIsNotThere) {
    addNotes();
    const Json answer = json({"ask", "Who won the chess championship of 1972 in Reykjavik?"});
    EXPECT_TRUE(answer["abstained"]);
    EXPECT_TRUE(answer["citations"].empty());
}

TEST_F(CliTest, AnEmptyLibraryIsNoError) {
    EXPECT_EQ(json({"status"})["documents"], 0);
    EXPECT_TRUE(json({"search", "anything"})["results"].empty());
    EXPECT_TRUE(json({"ask", "anything at all?"})["abstained"]);
    EXPECT_TRUE(json({"documents"}).empty());
}

TEST_F(CliTest, MissingPathsAreNamed) {
    const Ran ran = run({"index", path("nowhere")});
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(lineCount(ran.err), 1u) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("nowhere"));
    expectOneLine(run({"search", "x", "--in", path("nowhere")}), 1, "nowhere");
}

TEST_F(CliTest, NamesThatAreNotUtf8StillGiveValidJson) {
    folder().write("docs/caf\xe9.md", "# Menu\n\nSoup of the day.\n");
    json({"index", path("docs")});
    EXPECT_EQ(json({"documents"})[0]["paths"].size(), 1u);
}

TEST_F(CliTest, UnreadableFilesHaveARow) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read every file";
    std::filesystem::permissions(folder().write("docs/closed.md", "x"), std::filesystem::perms::none);
    EXPECT_EQ(json({"index", path("docs")})["failed"], 1);
    EXPECT_EQ(json({"documents"})[0]["status"], "unreadable");
}

TEST_F(CliTest, ADamagedIndexIsReportedThenRebuilt) {
    addNotes();
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path("library/index.db") + suffix);
    folder().write("library/index.db", std::string(30'000, 'x'));
    expectOneLine(run({"search", "tide"}), 1, "index.db");
    EXPECT_EQ(run({"doctor"}).code, 1);
    const Ran repaired = run({"doctor", "--repair"});
    EXPECT_EQ(repaired.code, 0) << repaired.out << repaired.err;
    EXPECT_EQ(json({"search", "tide tables", "--mode", "keyword"})["results"].size(), 1u);
    EXPECT_EQ(run({"doctor"}).code, 0);
}

TEST_F(CliTest, AnUnreachableEndpointIsOneClearLine) {
    addNotes();
    expectOneLine(
        run({"ask", "Where are the tide tables?", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"}), 1,
        "127.0.0.1:9");
    expectOneLine(run({"ask", "Where are the tide tables?", "--base-url", "ftp://x", "--model", "m"}), 2,
                  "ftp");
    expectOneLine(run({"ask", "Where are the tide tables?", "--model", "m"}), 2, "--base-url");
}

TEST_F(CliTest, AQuotationThatStandsNowhereIsSaidToBeInNoPassage) {
    addNotes();
    fakes::HttpServer server(
        {fakes::chatReply({"The log says “the harbour was closed by royal decree” as everybody knows."})});
    const Ran ran =
        run({"ask", "Where are the tide tables kept?", "--base-url", server.url() + "/v1", "--model", "m"});
    EXPECT_THAT(ran.out, HasSubstr("found in no passage")) << ran.code << ": " << ran.err;
    EXPECT_THAT(ran.out, Not(HasSubstr("[0]")));
}

TEST_F(CliTest, BareNumbersAreReferencesAndNoQuotes) {
    addNotes();
    const char* said =
        "They “are kept in the lantern room” [1]. Tide tables are kept there [1]. Lasagne is served on "
        "Fridays [2].";
    fakes::HttpServer server({fakes::chatReply({said}), fakes::chatReply({said})});
    const std::vector<std::string> words{
        "ask", "Where are the tide tables kept?", "--base-url", server.url() + "/v1", "--model", "m"};
    const Ran ran = run(words);
    EXPECT_THAT(ran.out, HasSubstr("1 of 1 quote proven")) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("2 references, 1 not supported"));
    EXPECT_THAT(ran.out, HasSubstr("[2] ? not supported"));
    EXPECT_THAT(ran.out, HasSubstr("1 not supported: [2]"));
    EXPECT_THAT(ran.out, HasSubstr("is cited for: "));
    const Json citations = json(words)["citations"];
    ASSERT_EQ(citations.size(), 3u);
    EXPECT_EQ(citations[0]["kind"], "quotation");
    EXPECT_EQ(citations[1]["kind"], "reference");
    EXPECT_TRUE(citations[1]["verified"]);
    EXPECT_FALSE(citations[2]["verified"]);
    EXPECT_TRUE(citations[2]["judged"]);
}

TEST_F(CliTest, AReferenceThatSaysNothingIsNotJudged) {
    addNotes();
    const char* said = "Tide tables are kept in the lantern room [1]. Yes, indeed. [2]";
    fakes::HttpServer server({fakes::chatReply({said}), fakes::chatReply({said})});
    const std::vector<std::string> words{
        "ask", "Where are the tide tables kept?", "--base-url", server.url() + "/v1", "--model", "m"};
    const Ran ran = run(words);
    EXPECT_THAT(ran.out, HasSubstr("[2] – not judged")) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("2 references, 1 not judged"));
    const Json citations = json(words)["citations"];
    ASSERT_EQ(citations.size(), 2u);
    EXPECT_FALSE(citations[1]["verified"]);
    EXPECT_FALSE(citations[1]["judged"]);
}

TEST_F(CliTest, AFullDiskLosesNothing) {
    if (::geteuid() != 0 || std::system(("mkdir -p " + quoted(path("small"))).c_str()) != 0 ||
        std::system(("mount -t tmpfs -o size=600k none " + quoted(path("small")) + " 2>/dev/null").c_str()) !=
            0)
        GTEST_SKIP() << "needs to mount a small file system";
    std::string text;
    for (int i = 0; i < 60'000; ++i) text += "word" + std::to_string(i) + (i % 12 == 0 ? ".\n\n" : " ");
    folder().write("docs/large.txt", text);
    const Ran full = run({"--library", path("small/library"), "index", path("docs")});
    EXPECT_EQ(full.code, 1);
    EXPECT_EQ(lineCount(full.err), 1u) << full.err;
    EXPECT_THAT(full.err, HasSubstr("full"));
    const Ran status = run({"--library", path("small/library"), "status", "--json"});
    EXPECT_EQ(status.code, 0) << status.err;
    EXPECT_EQ(std::system(("umount " + quoted(path("small"))).c_str()), 0);
}

TEST_F(CliTest, ABrokenSettingsFileIsNamedAndKept) {
    folder().write("config/commonplace/settings.json", "{ \"index\": ");
    expectOneLine(run({"status"}), 1, "settings.json");
    EXPECT_EQ(contentsOf(folder() / "config/commonplace/settings.json"), "{ \"index\": ");
}

}  // namespace
}  // namespace commonplace::test
