#include "engine/extract/extractor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "engine/base/clock.h"
#include "engine/base/thread_pool.h"
#include "tests/engine/extract/fake_worker.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/support/hang.h"
#include "tests/support/temp_folder.h"

namespace commonplace::extract {
namespace {

using document::ExtractedDocument;
using document::Format;
using document::Status;
using namespace std::chrono_literals;

Options realWorkers() {
    Options options;
    options.program = COMMONPLACE_PROGRAM;
    return options;
}

std::unique_ptr<Extractor> make(const Options& options) {
    auto extractor = Extractor::create(options);
    EXPECT_TRUE(extractor) << extractor.error().message();
    return extractor ? std::move(*extractor) : nullptr;
}

std::unique_ptr<Extractor> makeFake(const std::filesystem::path& program, double seconds = 20) {
    Options options;
    options.program = program;
    options.workers = 1;
    options.limits.secondsPerFile = seconds;
    return make(options);
}

Snapshot snapshotOf(const std::string& bytes) {
    const test::TempFolder folder;
    auto snapshot = takeSnapshot(folder.write("file", bytes), 1u << 30, {});
    EXPECT_TRUE(snapshot);
    return std::move(*snapshot);
}

Result<ExtractedDocument> extractText(Extractor& extractor, const std::string& text = "text",
                                      std::stop_token stop = {}) {
    return extractor.extract(snapshotOf(text), Format::Text, stop);
}

TEST(Extractor, ReadsEveryFormat) {
    const auto extractor = make(realWorkers());
    const auto pdf = extractor->extract(snapshotOf(makePdf({"one", "two"})), Format::Pdf, {});
    ASSERT_TRUE(pdf) << pdf.error().message();
    EXPECT_EQ(pdf->status, Status::Indexed);
    EXPECT_EQ(pdf->format, Format::Pdf);
    ASSERT_EQ(pdf->pages.size(), 2u);
    EXPECT_EQ(pdf->pages[1].text, "two");
    const auto note = extractor->extract(snapshotOf("# Head\n\nbody"), Format::Markdown, {});
    ASSERT_TRUE(note);
    EXPECT_EQ(note->title, "Head");
    ASSERT_EQ(note->headings.size(), 1u);
    const auto page = extractor->extract(snapshotOf("<p>caf&eacute;"), Format::Html, {});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->pages.at(0).text, "café");
    const auto text = extractor->extract(snapshotOf("plain"), Format::Text, {});
    ASSERT_TRUE(text);
    EXPECT_EQ(text->pages.at(0).text, "plain");
    EXPECT_EQ(extractor->usage().started, 1) << "one after the other needs one worker";
    EXPECT_EQ(extractor->usage().killed, 0);
    EXPECT_GT(extractor->usage().cpuSeconds, 0);
}

TEST(Extractor, EmptyFilesHaveAVerdict) {
    const auto extractor = make(realWorkers());
    EXPECT_EQ(extractor->extract(snapshotOf(""), Format::Pdf, {})->status, Status::Damaged);
    EXPECT_EQ(extractor->extract(snapshotOf(""), Format::Text, {})->status, Status::NoText);
    EXPECT_EQ(extractor->extract(snapshotOf(""), Format::Markdown, {})->status, Status::NoText);
    EXPECT_EQ(extractor->extract(snapshotOf(""), Format::Html, {})->status, Status::NoText);
    const auto unknown = extractor->extract(snapshotOf("x"), Format::Unknown, {});
    EXPECT_EQ(unknown->status, Status::Unsupported);
    EXPECT_NE(unknown->reason, "");
}

TEST(Extractor, ServesManyThreadsWithFewWorkers) {
    Options options = realWorkers();
    options.workers = 2;
    options.filesPerWorker = 7;
    const auto extractor = make(options);
    base::ThreadPool pool(4);
    std::atomic<int> wrong = 0;
    pool.parallelFor(60, [&](std::size_t i) {
        const std::string text = "this is file " + std::to_string(i);
        const auto content = extractText(*extractor, text);
        if (!content || content->pages.size() != 1 || content->pages[0].text != text) ++wrong;
    });
    EXPECT_EQ(wrong, 0);
    const Usage usage = extractor->usage();
    EXPECT_GE(usage.started, 60 / 7) << "workers are replaced after seven files";
    EXPECT_LE(usage.started, 60 / 7 + 3);
    EXPECT_EQ(usage.killed, 0);
}

TEST(Extractor, TextFarLargerThanTheSocketComesThrough) {
    std::string text;
    for (int i = 0; text.size() < (8u << 20); ++i) text += "line " + std::to_string(i) + "\n";
    const auto content = extractText(*make(realWorkers()), text);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::Indexed);
    EXPECT_EQ(content->pages.at(0).text, text);
}

TEST(Extractor, TextOverTheLimitIsCutAndSaysSo) {
    Options options = realWorkers();
    options.limits.textBytes = 1001;
    const auto extractor = make(options);
    std::string text;
    while (text.size() < 5000) text += "é";
    const auto content = extractText(*extractor, text);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::TooBig);
    EXPECT_NE(content->reason, "");
    EXPECT_EQ(content->pages.at(0).text, text.substr(0, 1000)) << "never half a character";
    const std::string lines =
        column(72, 700, std::vector<std::string>(15, "forty characters of text on every line"));
    const auto pdf = extractor->extract(
        snapshotOf(makePdf(PdfParts{{{lines, ""}, {lines, ""}, {lines, ""}}, "", ""})), Format::Pdf, {});
    ASSERT_TRUE(pdf);
    EXPECT_EQ(pdf->status, Status::TooBig);
    EXPECT_EQ(pdf->pages.size(), 2u);
}

TEST(Extractor, MemoryOverTheLimitIsTooBigAndTheNextFileIsRead) {
    Options options = realWorkers();
    options.workers = 1;
    options.limits.memoryBytes = 400'000'000;
    const auto extractor = make(options);
    const auto large = extractText(*extractor, std::string(140u << 20, 'x'));
    ASSERT_TRUE(large);
    EXPECT_EQ(large->status, Status::TooBig);
    EXPECT_EQ(large->reason, "reading it needs more memory than the limit of 0.4 GB");
    EXPECT_TRUE(large->pages.empty());
    EXPECT_EQ(extractor->usage().killed, 1) << "a fresh worker's verdict on memory is final";
    const auto small = extractText(*extractor);
    ASSERT_TRUE(small);
    EXPECT_EQ(small->status, Status::Indexed);
}

TEST(Extractor, AFileWithoutEndIsStopped) {
    Options options = realWorkers();
    options.limits.secondsPerFile = 0.5;
    const auto extractor = make(options);
    const base::Stopwatch watch;
    const auto bomb = extractor->extract(snapshotOf(makeTimeBomb()), Format::Pdf, {});
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
    ASSERT_TRUE(bomb);
    EXPECT_EQ(bomb->status, Status::TimedOut);
    EXPECT_EQ(bomb->reason, "reading it took longer than 0.5 s and was stopped");
    EXPECT_EQ(extractor->usage().killed, 1);
    EXPECT_EQ(extractText(*extractor)->status, Status::Indexed);
}

TEST(Extractor, CancellationEndsARunningExtractionAtOnce) {
    const auto extractor = make(realWorkers());
    std::stop_source source;
    base::Stopwatch watch;
    std::thread canceller([&] {
        std::this_thread::sleep_for(300ms);
        watch = {};
        source.request_stop();
    });
    const auto content = extractor->extract(snapshotOf(makeTimeBomb()), Format::Pdf, source.get_token());
    const double waited = watch.seconds();
    canceller.join();
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code(), ErrorCode::Cancelled);
    EXPECT_LT(waited, test::kHangSeconds);
    EXPECT_EQ(extractor->usage().killed, 0) << "no file is to blame";
    EXPECT_EQ(extractText(*extractor)->status, Status::Indexed);
}

TEST(Extractor, CancellationEndsTheWaitForAWorker) {
    Options options = realWorkers();
    options.workers = 1;
    options.limits.secondsPerFile = 60;
    const auto extractor = make(options);
    std::stop_source end;
    std::thread busy([&] {
        const auto bomb = extractor->extract(snapshotOf(makeTimeBomb()), Format::Pdf, end.get_token());
        EXPECT_FALSE(bomb);
    });
    std::this_thread::sleep_for(200ms);
    std::stop_source source;
    std::thread canceller([&] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    const base::Stopwatch watch;
    const auto waiting = extractText(*extractor, "text", source.get_token());
    EXPECT_LT(watch.seconds(), test::kHangSeconds);
    ASSERT_FALSE(waiting);
    EXPECT_EQ(waiting.error().code(), ErrorCode::Cancelled);
    canceller.join();
    end.request_stop();
    busy.join();
}

TEST(Extractor, ASecondCrashQuarantines) {
    const FakeWorker fake;
    const auto extractor = makeFake(fake.greeting("kill -SEGV $$"));
    const auto content = extractText(*extractor);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::Quarantined);
    EXPECT_EQ(content->reason, "the reader crashed twice on this file (signal 11)");
    EXPECT_EQ(extractor->usage().started, 2);
    EXPECT_EQ(extractor->usage().killed, 2);
}

TEST(Extractor, ACrashIsForgivenOnce) {
    const FakeWorker fake;
    const auto extractor =
        makeFake(fake.program("if mkdir \"$DIR/mark\"; then cat \"$DIR/hello\" >&3; kill -ABRT $$; fi\n"
                              "exec '" COMMONPLACE_PROGRAM "' worker"));
    const auto content = extractText(*extractor);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::Indexed);
    EXPECT_EQ(extractor->usage().killed, 1);
}

TEST(Extractor, AnEndInTheMiddleOfAnAnswerIsACrash) {
    const FakeWorker fake;
    std::string page;
    protocol::append(page, document::Page{0, "", "half an answer"});
    fake.file("page", page);
    const auto content = extractText(*makeFake(fake.greeting("cat \"$DIR/page\" >&3; exit 3")));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::Quarantined);
    EXPECT_EQ(content->reason, "the reader crashed twice on this file (exit code 3)");
    EXPECT_TRUE(content->pages.empty()) << "nothing of an incomplete answer is used";
}

TEST(Extractor, ImpossibleAnswersAreTheFilesProblem) {
    const FakeWorker fake;
    std::string page;
    protocol::append(page, document::Page{0, "", "bad \xFF utf-8"});
    const std::string hugeHeader("\xFF\xFF\xFF\xFF\x11", 5);
    std::string wrongNumber;
    protocol::append(wrongNumber, document::Page{77, "", "text"});
    for (const std::string& bytes : {page, hugeHeader, wrongNumber, std::string("\1\0\0\0\x63!", 6)}) {
        fake.file("answer", bytes);
        const auto extractor = makeFake(fake.greeting("cat \"$DIR/answer\" >&3; sleep 60"));
        const base::Stopwatch watch;
        const auto content = extractText(*extractor);
        EXPECT_LT(watch.seconds(), test::kHangSeconds);
        ASSERT_TRUE(content);
        EXPECT_EQ(content->status, Status::Quarantined);
        EXPECT_EQ(content->reason, "the reader gave impossible answers about this file twice");
    }
}

TEST(Extractor, AnEndlessAnswerIsBounded) {
    const FakeWorker fake;
    std::string page;
    protocol::append(page, document::Page{0, "", "again"});
    std::string many;
    while (many.size() < 100'000) many += page;
    fake.file("pages", many);
    const auto content = extractText(*makeFake(fake.greeting("while :; do cat \"$DIR/pages\" >&3; done")));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::Quarantined);
}

TEST(Extractor, ASilentWorkerIsKilled) {
    const FakeWorker fake;
    const auto extractor = makeFake(fake.greeting("trap '' TERM HUP; sleep 30"), 0.3);
    const auto content = extractText(*extractor);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->status, Status::TimedOut);
    EXPECT_EQ(extractor->usage().killed, 1) << "no second try for who was slow";
}

TEST(Extractor, MemoryOfEarlierFilesIsNoVerdict) {
    const FakeWorker fake;
    std::string answer;
    protocol::append(answer, document::Page{0, "", "x"});
    protocol::append(answer, Verdict{Status::Indexed, "", "", 0});
    fake.file("answer", answer);
    // The first worker answers one file and says "out of memory" on the second; its successor is the real
    // one.
    const auto extractor = makeFake(fake.program(
        "if mkdir \"$DIR/mark\"; then cat \"$DIR/hello\" \"$DIR/answer\" >&3; sleep 0.5; exit 71; fi\n"
        "exec '" COMMONPLACE_PROGRAM "' worker"));
    EXPECT_EQ(extractText(*extractor)->pages.at(0).text, "x");
    std::this_thread::sleep_for(700ms);
    const auto second = extractText(*extractor, "second");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, Status::Indexed);
    EXPECT_EQ(second->pages.at(0).text, "second");
}

TEST(Extractor, AProgramThatIsNoWorkerIsAnErrorOfTheProgram) {
    const FakeWorker fake;
    for (const char* script : {"exit 0", "echo hello there >&3; sleep 5", "kill -KILL $$"}) {
        const auto content = extractText(*makeFake(fake.program(script)));
        ASSERT_FALSE(content) << script;
        EXPECT_NE(content.error().message().find("cannot start an extraction worker"), std::string::npos);
    }
    Options nowhere;
    nowhere.program = "/nowhere/commonplace";
    const auto missing = Extractor::create(nowhere);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), ErrorCode::NotFound);
}

}  // namespace
}  // namespace commonplace::extract
