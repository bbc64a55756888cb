// Plain rows that go into and come out of index.db. Paths are native bytes (they need not be UTF-8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/document.h"

namespace commonplace::store {

using DocumentId = std::int64_t;
using ChunkId = std::int64_t;

/// What the file system said about a path when it was last looked at.
struct FileFacts {
    std::string path;
    std::uint64_t bytes = 0;
    std::int64_t mtimeNs = 0;
    bool operator==(const FileFacts&) const = default;
};

/// present: seen by the last scan; missing: its folder is there, the file is not; offline: its root is not
/// reachable.
enum class PathState { Present, Missing, Offline };
const char* name(PathState state);

struct KnownPath {
    FileFacts file;
    PathState state = PathState::Present;
    DocumentId document = 0;
    std::optional<std::string> sha256;
    document::Status status = document::Status::Pending;
    std::string
        extractor;  ///< version of extraction and chunking that made it; another one means "do it again"
};

/// A path that is not missing, with what a search's filters want to know of its document.
struct DocumentPlace {
    std::string_view path;
    DocumentId document = 0;
    std::string_view title;
    document::Format format = document::Format::Unknown;
    ChunkId firstChunk = 0;  ///< 0: no text
};

struct NewDocument {
    std::string sha256;
    std::uint64_t bytes = 0;
    std::string extractor;
    document::ExtractedDocument content;
    std::vector<document::Chunk> chunks;
};

struct DocumentRow {
    DocumentId id = 0;
    std::string sha256;
    std::string title;
    document::Format format = document::Format::Unknown;
    document::Status status = document::Status::Pending;
    std::string extractor;
    std::vector<std::string> paths;  ///< present ones first, then offline, then missing; byte order within
    bool reachable = true;           ///< at least one path is present
};

struct LedgerRow {
    DocumentId id = 0;
    std::optional<std::string> sha256;
    std::vector<std::string> paths;
    document::Status status = document::Status::Pending;
    std::string reason;
    std::string title;
    document::Format format = document::Format::Unknown;
    int pages = 0;
    int pagesOcr = 0;
    int pagesWithoutText = 0;
    int chunks = 0;
    int vectors = 0;
    std::uint64_t bytes = 0;
    bool offline = false;  ///< no path present, at least one offline
    bool missing = false;  ///< every path is missing: the file was deleted or moved out of sight
    std::string indexedAt;
};

struct ChunkRow {
    ChunkId id = 0;
    DocumentId document = 0;
    int ordinal = 0;
    std::vector<document::Span> spans;
    std::vector<int> pageNumbers;         ///< per span: 1-based page, 0 without pages
    std::vector<std::string> pageLabels;  ///< per span
    std::string heading;
    std::string text;
};

struct Counts {
    std::int64_t documents = 0;  ///< contents known (one per sha256) and files without one
    std::int64_t indexed = 0;    ///< with at least one chunk
    std::int64_t pages = 0;
    std::int64_t chunks = 0;
    std::int64_t vectors = 0;  ///< rows of the space
    std::int64_t failed = 0;
    std::int64_t pendingVectors = 0;        ///< chunks without vectors in the space
    std::int64_t documentsWithVectors = 0;  ///< documents with chunks, none of which is pending
};

/// nullopt: all documents; else only these (sorted ids).
using DocumentSet = std::optional<std::vector<DocumentId>>;

/// bm25() weights of the two full-text columns.
struct KeywordWeights {
    double text = 1.0;
    double heading = 1.0;  ///< title and heading path
};

struct KeywordHit {
    ChunkId chunk = 0;
    DocumentId document = 0;
    double bm25 = 0;  ///< positive, higher is better
};

struct PendingChunk {
    ChunkId chunk = 0;
    DocumentId document = 0;
    std::string text;
    std::vector<document::Segment> segments;
    std::vector<int> missing;  ///< which segments have no vector yet; embedding only these is enough
};

struct NewVector {
    ChunkId chunk = 0;
    int segment = 0;  ///< 0, 1, 2 … in the chunk
    document::SegmentHash hash;
    std::string packed;  ///< as vector::pack made it; opaque here
};

struct VectorRow {
    std::int64_t id = 0;
    DocumentId document = 0;
    ChunkId chunk = 0;
    int segment = 0;
    std::string_view packed;
};

/// What a vector space is made by.
struct SpaceMaker {
    std::string fingerprint;  ///< of the model: which vectors go together
    std::size_t dimension = 0;
    std::string maker;  ///< how to open that model again; opaque here
};

struct SpaceRow {
    std::int64_t id = 0;
    SpaceMaker made;
};

/// The spaces that play a role. Searches use the active one; another may be built beside it and takes over
/// when it is complete; the one before stays for a way back.
struct Spaces {
    std::optional<SpaceRow> active;
    std::optional<SpaceRow> building;
    std::optional<SpaceRow> previous;
};

struct Tombstones {
    std::vector<DocumentId> documents;
    std::int64_t newest = 0;
};

}  // namespace commonplace::store
