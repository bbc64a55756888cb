#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "engine/chunk/packing.h"

namespace commonplace::chunk {
namespace {

using base::Range;

// A run without a heading or a page end is cut at a paragraph after so many chunks, so that an edit of a long
// text file does not move the borders of all chunks behind it; at any segment after twice as many.
constexpr int kChunksPerRun = 4;

class Planner {
  public:
    Planner(const std::vector<Unit>& units, const std::vector<SegmentPlan>& segments, const Options& options)
        : m_units(units), m_segments(segments), m_options(options) {}

    std::vector<PassagePlan> run() && {
        std::size_t begin = 0;
        int words = 0;
        for (std::size_t i = 0; i < m_segments.size(); ++i) {
            if (i > begin && endsRun(begin, i, words)) {
                planRun({begin, i}, words);
                begin = i;
                words = 0;
            }
            words += m_segments[i].words;
        }
        if (begin < m_segments.size()) planRun({begin, m_segments.size()}, words);
        return std::move(m_passages);
    }

  private:
    const Unit& firstUnit(std::size_t segment) const { return m_units[m_segments[segment].units.begin]; }

    /// Whether chunks start afresh at segment `i` after a run of `words` words that began at `begin`.
    bool endsRun(std::size_t begin, std::size_t i, int words) const {
        const Unit& unit = firstUnit(i);
        const bool enough = words >= m_options.minimumWords;
        if (unit.border == Border::Island) return true;
        if (unit.page != firstUnit(i - 1).page) return enough || unit.page - firstUnit(begin).page > 1;
        if (unit.border == Border::Heading) return enough;
        const int longest = m_options.words * kChunksPerRun;
        if (unit.border == Border::Paragraph) return words >= longest;
        return m_segments[i].mayBeginChunk && words >= 2 * longest;
    }

    /// Even chunks: a remainder is shared by all of them instead of standing alone. The first one repeats
    /// what stands before the run (nothing behind a heading), the others about overlapWords.
    void planRun(Range rest, int words) {
        const int overlap = m_options.overlapWords;
        const int repeated = wordsOf(repeatedBefore({rest.begin, rest.begin + 1}, rest.begin));
        const int count = chunkCount(words + repeated);
        int share = (words + repeated + (count - 1) * overlap) / count - repeated;
        const std::size_t run = rest.begin;
        for (int left = count - 1; left > 0 && rest.size() > 1; --left) {
            const std::size_t cut = cutNear(rest, share);
            if (cut == rest.end) break;
            addPassage({rest.begin, cut}, run);
            words -= wordsOf({m_segments[rest.begin].units.begin, m_segments[cut].units.begin});
            rest.begin = cut;
            share = words / left;
        }
        addPassage(rest, run);
    }

    int chunkCount(int words) const {
        constexpr double kTolerance =
            .3;  // a chunk may be longer by this part of a step before another one is made
        const double step = m_options.words - m_options.overlapWords;
        return std::max(1, static_cast<int>(std::ceil((words - m_options.overlapWords) / step - kTolerance)));
    }

    int wordsOf(const Range& units) const {
        int words = 0;
        for (std::size_t i = units.begin; i < units.end; ++i) words += m_units[i].words;
        return words;
    }

    /// The segment of `rest`, not its first, before which about `target` words stand; paragraphs are
    /// preferred.
    std::size_t cutNear(const Range& rest, int target) const {
        const int bonus = m_options.words / 8;
        std::size_t best = rest.end;
        int bestCost = std::numeric_limits<int>::max();
        int words = 0;
        for (std::size_t i = rest.begin; i < rest.end; ++i) {
            if (i > rest.begin && m_segments[i].mayBeginChunk) {
                const int cost =
                    std::abs(words - target) - (firstUnit(i).border >= Border::Paragraph ? bonus : 0);
                if (cost < bestCost) {
                    bestCost = cost;
                    best = i;
                }
            }
            words += m_segments[i].words;
            if (words > target + m_options.words) break;
        }
        return best;
    }

    void addPassage(const Range& segments, std::size_t run) {
        m_passages.push_back({segments, repeatedBefore(segments, run)});
    }

    /// Whole sentences before a chunk of the run that begins at segment `run`, about overlapWords in all.
    /// None before a heading, where a topic begins, none across rubbish, and none that would make the chunk
    /// cover a third page.
    Range repeatedBefore(const Range& segments, std::size_t run) const {
        const std::size_t own = m_segments[segments.begin].units.begin;
        const int lastPage = m_units[m_segments[segments.end - 1].units.end - 1].page;
        Range repeated{own, own};
        if (segments.begin == run && m_units[own].border >= Border::Heading) return repeated;
        const int enough = m_options.overlapWords * 3 / 4;
        const int most = m_options.overlapWords * 3 / 2;
        int words = 0;
        while (repeated.begin > 0 && words < enough && m_units[repeated.begin].border != Border::Island) {
            const std::size_t first = sentenceBegin(repeated.begin - 1);
            words += wordsOf({first, repeated.begin});
            if (words > most || lastPage - m_units[first].page > 1) break;
            repeated.begin = first;
            if (m_units[first].border == Border::Heading) break;
        }
        return repeated;
    }

    /// The first unit of the sentence that unit `i` belongs to.
    std::size_t sentenceBegin(std::size_t i) const {
        while (i > 0 && m_units[i].border == Border::Within && m_units[i - 1].page == m_units[i].page) --i;
        return i;
    }

    const std::vector<Unit>& m_units;
    const std::vector<SegmentPlan>& m_segments;
    const Options& m_options;
    std::vector<PassagePlan> m_passages;
};

}  // namespace

std::vector<PassagePlan> passagesOf(const std::vector<Unit>& units, const std::vector<SegmentPlan>& segments,
                                    const Options& options) {
    return Planner(units, segments, options).run();
}

}  // namespace commonplace::chunk
