// KnownWindows: the context windows that servers told of, kept longer than a question and shared by all that
// ask: a list of models can be megabytes long, and a server that tells nothing would be asked, and waited
// for, before each question. Thread: any.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace commonplace::llm {

class KnownWindows final {
  public:
    /// Seconds on a clock that never goes back; tests bring their own.
    using Clock = std::function<double()>;
    explicit KnownWindows(Clock clock = steadyClock());

    static constexpr double kToldSeconds = 1800;   ///< servers are started anew with another window
    static constexpr double kSilentSeconds = 300;  ///< who told nothing is asked again after that

    struct Look {
        std::optional<std::size_t> tokens = {};  ///< nothing: it was asked, and told nothing
    };
    /// Nothing: it was not asked, or too long ago. `server`: its base URL; `model` may be empty (the first
    /// that it has).
    std::optional<Look> find(const std::string& server, const std::string& model) const;
    void remember(const std::string& server, const std::string& model, Look look);

  private:
    static Clock steadyClock();
    struct Entry {
        Look look;
        double until = 0;
    };

    const Clock m_clock;
    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, std::string>, Entry> m_entries;  // guarded by m_mutex
};

}  // namespace commonplace::llm
