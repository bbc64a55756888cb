#include "tests/golden/golden.h"

#include "engine/base/text.h"
#include "engine/chunk/chunker.h"
#include "tests/engine/chunk/sample.h"

namespace commonplace::chunk {
namespace {

std::size_t wordsIn(const std::string& text) {
    return base::words(text).size();
}

std::string show(const document::ExtractedDocument& document, const document::Chunk& chunk) {
    std::ostringstream out;
    out << "#" << chunk.ordinal << "  words " << wordsIn(chunk.text) << "  at";
    for (const document::Span& span : chunk.spans)
        out << " p" << document.pages[static_cast<std::size_t>(span.page)].number << "[" << span.begin << ","
            << span.end << ")";
    out << (chunk.heading.empty() ? "" : "  heading " + chunk.heading) << "\n";
    std::size_t at = 0;
    for (const document::Segment& segment : chunk.segments) {
        const std::string before(base::trim(chunk.text.substr(at, segment.begin - at)));
        if (!before.empty()) out << "  < " << before << "\n";
        const std::string text = chunk.text.substr(segment.begin, segment.end - segment.begin);
        out << "  " << wordsIn(text) << " | " << text << "\n";
        at = segment.end;
    }
    return out.str() + "\n";
}

// In the expected files "<" marks what a chunk repeats of the one before, "N |" a segment with N words.
TEST(ChunkGolden, Cases) {
    test::checkGolden("chunk", [](const std::string& input) {
        const document::ExtractedDocument document = test::documentFrom(input);
        std::string shown;
        for (const document::Chunk& chunk : chunks(document)) shown += show(document, chunk);
        return shown;
    });
}

}  // namespace
}  // namespace commonplace::chunk
