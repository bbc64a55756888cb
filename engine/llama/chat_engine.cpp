#include "engine/llama/chat_engine.h"

#include "engine/base/clock.h"
#include "engine/llama/chat_template.h"
#include "engine/llama/context.h"
#include "engine/llama/engines.h"
#include "engine/llama/guard.h"
#include "engine/llama/model.h"
#include "engine/llama/resources.h"
#include "engine/llama/sampler.h"

namespace commonplace::llama {
namespace {

using document::Message;

class LocalChatEngine final : public ChatEngine {
  public:
    LocalChatEngine(std::shared_ptr<const Model> model, ChatTemplate form, std::unique_ptr<Context> context,
                    int mostThreads)
        : m_model(std::move(model)),
          m_form(std::move(form)),
          m_context(std::move(context)),
          m_mostThreads(mostThreads) {}

    const ModelFacts& facts() const override { return m_model->facts(); }
    std::size_t window() const override { return m_context->window(); }

    bool isBroken() const override { return m_context->isBroken(); }

    std::size_t count(std::string_view text) const override {
        const auto tokens = m_model->tokenize(text, Reading::Plain, Frame::None);
        return tokens ? tokens->size() : text.size();
    }

    Result<std::size_t> countPrompt(const std::vector<Message>& messages) const override {
        TRY(const Prompt asked, prompt(messages));
        return asked.tokens.size();
    }

    Result<Generation> generate(const std::vector<Message>& messages, const Sampling& sampling, int maxTokens,
                                const OnBytes& onBytes, const std::stop_token& stop) override {
        TRY(const Prompt asked, prompt(messages));
        const Tokens& tokens = asked.tokens;
        if (tokens.size() >= window()) return tooLong(tokens.size());
        const base::Stopwatch clock;
        m_context->setThreads(idleThreads(m_mostThreads));
        Generation generation;
        generation.promptTokens = static_cast<long>(tokens.size());
        generation.reusedTokens = static_cast<long>(m_context->keepCommon(tokens));
        generation.evaluatedTokens = generation.promptTokens - generation.reusedTokens;
        const auto rest = std::span(tokens).subspan(static_cast<std::size_t>(generation.reusedTokens));
        TRY(const Context::Step step, m_context->decode(rest, stop));
        if (step == Context::Step::Stopped)
            return Error(ErrorCode::Cancelled, "stopped before the first word");
        generation.promptMs = clock.milliseconds();
        if (onBytes && asked.beginsInThought) onBytes(kThought);
        write(generation, sampling, maxTokens, onBytes, stop);
        generation.answerMs = clock.milliseconds() - generation.promptMs;
        return generation;
    }

  private:
    struct Prompt {
        Tokens tokens;
        bool beginsInThought = false;
    };

    Result<Prompt> prompt(const std::vector<Message>& messages) const {
        TRY(const auto pieces, m_form.render(messages));
        if (pieces.empty()) return Error(ErrorCode::InvalidArgument, "there is nothing to ask the model");
        const llama_token begin = llama_vocab_bos(m_model->vocabulary());
        Tokens all;
        for (const PromptPiece& piece : pieces) {
            const bool isMessage = piece.origin == PromptPiece::Origin::Message;
            TRY(const Tokens tokens,
                m_model->tokenize(piece.text, isMessage ? Reading::Plain : Reading::Special, Frame::None));
            all.insert(all.end(), tokens.begin(), tokens.end());
        }
        // Most templates write the beginning of a text themselves.
        const bool wantsBegin = llama_vocab_get_add_bos(m_model->vocabulary()) && begin != LLAMA_TOKEN_NULL;
        if (wantsBegin && (all.empty() || all.front() != begin)) all.insert(all.begin(), begin);
        return Prompt{std::move(all), endsInThought(pieces)};
    }

    Error tooLong(std::size_t tokens) const {
        return {ErrorCode::Limit, "the question with its passages takes " + std::to_string(tokens) +
                                      " tokens and the model's window has " + std::to_string(window()) +
                                      "; use fewer passages or a larger window"};
    }

    /// Token after token, each chosen and then computed, until something ends it.
    void write(Generation& generation, const Sampling& sampling, int maxTokens, const OnBytes& onBytes,
               const std::stop_token& stop) {
        const Sampler sampler = makeSampler(sampling, m_model->vocabulary());
        for (;;) {
            const auto token = guarded(ErrorCode::Internal, "the model failed", [&](const Watch&) {
                return llama_sampler_sample(sampler.get(), m_context->raw(), -1);
            });
            if (!token) return fail(generation, token.error());
            if (llama_vocab_is_eog(m_model->vocabulary(), *token))
                return end(generation, Generation::End::EndOfTurn);
            ++generation.answerTokens;
            if (onBytes) onBytes(m_model->textOf(*token, Reading::Plain));
            if (stop.stop_requested()) return end(generation, Generation::End::Stopped);
            if (generation.answerTokens >= maxTokens) return end(generation, Generation::End::Length);
            const auto step = m_context->decode(std::span(&*token, 1), stop);
            if (!step && step.error().code() == ErrorCode::Limit)
                return end(generation, Generation::End::WindowFull);
            if (!step) return fail(generation, step.error());
            if (*step == Context::Step::Stopped) return end(generation, Generation::End::Stopped);
        }
    }

    static void end(Generation& generation, Generation::End how) { generation.end = how; }
    static void fail(Generation& generation, const Error& why) {
        generation.end = Generation::End::Failed;
        generation.problem = why.message();
    }

    std::shared_ptr<const Model> m_model;
    ChatTemplate m_form;
    std::unique_ptr<Context> m_context;
    int m_mostThreads = 1;
};

Result<void> checkKind(const Model& model) {
    if (model.facts().kind == ModelKind::Embedding)
        return Error(ErrorCode::Unsupported,
                     "this file is an embedding model: it finds passages but cannot write answers");
    const bool isOther = llama_model_has_encoder(model.raw()) || !llama_model_has_decoder(model.raw()) ||
                         llama_model_is_diffusion(model.raw());
    if (isOther) return Error(ErrorCode::Unsupported, "models of this kind cannot be used for answers here");
    return {};
}

}  // namespace

Result<std::unique_ptr<ChatEngine>> makeChatEngine(std::shared_ptr<const Model> model,
                                                   const ChatSetup& setup) {
    TRY_VOID(checkKind(*model));
    const llama_vocab* vocabulary = model->vocabulary();
    TemplateWords words{model->textOf(llama_vocab_bos(vocabulary), Reading::Special),
                        model->textOf(llama_vocab_eos(vocabulary), Reading::Special)};
    TRY(auto form, ChatTemplate::parse(model->templateSource(), std::move(words)));
    TRY(const std::size_t window, affordableWindow(model->facts(), setup.window, availableMemory()));
    const int threads = setup.threads > 0 ? setup.threads : threadsFor(model->facts());
    TRY(auto context, Context::create(model, window, threads));
    return std::unique_ptr<ChatEngine>(
        std::make_unique<LocalChatEngine>(std::move(model), std::move(form), std::move(context), threads));
}

Result<std::unique_ptr<ChatEngine>> openChatEngine(const std::filesystem::path& file, const ChatSetup& setup,
                                                   const std::stop_token& stop) {
    TRY(auto model, Model::load(file, Model::Part::Whole, stop));
    return makeChatEngine(std::move(model), setup);
}

}  // namespace commonplace::llama
