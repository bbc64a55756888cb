#include "engine/embed/prefixes.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"

namespace commonplace::embed {
namespace {

constexpr const char* kRetrievalTask =
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ";
constexpr const char* kSearchSentence = "Represent this sentence for searching relevant passages: ";

struct Family {
    const char* first;   ///< stands in the name
    const char* second;  ///< stands in it too; empty: nothing more
    const char* name;
    const char* question;
    const char* passage;
};

// The first that fits decides, so the special ones stand before the general ones.
constexpr std::array<Family, 9> kFamilies{{
    {"nomic-embed", "", "nomic/1", "search_query: ", "search_document: "},
    {"e5", "mistral", "instruct/1", kRetrievalTask, ""},
    {"e5", "instruct", "instruct/1", kRetrievalTask, ""},
    {"qwen3-embedding", "", "instruct/1", kRetrievalTask, ""},
    {"embeddinggemma", "", "gemma/1", "task: search result | query: ", "title: none | text: "},
    {"mxbai-embed", "", "search/1", kSearchSentence, ""},
    {"bge-", "-en", "search/1", kSearchSentence, ""},
    {"e5-", "", "e5/1", "query: ", "passage: "},
    {"e5_", "", "e5/1", "query: ", "passage: "},
}};

bool fits(const Family& family, std::string_view name) {
    return name.find(family.first) != name.npos && name.find(family.second) != name.npos;
}

}  // namespace

Prefixes prefixesFor(std::string_view model) {
    const std::string name = base::foldCase(model);
    const auto found = std::find_if(kFamilies.begin(), kFamilies.end(),
                                    [&](const Family& family) { return fits(family, name); });
    if (found == kFamilies.end()) return {};
    return {found->name, found->question, found->passage};
}

}  // namespace commonplace::embed
