// Bytes of a text file of unknown encoding to UTF-8.
//
// Order of belief: a byte order mark; zero bytes that look like UTF-16; ISO-2022 escapes; UTF-8 when (nearly)
// all of it is UTF-8, which other encodings hardly ever are by chance; what the file declares about itself;
// uchardet's guess (Mozilla's detector: Li and Momoi, "A composite approach to language/encoding detection",
// 2001); windows-1252.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace commonplace::extract {

struct DecodedText {
    std::string text;          ///< UTF-8, cleaned (structured_text.h)
    std::size_t badBytes = 0;  ///< places that could not be decoded and are U+FFFD now
    bool binary = false;       ///< no text at all: `text` is empty
};

/// `declared` is the encoding that the file names (HTML's meta charset), or empty.
DecodedText decodeText(std::string_view bytes, const std::string& declared = {});

/// The reason for the ledger when badBytes > 0.
std::string describeBadBytes(std::size_t count);

}  // namespace commonplace::extract
