#include "engine/retrieve/passages.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "engine/retrieve/collapse.h"
#include "engine/retrieve/snippet.h"

namespace commonplace::retrieve {
namespace {

/// Several passages often stand on one page, and the one page of a note can be large.
class PageCache {
  public:
    explicit PageCache(store::IndexStore& store) : m_store(store) {}

    /// nullptr when the document was replaced since it was found.
    Result<const document::Page*> page(store::DocumentId id, int index) {
        const auto key = std::pair(id, index);
        if (const auto known = m_pages.find(key); known != m_pages.end()) return &known->second;
        auto page = m_store.page(id, index);
        if (!page && page.error().code() == ErrorCode::NotFound) return nullptr;
        if (!page) return page.error();
        return &m_pages.emplace(key, std::move(*page)).first->second;
    }

  private:
    store::IndexStore& m_store;
    std::map<std::pair<store::DocumentId, int>, document::Page> m_pages;
};

Passage passageOf(const Candidate& candidate, store::ChunkRow chunk, const store::DocumentRow& document) {
    Passage passage;
    passage.score = candidate.fused.score;
    passage.parts = {candidate.raw.keyword, candidate.raw.cosine, candidate.fused.keyword,
                     candidate.fused.semantic};
    passage.document = document;
    if (!chunk.spans.empty()) {
        passage.page = chunk.pageNumbers.front();
        passage.pageLabel = chunk.pageLabels.front();
        passage.pageEnd = chunk.pageNumbers.back();
    }
    passage.chunk = std::move(chunk);
    return passage;
}

/// Of the passage's pages the one with the better window.
Result<void> addSnippet(Passage& passage, const TermMatcher& matcher, PageCache& pages) {
    double best = -1;
    for (std::size_t i = 0; i < passage.chunk.spans.size(); ++i) {
        const document::Span& span = passage.chunk.spans[i];
        TRY(const document::Page* page, pages.page(passage.chunk.document, span.page));
        if (page == nullptr) continue;
        Snippet snippet = bestSnippet(page->text, {span.begin, span.end}, matcher);
        if (snippet.text.empty() || snippet.score <= best) continue;
        best = snippet.score;
        passage.snippet = std::move(snippet.text);
        passage.marks = std::move(snippet.marks);
        passage.snippetSpan = i;
    }
    return {};
}

class Collector {
  public:
    Collector(store::IndexStore& store, const PassageRequest& request)
        : m_store(store), m_request(request), m_pages(store) {}

    bool isFull() const { return m_passages.size() >= m_request.limit; }

    Result<void> add(std::span<const Candidate> batch) {
        std::vector<store::ChunkId> ids;
        for (const Candidate& candidate : batch) ids.push_back(candidate.chunk);
        TRY(auto rows, m_store.chunks(ids));
        std::unordered_map<store::ChunkId, store::ChunkRow> chunks;
        for (store::ChunkRow& row : rows) chunks.emplace(row.id, std::move(row));
        for (const Candidate& candidate : batch)
            if (const auto chunk = chunks.find(candidate.chunk); chunk != chunks.end() && !isFull())
                TRY_VOID(addOne(candidate, std::move(chunk->second)));
        return {};
    }

    std::vector<Passage> take() && { return std::move(m_passages); }

  private:
    Result<void> addOne(const Candidate& candidate, store::ChunkRow chunk) {
        const bool isFull = m_request.detail == Detail::Full;
        if (isFull && isDuplicate(chunk)) return {};
        Passage passage = passageOf(candidate, std::move(chunk), m_request.documents.at(candidate.document));
        passage.rank = static_cast<int>(m_passages.size()) + 1;
        if (isFull) TRY_VOID(addSnippet(passage, m_request.matcher, m_pages));
        if (isFull && showsTheSame(passage)) return {};
        m_passages.push_back(std::move(passage));
        return {};
    }

    bool isDuplicate(const store::ChunkRow& chunk) {
        const std::size_t first = m_duplicates.add(chunk.text, m_passages.size());
        if (first == m_passages.size()) return false;
        ++m_passages[first].duplicates;
        return true;
    }

    /// Neighbouring chunks overlap: what was found in the overlap is shown once. There both snippets begin
    /// with the same sentence, and one may end earlier, with its chunk.
    bool showsTheSame(const Passage& passage) {
        const auto shown = std::find_if(m_passages.begin(), m_passages.end(), [&](const Passage& other) {
            return other.document.id == passage.document.id && !other.snippet.empty() &&
                   !passage.snippet.empty() &&
                   (other.snippet.starts_with(passage.snippet) || passage.snippet.starts_with(other.snippet));
        });
        if (shown == m_passages.end()) return false;
        ++shown->duplicates;
        return true;
    }

    store::IndexStore& m_store;
    const PassageRequest& m_request;
    PageCache m_pages;
    Duplicates m_duplicates;
    std::vector<Passage> m_passages;
};

}  // namespace

Result<std::vector<Passage>> passages(store::IndexStore& store, const PassageRequest& request,
                                      std::stop_token stop) {
    Collector collector(store, request);
    const std::span<const Candidate> ranked = request.ranked;
    for (std::size_t at = 0; at < ranked.size() && !collector.isFull(); at += request.limit) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "the search was cancelled");
        TRY_VOID(collector.add(ranked.subspan(at, std::min(request.limit, ranked.size() - at))));
    }
    return std::move(collector).take();
}

}  // namespace commonplace::retrieve
