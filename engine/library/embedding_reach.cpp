#include "engine/library/embedding_reach.h"

#include "engine/net/http.h"

namespace commonplace::library {

using config::EmbeddingReach;

EmbeddingReach reachFor(const config::EmbeddingSettings& embedding,
                        const config::EmbeddingSettings& settings) {
    if (!embedding.isServed() || !settings.isServed()) return EmbeddingReach::ThisComputer;
    const auto wanted = net::originOf(embedding.baseUrl);
    const auto allowed = net::originOf(settings.baseUrl);
    return wanted && allowed && *wanted == *allowed ? settings.reach : EmbeddingReach::ThisComputer;
}

Result<void> checkReach(const config::EmbeddingSettings& embedding) {
    const bool isAllowed = !embedding.isServed() || net::isLoopbackUrl(embedding.baseUrl) ||
                           embedding.reach == EmbeddingReach::Anywhere;
    if (isAllowed) return {};
    return Error(ErrorCode::Refused, "the embedding server " + embedding.baseUrl +
                                         " is not this computer, and the text of every document would be "
                                         "sent to it; allow that with 'commonplace models embedding set \"" +
                                         config::toText(embedding) +
                                         "\" --send-documents', or choose a local model");
}

}  // namespace commonplace::library
