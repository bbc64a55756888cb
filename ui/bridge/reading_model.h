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

/// `name`: of who reads, for people; empty where that is not known before an answer has begun: several models
/// may stand in for each other, or the server chooses one. Requests without passages (a summary of earlier
/// turns, a title) are not told. Null stays null.
std::unique_ptr<document::ChatModel> tellingItsReading(std::unique_ptr<document::ChatModel> model,
                                                       const QString& name, OnReading onReading);

}  // namespace commonplace::ui
