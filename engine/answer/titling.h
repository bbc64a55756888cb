// The title of a conversation, by the model for small tasks, after its first answer.
//
// Never by the one that answers: it would forget the conversation that it has just read
// (llama/chat_engine.h), and keep a laptop busy for a few words.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/document/chat_model.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

/// `turn` began the conversation. Nothing when there is no small model (null), or the turn's documents must
/// stay on this computer (`localOnly`) and the model is elsewhere, or it is away, gave nothing of use or took
/// longer than a quarter of a minute: a title is never worth an Error. Blocks; thread: as ChatModel.
std::optional<std::string> conversationTitle(const Turn& turn, const std::vector<std::string>& localOnly,
                                             document::ChatModel* small, const trace::Span& span,
                                             std::stop_token stop);

}  // namespace commonplace::answer
