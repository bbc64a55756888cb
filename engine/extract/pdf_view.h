// PdfView: one PDF kept open, for looking at its pages (the worker's side of page_viewer.h). Errors are
// sentences for people. Thread: as pdf.h.
#pragma once

#include <memory>

#include "engine/base/file.h"
#include "engine/base/result.h"
#include "engine/extract/page_view.h"

namespace commonplace::extract {

class PdfView final {
  public:
    /// Damaged files are Corrupt, locked ones Encrypted. Limit: no memory to map it.
    static Result<std::unique_ptr<PdfView>> open(const base::UniqueFd& file, std::uint64_t bytes);
    ~PdfView();

    Outline outline() const;
    /// Pages count from 1, here and in render(). NotFound.
    Result<PlacedPage> words(int page) const;
    /// `width`: of the image, in pixels; a bound, for what would be higher than kMaxImageSide is made
    /// smaller.
    Result<PageImage> render(int page, int width) const;

  private:
    struct State;
    explicit PdfView(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace commonplace::extract
