// Rewriting a follow-up so that it can be searched for by itself, by a small model.
#pragma once

#include <stop_token>
#include <string>

#include "engine/answer/answerer.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

/// Empty: the question needs none (it begins the conversation, or stands by itself), or the model gave
/// nothing that is of use; then the rule of carriedWords() holds. Earlier turns whose documents must stay on
/// this computer are not shown to a model elsewhere, nor those that its window has no room for. Cancelled is
/// the only Error: a search must not fail because a model is away.
Result<std::string> rewrittenFollowUp(const Question& question, document::ChatModel& small,
                                      const trace::Span& span, std::stop_token stop);

}  // namespace commonplace::answer
