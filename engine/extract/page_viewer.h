// PageViewer: looking at one document at a time: sizes and labels of its pages, words with their places,
// images.
//
// All of it happens in a worker process of the viewer's own, so that it never waits for indexing and a
// hostile page harms nothing (extractor.h, PROTOCOL.md "Looking at pages"). The worker keeps the document
// open: a page of a long one costs no more than that of a short one. A worker that dies or takes too long is
// an Error of that call; the next call starts another one.
//
// Thread: one call at a time, from any thread. Calls block.
#pragma once

#include <memory>
#include <stop_token>

#include "engine/base/result.h"
#include "engine/extract/extractor.h"
#include "engine/extract/format_run.h"
#include "engine/extract/page_view.h"

namespace commonplace::extract {

class PageViewer final {
  public:
    /// Of the options `workers` and `filesPerWorker` mean nothing here; secondsPerFile is for one call.
    static Result<std::unique_ptr<PageViewer>> create(Options options);
    ~PageViewer();

    /// Opens a PDF; the one before is closed, also on failure. Corrupt, Encrypted, Limit (memory), Crashed,
    /// Timeout, Cancelled.
    Result<Outline> open(Snapshot file, std::stop_token stop);
    void close();

    /// Pages count from 1. NotFound: no such page, or nothing is open. Else as open().
    Result<PlacedPage> words(int page, std::stop_token stop);
    /// An image about `width` pixels wide: smaller where it would exceed kMaxImageSide.
    Result<PageImage> render(int page, int width, std::stop_token stop);

    /// The whole text of any file, as Extractor::extract() but with no second chance.
    Result<document::ExtractedDocument> read(const Snapshot& file, document::Format format,
                                             std::stop_token stop);

    /// The text of a Markdown or HTML file as read() gives it, with what was headings, lists, tables … in it.
    /// NotFound: no other format has runs; Limit: it is too long to be shown so. Else as open().
    Result<StyledText> styled(const Snapshot& file, document::Format format, std::stop_token stop);

  private:
    class Conversation;
    explicit PageViewer(std::unique_ptr<Conversation> conversation);
    std::unique_ptr<Conversation> m_conversation;
};

}  // namespace commonplace::extract
