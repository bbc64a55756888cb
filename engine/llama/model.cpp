#include "engine/llama/model.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

#include "engine/base/file.h"
#include "engine/llama/guard.h"
#include "engine/llama/resources.h"

namespace commonplace::llama {
namespace {

// The commonest form of conversations, for files that bring none along.
constexpr const char* kChatMl =
    "{%- for message in messages -%}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% "
    "endfor -%}"
    "<|im_start|>assistant\n";

// llama.cpp counts in 32 bits.
constexpr std::size_t kMostText = 256u << 20;

std::optional<std::string> metadata(const llama_model* model, const std::string& key) {
    std::array<char, 256> value{};
    const int length = llama_model_meta_val_str(model, key.c_str(), value.data(), value.size());
    return length < 0 ? std::nullopt : std::optional<std::string>(value.data());
}

std::uint64_t metadataNumber(const llama_model* model, const std::string& key, std::uint64_t otherwise) {
    const auto text = metadata(model, key);
    std::uint64_t value = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc())
        return otherwise;
    return value;
}

/// 1'236'000'000 as "1.2B", 260'000 as "0.3M".
std::string countText(std::uint64_t parameters) {
    const bool isBillions = parameters >= 999'500'000;
    const double count = static_cast<double>(parameters) / (isBillions ? 1e9 : 1e6);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f%c", count < 9.95 ? 1 : 0, count, isBillions ? 'B' : 'M');
    return text.data();
}

/// llama.cpp's description is "ARCHITECTURE SIZE TYPE", its size "?B" for every shape that it does not know.
std::string quantisation(const llama_model* model) {
    std::array<char, 256> text{};
    llama_model_desc(model, text.data(), text.size());
    std::string_view type = text.data();
    for (int word = 0; word < 2; ++word) type.remove_prefix(std::min(type.size(), type.find(' ') + 1));
    for (const std::string_view remark : {"(guessed) ", "all "})
        if (type.starts_with(remark)) type.remove_prefix(remark.size());
    return plainWords(countText(llama_model_n_params(model)) + " " + std::string(type));
}

/// Keys and values of all layers, two bytes a number.
std::uint64_t windowTokenBytes(const llama_model* model, const std::string& architecture) {
    const auto heads = static_cast<std::uint64_t>(std::max(1, llama_model_n_head(model)));
    const auto width = static_cast<std::uint64_t>(std::max(1, llama_model_n_embd(model))) / heads;
    const std::uint64_t key = metadataNumber(model, architecture + ".attention.key_length", width);
    const std::uint64_t value = metadataNumber(model, architecture + ".attention.value_length", width);
    const auto layers = static_cast<std::uint64_t>(std::max(1, llama_model_n_layer(model)));
    const auto sharedHeads = static_cast<std::uint64_t>(std::max(1, llama_model_n_head_kv(model)));
    return 2 * layers * sharedHeads * (key + value);
}

ModelFacts factsOf(const llama_model* model) {
    ModelFacts facts;
    facts.architecture = plainWords(metadata(model, "general.architecture").value_or(""));
    facts.name = plainWords(metadata(model, "general.name").value_or(""));
    facts.quantisation = quantisation(model);
    facts.bytes = llama_model_size(model);
    facts.trainedWindow = static_cast<std::size_t>(std::max(0, llama_model_n_ctx_train(model)));
    facts.dimension = static_cast<std::size_t>(std::max(0, llama_model_n_embd_out(model)));
    facts.windowTokenBytes = windowTokenBytes(model, facts.architecture);
    facts.hasTemplate = llama_model_chat_template(model, nullptr) != nullptr;
    // Only models that are made for embeddings say how the vectors of the words become one.
    if (metadataNumber(model, facts.architecture + ".pooling_type", 0) != 0)
        facts.kind = ModelKind::Embedding;
    return facts;
}

bool keepsLoading(float, void* stop) {
    return !static_cast<const std::stop_token*>(stop)->stop_requested();
}

Error cannotLoad(const std::filesystem::path& file, const std::string& reason) {
    return {ErrorCode::Corrupt,
            complaint(base::displayPath(file) + " is not a model that this program can load", reason) +
                "; download it again, or choose another"};
}

}  // namespace

Model::Model(Handle model, Part part) : m_model(std::move(model)) {
    // Without weights llama.cpp knows no layers, and asserts that there are some.
    if (part == Part::Whole) m_facts = factsOf(m_model.get());
    const bool bySentencePiece = llama_vocab_type(vocabulary()) == LLAMA_VOCAB_TYPE_SPM;
    const auto said = metadata(m_model.get(), "tokenizer.ggml.add_space_prefix");
    m_addsSpace = bySentencePiece && said.value_or("true") == "true";
}

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& file, Part part,
                                                 const std::stop_token& stop) {
    TRY_VOID(checkProcessor());
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed))
        return Error(ErrorCode::NotFound, "there is no model file " + base::displayPath(file));
    std::string reason;
    auto loaded = guarded(ErrorCode::Corrupt, "loading", [&](const Watch& watch) {
        llama_model_params parameters = llama_model_default_params();
        parameters.vocab_only = part == Part::Vocabulary;
        parameters.progress_callback = keepsLoading;
        parameters.progress_callback_user_data = const_cast<std::stop_token*>(&stop);
        Handle model(llama_model_load_from_file(file.c_str(), parameters));
        reason = watch.reason();
        return std::shared_ptr<const Model>(model ? new Model(std::move(model), part) : nullptr);
    });
    if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped while the model was loaded");
    if (!loaded)
        return loaded.error().code() == ErrorCode::Limit ? loaded.error()
                                                         : cannotLoad(file, loaded.error().message());
    if (!*loaded) return cannotLoad(file, reason);
    return std::move(*loaded);
}

std::string Model::templateSource() const {
    const char* own = llama_model_chat_template(m_model.get(), nullptr);
    return own ? own : kChatMl;
}

std::string Model::textOf(llama_token token, Reading reading) const {
    if (token < 0 || token >= llama_vocab_n_tokens(vocabulary())) return {};
    std::string text(64, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        const int length = llama_token_to_piece(
            vocabulary(), token, text.data(), static_cast<int>(text.size()), 0, reading == Reading::Special);
        text.resize(static_cast<std::size_t>(std::abs(length)));
        if (length >= 0) break;
    }
    return text;
}

Result<Tokens> Model::tokenize(std::string_view text, Reading reading, Frame frame) const {
    if (text.size() > kMostText) return Error(ErrorCode::Limit, "this text is too long for any model");
    // Pieces of a prompt are read apart, and none of them begins a text: the space that the tokenizer would
    // put before each is left out where there is one to leave out.
    if (m_addsSpace && frame == Frame::None && text.starts_with(' ')) text.remove_prefix(1);
    if (text.empty() && frame == Frame::None) return Tokens();
    return guarded(ErrorCode::Internal, "this model cannot read the text", [&](const Watch&) {
        Tokens tokens(text.size() / 2 + 8);
        for (int attempt = 0; attempt < 2; ++attempt) {
            const int count = llama_tokenize(vocabulary(), text.data(), static_cast<int>(text.size()),
                                             tokens.data(), static_cast<int>(tokens.size()),
                                             frame == Frame::Around, reading == Reading::Special);
            tokens.resize(static_cast<std::size_t>(std::abs(count)));
            if (count >= 0) break;
        }
        return tokens;
    });
}

}  // namespace commonplace::llama
