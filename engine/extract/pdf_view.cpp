#include "engine/extract/pdf_view.h"

#include <poppler-document.h>
#include <poppler-page-renderer.h>

#include <algorithm>
#include <climits>
#include <cmath>

#include "engine/base/text.h"
#include "engine/extract/mapping.h"
#include "engine/extract/pdf.h"
#include "engine/extract/pdf_page.h"
#include "engine/extract/protocol.h"
#include "engine/extract/structured_text.h"
#include "engine/extract/word_places.h"

namespace commonplace::extract {
namespace {

struct Size {
    double width = 0;
    double height = 0;
};

/// As the file says; page_rect() does not know that the page is turned.
Size drawnSizeOf(const poppler::page& page) {
    const poppler::rectf box = page.page_rect();
    Size size{std::abs(box.width()), std::abs(box.height())};
    const auto way = page.orientation();
    if (way == poppler::page::landscape || way == poppler::page::seascape) std::swap(size.width, size.height);
    // A page without area cannot be shown; poppler takes letter paper for one without a box.
    if (!(size.width >= 1 && std::isfinite(size.width))) size.width = 612;
    if (!(size.height >= 1 && std::isfinite(size.height))) size.height = 792;
    return size;
}

/// What the page is shown at: a page beyond the bound is shown smaller.
double scaleOf(const Size& size) {
    return std::min(1.0, kMaxPageSide / std::max(size.width, size.height));
}

/// Of the page as it is shown.
Size sizeOf(const poppler::page& page) {
    const Size size = drawnSizeOf(page);
    const double scale = scaleOf(size);
    return {std::clamp(size.width * scale, 1.0, kMaxPageSide),
            std::clamp(size.height * scale, 1.0, kMaxPageSide)};
}

Box boxOf(const poppler::rectf& rect) {
    return {rect.left(), rect.top(), rect.right(), rect.bottom()};
}

bool isEmpty(const poppler::rectf& rect) {
    return rect.width() == 0 && rect.height() == 0;
}

/// In scripts without spaces a "word" is a line: each of its letters becomes one, where poppler knows their
/// places.
bool splitLetters(const poppler::text_box& box, const std::string& text, std::vector<DrawnWord>& words) {
    std::vector<std::string> letters;
    bool unspaced = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = base::decodeUtf8(text, at);
        letters.push_back(text.substr(at, point.bytes));
        unspaced = unspaced || base::isUnspacedScript(point.value);
        at += point.bytes;
    }
    if (!unspaced || isEmpty(box.char_bbox(letters.size() - 1)) || !isEmpty(box.char_bbox(letters.size())))
        return false;
    for (std::size_t i = 0; i < letters.size(); ++i) words.push_back({letters[i], boxOf(box.char_bbox(i))});
    return true;
}

std::vector<DrawnWord> drawnWords(const poppler::page& page) {
    std::vector<DrawnWord> words;
    for (const poppler::text_box& box : page.text_list()) {
        const std::string text = cleanText(toUtf8(box.text()));
        if (!splitLetters(box, text, words)) words.push_back({text, boxOf(box.bbox())});
    }
    return words;
}

/// The resolution that makes the page `width` pixels wide, or less where a bound is in the way.
double resolutionFor(const Size& size, int width) {
    const double wanted = std::clamp(width, 1, kMaxImageSide) / size.width;
    return 72 * std::min(wanted, kMaxImageSide / size.height);
}

PageImage copyOf(const poppler::image& drawn) {
    PageImage image{drawn.width(), drawn.height(), {}};
    const auto row = static_cast<std::size_t>(image.width) * 4;
    image.pixels.reserve(row * static_cast<std::size_t>(image.height));
    for (int y = 0; y < image.height; ++y)
        image.pixels.append(drawn.const_data() + static_cast<std::ptrdiff_t>(y) * drawn.bytes_per_row(), row);
    return image;
}

void ignoreComplaint(const std::string&, void*) {}

Error undrawable(int page) {
    return {ErrorCode::Corrupt, "page " + std::to_string(page) + " is damaged and cannot be shown"};
}

}  // namespace

struct PdfView::State {
    State(int file, std::size_t bytes) : mapping(file, bytes) {}

    Result<std::unique_ptr<poppler::page>> page(int number) const {
        if (number < 1 || number > document->pages())
            return Error(ErrorCode::NotFound, "the document has no page " + std::to_string(number));
        std::unique_ptr<poppler::page> page(document->create_page(number - 1));
        if (!page) return undrawable(number);
        return page;
    }

    Mapping mapping;  // poppler reads from it as long as the document is open
    std::unique_ptr<poppler::document> document;
};

PdfView::PdfView(std::unique_ptr<State> state) : m_state(std::move(state)) {}
PdfView::~PdfView() = default;

Result<std::unique_ptr<PdfView>> PdfView::open(const base::UniqueFd& file, std::uint64_t bytes) {
    poppler::set_debug_error_function(ignoreComplaint, nullptr);
    if (bytes > INT_MAX) return Error(ErrorCode::Limit, "PDFs over 2 GB cannot be shown");
    auto state = std::make_unique<State>(file.get(), bytes);
    if (state->mapping.failed())
        return Error(ErrorCode::Limit, "there is not enough memory to open the file");
    const auto content = state->mapping.bytes();
    state->document.reset(
        poppler::document::load_from_raw_data(content.data(), static_cast<int>(content.size())));
    if (!state->document || (!state->document->is_locked() && state->document->pages() <= 0))
        return Error(ErrorCode::Corrupt, "the PDF is damaged and cannot be opened");
    if (state->document->is_locked()) return Error(ErrorCode::Encrypted, "a password is needed to open it");
    return std::unique_ptr<PdfView>(new PdfView(std::move(state)));
}

Outline PdfView::outline() const {
    Outline outline{cleanTitle(toUtf8(m_state->document->get_title())), {}};
    const int pages = std::min<int>(m_state->document->pages(), protocol::kMaxPages);
    for (int number = 1; number <= pages; ++number) {
        const std::unique_ptr<poppler::page> page(m_state->document->create_page(number - 1));
        const Size size = page ? sizeOf(*page) : Size{612, 792};
        outline.sheets.push_back({page ? pageLabel(*page, number) : "", size.width, size.height});
    }
    return outline;
}

Result<PlacedPage> PdfView::words(int number) const {
    TRY(const auto page, m_state->page(number));
    PlacedPage placed{pageText(*page), {}};
    placed.words = placeWords(placed.text, drawnWords(*page));
    const double scale = scaleOf(drawnSizeOf(*page));
    for (PlacedWord& word : placed.words)
        for (double* side : {&word.box.left, &word.box.top, &word.box.right, &word.box.bottom})
            *side *= scale;
    return placed;
}

Result<PageImage> PdfView::render(int number, int width) const {
    TRY(const auto page, m_state->page(number));
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    const double resolution = resolutionFor(drawnSizeOf(*page), width);
    const poppler::image image = renderer.render_page(page.get(), resolution, resolution);
    if (!image.is_valid() || image.format() != poppler::image::format_argb32) return undrawable(number);
    if (image.width() > kMaxImageSide + 1 || image.height() > kMaxImageSide + 1) return undrawable(number);
    return copyOf(image);
}

}  // namespace commonplace::extract
