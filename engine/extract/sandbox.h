// What a worker gives up before it sees the first byte of a document. The one place for it: file system rules
// (Landlock) and the system call filter (seccomp) will be added here.
#pragma once

#include <cstdint>

namespace commonplace::extract {

/// For the life of the process: memory, no new files' content, few descriptors, no children, no core dump, no
/// new privileges. Limits that the system refuses to set are left as they are: the parent still watches the
/// clock. In sanitizer builds the address space is not limited (their shadow needs terabytes); see
/// watchdog.h.
void enterSandbox(std::uint64_t memoryBytes);

/// Processor time for the next file, counted from now; more of it ends the process with SIGXCPU.
void allowCpuSeconds(std::uint32_t seconds);

}  // namespace commonplace::extract
