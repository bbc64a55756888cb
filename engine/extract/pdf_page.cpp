#include "engine/extract/pdf_page.h"

#include "engine/base/text.h"
#include "engine/extract/protocol.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {

std::string toUtf8(const poppler::ustring& text) {
    static_assert(sizeof(poppler::ustring::value_type) == sizeof(char16_t));
    return base::utf16ToUtf8(reinterpret_cast<const char16_t*>(text.data()), text.size());
}

std::string pageText(const poppler::page& page) {
    // No rectangle: the whole visible page. page_rect() is that of the unrotated page in other coordinates,
    // and would cut rotated and shifted pages.
    const poppler::ustring text = page.text(poppler::rectf(), poppler::page::non_raw_non_physical_layout);
    std::string clean = cleanText(toUtf8(text));
    clean.resize(clean.find_last_not_of(" \n\t") + 1);
    return clean;
}

std::string pageLabel(const poppler::page& page, int number) {
    std::string label = oneLine(toUtf8(page.label()), protocol::kMaxLabel);
    return label == std::to_string(number) ? std::string() : label;
}

}  // namespace commonplace::extract
