#include <array>
#include <utility>

#include "engine/document/chat_model.h"
#include "engine/document/document.h"

namespace commonplace::document {
namespace {

constexpr std::array<std::pair<Status, const char*>, 11> kStatusNames{{
    {Status::Pending, "pending"},
    {Status::Indexed, "indexed"},
    {Status::Partial, "partial"},
    {Status::NoText, "no_text"},
    {Status::Encrypted, "encrypted"},
    {Status::Damaged, "damaged"},
    {Status::Unsupported, "unsupported"},
    {Status::TooBig, "too_big"},
    {Status::TimedOut, "timed_out"},
    {Status::Quarantined, "quarantined"},
    {Status::Unreadable, "unreadable"},
}};

constexpr std::array<std::pair<Format, const char*>, 5> kFormatNames{{
    {Format::Unknown, "unknown"},
    {Format::Pdf, "pdf"},
    {Format::Markdown, "markdown"},
    {Format::Html, "html"},
    {Format::Text, "text"},
}};

template <class Table, class Value>
const char* nameIn(const Table& table, Value value) {
    for (const auto& [known, text] : table)
        if (known == value) return text;
    return "unknown";
}

template <class Value, class Table>
std::optional<Value> parseIn(const Table& table, std::string_view wanted) {
    for (const auto& [value, text] : table)
        if (wanted == text) return value;
    return std::nullopt;
}

}  // namespace

const char* name(Status status) { return nameIn(kStatusNames, status); }
std::optional<Status> parseStatus(std::string_view wanted) { return parseIn<Status>(kStatusNames, wanted); }
const char* name(Format format) { return nameIn(kFormatNames, format); }
std::optional<Format> parseFormat(std::string_view wanted) { return parseIn<Format>(kFormatNames, wanted); }

bool isFailure(Status status) {
    switch (status) {
        case Status::Pending:
        case Status::Indexed:
        case Status::Partial:
        case Status::NoText:
        case Status::Unsupported:
            return false;
        default:
            return true;
    }
}

const char* name(Role role) {
    switch (role) {
        case Role::System: return "system";
        case Role::User: return "user";
        case Role::Assistant: return "assistant";
    }
    return "user";
}

}  // namespace commonplace::document
