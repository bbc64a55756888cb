// A refusal by HTTP status as one line: which server, which status, its own words, what to do. Pure, any
// thread.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/net/http.h"
#include "engine/net/retry.h"
#include "engine/net/safe_text.h"

namespace commonplace::llm {

/// What a protocol says of itself when an address or a model is not found.
struct Advice {
    std::string address = "check the base URL, which usually ends with /v1";
    std::string notFound = {};  ///< for a 404 about the model; empty: as for the address
};

/// Waiting does not help against that: see net/retry.h.
using net::isAboutMoney;

/// What a refusal means for whoever has other models to ask: Limit (longer than the window), Busy
/// (overloaded, or too many requests), Protocol (everything else).
ErrorCode codeOf(const net::Response& refusal);

/// With the code of codeOf(). `url` is what was asked.
Error statusError(const std::string& url, const net::Response& response, const net::SafeText& safe,
                  const Advice& advice = {});

}  // namespace commonplace::llm
