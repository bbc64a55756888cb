// Passages: ranked candidates as people see them: page, snippet, marks, duplicates folded.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/candidates.h"
#include "engine/retrieve/retriever.h"
#include "engine/retrieve/term_matcher.h"

namespace commonplace::retrieve {

struct PassageRequest {
    const std::vector<Candidate>& ranked;
    const DocumentRows& documents;
    const TermMatcher& matcher;
    std::size_t limit = 10;
    Detail detail = Detail::Full;
};

/// The best `limit` distinct passages: of those with equal text, and of overlapping ones with the same
/// snippet, the first. Chunks that were deleted since they were found are left out.
Result<std::vector<Passage>> passages(store::IndexStore& store, const PassageRequest& request,
                                      std::stop_token stop);

}  // namespace commonplace::retrieve
