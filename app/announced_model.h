// A model on another computer that says so before each request goes there. Thread: as ChatModel.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/document/chat_model.h"

namespace commonplace::app {

enum class DepartureKind {
    Question,
    WindowLook,  ///< how much can the model read? No text, but the server sees who asks, and the key
};

/// What is about to leave this computer.
struct Departure {
    std::string host;          ///< of the server; empty: not known
    std::size_t passages = 0;  ///< of documents; 0: none, or they are not told apart
    DepartureKind kind = DepartureKind::Question;
};
using OnDeparture = std::function<void(const Departure&)>;

/// `model` serves elsewhere. Requests that must not leave (ChatRequest::mayReach) are not announced: the
/// model refuses them.
std::unique_ptr<document::ChatModel> announced(std::unique_ptr<document::ChatModel> model,
                                               OnDeparture onDeparture);

}  // namespace commonplace::app
