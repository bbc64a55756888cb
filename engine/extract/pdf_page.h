// What the text reader and the page viewer must do alike with a page of poppler's. Thread: as pdf.h.
#pragma once

#include <poppler-global.h>
#include <poppler-page.h>

#include <string>

namespace commonplace::extract {

/// Our own conversion: ustring::to_utf8() goes through iconv, which says nothing when it fails.
std::string toUtf8(const poppler::ustring& text);

/// The text of the visible page in reading order, as the index stores it.
std::string pageText(const poppler::page& page);

/// The label, when it says more than the page's place (`number`, from 1).
std::string pageLabel(const poppler::page& page, int number);

}  // namespace commonplace::extract
