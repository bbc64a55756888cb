// A refusal by HTTP status as one line: which server, which status, its own words, what to do. Pure, any
// thread.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/llm/safe_text.h"
#include "engine/net/http.h"

namespace commonplace::llm {

/// Always ErrorCode::Protocol. `url` is what was asked.
Error statusError(const std::string& url, const net::Response& response, const SafeText& safe);

}  // namespace commonplace::llm
