#include "engine/answer/evidence.h"

#include <algorithm>
#include <filesystem>

#include "engine/answer/lead_in.h"
#include "engine/answer/proof.h"
#include "engine/answer/word_edge.h"
#include "engine/chunk/chunker.h"

namespace commonplace::answer {
namespace {

constexpr std::size_t kLongestSentence = 4096;  // bytes; longer "sentences" are data

using document::Citation;

Citation citationOf(int number, const retrieve::Passage& passage) {
    Citation citation;
    citation.number = number;
    citation.sha256 = passage.document.sha256;
    citation.title = passage.document.title;
    citation.page = passage.page;
    citation.pageLabel = passage.pageLabel;
    if (!passage.document.paths.empty()) citation.path = passage.document.paths.front();
    return citation;
}

std::optional<base::Range> proveFrom(std::size_t begin, std::string_view quote, std::string_view page) {
    if (begin > page.size()) return std::nullopt;
    const auto range = prove(quote, page.substr(begin));
    if (!range || cutsWord(page, begin + range->begin)) return std::nullopt;
    return base::Range{begin + range->begin, begin + range->end};
}

/// As people read it; the words stay those of the page.
std::string readable(std::string_view text) {
    return base::collapseSpace(chunk::clean(text).text);
}

}  // namespace

Result<Evidence> Evidence::read(store::IndexStore& store, std::vector<retrieve::Passage> passages) {
    Evidence evidence(std::move(passages));
    TRY_VOID(evidence.readPages(store));
    for (std::size_t i = 0; i < evidence.m_passages.size(); ++i) evidence.splitPassage(i);
    return evidence;
}

Result<void> Evidence::readPages(store::IndexStore& store) {
    for (const retrieve::Passage& passage : m_passages) {
        for (const document::Span& span : passage.chunk.spans) {
            const PageKey key{passage.chunk.document, span.page};
            if (m_pages.contains(key)) continue;
            auto page = store.page(passage.chunk.document, span.page);
            if (!page && page.error().code() == ErrorCode::NotFound) continue;  // replaced since it was found
            if (!page) return page.error();
            m_pages.emplace(key, std::move(*page));
        }
    }
    return {};
}

const document::Page* Evidence::page(std::size_t passage, std::size_t span) const {
    const store::ChunkRow& chunk = m_passages[passage].chunk;
    const auto found = m_pages.find({chunk.document, chunk.spans[span].page});
    return found == m_pages.end() ? nullptr : &found->second;
}

void Evidence::splitPassage(std::size_t passage) {
    const store::ChunkRow& chunk = m_passages[passage].chunk;
    for (std::size_t i = 0; i < chunk.spans.size(); ++i) {
        const document::Page* text = page(passage, i);
        const document::Span& span = chunk.spans[i];
        if (text == nullptr || span.begin > span.end || span.end > text->text.size()) continue;
        const std::string_view words = std::string_view(text->text).substr(span.begin, span.end - span.begin);
        for (const base::Range& range : base::sentences(words)) {
            const LeadIn skipped = leadIn(words.substr(range.begin, range.size()));
            const base::Range onPage{span.begin + range.begin + skipped.bytes, span.begin + range.end};
            if (onPage.size() == 0 || onPage.size() > kLongestSentence) continue;
            const bool isNew = m_seen.insert({{chunk.document, span.page}, onPage.begin}).second;
            std::string quote = readable(std::string_view(text->text).substr(onPage.begin, onPage.size()));
            const std::size_t count = base::words(quote).size();
            m_sentences.push_back({passage, i, onPage, std::move(quote), count, skipped.bullet, !isNew});
        }
    }
}

std::string Evidence::quoteAt(const Sentence& sentence) const {
    const document::Page* text = page(sentence.passage, sentence.span);
    return readable(std::string_view(text->text).substr(sentence.onPage.begin, sentence.onPage.size()));
}

Citation Evidence::cite(int number, std::size_t passage, std::string_view quote) const {
    Citation citation = citationOf(number, m_passages[passage]);
    citation.quote = base::collapseSpace(quote);
    const std::vector<document::Span>& spans = m_passages[passage].chunk.spans;
    for (const bool inPassage : {true, false}) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const document::Page* text = page(passage, i);
            if (text == nullptr) continue;
            const auto range = proveFrom(inPassage ? spans[i].begin : 0, quote, text->text);
            if (!range) continue;
            citation.page = text->number;
            citation.pageLabel = text->label;
            citation.verified = true;
            citation.span = document::Span{spans[i].page, range->begin, range->end};
            return citation;
        }
    }
    return citation;
}

Citation Evidence::cite(int number, const Sentence& sentence) const {
    const document::Page* text = page(sentence.passage, sentence.span);
    Citation citation = citationOf(number, m_passages[sentence.passage]);
    citation.page = text->number;
    citation.pageLabel = text->label;
    const std::string_view raw =
        std::string_view(text->text).substr(sentence.onPage.begin, sentence.onPage.size());
    for (const std::string& quote : {sentence.quote, base::collapseSpace(raw)}) {
        citation.quote = quote;
        const auto range = proveFrom(sentence.onPage.begin, quote, text->text);
        if (!range) continue;
        citation.verified = true;
        citation.span = document::Span{m_passages[sentence.passage].chunk.spans[sentence.span].page,
                                       range->begin, range->end};
        break;
    }
    return citation;
}

std::string placeName(const retrieve::Passage& passage) {
    const auto& paths = passage.document.paths;
    // Paths are bytes; names are for people and models.
    std::string name = base::repairUtf8(
        paths.empty() ? passage.document.title : std::filesystem::path(paths.front()).filename().native());
    if (passage.page == 0) return name;
    const auto shown = [](const std::string& label, int number) {
        return label.empty() ? std::to_string(number) : label;
    };
    name += ", p. " + shown(passage.pageLabel, passage.page);
    if (passage.pageEnd > passage.page) name += "–" + shown(passage.chunk.pageLabels.back(), passage.pageEnd);
    return name;
}

}  // namespace commonplace::answer
