// What an index run did, as the queue stores it. Internal.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/ingest/progress.h"

namespace commonplace::library {

std::string toJson(const ingest::Summary& summary);
Result<ingest::Summary> summaryFromJson(const std::string& text);
ingest::Summary plus(const ingest::Summary& a, const ingest::Summary& b);

}  // namespace commonplace::library
