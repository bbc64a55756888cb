// HTML to running text through gumbo (the HTML5 parsing algorithm): what a reader of the page sees, block
// elements separated by an empty line, without scripts, styles, navigation and hidden elements. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "engine/extract/run_recorder.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {

/// `page` is UTF-8.
StructuredText htmlToText(std::string_view page, Runs runs = Runs::Leave);

/// The encoding that the first 4 KiB name (<meta charset>, http-equiv, XML declaration); empty if none.
std::string declaredEncoding(std::string_view bytes);

/// "&eacute;" to "é"; what is no character reference comes back unchanged.
std::string decodeEntity(std::string_view entity);

}  // namespace commonplace::extract
