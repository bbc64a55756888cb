// A sink that keeps what it gets, and a tracer whose clock and ids are known beforehand.
#pragma once

#include <mutex>
#include <vector>

#include "engine/trace/tracer.h"

namespace commonplace::test {

class RecordedSink final : public trace::Sink {
  public:
    void take(const trace::Trace& trace) override {
        const std::lock_guard lock(m_mutex);
        traces.push_back(trace);
    }
    std::vector<trace::Trace> traces;

  private:
    std::mutex m_mutex;
};

/// Each look at the clock is a millisecond later; ids count.
inline trace::Options steadyOptions(trace::Content content = trace::Content::Off) {
    trace::Options options;
    options.content = content;
    options.clock = [now = std::make_shared<std::int64_t>(1'700'000'000'000'000'000)] {
        return *now += 1'000'000;
    };
    options.random = [next = std::make_shared<std::uint64_t>(0)] { return ++*next; };
    return options;
}

}  // namespace commonplace::test
