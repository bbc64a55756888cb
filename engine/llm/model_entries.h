// Lists of models, as servers of all protocols and of many makers write them: the one reader of them. Inside
// engine/llm only. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/llm/json_read.h"

namespace commonplace::llm {

struct ModelEntry {
    std::string id;                     ///< never empty
    std::optional<std::size_t> window;  ///< tokens, where it tells; what is loaded comes before what could be
};

/// In their order; entries without an id are left out. Protocol: it is no list of models.
Result<std::vector<ModelEntry>> parseModelEntries(std::string_view json);

/// A number of tokens that can be a window: one that could hold no question, or is absurdly long, is none.
std::optional<std::size_t> possibleWindow(const JsonView& number);

}  // namespace commonplace::llm
