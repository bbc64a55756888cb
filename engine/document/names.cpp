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

const char* name(Status status) {
    return nameIn(kStatusNames, status);
}
std::optional<Status> parseStatus(std::string_view wanted) {
    return parseIn<Status>(kStatusNames, wanted);
}
const char* name(Format format) {
    return nameIn(kFormatNames, format);
}
std::optional<Format> parseFormat(std::string_view wanted) {
    return parseIn<Format>(kFormatNames, wanted);
}

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
        case Role::System:
            return "system";
        case Role::User:
            return "user";
        case Role::Assistant:
            return "assistant";
    }
    return "user";
}

const char* name(CitationKind kind) {
    return kind == CitationKind::Quotation ? "quotation" : "reference";
}

CitationKind parseCitationKind(std::string_view wanted) {
    return wanted == name(CitationKind::Reference) ? CitationKind::Reference : CitationKind::Quotation;
}

Verdict verdictOf(const Citation& citation) {
    if (citation.kind == CitationKind::Quotation)
        return citation.verified ? Verdict::Proven : Verdict::NotProven;
    if (citation.verified) return Verdict::Supported;
    if (citation.better > 0) return Verdict::Contested;
    return citation.judged ? Verdict::NotSupported : Verdict::NotJudged;
}

void CitationCounts::add(Verdict verdict) {
    const bool isQuotation = verdict == Verdict::Proven || verdict == Verdict::NotProven;
    ++(isQuotation ? quotations : references);
    switch (verdict) {
        case Verdict::Proven:
            ++proven;
            return;
        case Verdict::NotProven:
            return;
        case Verdict::Supported:
            ++supported;
            return;
        case Verdict::NotSupported:
            ++unsupported;
            return;
        case Verdict::Contested:
            ++contested;
            return;
        case Verdict::NotJudged:
            ++unjudged;
            return;
    }
}

CitationCounts countsOf(const std::vector<Citation>& citations) {
    CitationCounts counts;
    for (const Citation& citation : citations) counts.add(verdictOf(citation));
    return counts;
}

std::string pageText(int page, const std::string& label) {
    return pagesText({page, label}, {page, label});
}

std::string pagesText(const PageName& first, const PageName& last) {
    if (first.page <= 0) return {};
    const bool isOne = last.page <= first.page;
    const auto shown = [](const PageName& one) {
        return one.label.empty() ? std::to_string(one.page) : one.label;
    };
    const std::string labels = isOne ? shown(first) : shown(first) + "–" + shown(last);
    const std::string indices =
        isOne ? std::to_string(first.page) : std::to_string(first.page) + "–" + std::to_string(last.page);
    return labels == indices ? "p. " + indices : "p. " + labels + " (" + indices + ")";
}

}  // namespace commonplace::document
