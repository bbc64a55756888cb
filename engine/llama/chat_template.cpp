#include "engine/llama/chat_template.h"

#include <jinja/lexer.h>
#include <jinja/parser.h>
#include <jinja/runtime.h>
#include <jinja/value.h>

#include <charconv>
#include <optional>
#include <random>

#include "engine/llama/guard.h"

namespace commonplace::llama {
namespace {

using document::Message;
using document::Role;

constexpr std::size_t kMostSource = 1u << 20;

/// Letters and digits only, so that no filter of a template changes it; 128 random bits, so that no document
/// holds it.
class Placeholders final {
  public:
    Placeholders() {
        std::random_device random;
        char text[40];
        std::snprintf(text, sizeof text, "cp%08x%08x%08x%08x", random(), random(), random(), random());
        m_secret = text;
    }
    std::string of(std::size_t message) const { return m_secret + "n" + std::to_string(message) + "e"; }

    /// The rendered text as pieces, with each placeholder replaced by its message. Unsupported for text that
    /// a template made of a placeholder by cutting or changing it: what would be missing is part of a
    /// message.
    Result<std::vector<PromptPiece>> resolve(std::string_view rendered,
                                             const std::vector<Message>& messages) const {
        std::vector<PromptPiece> pieces;
        while (!rendered.empty()) {
            const std::size_t at = std::min(rendered.find(m_secret), rendered.size());
            if (at > 0)
                pieces.push_back({PromptPiece::Origin::Template, std::string(rendered.substr(0, at))});
            rendered.remove_prefix(at);
            if (rendered.empty()) break;
            rendered.remove_prefix(m_secret.size());
            const auto index = takeIndex(rendered);
            if (!index || *index >= messages.size())
                return Error(ErrorCode::Unsupported, "this model's template cuts a message into parts");
            pieces.push_back({PromptPiece::Origin::Message, messages[*index].text});
        }
        return pieces;
    }

  private:
    /// Takes "n7e" from the front; nothing when something else is there.
    static std::optional<std::size_t> takeIndex(std::string_view& text) {
        if (!text.starts_with('n')) return std::nullopt;
        std::size_t index = 0;
        const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), index);
        const auto taken = static_cast<std::size_t>(read.ptr - text.data());
        if (read.ec != std::errc() || taken >= text.size() || text[taken] != 'e') return std::nullopt;
        text.remove_prefix(taken + 1);
        return index;
    }

    std::string m_secret;
};

/// Some templates take the words of a message as they are, others as a list of parts.
enum class Content { Text, Parts };

jinja::value contentValue(const std::string& text, Content form) {
    auto words = jinja::mk_val<jinja::value_string>(text);
    if (form == Content::Text) return words;
    auto part = jinja::mk_val<jinja::value_object>();
    part->insert("type", jinja::mk_val<jinja::value_string>(std::string("text")));
    part->insert("text", words);
    auto parts = jinja::mk_val<jinja::value_array>();
    parts->push_back(part);
    return parts;
}

jinja::value conversation(const std::vector<Message>& messages, const Placeholders& placeholders,
                          Content form) {
    auto list = jinja::mk_val<jinja::value_array>();
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto message = jinja::mk_val<jinja::value_object>();
        message->insert("role",
                        jinja::mk_val<jinja::value_string>(std::string(document::name(messages[i].role))));
        message->insert("content", contentValue(placeholders.of(i), form));
        list->push_back(message);
    }
    return list;
}

std::vector<Message> withoutSystem(const std::vector<Message>& messages) {
    std::string system;
    std::vector<Message> others;
    for (const Message& message : messages) {
        if (message.role == Role::System)
            system += message.text + "\n\n";
        else
            others.push_back(message);
    }
    for (Message& message : others) {
        if (message.role != Role::User) continue;
        message.text.insert(0, system);
        break;
    }
    return others;
}

}  // namespace

bool endsInThought(const std::vector<PromptPiece>& prompt) {
    if (prompt.empty() || prompt.back().origin != PromptPiece::Origin::Template) return false;
    const std::string& text = prompt.back().text;
    const std::size_t at = text.rfind(kThought);
    return at != std::string::npos &&
           text.find_first_not_of(" \n", at + kThought.size()) == std::string::npos;
}

struct ChatTemplate::State {
    std::string source;
    TemplateWords words;
    jinja::program program;

    std::string fill(const jinja::value& messages) const {
        jinja::context context(source);
        context.set_val("messages", messages);
        context.set_val("bos_token", jinja::mk_val<jinja::value_string>(words.begin));
        context.set_val("eos_token", jinja::mk_val<jinja::value_string>(words.end));
        context.set_val("add_generation_prompt", jinja::mk_val<jinja::value_bool>(true));
        // Answers are made of passages that are at hand: thinking aloud first costs minutes on a processor.
        context.set_val("enable_thinking", jinja::mk_val<jinja::value_bool>(false));
        jinja::runtime runtime(context);
        return jinja::runtime::gather_string_parts(runtime.execute(program))->as_string().str();
    }

    Result<std::vector<PromptPiece>> attempt(const std::vector<Message>& messages, Content form) const {
        const Placeholders placeholders;
        TRY(const std::string rendered,
            guarded(ErrorCode::Unsupported, "this model's template refuses the conversation",
                    [&](const Watch&) { return fill(conversation(messages, placeholders, form)); }));
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (rendered.find(placeholders.of(i)) == std::string::npos)
                return Error(ErrorCode::Unsupported,
                             "this model's template leaves out a message of the conversation");
        TRY(auto pieces, guarded(ErrorCode::Unsupported, "this model's template refuses the conversation",
                                 [&](const Watch&) { return placeholders.resolve(rendered, messages); }));
        return pieces;
    }
};

Result<ChatTemplate> ChatTemplate::parse(const std::string& source, TemplateWords words) {
    if (source.size() > kMostSource)
        return Error(ErrorCode::Unsupported, "this model's template is too long");
    return guarded(ErrorCode::Unsupported, "this model's template cannot be read", [&](const Watch&) {
        auto state = std::make_unique<State>();
        jinja::lexer lexer;
        const auto tokens = lexer.tokenize(source);
        state->program = jinja::parse_from_tokens(tokens);
        state->source = tokens.source;
        state->words = std::move(words);
        return ChatTemplate(std::move(state));
    });
}

ChatTemplate::ChatTemplate(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ChatTemplate::ChatTemplate(ChatTemplate&&) noexcept = default;
ChatTemplate& ChatTemplate::operator=(ChatTemplate&&) noexcept = default;
ChatTemplate::~ChatTemplate() = default;

Result<std::vector<PromptPiece>> ChatTemplate::render(const std::vector<Message>& messages) const {
    const std::vector<Message> merged = withoutSystem(messages);
    auto first = m_state->attempt(messages, Content::Text);
    if (first) return first;
    for (const Content form : {Content::Text, Content::Parts})
        for (const auto* form_messages : {&messages, &merged})
            if (auto pieces = m_state->attempt(*form_messages, form)) return pieces;
    return first;
}

}  // namespace commonplace::llama
