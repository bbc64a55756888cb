// TextStage: one run over one root: plan, read in parallel, store in batches. Internal to this room.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/ingest/ingester.h"
#include "engine/ingest/reader.h"

namespace commonplace::ingest {

/// Thread: the calling thread is the only one that touches the store.
class TextStage final {
  public:
    TextStage(Tools tools, const TextJob& job, const OnProgress& progress)
        : m_tools(tools), m_job(job), m_onProgress(progress) {}

    Result<Summary> run(std::stop_token stop);

  private:
    Result<void> prepare(const std::stop_token& stop);
    Result<ScanResult> scanAll(const std::stop_token& stop);
    Result<ScanResult> scanOne(const std::string& path, const std::stop_token& stop);
    std::string innermostRoot(const std::string& path) const;
    Result<void> storeSkipped();
    Result<void> markStates();
    Result<void> readAndStore(const std::stop_token& stop);
    Result<void> storeBatch(const std::vector<Outcome>& batch);
    Result<void> storeOneByOne(const std::vector<Outcome>& batch);
    Result<void> store(const Outcome& outcome);
    Result<void> storeExtracted(const Candidate& candidate, const Outcome& outcome);
    Result<void> storeKnown(const Candidate& candidate, const std::string& sha256);
    Result<void> storeUnhashed(const Candidate& candidate, const Outcome& outcome);
    Result<void> storeDeferred(const std::stop_token& stop);
    /// Where a known content was seen before: paths that are gone now are dropped (moved) or offline.
    enum class Origin { StillThere, Gone };
    Result<Origin> releaseFormerPaths(const store::DocumentRow& document, const std::string& newPath);
    Result<bool> rootIsReachable(const std::string& path);
    Result<bool> isReachable(const std::string& root);
    void report(const std::string& current);
    Progress progressNow(const std::string& current) const;

    Tools m_tools;
    const TextJob& m_job;
    const OnProgress& m_onProgress;
    Plan m_plan;
    std::vector<std::string> m_read;  ///< contents that this job has extracted
    std::vector<Outcome> m_deferred;  ///< equal files whose content was being read by another thread
    std::optional<Error> m_interrupted;
    /// What a rolled-back transaction must take back.
    struct Counters {
        Summary summary;
        std::uint64_t bytesDone = 0;
        std::int64_t problems = 0;
        std::int64_t done = 0;
    };
    Counters m_counters;
    base::Stopwatch m_clock;
    base::Stopwatch m_sinceReport;
    std::uint64_t m_bytesTotal = 0;
};

}  // namespace commonplace::ingest
