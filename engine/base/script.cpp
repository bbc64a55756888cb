#include "engine/base/script.h"

#include <unicode/uscript.h>

namespace commonplace::base {

std::optional<int> scriptOf(char32_t value) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(value), &status);
    switch (script) {
        case USCRIPT_INVALID_CODE:
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED:
        case USCRIPT_UNKNOWN:
            return std::nullopt;
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
            return USCRIPT_HAN;
        default:
            return script;
    }
}

}  // namespace commonplace::base
