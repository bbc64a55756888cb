#include "engine/llama/resources.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

namespace commonplace::llama {
namespace {

constexpr std::uint64_t kMiB = 1u << 20;
// Buffers of the computation, and air for the rest of this program and of the desktop.
constexpr std::uint64_t kReserve = 384 * kMiB;
constexpr std::uint64_t kSmallModel = 16 * kMiB;
constexpr std::size_t kWindowStep = 256;  // llama.cpp rounds up to this

/// The first number of a file of the system; `otherwise` for "max" or no such file.
std::uint64_t numberIn(const char* file, std::uint64_t otherwise) {
    std::uint64_t value = 0;
    return std::ifstream(file) >> value ? value : otherwise;
}

std::uint64_t memAvailable() {
    std::ifstream info("/proc/meminfo");
    std::string key, unit;
    std::uint64_t kilobytes = 0;
    while (info >> key >> kilobytes && std::getline(info, unit))
        if (key == "MemAvailable:") return kilobytes * 1024;
    return 4096 * kMiB;
}

std::string megabytes(std::uint64_t bytes) {
    return std::to_string(bytes / kMiB) + " MiB";
}

}  // namespace

std::uint64_t availableMemory() {
    constexpr auto kNone = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t granted = numberIn("/sys/fs/cgroup/memory.max", kNone);
    if (granted == kNone) return memAvailable();
    const std::uint64_t used = numberIn("/sys/fs/cgroup/memory.current", 0);
    return std::min(memAvailable(), granted - std::min(granted, used));
}

int threadsFor(const ModelFacts& facts) {
    if (facts.bytes < kSmallModel) return 1;
    const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    const bool shared = numberIn("/sys/devices/system/cpu/smt/active", 0) == 1;
    return static_cast<int>(shared ? std::max(1u, threads / 2) : threads);
}

int idleThreads(int most) {
    std::ifstream load("/proc/loadavg");
    double minute = 0, fiveMinutes = 0, quarter = 0;
    int running = 0;  // at this moment, this thread included
    if (!(load >> minute >> fiveMinutes >> quarter >> running)) return most;
    // A core counts as taken when it is now and was before: neither a moment's work nor our own last answer.
    const int taken = std::min(running - 1, static_cast<int>(std::lround(minute)));
    return std::clamp(most - taken, 1, most);
}

Result<void> checkProcessor() {
#if defined(__x86_64__) && !defined(COMMONPLACE_LLAMA_BACKENDS)
    const bool able =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    if (!able)
        return Error(
            ErrorCode::Unsupported,
            "models cannot run inside this program on this processor (it has no AVX2); use a model server");
#endif
    return {};
}

Result<std::size_t> affordableWindow(const ModelFacts& facts, std::size_t wanted, std::uint64_t available) {
    std::size_t window = wanted == 0 ? kDefaultWindow : wanted;
    if (facts.trainedWindow > 0) window = std::min(window, facts.trainedWindow);
    const std::uint64_t fixed = facts.bytes + kReserve;
    const std::uint64_t left = available - std::min(available, fixed);
    const std::uint64_t perToken = std::max<std::uint64_t>(1, facts.windowTokenBytes);
    const std::size_t least = std::min(window, kLeastWindow);
    if (left / perToken >= window) return window;
    const std::size_t fitting = static_cast<std::size_t>(left / perToken) / kWindowStep * kWindowStep;
    if (fitting >= least) return fitting;
    return Error(ErrorCode::Limit, "this model needs " + megabytes(fixed + perToken * least) +
                                       " of memory and " + megabytes(available) +
                                       " are free; close other programs or use a smaller model");
}

}  // namespace commonplace::llama
