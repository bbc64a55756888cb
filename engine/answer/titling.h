// The title of a conversation, by a model, after its first answer.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/document/chat_model.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

/// Who may be asked for a title; null: nobody.
struct TitleBy {
    /// The one for small tasks, wherever it is: it is there for such things.
    document::ChatModel* small = nullptr;
    /// The one that answers, when there is none for small tasks: only on this computer, where a title costs
    /// nothing and nothing leaves.
    document::ChatModel* answering = nullptr;
};

/// `turn` began the conversation. Nothing when nobody may be asked, or the turn's documents must stay on this
/// computer (`localOnly`) and the model is elsewhere, or it is away, gave nothing of use or took longer than
/// a quarter of a minute: a title is never worth an Error. Blocks; thread: as ChatModel.
std::optional<std::string> conversationTitle(const Turn& turn, const std::vector<std::string>& localOnly,
                                             const TitleBy& by, const trace::Span& span,
                                             std::stop_token stop);

}  // namespace commonplace::answer
