// Candidates: the union of what words and vectors found, each with its raw scores and its document, then
// ranked.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/fusion.h"
#include "engine/retrieve/keyword.h"
#include "engine/retrieve/semantic.h"
#include "engine/store/index_store.h"

namespace commonplace::retrieve {

struct Candidate {
    store::ChunkId chunk = 0;
    store::DocumentId document = 0;
    RawScores raw;
    FusedScore fused;
};

using DocumentRows = std::unordered_map<store::DocumentId, store::DocumentRow>;

/// Each chunk once, with what either list said.
std::vector<Candidate> unite(std::span<const store::KeywordHit> byWord,
                             std::span<const vector::Hit> byMeaning);

/// The documents of the candidates. Candidates of documents that were deleted meanwhile, or whose files are
/// all missing, are taken out: the resident vectors may still know them.
Result<DocumentRows> documentsOf(store::IndexStore& store, std::vector<Candidate>& candidates);

/// A passage gains when its file name says what the query says: up to `share` of the best keyword score, by
/// how much of the query's rarity the name covers. Only passages that a word found.
void addFileNames(std::vector<Candidate>& candidates, const DocumentRows& documents, const ParsedQuery& query,
                  const std::vector<double>& rarity, double share);

/// Best first; ties by (sha256, position in the document): equal libraries answer equally.
void sortByScore(std::vector<Candidate>& candidates, const DocumentRows& documents);

}  // namespace commonplace::retrieve
