// Looking at pages through a real worker: places of words, images, and what a worker's end does.
#include "engine/extract/page_viewer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "engine/base/clock.h"
#include "engine/extract/protocol_runs.h"
#include "engine/extract/protocol_view.h"
#include "tests/engine/extract/fake_worker.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/support/temp_folder.h"

namespace commonplace::extract {
namespace {

class PageViewerTest : public testing::Test {
  protected:
    PageViewerTest() : viewer(makeViewer(COMMONPLACE_PROGRAM)) {}

    static std::unique_ptr<PageViewer> makeViewer(const std::filesystem::path& program, double seconds = 20) {
        Options options;
        options.program = program;
        options.limits.secondsPerFile = seconds;
        auto created = PageViewer::create(std::move(options));
        EXPECT_TRUE(created);
        return created ? std::move(*created) : nullptr;
    }
    static Snapshot snapshotOf(const std::string& bytes) {
        const test::TempFolder folder;
        auto snapshot = takeSnapshot(folder.write("f.pdf", bytes), 1u << 30, {});
        EXPECT_TRUE(snapshot);
        return std::move(*snapshot);
    }
    Outline open(const std::string& bytes) {
        const auto outline = viewer->open(snapshotOf(bytes), {});
        EXPECT_TRUE(outline) << outline.error().message();
        return outline ? *outline : Outline{};
    }
    PlacedPage words(int page) {
        const auto placed = viewer->words(page, {});
        EXPECT_TRUE(placed) << placed.error().message();
        return placed ? *placed : PlacedPage{};
    }

    std::unique_ptr<PageViewer> viewer;
};

/// What surrounds the words of a quote.
Box around(const PlacedPage& page, const std::string& quote) {
    const auto begin = page.text.find(quote);
    EXPECT_NE(begin, std::string::npos) << quote << " in: " << page.text;
    Box all{1e9, 1e9, -1e9, -1e9};
    for (const PlacedWord& word : page.words) {
        if (word.end <= begin || word.begin >= begin + quote.size()) continue;
        all.left = std::min(all.left, word.box.left);
        all.top = std::min(all.top, word.box.top);
        all.right = std::max(all.right, word.box.right);
        all.bottom = std::max(all.bottom, word.box.bottom);
    }
    return all;
}

/// Every dark pixel must lie in the box of a word, and every box must hold some: the places are those of the
/// image.
void expectInkInBoxes(const PageImage& image, const Outline& outline, const PlacedPage& page) {
    constexpr double kMargin = 2;  // pixels: letters hang over their boxes a little
    const double scale = image.width / outline.sheets[0].width;
    std::vector<int> ink(page.words.size());
    int stray = 0;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x)) *
                            4;
            if (static_cast<unsigned char>(image.pixels[at]) > 100) continue;
            bool inside = false;
            for (std::size_t i = 0; i < page.words.size(); ++i) {
                const Box& box = page.words[i].box;
                if (x + kMargin < box.left * scale || x > box.right * scale + kMargin) continue;
                if (y + kMargin < box.top * scale || y > box.bottom * scale + kMargin) continue;
                inside = true;
                ++ink[i];
            }
            if (!inside) ++stray;
        }
    EXPECT_EQ(stray, 0);
    for (std::size_t i = 0; i < ink.size(); ++i)
        EXPECT_GT(ink[i], 0) << page.text.substr(page.words[i].begin,
                                                 page.words[i].end - page.words[i].begin);
}

TEST_F(PageViewerTest, TellsSizesAndLabels) {
    const Outline outline = open(makePdf(PdfParts{{{textAt(72, 700, "one"), ""},
                                                   {textAt(72, 700, "two"), "/Rotate 90"},
                                                   {textAt(72, 500, "three"), "/CropBox[0 400 300 792]"}},
                                                  "A title",
                                                  "/PageLabels<</Nums[0<</S/r>>]>>"}));
    ASSERT_EQ(outline.sheets.size(), 3u);
    EXPECT_EQ(outline.title, "A title");
    EXPECT_EQ(outline.sheets[0].label, "i");
    EXPECT_EQ(outline.sheets[0].width, 612);
    EXPECT_EQ(outline.sheets[1].width, 792);
    EXPECT_EQ(outline.sheets[1].height, 612);
    EXPECT_EQ(outline.sheets[2].width, 300);
    EXPECT_EQ(outline.sheets[2].height, 392);
}

TEST_F(PageViewerTest, PlacesWordsOfTwoColumnsAndJoinedHyphens) {
    const std::string left = column(72, 700,
                                    {"The left column begins here and", "is read to its end before any-",
                                     "thing of the right one is, even", "though both stand side by side."});
    const std::string right = column(330, 700,
                                     {"The right column follows it. Its", "lines share their heights with",
                                      "those of the left one, so that", "they are easily confused."});
    const Outline outline = open(makePdf(PdfParts{{{left + right, ""}}, "", ""}));
    const PlacedPage page = words(1);
    EXPECT_EQ(page.words.size(), 48u);
    const Box joined = around(page, "anything");
    EXPECT_LT(joined.top, 792 - 686 - 8.0);
    EXPECT_GT(joined.bottom, 792 - 672.0);
    const Box lines = around(page, "lines share their heights");
    EXPECT_GT(lines.left, 329);
    EXPECT_LT(lines.top, 792 - 686.0);
    EXPECT_GT(lines.bottom, 792 - 686.0);
    EXPECT_LT(lines.bottom, 792 - 680.0);
    const auto image = viewer->render(1, 1000, {});
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 1000);
    expectInkInBoxes(*image, outline, page);
}

class TurnedPages : public PageViewerTest, public testing::WithParamInterface<const char*> {};

TEST_P(TurnedPages, PlacesWordsWhereTheImageShowsThem) {
    const std::string content =
        column(150, 600, {"A page may be turned and cut", "and words stand where they do"}) +
        "BT /F 12 Tf 0 1 -1 0 400 450 Tm (written sideways) Tj ET\n";
    const Outline outline = open(makePdf(PdfParts{{{content, GetParam()}}, "", ""}));
    const PlacedPage page = words(1);
    EXPECT_EQ(page.words.size(), 15u) << page.text;
    const auto image = viewer->render(1, 900, {});
    ASSERT_TRUE(image);
    expectInkInBoxes(*image, outline, page);
}

INSTANTIATE_TEST_SUITE_P(Ways, TurnedPages,
                         testing::Values("", "/Rotate 90", "/Rotate 180", "/Rotate 270",
                                         "/CropBox[100 300 500 700]", "/Rotate 90/CropBox[100 300 500 700]",
                                         "/MediaBox[50 100 650 750]"));

TEST_F(PageViewerTest, PlacesEveryWordOfTheSampleLibrary) {
    const auto file =
        std::filesystem::path(COMMONPLACE_TEST_DIR) / "../resources/sample-library/dome-survey.pdf";
    auto snapshot = takeSnapshot(file, 1u << 30, {});
    ASSERT_TRUE(snapshot);
    const auto read = viewer->read(*snapshot, document::Format::Pdf, {});
    ASSERT_TRUE(read);
    const auto outline = viewer->open(std::move(*snapshot), {});
    ASSERT_TRUE(outline);
    ASSERT_EQ(outline->sheets.size(), read->pages.size());
    for (std::size_t i = 0; i < read->pages.size(); ++i) {
        EXPECT_EQ(outline->sheets[i].label, read->pages[i].label);
        const PlacedPage page = words(static_cast<int>(i) + 1);
        EXPECT_EQ(page.text, read->pages[i].text);
        std::string covered(page.text.size(), ' ');
        for (const PlacedWord& word : page.words)
            covered.replace(word.begin, word.end - word.begin, page.text, word.begin, word.end - word.begin);
        std::string wanted = page.text;
        std::replace(wanted.begin(), wanted.end(), '\n', ' ');
        EXPECT_EQ(covered, wanted);
    }
}

TEST_F(PageViewerTest, BoundsItsImages) {
    open(makePdf({"words"}));
    const auto image = viewer->render(1, 1'000'000, {});
    ASSERT_TRUE(image);
    EXPECT_LE(image->width, kMaxImageSide + 1);
    EXPECT_LE(image->height, kMaxImageSide + 1);
    EXPECT_GE(image->height, kMaxImageSide - 1);
}

TEST_F(PageViewerTest, ShowsAPageBeyondThePdfsOwnBoundSmaller) {
    std::string bytes = makePdf(PdfParts{{{textAt(50'000, 2, "far"), ""}}, "", ""});
    const std::string box = "[0 0 612 792]";
    bytes.replace(bytes.find(box), box.size(), "[0 0 99999 9]");
    const Outline outline = open(bytes);
    ASSERT_EQ(outline.sheets.size(), 1u);
    EXPECT_EQ(outline.sheets[0].width, kMaxPageSide);
    const PlacedPage page = words(1);
    ASSERT_EQ(page.words.size(), 1u) << page.text;
    EXPECT_NEAR(page.words[0].box.left, kMaxPageSide / 2, 5);
    const auto image = viewer->render(1, 2000, {});
    ASSERT_TRUE(image) << image.error().message();
    EXPECT_NEAR(image->width, 2000, 2);
}

TEST_F(PageViewerTest, SaysWhatCannotBeShown) {
    EXPECT_EQ(viewer->words(1, {}).error().code(), ErrorCode::NotFound);
    open(makePdf({"words"}));
    EXPECT_EQ(viewer->words(2, {}).error().code(), ErrorCode::NotFound);
    EXPECT_EQ(viewer->render(0, 100, {}).error().code(), ErrorCode::NotFound);
    EXPECT_EQ(viewer->open(snapshotOf("no pdf at all"), {}).error().code(), ErrorCode::Corrupt);
    EXPECT_FALSE(viewer->words(1, {})) << "the former document is closed";
}

TEST_F(PageViewerTest, OutlivesAPageWithoutEnd) {
    viewer = makeViewer(COMMONPLACE_PROGRAM, 1);
    open(makeTimeBomb());
    EXPECT_EQ(viewer->render(1, 500, {}).error().code(), ErrorCode::Timeout);
    open(makePdf({"after it"}));
    EXPECT_EQ(words(1).text, "after it");
}

TEST_F(PageViewerTest, StopsWhenAsked) {
    open(makeTimeBomb());
    std::stop_source stop;
    std::jthread asker([&stop] { stop.request_stop(); });
    EXPECT_EQ(viewer->render(1, 500, stop.get_token()).error().code(), ErrorCode::Cancelled);
}

TEST_F(PageViewerTest, AWorkersCrashIsAnErrorAndTheNextCallStartsAnother) {
    const FakeWorker fake;
    std::string outline;
    protocol::append(outline, Outline{"T", {{"", 100, 200}}});
    fake.file("outline", outline);
    viewer =
        makeViewer(fake.greeting("cat \"$DIR/outline\" >&3\ntouch \"$DIR/started\"\nsleep .2\nkill -9 $$\n"));
    open("anything");
    EXPECT_EQ(viewer->words(1, {}).error().code(), ErrorCode::Crashed);
    std::filesystem::remove(fake.path() / "started");
    EXPECT_EQ(viewer->words(1, {}).error().code(), ErrorCode::Crashed);
    EXPECT_TRUE(fake.has("started"));
}

TEST_F(PageViewerTest, ShowsAPageOfALongDocumentAtOnce) {
    open(makePdf(std::vector<std::string>(300, "one page of many, with a few words on it")));
    const base::Stopwatch watch;
    ASSERT_TRUE(viewer->render(250, 1000, {}));
    ASSERT_TRUE(viewer->words(250, {}));
    std::printf("[ figures  ] page 250 of 300: %.0f ms\n", watch.seconds() * 1000);
}

TEST_F(PageViewerTest, ReadsATextWithItsFormats) {
    const Snapshot note = snapshotOf("# Head\n\nSome **strong** words.\n");
    const auto styled = viewer->styled(note, document::Format::Markdown, {});
    ASSERT_TRUE(styled) << styled.error().message();
    const auto read = viewer->read(note, document::Format::Markdown, {});
    ASSERT_TRUE(read);
    EXPECT_EQ(styled->text, read->pages.at(0).text);
    ASSERT_EQ(styled->runs.size(), 2u);
    EXPECT_EQ(styled->text.substr(styled->runs[1].range.begin, styled->runs[1].range.size()), "strong");
    EXPECT_TRUE(viewer->styled(snapshotOf("<h1>x</h1>"), document::Format::Html, {}));
    const auto plain = viewer->styled(note, document::Format::Text, {});
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().code(), ErrorCode::NotFound);
    EXPECT_TRUE(viewer->styled(note, document::Format::Markdown, {})) << "it is the same worker still";
}

TEST_F(PageViewerTest, BelievesNoFormatsThatCannotBe) {
    const FakeWorker fake;
    std::string lie;
    protocol::append(lie, StyledText{"", "abc", {{RunKind::Strong, {0, 300}, 0, 0, {}}}});
    fake.file("lie", lie);
    const auto liar = makeViewer(fake.greeting("cat \"$DIR/lie\" >&3\nsleep 5\n"), 5);
    const auto styled = liar->styled(snapshotOf("abc"), document::Format::Markdown, {});
    ASSERT_FALSE(styled);
    EXPECT_EQ(styled.error().code(), ErrorCode::Protocol);
}

}  // namespace
}  // namespace commonplace::extract
