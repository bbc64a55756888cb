// Summarising the oldest turns of a conversation that no longer fit, by a small model.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "engine/answer/answerer.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

struct SummaryTask {
    std::size_t begin = 0;                       ///< the oldest turn that may be in it
    std::size_t end = 0;                         ///< behind the newest one
    std::size_t tokens = 0;                      ///< that it may take
    std::optional<HistorySummary> earlier = {};  ///< taken over, when its turns lie inside
};

/// Nothing when the model is away, gave nothing of use or took longer than half a minute: no question fails
/// because of it. Turns whose documents must stay on this computer, and those before them, are not shown to a
/// model elsewhere. Cancelled is the only Error. Blocks; thread: as ChatModel.
Result<std::optional<HistorySummary>> summarisedHistory(const Question& question, const SummaryTask& task,
                                                        document::ChatModel& small, const trace::Span& span,
                                                        std::stop_token stop);

}  // namespace commonplace::answer
