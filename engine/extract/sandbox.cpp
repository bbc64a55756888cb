#include "engine/extract/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace commonplace::extract {
namespace {

constexpr rlim_t kDescriptors = 64;  // poppler opens a CMap or a font now and then

void limit(__rlimit_resource resource, rlim_t value) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return;
    // Never above what the environment allows.
    if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max) value = now.rlim_max;
    const rlimit wanted{value, value};
    ::setrlimit(resource, &wanted);
}

}  // namespace

void enterSandbox([[maybe_unused]] std::uint64_t memoryBytes) {
    limit(RLIMIT_CORE, 0);
#ifndef COMMONPLACE_SANITIZED
    limit(RLIMIT_AS, memoryBytes);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, kDescriptors);
    limit(RLIMIT_NPROC, 0);
#endif
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void allowCpuSeconds(std::uint32_t seconds) {
    rusage used{};
    rlimit now{};
    if (::getrusage(RUSAGE_SELF, &used) != 0 || ::getrlimit(RLIMIT_CPU, &now) != 0) return;
    const auto soFar = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1);
    const rlim_t wanted = soFar + seconds;
    if (now.rlim_max != RLIM_INFINITY && wanted > now.rlim_max) return;
    now.rlim_cur = wanted;  // the hard limit stays: the next file needs a higher one
    ::setrlimit(RLIMIT_CPU, &now);
}

}  // namespace commonplace::extract
