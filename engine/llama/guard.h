// Calls into llama.cpp that come back, inside this room.
//
// llama.cpp logs through one callback of the process and ends the process when something is wrong that it
// does not expect (GGML_ASSERT). While guarded() runs, this thread's log lines are kept for the Error, and an
// assertion that fails *on this thread* becomes an Error too: the callback throws through llama.cpp's frames,
// which loses the memory that was half set up. What cannot be caught: an assertion on a thread of ggml's own
// (only inside decoding, with more than one thread), a crash of any other kind (a bad address, a stack
// overflow, an endless loop), and running out of memory where the kernel overcommits. Therefore files are
// tried in another process first (probe.h) and lengths are checked before each call.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "engine/base/result.h"

namespace commonplace::llama {

/// Sets up llama.cpp, once for the process: its callbacks are globals whatever we do. Any thread.
void prepareLibrary();

/// Keeps what llama.cpp logs on this thread. They nest.
class Watch final {
  public:
    Watch();
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void take(std::string_view words);
    /// The last complaint, fit to be shown; empty when there was none.
    std::string reason() const;
    /// The innermost of this thread, or null.
    static Watch* current();

  private:
    Watch* m_outer = nullptr;
    std::string m_log;
};

/// "what: the library's own last words" as one line.
std::string complaint(const std::string& what, const std::string& reason);

/// The value of `call(watch)`, or an Error with `code` that begins with `what`, for an exception or an
/// assertion.
template <class Call>
auto guarded(ErrorCode code, const std::string& what, Call&& call)
    -> Result<std::invoke_result_t<Call, const Watch&>> {
    prepareLibrary();
    Watch watch;
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Call, const Watch&>>) {
            std::forward<Call>(call)(watch);
            return {};
        } else {
            return std::forward<Call>(call)(watch);
        }
    } catch (const std::bad_alloc&) {
        return Error(ErrorCode::Limit, what + ": there is not enough memory; close other programs");
    } catch (const std::exception& failure) {
        return Error(code, complaint(what, failure.what()));
    }
}

}  // namespace commonplace::llama
