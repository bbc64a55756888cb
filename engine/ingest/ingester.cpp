#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "engine/base/clock.h"
#include "engine/ingest/ingester.h"
#include "engine/ingest/text_stage.h"
#include "engine/vector/resident_index.h"

namespace commonplace::ingest {
namespace {

/// Chunks a transaction; about two seconds of the built-in encoder's work on two cores.
constexpr std::size_t kChunksPerBatch = 96;
/// Texts a task: enough to fill the encoder's packs, few enough to share among the threads.
constexpr std::size_t kTextsPerTask = 32;

/// The distinct segment texts of a batch of chunks: equal segments (overlap, copies) are embedded once.
class SegmentTexts {
  public:
    explicit SegmentTexts(const std::vector<store::PendingChunk>& chunks) {
        for (const store::PendingChunk& chunk : chunks)
            for (const int i : chunk.missing) {
                const document::Segment& segment = chunk.segments[static_cast<std::size_t>(i)];
                if (!m_index.emplace(segment.hash, m_texts.size()).second) continue;
                m_texts.push_back(
                    std::string_view(chunk.text).substr(segment.begin, segment.end - segment.begin));
                m_documents.push_back(chunk.document);
            }
    }
    const std::vector<std::string_view>& texts() const { return m_texts; }
    /// The document that each text was found in first.
    const std::vector<store::DocumentId>& documents() const { return m_documents; }
    std::size_t indexOf(const document::SegmentHash& hash) const { return m_index.at(hash); }

  private:
    std::vector<std::string_view> m_texts;
    std::vector<store::DocumentId> m_documents;
    std::unordered_map<std::string, std::size_t> m_index;
};

/// Packed vectors of all texts, computed in parallel; the first error wins.
Result<std::vector<std::string>> embedAll(const std::vector<std::string_view>& texts,
                                          const document::Embedder& embedder, base::ThreadPool& pool,
                                          const std::stop_token& stop) {
    std::vector<std::string> packed(texts.size());
    const std::size_t tasks = (texts.size() + kTextsPerTask - 1) / kTextsPerTask;
    std::vector<std::optional<Error>> errors(tasks);
    pool.parallelFor(tasks, [&](std::size_t task) {
        const std::size_t first = task * kTextsPerTask;
        const std::size_t count = std::min(kTextsPerTask, texts.size() - first);
        const auto vectors = embedder.embed(std::span(texts).subspan(first, count), stop);
        if (!vectors) {
            errors[task] = vectors.error();
            return;
        }
        for (std::size_t i = 0; i < count; ++i) packed[first + i] = vector::pack(vectors->row(i));
    });
    for (const auto& error : errors)
        if (error) return *error;
    return packed;
}

std::vector<store::NewVector> rowsOf(const std::vector<store::PendingChunk>& chunks,
                                     const SegmentTexts& texts, const std::vector<std::string>& packed) {
    std::vector<store::NewVector> rows;
    for (const store::PendingChunk& chunk : chunks)
        for (const int i : chunk.missing) {
            const document::SegmentHash& hash = chunk.segments[static_cast<std::size_t>(i)].hash;
            rows.push_back({chunk.chunk, i, hash, packed[texts.indexOf(hash)]});
        }
    return rows;
}

Progress progressOf(std::int64_t done, std::int64_t total, std::int64_t segments, double seconds) {
    Progress progress;
    progress.phase = Phase::Vectors;
    progress.done = done;
    progress.total = total;
    if (seconds > 0) progress.perSecond = static_cast<double>(segments) / seconds;
    if (done > 0)
        progress.secondsLeft = seconds * static_cast<double>(total - done) / static_cast<double>(done);
    return progress;
}

}  // namespace

Result<Embedded> Ingester::indexVectors(const document::Embedder& embedder, const MustYield& mustYield,
                                        std::stop_token stop) {
    const base::Stopwatch clock;
    Embedded done;
    Summary& summary = done.summary;
    TRY(const auto space, m_tools.store.space(embedder.fingerprint(), embedder.dimension(),
                                              store::IndexStore::IfMissing::Create));
    TRY(const std::int64_t total, m_tools.store.pendingCount(space));
    for (std::int64_t left = total; left > 0 && !(mustYield && mustYield());) {
        m_tools.gate.pass(stop);
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled, "embedding was stopped; it resumes next time");
        TRY(const auto chunks, m_tools.store.pendingChunks(space, kChunksPerBatch));
        if (chunks.empty()) break;
        const SegmentTexts texts(chunks);
        TRY(const auto packed, embedAll(texts.texts(), embedder, m_tools.pool, stop));
        TRY_VOID(m_tools.store.storeVectors(space, rowsOf(chunks, texts, packed)));
        TRY(left, m_tools.store.pendingCount(space));
        summary.embedded += static_cast<std::int64_t>(packed.size());
        for (const store::DocumentId document : texts.documents()) ++done.segments[document];
        if (m_progress) m_progress(progressOf(total - left, total, summary.embedded, clock.seconds()));
    }
    summary.secondsVectors = summary.seconds = clock.seconds();
    return done;
}

Result<Summary> Ingester::indexText(const TextJob& job, std::stop_token stop) {
    return TextStage(m_tools, job, m_progress).run(std::move(stop));
}

Result<std::vector<Ingester::OfflineRoot>> Ingester::markOffline(const Roots& roots) {
    std::vector<OfflineRoot> unreachable;
    for (const auto& [root, identity] : roots) {
        TRY(const RootState state, rootState(m_tools.store, root, identity));
        if (state == RootState::Here) continue;
        TRY(const auto known, m_tools.store.pathsUnder(root));
        std::vector<std::string> paths;
        for (const store::KnownPath& path : known)
            if (path.state == store::PathState::Present) paths.push_back(path.file.path);
        TRY_VOID(m_tools.store.setPathState(paths, store::PathState::Offline));
        unreachable.push_back({root, state});
    }
    return unreachable;
}

}  // namespace commonplace::ingest
