#include <algorithm>
#include <cstdlib>
#include <utility>

#include "engine/chunk/packing.h"

namespace commonplace::chunk {
namespace {

using base::Range;

/// Collects units into blocks and cuts each block into even segments.
class Packer {
  public:
    Packer(const std::vector<Unit>& units, const Options& options)
        : m_units(units), m_limit(options.segmentWords) {}

    std::vector<SegmentPlan> run() && {
        Range block;
        int words = 0;
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            if (i > 0 && endsBlock(i, block.begin, words)) {
                pack({block.begin, i}, words);
                block.begin = i;
                words = 0;
            }
            words += m_units[i].words;
        }
        if (!m_units.empty()) pack({block.begin, m_units.size()}, words);
        return std::move(m_segments);
    }

  private:
    /// Whether the block of `words` words that began at unit `begin` ends before unit `i`. Short paragraphs
    /// (the cells of a table) stay together, and so do sections of a line or two; the tail of a longer
    /// section stays out of the next.
    bool endsBlock(std::size_t i, std::size_t begin, int words) const {
        const Unit& unit = m_units[i];
        if (unit.page != m_units[i - 1].page) return true;
        switch (unit.border) {
            case Border::Island:
                return true;
            case Border::Heading:
                return words >= m_limit / 4 || m_units[begin].border < Border::Heading;
            case Border::Paragraph:
                return words >= m_limit / 2;
            default:
                return false;
        }
    }

    void pack(Range block, int words) {
        const int count = (words + m_limit - 1) / m_limit;
        const int target = (words + count - 1) / count;
        SegmentPlan segment = startAt(block.begin);
        for (std::size_t i = block.begin; i < block.end; ++i) {
            const int next = segment.words + m_units[i].words;
            const bool nearer = std::abs(segment.words - target) < std::abs(next - target);
            if (segment.words > 0 && (next > m_limit || nearer)) {
                m_segments.push_back(segment);
                segment = startAt(i);
            }
            segment.words += m_units[i].words;
            segment.units.end = i + 1;
        }
        addLast(segment, block);
    }

    SegmentPlan startAt(std::size_t unit) const {
        return {{unit, unit}, 0, m_units[unit].border != Border::Within};
    }

    /// A page number or a last short line gets no vector of its own.
    void addLast(const SegmentPlan& segment, const Range& block) {
        if (segment.words < m_limit / 5 && !m_segments.empty() &&
            mayJoin(m_segments.back(), segment, block)) {
            m_segments.back().units.end = segment.units.end;
            m_segments.back().words += segment.words;
            return;
        }
        m_segments.push_back(segment);
    }

    bool mayJoin(const SegmentPlan& before, const SegmentPlan& segment, const Range& block) const {
        const Unit& first = m_units[segment.units.begin];
        if (before.words + segment.words > m_limit || first.page != m_units[before.units.begin].page)
            return false;
        const Border blockBorder = m_units[block.begin].border;
        return segment.units.begin > block.begin ||
               (blockBorder != Border::Heading && blockBorder != Border::Island);
    }

    const std::vector<Unit>& m_units;
    int m_limit;
    std::vector<SegmentPlan> m_segments;
};

}  // namespace

std::vector<SegmentPlan> segmentsOf(const std::vector<Unit>& units, const Options& options) {
    return Packer(units, options).run();
}

}  // namespace commonplace::chunk
