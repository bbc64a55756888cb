#include "engine/llm/local_model.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/text.h"
#include "engine/llama/resources.h"
#include "engine/llama/vocabulary.h"
#include "engine/llm/hidden_thoughts.h"
#include "engine/llm/whole_code_points.h"

namespace commonplace::llm {
namespace {

using document::ChatReply;
using document::ChatRequest;
using llama::Generation;

/// Counts with the vocabulary of the file, which the first count asks for. When that fails, a byte counts as
/// a token, which is never too few, and says that it is no exact figure.
class VocabularyCounter final : public document::TokenCounter {
  public:
    VocabularyCounter(std::filesystem::path file, std::shared_ptr<LoadedModels> loaded)
        : m_file(std::move(file)), m_loaded(std::move(loaded)) {}

    document::TokenCount count(std::string_view text) const override {
        if (const llama::Vocabulary* vocabulary = opened())
            if (const auto tokens = vocabulary->count(text)) return {*tokens, true};
        return {text.size(), false};
    }

  private:
    const llama::Vocabulary* opened() const {
        std::call_once(m_once, [this] {
            if (auto vocabulary = m_loaded->vocabulary(m_file)) m_vocabulary = std::move(*vocabulary);
        });
        return m_vocabulary.get();
    }

    std::filesystem::path m_file;
    std::shared_ptr<LoadedModels> m_loaded;
    mutable std::once_flag m_once;
    mutable std::shared_ptr<const llama::Vocabulary> m_vocabulary;
};

/// Bytes of the model as the text of an answer.
class Outlet final {
  public:
    explicit Outlet(const document::ChatModel::OnText& onText) : m_onText(onText) {}

    void take(std::string_view bytes) {
        if (m_firstMs == 0) m_firstMs = std::max(m_clock.milliseconds(), 1e-3);
        show(m_thoughts.push(m_characters.push(bytes)));
    }
    void finish() {
        show(m_thoughts.push(m_characters.finish()));
        show(m_thoughts.finish());
    }
    const std::string& text() const { return m_text; }
    double firstMs() const { return m_firstMs; }
    bool onlyThought() const { return m_thoughts.onlyThought(); }

  private:
    void show(const std::string& text) {
        if (text.empty()) return;
        m_text += text;
        if (m_onText) m_onText(text);
    }

    const document::ChatModel::OnText& m_onText;
    base::Stopwatch m_clock;
    double m_firstMs = 0;
    WholeCodePoints m_characters;
    HiddenThoughts m_thoughts;
    std::string m_text;
};

class LocalModel final : public document::ChatModel {
  public:
    LocalModel(LocalModelSetup setup, std::size_t window)
        : m_setup(std::move(setup)),
          m_id(base::displayPath(m_setup.file.filename())),
          m_window(window),
          m_counter(m_setup.file, m_setup.loaded) {}

    const std::string& id() const override { return m_id; }
    std::size_t window() const override { return m_window; }
    document::Place place() const override { return document::Place::ThisComputer; }
    document::ModelServer server() const override { return {"llama_cpp", {}, 0}; }
    const document::TokenCounter* counter() const override { return &m_counter; }

    Result<ChatReply> chat(const ChatRequest& request, const OnText& onText, std::stop_token stop) override {
        Outlet outlet(onText);
        const auto generation = generate(request, outlet, stop);
        outlet.finish();
        if (!generation) return generation.error().within(m_id);
        ChatReply reply;
        reply.text = outlet.text();
        reply.stopped = generation->end == Generation::End::Stopped;
        reply.error = problemOf(*generation, request, outlet);
        reply.promptTokens = generation->promptTokens;
        reply.completionTokens = generation->answerTokens;
        reply.finishReason = generation->end == Generation::End::EndOfTurn ? "stop" : "length";
        reply.firstTokenMs = outlet.firstMs();
        return reply;
    }

  private:
    Result<Generation> generate(const ChatRequest& request, Outlet& outlet, const std::stop_token& stop) {
        TRY(const auto model, m_setup.loaded->get(m_setup.file, {m_window, m_setup.threads}, stop));
        const std::scoped_lock lock(model->busy);
        llama::Sampling sampling;
        sampling.temperature = request.temperature;
        sampling.seed = m_setup.seed;
        return model->engine->generate(
            request.messages, sampling, request.maxTokens,
            [&](std::string_view bytes) { outlet.take(bytes); }, stop);
    }

    std::optional<std::string> problemOf(const Generation& generation, const ChatRequest& request,
                                         const Outlet& outlet) const {
        if (generation.end == Generation::End::Failed) return m_id + ": " + generation.problem;
        if (generation.end == Generation::End::WindowFull)
            return m_id + " broke off: its window of " + std::to_string(m_window) + " tokens is full";
        if (generation.end == Generation::End::Length)
            return m_id + " broke off at the bound of " + std::to_string(request.maxTokens) + " tokens" +
                   (outlet.onlyThought() ? "; all of them were spent on thinking" : "");
        return std::nullopt;
    }

    LocalModelSetup m_setup;
    std::string m_id;
    std::size_t m_window = 0;
    VocabularyCounter m_counter;
};

/// Free memory changes from question to question; a model that is in memory is not loaded again, and its
/// conversation not read again, for a few tokens more or less.
Result<std::size_t> windowFor(const llama::ModelFacts& facts, const LocalModelSetup& setup) {
    const std::uint64_t available = llama::availableMemory() + setup.loaded->windowBytes();
    TRY(const std::size_t affordable, llama::affordableWindow(facts, setup.window, available));
    const std::size_t loaded = setup.loaded->windowOf(setup.file).value_or(0);
    const bool isAllowed = loaded > 0 && (setup.window == 0 || loaded <= setup.window);
    const std::size_t difference = std::max(loaded, affordable) - std::min(loaded, affordable);
    return isAllowed && difference < loaded / 8 ? loaded : affordable;
}

}  // namespace

bool isModelFile(std::string_view name) {
    return base::foldCase(std::string(name)).ends_with(".gguf");
}

Result<std::unique_ptr<document::ChatModel>> openLocalModel(LocalModelSetup setup,
                                                            const std::stop_token& stop) {
    if (!setup.loaded) setup.loaded = std::make_shared<LoadedModels>();
    TRY(const llama::ModelFacts facts, llama::probeModel(setup.file, setup.probe, stop));
    if (facts.kind == llama::ModelKind::Embedding)
        return Error(ErrorCode::Unsupported,
                     base::displayPath(setup.file) +
                         " is an embedding model: it finds passages but cannot write answers");
    TRY(const std::size_t window, windowFor(facts, setup));
    return std::unique_ptr<document::ChatModel>(std::make_unique<LocalModel>(std::move(setup), window));
}

}  // namespace commonplace::llm
