#include "engine/llama/guard.h"

#include <dlfcn.h>
#include <ggml-backend.h>
#include <ggml.h>
#include <llama.h>

#include <filesystem>
#include <mutex>

#include "engine/llama/model_facts.h"

namespace commonplace::llama {
namespace {

constexpr std::size_t kMostLog = 8192;
thread_local Watch* innermost = nullptr;

void onLog(ggml_log_level level, const char* words, void*) {
    // A line may come in pieces; only its first says the level.
    thread_local bool wasComplaint = false;
    if (level != GGML_LOG_LEVEL_CONT) wasComplaint = level >= GGML_LOG_LEVEL_WARN;
    if (wasComplaint && innermost && words) innermost->take(words);
}

void onAbort(const char* words) {
    // Returning means that the process ends, as llama.cpp wants: nobody could catch an exception here.
    if (innermost) throw std::runtime_error(words ? words : "an assertion failed");
}

#ifdef COMMONPLACE_LLAMA_BACKENDS
// Linked against shared libraries: the code of each processor and graphics card lies beside them, in a build
// folder as in an installed program. Without it every model fails to load.
void loadBackends() {
    Dl_info library = {};
    if (!dladdr(reinterpret_cast<const void*>(&ggml_backend_load_all_from_path), &library)) return;
    const auto folder = std::filesystem::path(library.dli_fname).parent_path();
    ggml_backend_load_all_from_path(folder.c_str());
}
#else
void loadBackends() {}
#endif

}  // namespace

void prepareLibrary() {
    static std::once_flag once;
    std::call_once(once, [] {
        llama_log_set(onLog, nullptr);
        ggml_set_abort_callback(onAbort);
        loadBackends();
        llama_backend_init();
    });
}

Watch::Watch() : m_outer(innermost) {
    innermost = this;
}

Watch::~Watch() {
    innermost = m_outer;
}

Watch* Watch::current() {
    return innermost;
}

void Watch::take(std::string_view words) {
    m_log += words;
    if (m_log.size() > kMostLog) m_log.erase(0, m_log.size() - kMostLog);
}

std::string Watch::reason() const {
    std::string_view log = m_log;
    while (!log.empty() && log.back() == '\n') log.remove_suffix(1);
    for (;;) {
        const std::size_t start = log.rfind('\n');
        const std::string_view line = start == std::string_view::npos ? log : log.substr(start + 1);
        // The last lines mostly say that loading failed; the cause stands before them.
        const bool isCause = line.find("failed to load model") == std::string_view::npos;
        if (isCause || start == std::string_view::npos) return plainWords(line);
        log = log.substr(0, start);
    }
}

std::string complaint(const std::string& what, const std::string& reason) {
    return reason.empty() ? what : what + " (" + plainWords(reason) + ")";
}

}  // namespace commonplace::llama
