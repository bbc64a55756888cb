// What this machine has to give: memory and processor cores. Linux; every call asks anew.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/result.h"
#include "engine/llama/model_facts.h"

namespace commonplace::llama {

/// Bytes that can be used without swapping: MemAvailable, or less where a control group grants less.
std::uint64_t availableMemory();

/// How many threads a model should use: one for each core, since two on one core only slow each other down in
/// this arithmetic; a single one for a model so small that its threads would mostly wait for each other.
int threadsFor(const ModelFacts& facts);

/// At most `most` threads, and no more than there are cores without work: ggml's threads wait for each other
/// by spinning, and one that shares its core with another program holds up all of them (ten times slower
/// while indexing).
int idleThreads(int most);

/// The instructions that our build of llama.cpp needs; Unsupported where the processor lacks them.
Result<void> checkProcessor();

/// Tokens of a window of at most `wanted` (0: as long as is sensible, see kDefaultWindow) that the model was
/// trained for and that fits into `available` bytes beside the weights, with a reserve for everything else.
/// Limit when not even a window of kLeastWindow fits.
Result<std::size_t> affordableWindow(const ModelFacts& facts, std::size_t wanted, std::uint64_t available);

inline constexpr std::size_t kDefaultWindow = 8192;
inline constexpr std::size_t kLeastWindow = 512;

}  // namespace commonplace::llama
