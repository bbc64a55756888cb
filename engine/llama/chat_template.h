// ChatTemplate: the form in which a model expects a conversation, a Jinja template out of its file.
//
// The words of messages never enter the template: it is filled with placeholders that nobody can guess, and
// the words are put in their places afterwards, as pieces that are read apart. So "<|im_end|>" in a document
// stays a word, and no template can change, lose or interpret what a document says.
//
// A template is a program out of a foreign file. It can fail (an Error here) and, if it is hostile, run for
// ever: the probe (probe.h) fills it once in a process that can be killed.
//
// Thread: const, any.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"

namespace commonplace::llama {

struct PromptPiece {
    enum class Origin { Template, Message };
    Origin origin = Origin::Template;
    std::string text;
};

/// Some templates begin the model's thinking aloud themselves: the prompt ends with kThought, and whoever
/// reads the answer must know that it begins inside.
inline constexpr std::string_view kThought = "<think>";
bool endsInThought(const std::vector<PromptPiece>& prompt);

/// The words that some templates ask for.
struct TemplateWords {
    std::string begin;  ///< the vocabulary's beginning of a text
    std::string end;
};

class ChatTemplate final {
  public:
    /// Unsupported when it is not a template that we can read.
    static Result<ChatTemplate> parse(const std::string& source, TemplateWords words);
    ChatTemplate(ChatTemplate&&) noexcept;
    ChatTemplate& operator=(ChatTemplate&&) noexcept;
    ~ChatTemplate();

    /// Up to where the model's answer begins. A model that knows no system role gets the system text at the
    /// head of the first question. Unsupported when the template refuses the conversation or leaves a message
    /// out.
    Result<std::vector<PromptPiece>> render(const std::vector<document::Message>& messages) const;

  private:
    struct State;
    explicit ChatTemplate(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace commonplace::llama
