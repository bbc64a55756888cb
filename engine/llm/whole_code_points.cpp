#include "engine/llm/whole_code_points.h"

#include <utility>

#include "engine/base/text.h"

namespace commonplace::llm {
std::string WholeCodePoints::push(std::string_view bytes) {
    m_rest += bytes;
    const std::size_t whole = m_rest.size() - base::unfinishedBytes(m_rest);
    std::string text = base::repairUtf8(std::string_view(m_rest).substr(0, whole));
    m_rest.erase(0, whole);
    return text;
}

std::string WholeCodePoints::finish() {
    return base::repairUtf8(std::exchange(m_rest, {}));
}

}  // namespace commonplace::llm
