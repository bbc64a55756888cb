// ServedCounter: tokens as a llama-server on this computer counts them (POST /tokenize), so that a prompt is
// packed exactly. Source: tools/server/README.md of llama.cpp.
//
// Bounded: a count takes a second at the most, one that fails is the last one that is asked for, and from
// then on all counts are estimates that say so. Counts are remembered, as a prompt is counted in parts and
// again as a whole, and again for the next question.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/document/chat_model.h"
#include "engine/llm/endpoint.h"
#include "engine/net/http.h"

namespace commonplace::llm {

/// Thread: any.
class ServedCounter final : public document::TokenCounter {
  public:
    /// Of a normalized endpoint.
    explicit ServedCounter(const Endpoint& endpoint);

    /// Can that server count? Only one on this computer is asked, and once only, unless its
    /// model is still loading.
    bool works() const;
    document::TokenCount count(std::string_view text) const override;

  private:
    std::optional<std::size_t> remembered(std::string_view text) const;
    void remember(std::string_view text, std::size_t tokens) const;
    std::optional<std::size_t> ask(std::string_view text) const;

    std::string m_url;  ///< empty: nobody is asked
    std::string m_key;
    mutable std::mutex m_mutex;
    mutable net::HttpClient m_http;       // guarded by m_mutex, and so is the rest
    mutable std::optional<bool> m_works;  // nothing: not tried yet, or its model was loading
    mutable bool m_isLoading = false;     // said the last answer
    using Counted = std::pair<std::string, std::size_t>;
    mutable std::list<Counted> m_recent;  // the newest first
    mutable std::unordered_map<std::string_view, std::list<Counted>::iterator> m_known;
    mutable std::size_t m_bytes = 0;
};

}  // namespace commonplace::llm
