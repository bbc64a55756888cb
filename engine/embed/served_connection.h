// One embedding server: sends batches, repeats what is worth repeating, makes one line of what went wrong.
// Inside engine/embed only. Thread: any; each call uses a connection of its own.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/embedder.h"
#include "engine/embed/served_embedder.h"
#include "engine/net/safe_text.h"

namespace commonplace::embed {

class ServedConnection final {
  public:
    explicit ServedConnection(const ServedOptions& options);
    ~ServedConnection();

    /// For somebody who waits: one try, options.questionSeconds. Else repeated, with the full patience.
    enum class Patience { Long, Short };
    /// One request. Limit: the server calls these texts too long.
    Result<document::Vectors> send(std::span<const std::string> texts, std::size_t dimension,
                                   Patience patience, const std::stop_token& stop) const;

  private:
    Result<net::Response> post(const net::Request& request, Patience patience,
                               const std::stop_token& stop) const;
    net::Request requestFor(std::span<const std::string> texts, const Expected& expected,
                            Patience patience) const;
    Error refusal(const net::Response& response) const;
    std::unique_ptr<net::HttpClient> take() const;
    void giveBack(std::unique_ptr<net::HttpClient> client) const;

    const ServedOptions& m_options;
    const std::string m_url;
    const net::SafeText m_safe;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<net::HttpClient>> m_idle;  // guarded by m_mutex
};

}  // namespace commonplace::embed
