// Filters: which documents the "dir:", "ext:" and "title:" of a query leave. Looked up once per search, from
// the index's list of paths; what comes out narrows words and meaning alike.
//
//   dir:   a folder anywhere above the file, by its whole name or several in a row ("reports/2019"); from the
//   root when
//          it begins with a slash. "~/" at its beginning is left out.
//   ext:   the ending of the file name, or the kind of document as it was read ("markdown", "html", "text").
//   title: words of the title or of the file name, in this order, each or the last one by its beginning.
//
// Letter case does not matter. Several of a kind: any of the folders, any of the endings, all of the titles;
// nothing of what is excluded. Different kinds must all agree. One path of a document is enough.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/base/result.h"
#include "engine/retrieve/query.h"
#include "engine/store/index_store.h"

namespace commonplace::retrieve {

/// A document that filters leave.
struct Left {
    store::DocumentId document = 0;
    store::ChunkId firstChunk = 0;  ///< 0: it has no text
};

/// In the order of the first matching path; each document once. Documents whose every path is missing are
/// left out. Cancelled; store errors. `filters` must not be empty.
Result<std::vector<Left>> documentsLeft(store::IndexStore& store, const std::vector<Filter>& filters,
                                        const std::stop_token& stop);

/// The ids that both hold, sorted.
store::DocumentSet intersection(const store::DocumentSet& among, const std::vector<Left>& left);

}  // namespace commonplace::retrieve
