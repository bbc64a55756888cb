// A model that says when it begins to read a prompt with passages: until its first word comes, that is what a
// person waits for. Thread: as ChatModel.
#pragma once

#include <functional>
#include <memory>

#include "engine/document/chat_model.h"
#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

/// Called on the thread that asks the model, each time it is asked with passages.
using OnReading = std::function<void(const PromptReading&)>;

/// Requests without passages (a summary of earlier turns, a title) are not told. Null stays null.
std::unique_ptr<document::ChatModel> tellingItsReading(std::unique_ptr<document::ChatModel> model,
                                                       OnReading onReading);

}  // namespace commonplace::ui
