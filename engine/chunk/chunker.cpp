#include "engine/chunk/chunker.h"

#include <algorithm>
#include <utility>

#include "engine/base/hash.h"
#include "engine/chunk/outline.h"
#include "engine/chunk/packing.h"
#include "engine/chunk/units.h"

namespace commonplace::chunk {
namespace {

using base::Range;
using document::Chunk;
using document::ExtractedDocument;
using document::Segment;
using document::Span;

constexpr std::size_t kHashBytes = 16;

/// Options with which the rules can be kept.
Options usable(Options options) {
    options.segmentWords = std::max(8, options.segmentWords);
    options.words = std::max(options.segmentWords, options.words);
    options.overlapWords = std::clamp(options.overlapWords, 0, options.words / 2);
    return options;
}

/// Makes the chunks of one document from its plans.
class Assembler {
  public:
    Assembler(const ExtractedDocument& document, const Options& options)
        : m_document(document),
          m_outline(outlineOf(document)),
          m_units(unitsOf(document, m_outline, options)),
          m_segments(segmentsOf(m_units, options)) {}

    std::vector<Chunk> run(const Options& options) {
        std::vector<Chunk> chunks;
        for (const PassagePlan& plan : passagesOf(m_units, m_segments, options)) {
            chunks.push_back(chunkOf(plan));
            chunks.back().ordinal = static_cast<int>(chunks.size()) - 1;
        }
        return chunks;
    }

  private:
    Chunk chunkOf(const PassagePlan& plan) const {
        const std::size_t end = m_segments[plan.segments.end - 1].units.end;
        Chunk chunk;
        chunk.heading = headingOf({m_segments[plan.segments.begin].units.begin, end});
        std::size_t segment = plan.segments.begin;
        for (const Range& units : byPage({plan.repeated.begin, end})) {
            const Span span{m_units[units.begin].page, m_units[units.begin].begin,
                            m_units[units.end - 1].end};
            segment = addSpan(chunk, span, segment, std::min(units.end, end));
        }
        return chunk;
    }

    /// Appends the text of `span` and the segments from number `segment` on that lie before unit `unitEnd`;
    /// returns the number of the next segment.
    std::size_t addSpan(Chunk& chunk, const Span& span, std::size_t segment, std::size_t unitEnd) const {
        const CleanText text = clean(textOf(span));
        if (!chunk.spans.empty()) chunk.text += '\n';
        const std::size_t offset = chunk.text.size();
        chunk.spans.push_back(span);
        chunk.text += text.text;
        for (; segment < m_segments.size() && m_segments[segment].units.end <= unitEnd; ++segment) {
            const Range& units = m_segments[segment].units;
            const Range part{cleanOffset(text, m_units[units.begin].begin - span.begin),
                             cleanOffset(text, m_units[units.end - 1].end - span.begin)};
            chunk.segments.push_back(segmentAt(chunk.text, offset, part));
        }
        return segment;
    }

    std::string_view textOf(const Span& span) const {
        const std::string_view text = m_document.pages[static_cast<std::size_t>(span.page)].text;
        return text.substr(span.begin, span.end - span.begin);
    }

    /// The first clean byte that came from source byte `at` or behind it.
    static std::size_t cleanOffset(const CleanText& text, std::size_t at) {
        const auto& offsets = text.sourceOffset;
        const auto found = std::lower_bound(offsets.begin(), offsets.end(), at);
        return std::min<std::size_t>(static_cast<std::size_t>(found - offsets.begin()), text.text.size());
    }

    static Segment segmentAt(const std::string& text, std::size_t offset, const Range& part) {
        const std::string_view words =
            base::trim(std::string_view(text).substr(offset + part.begin, part.size()));
        const auto begin = static_cast<std::size_t>(words.data() - text.data());
        const base::Digest digest = base::sha256(words);
        return {begin, begin + words.size(), {reinterpret_cast<const char*>(digest.data()), kHashBytes}};
    }

    std::vector<Range> byPage(const Range& units) const {
        std::vector<Range> pages;
        for (std::size_t i = units.begin; i < units.end; ++i) {
            if (i == units.begin || m_units[i].page != m_units[i - 1].page) pages.push_back({i, i});
            pages.back().end = i + 1;
        }
        return pages;
    }

    /// The headings above the first own unit; before the first heading, the first one inside.
    std::string headingOf(const Range& units) const {
        for (std::size_t i = units.begin; i < units.end; ++i)
            if (m_units[i].heading >= 0) return m_outline[static_cast<std::size_t>(m_units[i].heading)].path;
        return {};
    }

    const ExtractedDocument& m_document;
    std::vector<OutlineEntry> m_outline;
    std::vector<Unit> m_units;
    std::vector<SegmentPlan> m_segments;
};

}  // namespace

std::vector<Chunk> chunks(const ExtractedDocument& document, const Options& options) {
    const Options safe = usable(options);
    return Assembler(document, safe).run(safe);
}

}  // namespace commonplace::chunk
