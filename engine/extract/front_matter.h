// Front matter: the block of properties on top of a Markdown note, YAML between "---" lines or TOML between
// "+++" lines. Only what a reader searches for is read: title, aliases, tags. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commonplace::extract {

struct FrontMatter {
    std::string title;
    std::vector<std::string> aliases;
    std::vector<std::string> tags;
    std::size_t bytes = 0;  ///< length of the block with its fences; 0 when the note has none
};

/// A note that merely starts with a thematic break has none: every line up to the closing fence must look
/// like a property, a list item, a comment or a continuation.
FrontMatter parseFrontMatter(std::string_view note);

}  // namespace commonplace::extract
