// Result<T>: a value or an Error. The only way a fallible engine call reports failure.
//
// The member names are those of std::expected (C++23) so that a later switch is a search and replace. The
// class itself is [[nodiscard]]: a forgotten check is a compiler warning, and warnings are errors here.
//
//     Result<Page> page = readPage(3);
//     if (!page) return page.error().within("while opening report.pdf");
//
//     TRY(auto text, readAll(path));     // returns the error of readAll to the caller
//     TRY_VOID(flush());
//
// Thread: plain values, no shared state.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace commonplace {
namespace base {

/// What kind of failure; callers branch on this, people read the message. Never renumbered (stored in
/// ledgers).
enum class ErrorCode {
    Internal = 0,         ///< a bug or an impossible state
    InvalidArgument = 1,  ///< the caller's or the user's input is off
    NotFound = 2,         ///< file, document, page or row does not exist
    Io = 3,               ///< the operating system refused (read, write, permission)
    NoSpace = 4,          ///< disk full
    Corrupt = 5,          ///< stored bytes are not what they must be
    Newer = 6,            ///< written by a newer version of this program
    Busy = 7,             ///< another process holds what is needed
    Cancelled = 8,        ///< the stop token was triggered
    Timeout = 9,          ///< too long without an answer
    Limit = 10,           ///< a bound (memory, size, tokens) was reached
    Network = 11,         ///< connection failed or broke
    Protocol = 12,        ///< the other side broke the wire format or answered with an error
    Unsupported = 13,     ///< a format or a feature this build does not know
    Encrypted = 14,       ///< a password is needed
    Crashed = 15,         ///< a child process died
    Refused = 16,         ///< a rule or a limit that the user set forbids it
};

/// The stable lower-case name of a code, for logs and JSON ("not_found").
const char* name(ErrorCode code);

/// A failure: a code for the program, a sentence for people (what, why, what to do), and where it happened.
class [[nodiscard]] Error {
  public:
    Error(ErrorCode code, std::string message) : m_code(code), m_message(std::move(message)) {}

    ErrorCode code() const { return m_code; }
    const std::string& message() const { return m_message; }

    /// The same error with the outer step put before it: "while opening x: no such file".
    Error within(const std::string& step) const { return {m_code, step + ": " + m_message}; }

  private:
    ErrorCode m_code;
    std::string m_message;
};

template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}  // NOLINT

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

    const Error& error() const { return std::get<1>(m_state); }

  private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}  // NOLINT: implicit by design

    bool has_value() const { return !m_error; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return *m_error; }

  private:
    std::optional<Error> m_error;
};

}  // namespace base

using base::Error;
using base::ErrorCode;
using base::Result;

}  // namespace commonplace

#define COMMONPLACE_CONCAT_(a, b) a##b
#define COMMONPLACE_CONCAT(a, b) COMMONPLACE_CONCAT_(a, b)
#define COMMONPLACE_TRY_IMPL(result, declaration, expression) \
    auto result = (expression);                               \
    if (!result) return result.error();                       \
    declaration = std::move(*result)

/// TRY(auto x, f()): x is f()'s value, or the enclosing function returns f()'s error.
#define TRY(declaration, expression) \
    COMMONPLACE_TRY_IMPL(COMMONPLACE_CONCAT(tryResult, __COUNTER__), declaration, expression)
/// TRY_VOID(f()): the enclosing function returns f()'s error if there is one.
#define TRY_VOID(expression)                                         \
    do {                                                             \
        if (auto tried = (expression); !tried) return tried.error(); \
    } while (false)
