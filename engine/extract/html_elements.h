// What the elements of a page mean for its text: which are blocks, which are noise, which tables arrange the
// page. Pure.
#pragma once

#include <gumbo.h>

#include <optional>
#include <string_view>

#include "engine/extract/format_run.h"

namespace commonplace::extract {

/// GUMBO_TAG_LAST for nodes that are no elements.
GumboTag tagOf(const GumboNode& node);
/// Null for nodes without visible children.
const GumboVector* childrenOf(const GumboNode& node);
const GumboNode& childAt(const GumboVector& children, unsigned index);
/// Empty when the element has no such attribute.
std::string_view attribute(const GumboElement& element, const char* name);

/// Elements whose content is no text for readers of the page.
bool isNoise(GumboTag tag);
bool isBlock(GumboTag tag);
bool isPreformatted(GumboTag tag);
bool isList(GumboTag tag);
/// 1 to 6; 0 for what is no heading.
int headingLevel(GumboTag tag);
/// How an element shows its text, of those that are neither headings, lists nor tables.
std::optional<RunKind> runKindOf(const GumboElement& element);
/// A row all of whose cells name a column.
bool isHeadRow(const GumboNode& row);
/// Not shown, or navigation.
bool isHidden(const GumboElement& element);
/// A table that arranges a page rather than figures: its cells hold tables, lists, headings.
bool isLayoutTable(const GumboNode& table);

}  // namespace commonplace::extract
