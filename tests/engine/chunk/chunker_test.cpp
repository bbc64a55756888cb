#include "engine/chunk/chunker.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/base/hash.h"
#include "tests/engine/chunk/sample.h"

namespace commonplace::chunk {
namespace {

using document::Chunk;
using document::ExtractedDocument;
using document::Segment;
using document::Span;

std::size_t wordsIn(std::string_view text) {
    return base::words(text).size();
}

std::string_view textOf(const ExtractedDocument& document, const Span& span) {
    const std::string_view page = document.pages.at(static_cast<std::size_t>(span.page)).text;
    return page.substr(span.begin, span.end - span.begin);
}

void checkSpans(const ExtractedDocument& document, const Chunk& chunk) {
    ASSERT_FALSE(chunk.spans.empty());
    ASSERT_LE(chunk.spans.size(), 2u);
    std::string text;
    for (const Span& span : chunk.spans) {
        ASSERT_LT(span.begin, span.end);
        ASSERT_LE(span.end, document.pages.at(static_cast<std::size_t>(span.page)).text.size());
        text += (text.empty() ? "" : "\n") + clean(textOf(document, span)).text;
    }
    ASSERT_EQ(chunk.text, text);
    ASSERT_EQ(chunk.spans.back().page - chunk.spans.front().page, static_cast<int>(chunk.spans.size()) - 1);
}

void checkSegments(const ExtractedDocument& document, const Chunk& chunk) {
    ASSERT_FALSE(chunk.segments.empty());
    const std::size_t border =
        chunk.spans.size() < 2 ? std::string::npos : clean(textOf(document, chunk.spans[0])).text.size();
    std::size_t at = 0;
    for (const Segment& segment : chunk.segments) {
        ASSERT_LE(at, segment.begin);
        ASSERT_LT(segment.begin, segment.end);
        ASSERT_LE(segment.end, chunk.text.size());
        ASSERT_TRUE(segment.end <= border || segment.begin > border) << "a segment goes over a page";
        const std::string text = chunk.text.substr(segment.begin, segment.end - segment.begin);
        ASSERT_LE(wordsIn(text), 80u);
        ASSERT_EQ(base::trim(text), text);
        const base::Digest digest = base::sha256(text);
        ASSERT_EQ(segment.hash, std::string(reinterpret_cast<const char*>(digest.data()), 16));
        at = segment.end;
    }
}

/// Every word of the source stands in a chunk, and in exactly one segment.
void checkCoverage(const ExtractedDocument& document, const std::vector<Chunk>& chunks) {
    std::set<std::string> inChunks;
    std::multiset<std::string> inSegments;
    for (const Chunk& chunk : chunks) {
        for (const base::Range& word : base::words(chunk.text))
            inChunks.insert(chunk.text.substr(word.begin, word.size()));
        for (const Segment& segment : chunk.segments) {
            const std::string text = chunk.text.substr(segment.begin, segment.end - segment.begin);
            for (const base::Range& word : base::words(text))
                inSegments.insert(text.substr(word.begin, word.size()));
        }
    }
    for (const document::Page& page : document.pages) {
        for (const base::Range& word : base::words(page.text)) {
            const std::string text = page.text.substr(word.begin, word.size());
            ASSERT_TRUE(inChunks.contains(text)) << text;
            ASSERT_EQ(inSegments.count(text), 1u) << text;  // the generator makes every word once
        }
    }
}

std::set<std::string> hashesOf(const std::vector<Chunk>& chunks) {
    std::set<std::string> hashes;
    for (const Chunk& chunk : chunks)
        for (const Segment& segment : chunk.segments) hashes.insert(segment.hash);
    return hashes;
}

bool equal(const std::vector<Chunk>& left, const std::vector<Chunk>& right) {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(), [](const Chunk& a, const Chunk& b) {
            return a.ordinal == b.ordinal && a.spans == b.spans && a.text == b.text && a.heading == b.heading;
        });
}

TEST(Chunker, RandomDocumentsKeepEveryRule) {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE(seed);
        const ExtractedDocument document = test::randomDocument(seed, 12);
        const std::vector<Chunk> made = chunks(document);
        for (std::size_t i = 0; i < made.size(); ++i) {
            ASSERT_EQ(made[i].ordinal, static_cast<int>(i));
            ASSERT_LE(wordsIn(made[i].text), 330u);
            checkSpans(document, made[i]);
            checkSegments(document, made[i]);
        }
        checkCoverage(document, made);
        ASSERT_TRUE(equal(made, chunks(document)));
    }
}

TEST(Chunker, AChangedParagraphChangesItsNeighbourhoodOnly) {
    ExtractedDocument document;
    test::WordSource source(3);
    for (int page = 1; page <= 300; ++page) document.pages.push_back({page, "", source.page(450)});
    const std::set<std::string> before = hashesOf(chunks(document));
    for (const std::string& added : {std::string("Added words here. "), source.paragraph(120) + "\n\n"}) {
        ExtractedDocument changed = document;
        std::string& text = changed.pages[150].text;
        text.insert(text.find("\n\n") + 2, added);
        int fresh = 0;
        for (const std::string& hash : hashesOf(chunks(changed))) fresh += before.contains(hash) ? 0 : 1;
        EXPECT_GE(fresh, 1);
        EXPECT_LE(fresh, 8);
    }
}

TEST(Chunker, AChangeInATextWithoutPagesDoesNotMoveAllChunks) {
    test::WordSource source(4);
    ExtractedDocument document;
    document.pages.push_back({0, "", source.page(60'000)});
    std::set<std::string> before;
    for (const Chunk& chunk : chunks(document)) before.insert(chunk.text);
    document.pages[0].text.insert(0, source.paragraph(70) + "\n\n");
    int fresh = 0;
    for (const Chunk& chunk : chunks(document)) fresh += before.contains(chunk.text) ? 0 : 1;
    EXPECT_LT(fresh, static_cast<int>(before.size()) / 4);
}

TEST(Chunker, ConsecutiveChunksShareAboutFortyWords) {
    test::WordSource source(6);
    ExtractedDocument document;
    for (int page = 1; page <= 20; ++page) document.pages.push_back({page, "", source.page(500)});
    const std::vector<Chunk> made = chunks(document);
    std::size_t shared = 0;
    for (std::size_t i = 1; i < made.size(); ++i) {
        const std::size_t own = made[i].segments.front().begin;
        const std::string repeated(base::trim(made[i].text.substr(0, own)));
        EXPECT_NE(made[i - 1].text.find(repeated.substr(0, repeated.find('\n'))), std::string::npos);
        shared += wordsIn(repeated);
    }
    EXPECT_NEAR(static_cast<double>(shared) / static_cast<double>(made.size() - 1), 40, 10);
}

TEST(Chunker, PagesAreNeverGlued) {
    const auto document =
        test::documentFrom("=== page 1\nends with snow\n=== page 2\nflake begins. And more.\n");
    const std::vector<Chunk> made = chunks(document);
    ASSERT_EQ(made.size(), 1u);
    EXPECT_EQ(made[0].text, "ends with snow\nflake begins. And more.");
    EXPECT_EQ(made[0].segments.size(), 2u);
}

TEST(Chunker, HeadingsTravelAlong) {
    test::WordSource source(8);
    const auto document = test::documentFrom("# Install\n\n## Linux\n\n" + source.page(300) +
                                             "\n# Remove\n\n" + source.page(90));
    std::set<std::string> headings;
    for (const Chunk& chunk : chunks(document)) {
        headings.insert(chunk.heading);
        EXPECT_EQ(chunk.text.find("# Remove") != std::string::npos, chunk.heading == "Remove");
    }
    EXPECT_EQ(headings, (std::set<std::string>{"Install", "Install › Linux", "Remove"}));
}

TEST(Chunker, NoTextGivesNoChunks) {
    EXPECT_TRUE(chunks({}).empty());
    EXPECT_TRUE(chunks(test::documentFrom("=== page 1\n\n=== page 2\n  \n")).empty());
    EXPECT_TRUE(chunks(test::documentFrom("•\n\n—\n\n***\n")).empty());
}

TEST(Chunker, OddOptionsAreHarmless) {
    const ExtractedDocument document = test::randomDocument(77, 6);
    for (const Options& options :
         {Options{0, 0, 0, 0}, Options{-5, -5, -5, -5}, Options{10, 100, 80, 1}, Options{5000, 40, 9, 60}}) {
        const std::vector<Chunk> made = chunks(document, options);
        for (const Chunk& chunk : made) checkSpans(document, chunk);
        checkCoverage(document, made);
    }
}

TEST(Chunker, HostileTextStaysBounded) {
    ExtractedDocument document;
    document.pages.push_back({1, "", std::string(3'000'000, 'x')});
    document.pages.push_back({2, "", "a" + std::string(3'000'000, '-') + "b"});
    document.pages.push_back({3, "", std::string(300'000, '\xE0')});
    document.pages.push_back({4, "", "word" + std::string(1'000'000, '\n') + "word"});
    for (const Chunk& chunk : chunks(document)) {
        ASSERT_LE(chunk.text.size(), 60'000u);
        checkSpans(document, chunk);
    }
}

}  // namespace
}  // namespace commonplace::chunk
