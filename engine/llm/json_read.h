// Reading JSON of a server that may send anything: what is not there or of the wrong type is null or empty,
// nesting is bounded, broken UTF-8 and lone surrogates are mended. The JSON library stays inside.
// Thread: a JsonText is immutable.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/llm/chat_piece.h"

namespace commonplace::llm {

/// A value inside a JsonText, which must outlive it.
class JsonView final {
  public:
    bool isNull() const;
    bool isObject() const;
    bool isArray() const;
    bool isTrue() const;
    /// Null for what is not there, and in everything that is no object.
    JsonView member(const char* name) const;
    /// Of an array; none for everything else.
    std::vector<JsonView> items() const;
    /// Of an object; none for everything else.
    std::vector<std::pair<std::string, JsonView>> members() const;
    std::string text() const;
    std::optional<long> count() const;
    /// The first words that look like a message, a few levels down at most.
    std::string message(int levels = 4) const;

  private:
    friend class JsonText;
    explicit JsonView(const void* value) : m_value(value) {}

    const void* m_value;  // of the library's type; null: nothing
};

class JsonText final {
  public:
    explicit JsonText(std::string_view text);
    ~JsonText();
    JsonText(const JsonText&) = delete;
    JsonText& operator=(const JsonText&) = delete;

    /// Nothing: this is no JSON, or one nested too deeply.
    std::optional<JsonView> root() const;
    /// Were there bytes that are no UTF-8? Its texts then need restoreBytes().
    bool isMended() const;

  private:
    struct Parsed;
    std::unique_ptr<Parsed> m_parsed;
};

/// The HTTP status that an error object stands for, by its code or type ("rate_limit_exceeded": 429) or a
/// number in it; 0: unknown. Money is 402, whatever status it came with.
int statusOf(const JsonView& error);
/// The same of a message that is an error object, or has one as its member "error".
int statusIn(const JsonView& message);

/// One object of a stream: `fill` reads what is the protocol's own; errors, which all write alike, are read
/// here. Protocol when this is no JSON object, or one nested too deeply.
Result<ChatPiece> readPiece(std::string_view text,
                            const std::function<void(const JsonView&, ChatPiece&)>& fill);

}  // namespace commonplace::llm
