#include "engine/llm/model_trial.h"

#include "engine/base/clock.h"
#include "engine/llm/served_model.h"

namespace commonplace::llm {
namespace {

constexpr int kMostTokens = 64;

document::ChatRequest smallQuestion() {
    document::ChatRequest request;
    request.messages = {{document::Role::User, "Count from one to twenty, in words."}};
    request.maxTokens = kMostTokens;
    return request;
}

// A server that lists nothing may still answer, so the list is no condition.
std::optional<double> latencyOf(const Endpoint& endpoint, const std::stop_token& stop) {
    const base::Stopwatch clock;
    return listModels(endpoint, stop) ? std::optional(clock.milliseconds()) : std::nullopt;
}

Result<ModelTrial> ask(document::ChatModel& model, ModelTrial trial, const std::stop_token& stop) {
    const base::Stopwatch clock;
    TRY(trial.reply, model.chat(smallQuestion(), {}, stop));
    trial.totalMs = clock.milliseconds();
    // The bound is our own: whoever reaches it works.
    if (trial.reply.finishReason == "length" && !trial.reply.text.empty()) trial.reply.error.reset();
    trial.model = model.id();
    return trial;
}

}  // namespace

std::optional<double> ModelTrial::tokensPerSecond() const {
    const double seconds = (totalMs - reply.firstTokenMs) / 1e3;
    if (reply.completionTokens.value_or(0) < 2 || seconds <= 0) return std::nullopt;
    return static_cast<double>(*reply.completionTokens - 1) / seconds;
}

Result<ModelTrial> tryEndpoint(const Endpoint& endpoint, const std::stop_token& stop) {
    TRY(const auto model, openModel(endpoint));
    ModelTrial trial;
    trial.latencyMs = latencyOf(endpoint, stop);
    TRY(trial, ask(*model, std::move(trial), stop));
    Endpoint asked = endpoint;
    asked.model = trial.model;
    trial.context = contextLength(asked, stop).value_or(std::nullopt);
    return trial;
}

Result<ModelTrial> tryFile(const LocalModelSetup& setup, const std::stop_token& stop) {
    TRY(const auto model, openLocalModel(setup, stop));
    TRY(auto trial, ask(*model, {}, stop));
    TRY(const auto facts, llama::probeModel(setup.file, setup.probe, stop));
    trial.context = facts.trainedWindow;
    return trial;
}

}  // namespace commonplace::llm
