// Watchdog: what a worker notices while a parser is busy and cannot look: its parent is gone, or (in
// sanitizer builds, where the address space cannot be limited) it has grown too much. A timer's signal looks
// five times a second.
//
// It also tells death by memory from a crash: the exit code is kExitMemory when an allocation has just
// failed.
//
// Signal handlers need static storage: there is one Watchdog in a process. Thread: the process's only one.
#pragma once

#include <cstdint>

namespace commonplace::extract {

class Watchdog final {
  public:
    /// `socket` is the parent's; `memoryBytes` bounds the resident memory in sanitizer builds.
    Watchdog(int socket, std::uint64_t memoryBytes);
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// Around the work on one file.
    void start();
    void stop();
};

}  // namespace commonplace::extract
