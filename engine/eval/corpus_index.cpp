#include "engine/eval/corpus_index.h"

#include <algorithm>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/chunk/chunker.h"

namespace commonplace::eval {
namespace {

constexpr std::size_t kDocumentsATransaction = 500;
constexpr std::size_t kChunksABatch = 256;

Error cancelled() {
    return {ErrorCode::Cancelled, "the evaluation was cancelled"};
}

/// As a note would be: the title is its first line and its heading.
document::ExtractedDocument extracted(const CorpusDocument& source) {
    document::ExtractedDocument content;
    content.status = document::Status::Indexed;
    content.format = document::Format::Text;
    content.title = base::collapseSpace(base::repairUtf8(source.title));
    std::string text = base::repairUtf8(source.text);
    if (!content.title.empty() && !text.starts_with(content.title)) text = content.title + "\n\n" + text;
    content.pages.push_back({0, "", std::move(text)});
    return content;
}

store::NewDocument newDocument(const CorpusDocument& source) {
    store::NewDocument document;
    document.sha256 = base::sha256Hex(source.id + '\n' + source.title + '\n' + source.text);
    document.bytes = source.text.size();
    document.extractor = "eval";
    document.content = extracted(source);
    document.chunks = chunk::chunks(document.content);
    return document;
}

/// One segment of a batch that waits for its vector.
struct Waiting {
    const store::PendingChunk* chunk;
    int segment;
    std::string_view text;
};

std::vector<Waiting> waitingSegments(const std::vector<store::PendingChunk>& chunks) {
    std::vector<Waiting> waiting;
    for (const store::PendingChunk& chunk : chunks)
        for (const int i : chunk.missing) {
            const document::Segment& segment = chunk.segments[static_cast<std::size_t>(i)];
            waiting.push_back(
                {&chunk, i, std::string_view(chunk.text).substr(segment.begin, segment.end - segment.begin)});
        }
    return waiting;
}

Result<std::vector<store::NewVector>> embedded(std::span<const Waiting> waiting,
                                               const document::Embedder& embedder, std::stop_token stop) {
    std::vector<std::string_view> texts;
    for (const Waiting& one : waiting) texts.push_back(one.text);
    TRY(const document::Vectors vectors, embedder.embed(texts, stop));
    std::vector<store::NewVector> rows;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto& segment = waiting[i].chunk->segments[static_cast<std::size_t>(waiting[i].segment)];
        rows.push_back(
            {waiting[i].chunk->chunk, waiting[i].segment, segment.hash, vector::pack(vectors.row(i))});
    }
    return rows;
}

}  // namespace

Result<std::unique_ptr<CorpusIndex>> CorpusIndex::build(const std::vector<CorpusDocument>& documents,
                                                        With with, const RetrievalTools& tools,
                                                        const OnEvalProgress& progress,
                                                        std::stop_token stop) {
    std::unique_ptr<CorpusIndex> index(new CorpusIndex(tools.embedder));
    TRY(index->m_store, store::IndexStore::open(tools.scratch / "index.db", store::Access::Checkpointer));
    TRY_VOID(index->storeAll(documents, progress, stop));
    if (with == With::WordsAndVectors) TRY_VOID(index->embedAll(tools.pool, progress, stop));
    return index;
}

retrieve::Retriever CorpusIndex::retriever() const {
    return retrieve::Retriever({*m_store, &m_vectors, &m_embedder, m_space});
}

Result<void> CorpusIndex::storeAll(const std::vector<CorpusDocument>& documents,
                                   const OnEvalProgress& progress, std::stop_token stop) {
    for (std::size_t at = 0; at < documents.size();) {
        if (stop.stop_requested()) return cancelled();
        const std::size_t end = std::min(at + kDocumentsATransaction, documents.size());
        TRY_VOID(m_store->database().transact([&]() -> Result<void> {
            for (; at < end; ++at) {
                // A name without a word: file names take part in ranking.
                const store::FileFacts file{"/corpus/" + std::to_string(at) + "/-", documents[at].text.size(),
                                            0};
                TRY(const store::DocumentId id, m_store->storeDocument(newDocument(documents[at]), file));
                m_ids.emplace(id, documents[at].id);
            }
            return {};
        }));
        if (progress) progress({"indexing", at, documents.size()});
    }
    return {};
}

Result<void> CorpusIndex::embedAll(base::ThreadPool& pool, const OnEvalProgress& progress,
                                   std::stop_token stop) {
    TRY(m_space, m_store->space(m_embedder.fingerprint(), m_embedder.dimension(),
                                store::IndexStore::IfMissing::Create));
    TRY(const std::int64_t total, m_store->pendingCount(m_space));
    std::size_t done = 0;
    while (true) {
        TRY(const auto chunks, m_store->pendingChunks(m_space, kChunksABatch * pool.size()));
        if (chunks.empty()) break;
        const std::vector<Waiting> waiting = waitingSegments(chunks);
        const std::size_t share = (waiting.size() + pool.size() - 1) / pool.size();
        std::vector<Result<std::vector<store::NewVector>>> parts(pool.size(),
                                                                 std::vector<store::NewVector>());
        pool.parallelFor(pool.size(), [&](std::size_t i) {
            const std::size_t first = std::min(i * share, waiting.size());
            parts[i] = embedded(std::span(waiting).subspan(first, std::min(share, waiting.size() - first)),
                                m_embedder, stop);
        });
        for (const auto& part : parts) {
            if (!part) return part.error();
            TRY_VOID(m_store->storeVectors(m_space, *part));
        }
        done += chunks.size();
        if (progress) progress({"embedding", done, static_cast<std::size_t>(total)});
    }
    const auto add = [this](const store::VectorRow& row) -> Result<void> {
        const vector::Row one{row.document, row.chunk, row.packed};
        return m_vectors.add({&one, 1});
    };
    TRY([[maybe_unused]] const std::int64_t last, m_store->vectorsAfter(m_space, 0, add, stop));
    return {};
}

}  // namespace commonplace::eval
