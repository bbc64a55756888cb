#include "engine/llm/hidden_thoughts.h"

#include <utility>

namespace commonplace::llm {
namespace {

constexpr std::string_view kBegin = "<think>";
constexpr std::string_view kEnd = "</think>";
constexpr std::string_view kBlank = " \t\r\n";

}  // namespace

std::string HiddenThoughts::push(std::string_view text) {
    m_waiting += text;
    if (m_place == Place::Before) {
        const std::size_t at = m_waiting.find_first_not_of(kBlank);
        const std::string_view head =
            std::string_view(m_waiting).substr(at == std::string::npos ? m_waiting.size() : at);
        if (head.starts_with(kBegin)) {
            m_waiting.erase(0, at + kBegin.size());
            m_place = Place::Inside;
            m_hasThought = true;
        } else if (!kBegin.starts_with(head)) {
            m_place = Place::Answer;
        }
    }
    if (m_place == Place::Inside) {
        const std::size_t end = m_waiting.find(kEnd);
        if (end != std::string::npos) {
            m_waiting.erase(0, end + kEnd.size());
            m_place = Place::After;
        } else if (m_waiting.size() > kEnd.size()) {
            m_waiting.erase(0, m_waiting.size() - kEnd.size());
        }
    }
    if (m_place == Place::After) {
        m_waiting.erase(0, m_waiting.find_first_not_of(kBlank));
        if (!m_waiting.empty()) m_place = Place::Answer;
    }
    return m_place == Place::Answer ? std::exchange(m_waiting, {}) : std::string();
}

std::string HiddenThoughts::finish() {
    return m_place == Place::Before || m_place == Place::Answer ? std::exchange(m_waiting, {})
                                                                : std::string();
}

}  // namespace commonplace::llm
