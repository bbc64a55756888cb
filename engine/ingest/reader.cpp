#include "engine/ingest/reader.h"

#include <new>
#include <utility>

#include "engine/chunk/chunker.h"
#include "engine/ingest/ingester.h"

namespace commonplace::ingest {
namespace {

using document::Status;

Outcome unhashed(Status status, std::string reason) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::Unhashed;
    outcome.status = status;
    outcome.reason = std::move(reason);
    return outcome;
}

Outcome vanished() {
    Outcome outcome;
    outcome.kind = Outcome::Kind::Vanished;
    return outcome;
}

Outcome interrupted(const Error& error) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::Interrupted;
    outcome.interruption = error;
    return outcome;
}

Outcome fromError(const Error& error) {
    switch (error.code()) {
        case ErrorCode::Cancelled:
        case ErrorCode::Internal:
        case ErrorCode::NoSpace:
            return interrupted(error);
        case ErrorCode::NotFound:
            return vanished();
        case ErrorCode::Limit:
            return unhashed(Status::TooBig, error.message());
        default:
            return unhashed(Status::Unreadable, error.message());
    }
}

}  // namespace

const std::string& extractorVersion() {
    static const std::string version = "extract-1/chunk-" + std::to_string(chunk::kVersion);
    return version;
}

Reader::Claim Reader::claim(const std::string& sha256) {
    const std::lock_guard lock(m_mutex);
    return m_claimed.insert(sha256).second ? Claim::Mine : Claim::Taken;
}

Outcome Reader::read(const FoundFile& file, const std::stop_token& stop) {
    try {
        return readChecked(file, stop);
    } catch (const std::bad_alloc&) {  // pool threads have nobody above them who could catch it
        return unhashed(Status::TooBig, "there was not enough memory to read it");
    }
}

Outcome Reader::readChecked(const FoundFile& file, const std::stop_token& stop) {
    auto snapshot = extract::takeSnapshot(file.facts.path, m_maxFileBytes, stop);
    if (!snapshot) return fromError(snapshot.error());
    if (m_known.contains(snapshot->sha256) || claim(snapshot->sha256) == Claim::Taken) {
        Outcome known;
        known.kind = Outcome::Kind::Known;
        known.document.sha256 = snapshot->sha256;
        return known;
    }
    return extract(file, *snapshot, stop);
}

Outcome Reader::extract(const FoundFile& file, const extract::Snapshot& snapshot,
                        const std::stop_token& stop) {
    auto content = m_extractor.extract(snapshot, file.format, stop);
    if (!content) return interrupted(content.error());
    Outcome outcome;
    outcome.kind = Outcome::Kind::Extracted;
    outcome.status = content->status;
    outcome.document.sha256 = snapshot.sha256;
    outcome.document.bytes = snapshot.bytes;
    outcome.document.extractor = extractorVersion();
    outcome.document.chunks = chunk::chunks(*content);
    outcome.document.content = std::move(*content);
    return outcome;
}

}  // namespace commonplace::ingest
