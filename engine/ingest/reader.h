// Reader: one candidate file to an Outcome, on a pool thread: hash, and unless the content is known, extract
// and chunk.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_set>

#include "engine/extract/extractor.h"
#include "engine/ingest/known_contents.h"
#include "engine/ingest/plan.h"
#include "engine/store/index_rows.h"

namespace commonplace::ingest {

/// What became of a candidate; the storing thread turns it into rows.
struct Outcome {
    enum class Kind {
        Extracted,   ///< `document` holds pages and chunks
        Known,       ///< the content has a document already, or another thread is reading it
        Unhashed,    ///< no content hash: `status` and `reason`
        Vanished,    ///< gone since the scan
        Interrupted  ///< the run cannot go on (stopped, no worker can be started): `interruption`
    };
    std::size_t candidate = 0;
    Kind kind = Kind::Unhashed;
    store::NewDocument document;  ///< for Known only its sha256
    document::Status status = document::Status::Pending;
    std::string reason;
    std::optional<Error> interruption;
};

/// Thread: read() from several threads.
class Reader final {
  public:
    Reader(extract::Extractor& extractor, const KnownContents& known, std::uint64_t maxFileBytes)
        : m_extractor(extractor), m_known(known), m_maxFileBytes(maxFileBytes) {}

    Outcome read(const FoundFile& file, const std::stop_token& stop);

  private:
    enum class Claim { Mine, Taken };
    /// The first to claim a content reads it; equal files wait for its row instead of reading it again.
    Claim claim(const std::string& sha256);
    Outcome readChecked(const FoundFile& file, const std::stop_token& stop);
    Outcome extract(const FoundFile& file, const extract::Snapshot& snapshot, const std::stop_token& stop);

    extract::Extractor& m_extractor;
    const KnownContents& m_known;
    std::uint64_t m_maxFileBytes;
    std::mutex m_mutex;
    std::unordered_set<std::string> m_claimed;  // guarded by m_mutex
};

}  // namespace commonplace::ingest
