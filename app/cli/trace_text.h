// Traces as people read them. Everything that comes from the database goes through safeLine().
#pragma once

#include <string>
#include <vector>

#include "engine/store/traces.h"
#include "engine/trace/span.h"

namespace commonplace::app::cli {

/// A line each: when, which, model, time, tokens, cost, how it went, the question (or that it is not
/// recorded).
std::string traceList(const std::vector<store::TraceSummary>& traces);
/// The tree of steps with a bar for when each one ran, then what is known of each.
std::string traceTree(const trace::Trace& trace);
std::string usageTable(const std::vector<store::ModelDay>& days);

}  // namespace commonplace::app::cli
