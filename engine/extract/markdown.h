// Markdown (CommonMark and GitHub's extensions, through md4c) to running text: the words a reader sees,
// without marks.
//
// Paragraphs are separated by an empty line; a soft line break stays a line end; list items start with "- "
// or their number; table cells are separated by " | "; code is kept as written; links and wiki links
// [[target|shown]] leave the words shown, images their alternative text; raw HTML leaves its visible text;
// one-line "%% comments %%" (Obsidian) go. Front matter gives the title; its aliases and tags become the
// first paragraph, so that they can be found.
#pragma once

#include <string_view>

#include "engine/extract/run_recorder.h"
#include "engine/extract/structured_text.h"

namespace commonplace::extract {

/// `note` is cleaned UTF-8. Pure; any thread.
StructuredText markdownToText(std::string_view note, Runs runs = Runs::Leave);

}  // namespace commonplace::extract
