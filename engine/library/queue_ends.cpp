#include "engine/library/queue_ends.h"

#include <utility>

namespace commonplace::library {
namespace {

constexpr double kFlushSeconds = 0.25;

}  // namespace

Result<void> QueueEnds::beginning(const std::string& run) {
    if (run == m_run) return {};
    m_run = run;
    return flush();
}

Result<void> QueueEnds::add(store::QueueEnd end) {
    m_ends.push_back(std::move(end));
    return m_sinceFlush.seconds() < kFlushSeconds ? Result<void>{} : flush();
}

Result<void> QueueEnds::flush() {
    TRY_VOID(m_library.finish(m_ends));
    m_ends.clear();
    m_sinceFlush = {};
    return {};
}

}  // namespace commonplace::library
