#include "engine/retrieve/retriever.h"

namespace commonplace::retrieve {

const char* name(Mode mode) {
    switch (mode) {
        case Mode::Hybrid:
            return "hybrid";
        case Mode::Keyword:
            return "keyword";
        case Mode::Semantic:
            return "semantic";
    }
    return "hybrid";
}

std::optional<Mode> parseMode(std::string_view wanted) {
    for (const Mode mode : {Mode::Hybrid, Mode::Keyword, Mode::Semantic})
        if (wanted == name(mode)) return mode;
    return std::nullopt;
}

}  // namespace commonplace::retrieve
