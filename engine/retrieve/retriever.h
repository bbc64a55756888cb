// Retriever: a query to ranked passages, by word, by meaning, or both, each with the parts of its score.
//
// keyword: FTS5 bm25 (Robertson & Zaragoza 2009) over porter-stemmed words; stop words are dropped unless
// nothing is left;
//          every term is quoted, so no input is FTS5 syntax. "phrases" stay phrases, -word excludes
//          (query.h).
// semantic: cosine of the query against the resident vectors, best segment of a chunk.
// hybrid:  (1 - w) * bm25 / max(bm25) + w * minmax(cosine) over the union of both candidate lists, every
// candidate scored
//          exactly (convex combination; Bruch, Gai & Ingber 2023, arXiv 2210.11934). w = the embedder's
//          fusion weight times its affinity to the query; never rank fusion with equal votes. Where no word
//          was found, meaning alone decides, unless the model hardly knows the query's language.
// Ties are broken by (sha256, ordinal): equal libraries answer equally. Duplicated passages collapse into the
// best one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/text.h"
#include "engine/document/document.h"
#include "engine/document/embedder.h"
#include "engine/store/index_store.h"
#include "engine/trace/tracer.h"
#include "engine/vector/resident_index.h"

namespace commonplace::retrieve {

enum class Mode { Hybrid, Keyword, Semantic };
const char* name(Mode mode);
std::optional<Mode> parseMode(std::string_view name);

/// Full: snippets, duplicates folded. Ranking: neither; every passage for itself, for evaluation and for
/// machines.
enum class Detail { Full, Ranking };

struct Query {
    std::string text;
    Mode mode = Mode::Hybrid;
    std::size_t limit = 10;
    std::vector<std::string> within;  ///< absolute paths of folders or documents; empty: everywhere
    std::vector<std::string>
        carriedWords;                 ///< content words of the previous question (follow-ups); count less
    std::optional<std::size_t> pool;  ///< candidates taken from each list; default: 200, or `limit` if more
    Detail detail = Detail::Full;
};

/// How a score came about. Raw values are nullopt where that list did not hold the passage.
struct ScoreParts {
    std::optional<double>
        bm25;  ///< raw: of the words, with what neighbours, carried words and file name added
    std::optional<double> cosine;  ///< raw
    double keyword = 0;            ///< what the keyword list contributed to the score
    double semantic = 0;           ///< what the semantic list contributed
};

struct Passage {
    int rank = 0;  ///< from 1
    double score = 0;
    ScoreParts parts;
    store::ChunkRow chunk;
    store::DocumentRow document;
    int page = 0;           ///< the first of the passage's pages; 1-based, 0 without pages
    std::string pageLabel;  ///< of `page`
    int pageEnd = 0;        ///< the last one: page or page + 1
    std::string snippet;    ///< words of one page as they stand, white space collapsed, nothing else changed
    std::size_t snippetSpan =
        0;  ///< which of chunk.spans (and its page number and label) the snippet stands in
    std::vector<base::Range> marks;  ///< byte ranges of the snippet that match the query
    int duplicates = 0;  ///< passages further down that say or show the same, folded into this one
};

struct Coverage {
    std::int64_t documents = 0;  ///< documents with text
    std::int64_t withVectors = 0;
};

struct Results {
    std::string query;
    Mode mode = Mode::Hybrid;
    std::vector<Passage> passages;
    Coverage coverage;
    double tookMs = 0;
    double semanticWeight = 0;         ///< w as used for this query
    std::vector<std::string> terms;    ///< what was searched for, stemmed, for marks and "why this result"
    std::vector<std::string> ignored;  ///< stop words that were dropped
    /// One line: why nothing was searched by meaning although it was asked for (the model is away); else
    /// empty.
    std::string withoutMeaning = {};
    bool relaxed = false;  ///< a quoted phrase stands nowhere: its words were searched for instead
};

/// What a Retriever reads. All must outlive it; `vectors` and `embedder` may be null: keyword only.
struct Sources {
    store::IndexStore& store;
    const vector::ResidentIndex* vectors = nullptr;
    const document::Embedder* embedder = nullptr;
    std::int64_t space = 0;
};

/// Thread: one at a time (it uses the store's connection).
class Retriever final {
  public:
    explicit Retriever(Sources sources) : m_sources(sources) {}
    /// A query of filters alone lists the documents that they leave, by path, each with its first passage and
    /// without scores. InvalidArgument: an empty query, one of exclusions alone, or Semantic without vectors.
    /// NotFound: `within` names nothing that is indexed. Cancelled; store errors. A query without a single
    /// word ("?!") finds nothing. Below `span` the steps are traced: keyword, semantic, fusion.
    Result<Results> search(const Query& query, std::stop_token stop = {}, const trace::Span& span = {}) const;

  private:
    Sources m_sources;
};

}  // namespace commonplace::retrieve
