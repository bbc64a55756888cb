#include "engine/extract/reply.h"

#include <tuple>

#include "engine/base/text.h"

namespace commonplace::extract {
namespace {

using document::Format;
using document::Status;

Error impossible(const std::string& what) {
    return {ErrorCode::Protocol, "the extraction worker gave an impossible answer: " + what};
}

bool isWorkersStatus(Status status) {
    switch (status) {
        case Status::Indexed:
        case Status::Partial:
        case Status::NoText:
        case Status::Encrypted:
        case Status::Damaged:
        case Status::Unsupported:
        case Status::TooBig:
            return true;
        default:
            return false;
    }
}

bool isOneLine(const std::string& text) {
    return text.find_first_of("\n\r") == std::string::npos;
}

bool startsCharacter(const std::string& text, std::size_t at) {
    return at < text.size() && base::isCharacterEdge(text, at);
}

bool inOrder(const document::Heading& first, const document::Heading& second) {
    return std::tie(first.page, first.begin) < std::tie(second.page, second.begin);
}

}  // namespace

ReplyAssembler::ReplyAssembler(Format format, std::uint64_t textLimit) : m_textLeft(textLimit) {
    m_document.format = format;
}

Result<ReplyAssembler::State> ReplyAssembler::accept(const protocol::Record& record) {
    switch (record.kind) {
        case protocol::Kind::Page: {
            TRY(auto page, protocol::decodePage(record.payload));
            TRY_VOID(addPage(std::move(page)));
            return State::More;
        }
        case protocol::Kind::Heading: {
            TRY(auto heading, protocol::decodeHeading(record.payload));
            TRY_VOID(addHeading(std::move(heading)));
            return State::More;
        }
        case protocol::Kind::Done: {
            TRY(auto verdict, protocol::decodeDone(record.payload));
            TRY_VOID(finish(std::move(verdict)));
            return State::Complete;
        }
        default:
            return impossible("a record of kind " + std::to_string(static_cast<int>(record.kind)));
    }
}

Result<void> ReplyAssembler::addPage(document::Page page) {
    auto& pages = m_document.pages;
    if (pages.size() >= protocol::kMaxPages) return impossible("too many pages");
    if (page.text.size() > m_textLeft) return impossible("more text than was asked for");
    const bool paged = m_document.format == Format::Pdf;
    const int expected = paged ? static_cast<int>(pages.size()) + 1 : 0;
    if (page.number != expected || (!paged && !pages.empty()))
        return impossible("page number " + std::to_string(page.number));
    if (!isOneLine(page.label)) return impossible("a page label of several lines");
    m_textLeft -= page.text.size();
    pages.push_back(std::move(page));
    return {};
}

Result<void> ReplyAssembler::addHeading(document::Heading heading) {
    const auto& pages = m_document.pages;
    auto& headings = m_document.headings;
    if (headings.size() >= protocol::kMaxHeadings) return impossible("too many headings");
    if (heading.level < 1 || heading.level > 6) return impossible("a heading of no level");
    if (static_cast<std::size_t>(heading.page) >= pages.size()) return impossible("a heading on no page");
    if (!startsCharacter(pages[static_cast<std::size_t>(heading.page)].text, heading.begin))
        return impossible("a heading outside its page");
    if (!isOneLine(heading.text)) return impossible("a heading of several lines");
    if (!headings.empty() && !inOrder(headings.back(), heading)) return impossible("headings out of order");
    headings.push_back(std::move(heading));
    return {};
}

Result<void> ReplyAssembler::finish(Verdict verdict) {
    if (!isWorkersStatus(verdict.status))
        return impossible(std::string("status ") + document::name(verdict.status));
    if (static_cast<std::size_t>(verdict.pagesWithoutText) > m_document.pages.size())
        return impossible("more pages without text than pages");
    if (!isOneLine(verdict.reason) || !isOneLine(verdict.title))
        return impossible("a reason or title of several lines");
    if (verdict.reason.empty() != (verdict.status == Status::Indexed))
        return impossible("a status without its reason");
    m_document.status = verdict.status;
    m_document.reason = std::move(verdict.reason);
    m_document.title = std::move(verdict.title);
    m_document.pagesWithoutText = verdict.pagesWithoutText;
    return {};
}

}  // namespace commonplace::extract
