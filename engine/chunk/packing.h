// Packing: units to segments (one vector each), segments to passages (one chunk each). Ranges of indices
// only; the text is made by the chunker. Internal to chunk.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/text.h"
#include "engine/chunk/units.h"

namespace commonplace::chunk {

/// Consecutive units of one page.
struct SegmentPlan {
    base::Range units;
    int words = 0;
    bool mayBeginChunk = true;  ///< false inside a sentence that is longer than a segment
};

/// Where segments end depends only on the paragraphs around: packing starts anew at pages, headings and
/// paragraphs, so an edit changes the segments next to it and no others.
std::vector<SegmentPlan> segmentsOf(const std::vector<Unit>& units, const Options& options);

/// A chunk: its own segments, and the units before them that it repeats.
struct PassagePlan {
    base::Range segments;
    base::Range repeated;  ///< units; empty, or ends where the first own segment begins
};

std::vector<PassagePlan> passagesOf(const std::vector<Unit>& units, const std::vector<SegmentPlan>& segments,
                                    const Options& options);

}  // namespace commonplace::chunk
