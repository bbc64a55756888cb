// Answerer: the whole question: retrieve, build the prompt, let the model write (or take the best sentences),
// prove every quote, account for every token.
//
// Without a model the answer is *extractive*: the best supported sentences of the library, each quoted and
// cited, and it says so; when support is weak it abstains: "not in your documents", with the nearest
// passages. With a ChatModel it is *generative*: written by the model from the same passages, its [n] markers
// resolved and its quotes proven.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/document/document.h"
#include "engine/retrieve/retriever.h"

namespace commonplace::answer {

struct Turn {
    std::string question;
    std::string answer;
};

struct Question {
    std::string text;
    std::size_t passages = 8;         ///< how many to retrieve for it (-k)
    std::vector<std::string> within;  ///< as retrieve::Query::within
    std::vector<Turn> history;        ///< earlier turns, oldest first
};

enum class AnswerMode { Extractive, Generative };
const char* name(AnswerMode mode);

/// One part of what fills the context window.
struct ContextPart {
    std::string name;  ///< "system", "history", "passage 3: report.pdf p. iv", "question", "answer reserve"
    document::TokenCount tokens;
};
struct DroppedPart {
    std::string name;
    std::string why;
};
/// The context receipt (PRODUCT promise 5). Extractive answers have window 0: nothing is sent anywhere.
struct ContextReceipt {
    std::size_t window = 0;
    std::size_t used = 0;
    std::vector<ContextPart> parts;
    std::vector<DroppedPart> dropped;
};

struct Usage {
    std::optional<long> promptTokens;
    std::optional<long> completionTokens;
    std::optional<double> costUsd;  ///< unknown stays unknown
};

struct Timings {
    double retrieveMs = 0;
    double firstTokenMs = 0;
    double totalMs = 0;
};

struct Answer {
    std::string question;
    std::string text;   ///< Markdown with [n] markers
    std::string model;  ///< id of the model, "extractive" without one
    AnswerMode mode = AnswerMode::Extractive;
    bool abstained = false;
    std::optional<std::string> error;  ///< why a stream broke; the partial text stays
    /// By number. Number 0 and no path: a model's quotation that stands in none of the passages.
    std::vector<document::Citation> citations;
    std::vector<document::Citation> nearest;  ///< the nearest passages when it abstained
    std::vector<std::string> carriedWords;  ///< follow-up words taken over from the previous question, shown
    ContextReceipt context;
    Usage usage;
    Timings timings;
    retrieve::Coverage coverage;
    int filesRead = 0;  ///< documents among the passages used
};

/// What to answer with. `model` null: extractive.
struct Backends {
    const retrieve::Retriever& retriever;
    store::IndexStore& store;
    const document::Embedder* embedder = nullptr;
    document::ChatModel* model = nullptr;
    const document::TokenCounter* counter = nullptr;  ///< null: the estimate of engine/prompt
    int maxAnswerTokens = 1024;
};

/// Pieces of the answer as they come (extractive answers come as one piece).
using OnText = std::function<void(std::string_view)>;

/// Errors: InvalidArgument (empty question), Cancelled, store errors, and the model's when nothing at all
/// came. Thread: one at a time per Backends.
Result<Answer> answer(const Question& question, const Backends& backends, const OnText& onText,
                      std::stop_token stop);

/// The rule for follow-ups: the content words of the previous question that a short or pronoun-led question
/// leans on; empty when the question stands on its own.
std::vector<std::string> carriedWords(std::string_view question, const std::vector<Turn>& history);

}  // namespace commonplace::answer
