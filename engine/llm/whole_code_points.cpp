#include "engine/llm/whole_code_points.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"

namespace commonplace::llm {
namespace {

// How many bytes a character that begins with this byte has; 1 for what begins none.
std::size_t lengthByLead(unsigned char lead) {
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 1;
}

// The size of the unfinished character at the end.
std::size_t unfinishedBytes(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0) != 0x80) return lengthByLead(byte) > back ? back : 0;
    }
    return 0;
}

}  // namespace

std::string WholeCodePoints::push(std::string_view bytes) {
    m_rest += bytes;
    const std::size_t whole = m_rest.size() - unfinishedBytes(m_rest);
    std::string text = base::repairUtf8(std::string_view(m_rest).substr(0, whole));
    m_rest.erase(0, whole);
    return text;
}

std::string WholeCodePoints::finish() {
    return base::repairUtf8(std::exchange(m_rest, {}));
}

}  // namespace commonplace::llm
