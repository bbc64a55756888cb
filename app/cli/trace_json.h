// The JSON of `commonplace trace`: fixed keys. What is not known or not recorded is null.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/store/traces.h"
#include "engine/trace/span.h"

namespace commonplace::app::cli {

std::string toJson(const std::vector<store::TraceSummary>& traces);
std::string toJson(const trace::Trace& trace);
std::string toJson(const std::vector<store::ModelDay>& days);
/// {"deleted": 12}
std::string countJson(const char* key, std::int64_t count);

}  // namespace commonplace::app::cli
