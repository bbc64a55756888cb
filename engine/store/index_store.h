// IndexStore: index.db, everything that can be rebuilt from the files: documents, pages, chunks, full text,
// vectors.
//
// Tables are described in SCHEMA.md. Writing methods belong to the process that holds the owner lock; reading
// ones to anybody. Row ids never leave the library's lifetime: what must survive a rebuild points by (sha256,
// page, range). Thread: as Database: one at a time; open one IndexStore per thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/document.h"
#include "engine/store/database.h"
#include "engine/store/index_rows.h"

namespace commonplace::store {

class IndexStore final {
  public:
    static Result<std::unique_ptr<IndexStore>> open(const std::filesystem::path& file, Access access,
                                                    std::chrono::milliseconds patience = kBusyPatience);
    ~IndexStore();

    Database& database();

    // ---- documents and paths (writing)
    // -------------------------------------------------------------------------
    /// Inserts a document with its pages, chunks and their full text in one transaction, points `file.path`
    /// to it, and deletes the path's former document if no other path shows it any more. Segments whose text
    /// has a vector already (same hash, any document) get that vector copied: nothing is embedded twice.
    /// Content known already (same sha256) is replaced: the new one has a new id and takes over all paths.
    /// Many calls inside one database().transact() are several times faster than one transaction each.
    /// InvalidArgument: no hash, ordinals that are not 0, 1, 2 …, more than two spans, spans or segments out
    /// of bounds, segment hashes of another length than 16; nothing is stored then.
    Result<DocumentId> storeDocument(const NewDocument& document, const FileFacts& file);
    /// Points a path to a document that is known already (same content at a new place, or touched).
    Result<void> pointPath(const FileFacts& file, DocumentId document);
    /// A file that has no content hash: unsupported, too big, unreadable. One row per path, replaced on
    /// change. A document that only this path showed is deleted.
    Result<void> storeUnhashed(const FileFacts& file, document::Status status, const std::string& reason);
    /// Unknown paths are skipped, here and in removePaths.
    Result<void> setPathState(std::span<const std::string> paths, PathState state);
    /// Forgets paths; documents without any path left are deleted with everything of theirs.
    Result<void> removePaths(std::span<const std::string> paths);
    /// Deletes the extraction result so that the next index run does it again ("retry"). What is left is a
    /// new document with the same hash and paths, Pending and without an extractor; the old id is gone.
    Result<void> forgetContent(DocumentId document);

    // ---- documents and paths (reading)
    // -------------------------------------------------------------------------
    Result<std::optional<DocumentRow>> findBySha256(const std::string& sha256);
    /// Every path at or below `root` ("" or "/" = all), in byte order.
    Result<std::vector<KnownPath>> pathsUnder(const std::string& root);
    /// Is there a path at or below `root` that was there, or offline, when it was last looked at?
    Result<bool> knowsFilesUnder(const std::string& root);
    /// In the order of the ids; unknown ones are left out, here and in chunks().
    Result<std::vector<DocumentRow>> documents(std::span<const DocumentId> ids);
    /// Documents with a path at or below one of `roots`, sorted by id.
    Result<std::vector<DocumentId>> documentsUnder(std::span<const std::string> roots);
    /// Calls `each` for every path that is not missing, in byte order; the texts are valid during the call
    /// only. An Error of `each` ends it and comes back.
    using EachPlace = std::function<Result<void>(const DocumentPlace&)>;
    Result<void> eachPlace(const EachPlace& each);
    /// The ledger: one row per content, and per path without content, by path.
    Result<std::vector<LedgerRow>> ledger();
    Result<document::Page> page(DocumentId document, int pageIndex);
    Result<std::vector<ChunkRow>> chunks(std::span<const ChunkId> ids);
    Result<std::vector<ChunkRow>> chunksOfDocument(DocumentId document);
    Result<Counts> counts(std::int64_t space);

    // ---- full text
    // ---------------------------------------------------------------------------------------------
    /// The k best chunks for an FTS5 match expression (built by retrieve from full_text_form.h), best first,
    /// ties by document sha256 and ordinal so that equal libraries answer equally. Documents whose every path
    /// is missing are left out. InvalidArgument: the expression is malformed. Corrupt: rebuildFullText()
    /// helps.
    Result<std::vector<KeywordHit>> keyword(const std::string& match, std::size_t k, const DocumentSet& among,
                                            const KeywordWeights& weights);
    /// How many chunks hold each term (an FTS5 expression each, as fullTextMatch() makes it).
    Result<std::vector<std::int64_t>> documentFrequencies(std::span<const std::string> matches);

    // ---- vectors
    // -----------------------------------------------------------------------------------------------
    /// The id of the space with this fingerprint; makes it (writing) when `create` says so, else 0 when
    /// unknown.
    enum class IfMissing { Create, Report };
    Result<std::int64_t> space(const std::string& fingerprint, std::size_t dimension, IfMissing ifMissing);
    /// Chunks that still lack vectors in a space, newest documents first. Segments whose text has got a
    /// vector in the meantime are given it here instead, so this writes; empty only when nothing is pending.
    Result<std::vector<PendingChunk>> pendingChunks(std::int64_t space, std::size_t limit);
    Result<std::int64_t> pendingCount(std::int64_t space);
    /// The same for each document that has any.
    Result<std::unordered_map<DocumentId, std::int64_t>> pendingByDocument(std::int64_t space);
    /// Vectors of chunks that were deleted meanwhile, and those that are there already, are skipped.
    /// InvalidArgument: the hash is not that of the segment; nothing is stored then.
    Result<void> storeVectors(std::int64_t space, std::span<const NewVector> vectors);
    /// Calls `each` for every vector row with id > after, in id order; the bytes are valid during the call
    /// only. Returns an id up to which nothing of this space was missed: where to go on. Stops early with
    /// Cancelled. `each` must not write to this store.
    using EachVector = std::function<Result<void>(const VectorRow&)>;
    Result<std::int64_t> vectorsAfter(std::int64_t space, std::int64_t after, const EachVector& each,
                                      std::stop_token stop);
    /// Documents deleted since a tombstone id, with the newest tombstone id: what a resident copy must drop.
    /// Ids never come back, so the order against vectorsAfter() does not matter.
    Result<Tombstones> deletedAfter(std::int64_t tombstone);

    // ---- the roles of spaces (short writes: any process may)
    // -----------------------------------------------------------------------------------------------
    Result<Spaces> spaces();
    /// This model's space becomes the active one when there is none, else the one that is being built; a
    /// former one that was being built is dropped. Vectors that the space has already are kept. Wanting the
    /// active one only ends the building of another.
    Result<void> wantSpace(const SpaceMaker& maker);
    /// This model's space takes the place of the active one, complete or not, and the former active one is
    /// dropped; the one being built and the previous one stay, unless they are this model's.
    Result<void> replaceActiveSpace(const SpaceMaker& maker);
    /// In one transaction: the space being built becomes the active one and the active one the previous; the
    /// former previous one is dropped. False, and nothing changes, when none is being built, or it lacks a
    /// vector and the switch shall wait for that.
    enum class IfIncomplete { Wait, Switch };
    Result<bool> switchSpaces(IfIncomplete ifIncomplete);
    /// Ends the building of a space; when none is being built, active and previous change places. NotFound:
    /// there is nothing to go back to.
    Result<void> undoSpaces();
    /// NotFound: there is no previous space.
    Result<void> dropPreviousSpace();
    /// Deletes at most so many vectors of dropped spaces (writing), and those spaces that have none left.
    /// True when nothing is left to do.
    Result<bool> sweepSpaces(std::size_t vectors);

    // ---- care
    // --------------------------------------------------------------------------------------------------
    /// integrity_check, FTS5 integrity-check, orphaned rows, vectors without chunk, wrong sizes, every
    /// derived column; empty when sound. Takes the write lock for the full-text part (minutes at a million
    /// chunks).
    Result<std::vector<std::string>> check();
    /// FTS5 keeps the words of deleted passages until their segments are merged: merges them all, in steps
    /// between which others may write. Cancelled leaves the rest for the next time.
    Result<void> mergeDeletedWords(const std::stop_token& stop);
    /// Rebuilds the full-text index from the chunks.
    Result<void> rebuildFullText();
    /// Drops vectors that cannot be right (odd size, not of their segment) and recomputes what lacks vectors.
    Result<void> rebuildPending();

  private:
    struct State;
    explicit IndexStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace commonplace::store
