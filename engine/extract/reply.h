// ReplyAssembler: a worker's records put together to a document, each checked against PROTOCOL.md ("What the
// parent accepts"). The worker is not trusted: anything impossible is an Error with code Protocol, and
// nothing of the answer may be used then. Pure; thread: one.
#pragma once

#include <cstdint>

#include "engine/base/result.h"
#include "engine/document/document.h"
#include "engine/extract/protocol.h"

namespace commonplace::extract {

/// Whether an answer has more records to come.
enum class ReplyState { More, Complete };

class ReplyAssembler final {
  public:
    using State = ReplyState;

    ReplyAssembler(document::Format format, std::uint64_t textLimit);

    Result<State> accept(const protocol::Record& record);
    /// The document; only after Complete.
    document::ExtractedDocument take() { return std::move(m_document); }

  private:
    Result<void> addPage(document::Page page);
    Result<void> addHeading(document::Heading heading);
    Result<void> finish(Verdict verdict);

    std::uint64_t m_textLeft;
    document::ExtractedDocument m_document;
};

}  // namespace commonplace::extract
