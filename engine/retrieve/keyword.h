// Keyword: the passages that the words of a query find, with one raw score each.
//
//   score = bm25(terms) + neighbours' share * bm25(neighbouring words as phrases) + carried share *
//   bm25(carried words)
//
// The last two only ever add: to passages that the query itself found, or, for carried words, to what they
// found alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/query.h"
#include "engine/store/index_store.h"

namespace commonplace::retrieve {

struct KeywordSearch {
    ParsedQuery query;
    ParsedQuery carried;  ///< words of the previous question; may be empty
    std::size_t pool = 200;
    store::DocumentSet among;
};

/// How rare each term of a query is in this index: ln(1 + (N - n + .5) / (n + .5)), as bm25 has it.
std::vector<double> rarities(const std::vector<std::int64_t>& frequencies, std::int64_t chunks);

/// In how many chunks each term occurs.
Result<std::vector<std::int64_t>> termFrequencies(store::IndexStore& store, const ParsedQuery& query);

/// At most pool + pool hits, in no particular order.
Result<std::vector<store::KeywordHit>> keywordHits(store::IndexStore& store, const KeywordSearch& search);

/// The chunks that the operators of a query leave: nullopt when it has none. At most some ten thousand ids.
struct Permitted {
    std::vector<store::KeywordHit> required;  ///< only these, when `hasRequired`
    std::vector<store::ChunkId> excluded;     ///< not these (sorted)
    bool hasRequired = false;
};
Result<Permitted> permittedBy(store::IndexStore& store, const KeywordSearch& search);

/// The documents of search.among that hold an excluded phrase anywhere, sorted; `most`: chunks looked at.
Result<std::vector<store::DocumentId>> documentsExcluded(store::IndexStore& store,
                                                         const KeywordSearch& search, std::size_t most);

}  // namespace commonplace::retrieve
