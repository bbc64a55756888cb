// A PageSink that keeps what it is given, and can ask to stop.
#pragma once

#include <vector>

#include "engine/extract/page_sink.h"

namespace commonplace::extract {

class RecordedSink final : public PageSink {
  public:
    Flow page(document::Page page) override {
        pages.push_back(std::move(page));
        return pages.size() >= stopAfter ? Flow::Stop : Flow::Continue;
    }
    Flow heading(document::Heading heading) override {
        headings.push_back(std::move(heading));
        return Flow::Continue;
    }

    std::vector<document::Page> pages;
    std::vector<document::Heading> headings;
    std::size_t stopAfter = 1'000'000;
};

}  // namespace commonplace::extract
