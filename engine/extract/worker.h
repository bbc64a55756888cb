// The worker side: the loop that `commonplace worker` runs. It reads requests from a socket, parses the bytes
// it is handed with poppler, md4c, gumbo and ICU, and answers pages; it never opens a path. Thread: the
// process's only one.
#pragma once

namespace commonplace::extract {

/// Serves requests on the socket `fd` until its peer closes it. Returns the process's exit code.
int runWorker(int fd);

/// The descriptor number on which the parent leaves the socket for a worker.
inline constexpr int kWorkerSocket = 3;

}  // namespace commonplace::extract
