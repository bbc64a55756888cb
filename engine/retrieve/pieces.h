// Pieces: a query cut at its operators, before its words are looked at. Internal to query.cpp; pure.
#pragma once

#include <string_view>
#include <vector>

#include "engine/retrieve/query.h"

namespace commonplace::retrieve {

enum class Role { Words, Phrase, ExcludedWord, ExcludedPhrase, Filter };
struct Piece {
    Role role = Role::Words;
    std::string_view text;         ///< without quotation marks, minus and field; a part of the query
    Field field = Field::Folder;   ///< of a filter
    Sense sense = Sense::Include;  ///< of a filter
};

/// Of words and phrases, not of filters.
bool excludes(const Piece& piece);

/// In order. Operators only where they can be meant (query.h); `text` has single spaces.
std::vector<Piece> piecesOf(std::string_view text, Phrases phrases);

}  // namespace commonplace::retrieve
