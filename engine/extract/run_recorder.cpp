#include "engine/extract/run_recorder.h"

#include <algorithm>
#include <utility>

namespace commonplace::extract {
namespace {

bool isFit(std::string_view detail) {
    const bool line =
        std::none_of(detail.begin(), detail.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    return line && detail.size() <= kMostRunDetail && base::isValidUtf8(detail);
}

}  // namespace

void RunRecorder::open(FormatRun run) {
    if (!m_wanted) return;
    int& depth = m_depth[static_cast<std::size_t>(run.kind)];
    ++depth;
    if (run.kind == RunKind::Quote || run.kind == RunKind::Item) run.level = std::min(depth, kDeepestLevel);
    run.number = std::clamp(run.number, 0, kMostRunNumber);
    if (!isFit(run.detail)) run.detail.clear();
    m_open.push_back(std::move(run));
}

void RunRecorder::close(RunKind kind, std::size_t size) {
    if (m_open.empty() || m_open.back().kind != kind) return;
    --m_depth[static_cast<std::size_t>(kind)];
    FormatRun run = std::move(m_open.back());
    m_open.pop_back();
    const bool begun = m_waiting > m_open.size();
    m_waiting = std::min(m_waiting, m_open.size());
    run.range.end = size;
    if (begun && run.range.begin < size) add(std::move(run));
}

void RunRecorder::add(FormatRun run) {
    if (!m_wanted) return;
    m_overflow = m_overflow || m_finished.size() >= kMostRuns;
    if (!m_overflow) m_finished.push_back(std::move(run));
}

void RunRecorder::begin(std::size_t marker, std::size_t size) {
    for (; m_waiting < m_open.size(); ++m_waiting)
        m_open[m_waiting].range.begin = m_waiting < m_beforeMarker ? marker : size;
    if (marker < size) add({RunKind::Marker, {marker, size}, 0, 0, {}});
    m_beforeMarker = 0;
}

void RunRecorder::cut(std::size_t size) {
    auto from = m_finished.end();
    while (from != m_finished.begin() && (from - 1)->range.end > size) --from;
    const auto gone = std::remove_if(from, m_finished.end(),
                                     [size](const FormatRun& run) { return run.range.begin >= size; });
    m_finished.erase(gone, m_finished.end());
    for (auto run = from; run != m_finished.end(); ++run) run->range.end = size;
    while (m_waiting > 0 && m_open[m_waiting - 1].range.begin >= size) --m_waiting;
}

std::vector<FormatRun> RunRecorder::finish() {
    if (m_overflow) return {};
    return inReadingOrder(std::move(m_finished));
}

}  // namespace commonplace::extract
