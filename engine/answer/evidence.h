// Evidence: the stored pages behind the passages of a search, and their sentences.
//
// A heading that the page's text runs into a sentence, and the bullet before it, are not part of the
// sentence.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/text.h"
#include "engine/document/document.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_store.h"

namespace commonplace::answer {

/// A sentence of a passage, where it stands, and as it is quoted: white space collapsed, line-end hyphens and
/// ligatures resolved where the proof allows it.
struct Sentence {
    std::size_t passage = 0;  ///< index into the passages
    std::size_t span = 0;     ///< of its chunk
    base::Range onPage;       ///< bytes of the stored page
    std::string quote;
    std::size_t words = 0;
    bool item = false;      ///< of a list: a bullet stands before it
    bool repeated = false;  ///< an earlier passage holds it, too: passages overlap
};

class Evidence final {
  public:
    /// Reads the pages of the passages. A passage whose document went away meanwhile has no pages and no
    /// sentences.
    static Result<Evidence> read(store::IndexStore& store, std::vector<retrieve::Passage> passages);

    const std::vector<retrieve::Passage>& passages() const { return m_passages; }
    /// The page of a passage's span; nullptr when it went away.
    const document::Page* page(std::size_t passage, std::size_t span) const;
    /// Of all passages, in their order.
    const std::vector<Sentence>& sentences() const { return m_sentences; }

    /// The words of a sentence's range, as they are quoted.
    std::string quoteAt(const Sentence& sentence) const;

    /// A citation of words said to stand in a passage, proven on its pages: in the passage itself first, then
    /// around it. What is not found keeps the passage's first page, and is not verified.
    document::Citation cite(int number, std::size_t passage, std::string_view quote) const;
    /// A citation of a sentence of this evidence.
    document::Citation cite(int number, const Sentence& sentence) const;

  private:
    explicit Evidence(std::vector<retrieve::Passage> passages) : m_passages(std::move(passages)) {}
    Result<void> readPages(store::IndexStore& store);
    void splitPassage(std::size_t passage);

    using PageKey = std::pair<store::DocumentId, int>;
    std::vector<retrieve::Passage> m_passages;
    std::map<PageKey, document::Page> m_pages;
    std::set<std::pair<PageKey, std::size_t>> m_seen;  // where the sentences begin
    std::vector<Sentence> m_sentences;
};

/// "report.pdf, p. iv", "notes.md": how a place is named to people and models.
std::string placeName(const retrieve::Passage& passage);

}  // namespace commonplace::answer
