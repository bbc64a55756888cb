#include "engine/retrieve/collapse.h"

#include "engine/base/text.h"

namespace commonplace::retrieve {

std::string foldedText(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (const base::Range& word : base::words(text)) {
        if (!folded.empty()) folded += ' ';
        folded += text.substr(word.begin, word.size());
    }
    return base::foldCase(folded);
}

std::size_t Duplicates::add(std::string_view text, std::size_t number) {
    return m_seen.try_emplace(foldedText(text), number).first->second;
}

}  // namespace commonplace::retrieve
