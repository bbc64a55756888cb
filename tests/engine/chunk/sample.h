// Documents for the tests of chunk: from a small text format, and seeded random ones.
#pragma once

#include <random>
#include <sstream>
#include <string>

#include "engine/document/document.h"

namespace commonplace::test {

/// "=== page N" begins a page; lines that begin with '#' are headings of that level, as in Markdown.
inline document::ExtractedDocument documentFrom(const std::string& text) {
    document::ExtractedDocument document;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("=== page ")) {
            document.pages.push_back({std::stoi(line.substr(9)), "", ""});
            continue;
        }
        if (document.pages.empty()) document.pages.push_back({});
        std::string& page = document.pages.back().text;
        if (const std::size_t level = line.find_first_not_of('#'); level != 0 && level != line.npos) {
            const std::string title = line.substr(level + 1);
            document.headings.push_back({static_cast<int>(document.pages.size()) - 1, page.size() + level + 1,
                                         static_cast<int>(level), title});
        }
        page += line + "\n";
    }
    return document;
}

/// Words that never repeat, so that a test can say where each one went: "ka17", "ka18" …
class WordSource {
  public:
    explicit WordSource(unsigned seed) : m_random(seed) {}

    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }

    std::string word() {
        static const char* const kStems[] = {"ka", "lumo", "Teri", "of", "Ost", "wahrung", "é", "zu"};
        return kStems[below(8)] + std::to_string(m_count++);
    }

    std::string sentence(int words) {
        std::string text = "Begin" + std::to_string(m_count++);
        for (int i = 1; i < words; ++i) text += (below(9) == 0 ? ",\n" : " ") + word();
        return text + ".";
    }

    std::string paragraph(int words) {
        std::string text;
        for (int left = words; left > 0;) {
            const int count = std::min(left, 3 + below(30));
            text += (text.empty() ? "" : " ") + sentence(count);
            left -= count;
        }
        return text;
    }

    std::string page(int words) {
        std::string text;
        for (int left = words; left > 0;) {
            const int count = std::min(left, 10 + below(150));
            text += paragraph(count) + "\n\n";
            left -= count;
        }
        return text;
    }

  private:
    std::mt19937 m_random;
    int m_count = 0;
};

inline document::ExtractedDocument randomDocument(unsigned seed, int pages) {
    WordSource source(seed);
    document::ExtractedDocument document;
    for (int number = 1; number <= pages; ++number) {
        std::string text = source.below(12) == 0 ? "" : source.page(1 + source.below(600));
        if (source.below(6) == 0) {  // a table, a rule, a blob: nothing that ends like a sentence
            for (int i = 0; i < 400; ++i) text += source.word() + (i % 3 == 0 ? "\n" : " ");
            text += std::string(static_cast<std::size_t>(source.below(1000)), '-') + "\n\n";
        }
        if (source.below(3) == 0 && !text.empty())
            document.headings.push_back({number - 1, 0, 1 + source.below(4), text.substr(0, 12)});
        document.pages.push_back({number, "", text});
    }
    return document;
}

}  // namespace commonplace::test
