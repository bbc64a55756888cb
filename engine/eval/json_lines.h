// JsonLines: a file of one JSON object a line, read with errors that name the line. Internal to eval; for
// .cpp files only (nlohmann/json is slow to compile, so this header names no type of it).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::eval {

/// One object of a file. Getters fail with "file line N: what is wrong".
class JsonLine final {
  public:
    struct Value;
    explicit JsonLine(const Value& value) : m_value(value) {}

    /// A string, or an integer in decimal.
    Result<std::string> text(const char* key) const;
    /// The same, "" when absent or null.
    Result<std::string> optionalText(const char* key) const;
    /// An array of integers; empty when absent or null.
    Result<std::vector<int>> integers(const char* key) const;
    Error wrong(const std::string& what) const;

  private:
    const Value& m_value;
};

/// Calls `each` for every line that is not blank; stops at the first error.
Result<void> forEachJsonLine(const std::filesystem::path& file,
                             const std::function<Result<void>(const JsonLine&)>& each);

/// A line of some file that is not as it must be.
Error wrongLine(const std::filesystem::path& file, std::size_t line, const std::string& what);
/// The lines of a text, without their ends ("\n" or "\r\n").
std::vector<std::string_view> linesOf(std::string_view text);

}  // namespace commonplace::eval
