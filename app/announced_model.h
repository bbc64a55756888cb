// A model on another computer that says so before each text goes there. Thread: as ChatModel.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/document/chat_model.h"

namespace commonplace::app {

/// What is about to leave this computer.
struct Departure {
    std::string host;          ///< of the server; empty: not known
    std::size_t passages = 0;  ///< of documents; 0: none, or they are not told apart
};
using OnDeparture = std::function<void(const Departure&)>;

/// `model` serves elsewhere. Requests that must not leave (ChatRequest::mayReach) are not announced: the
/// model refuses them.
std::unique_ptr<document::ChatModel> announced(std::unique_ptr<document::ChatModel> model,
                                               OnDeparture onDeparture);

}  // namespace commonplace::app
