// Small documents and an open store for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/store/full_text_form.h"
#include "engine/store/index_store.h"
#include "tests/support/temp_folder.h"

namespace commonplace::test {

inline document::SegmentHash hashOf(const std::string& text) {
    const base::Digest digest = base::sha256(text);
    return {reinterpret_cast<const char*>(digest.data()), 16};
}

/// One chunk with one segment on one page.
inline document::Chunk passage(int ordinal, const std::string& text, int page = 0) {
    document::Chunk chunk;
    chunk.ordinal = ordinal;
    chunk.text = text;
    chunk.spans = {{page, 0, text.size()}};
    chunk.segments = {{0, text.size(), hashOf(text)}};
    return chunk;
}

/// A document with one page and one chunk for each text; its identity is its title and its texts.
inline store::NewDocument sampleDocument(const std::string& title, const std::vector<std::string>& texts) {
    store::NewDocument sample;
    std::string bytes = title;
    sample.extractor = "test-1";
    sample.content.status = document::Status::Indexed;
    sample.content.format = document::Format::Markdown;
    sample.content.title = title;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int number = static_cast<int>(i);
        sample.content.pages.push_back({number + 1, "p" + std::to_string(number + 1), texts[i]});
        sample.chunks.push_back(passage(number, texts[i], number));
        bytes += '\n' + texts[i];
    }
    sample.bytes = bytes.size();
    sample.sha256 = base::sha256Hex(bytes);
    return sample;
}

inline store::FileFacts at(const std::string& path) {
    return {path, 100, 1'700'000'000'000'000'000};
}

/// The value of a Result that must be one.
template <class Value>
Value must(Result<Value> result) {
    if (!result) throw std::runtime_error(result.error().message());
    return std::move(*result);
}
inline void must(const Result<void>& result) {
    if (!result) throw std::runtime_error(result.error().message());
}

class StoreTest : public testing::Test {
  protected:
    std::filesystem::path file() const { return m_folder / "index.db"; }
    std::unique_ptr<store::IndexStore> open(store::Access access = store::Access::Checkpointer) const {
        return must(store::IndexStore::open(file(), access));
    }
    store::DocumentId put(const std::string& path, const std::string& title,
                          const std::vector<std::string>& texts) {
        return must(m_store->storeDocument(sampleDocument(title, texts), at(path)));
    }
    /// Chunks that hold any of the words, best first, as "title:ordinal".
    std::vector<std::string> find(const std::string& words, const store::DocumentSet& among = std::nullopt) {
        std::string match;
        for (const std::string& term : store::fullTextTerms(words))
            match += (match.empty() ? "" : " OR ") + store::fullTextMatch(term);
        return names(must(m_store->keyword(match, 100, among, {})));
    }
    std::vector<std::string> names(const std::vector<store::KeywordHit>& hits) {
        std::vector<std::string> found;
        for (const store::KeywordHit& hit : hits) {
            const auto row = must(m_store->chunks(std::vector{hit.chunk})).at(0);
            const auto owner = must(m_store->documents(std::vector{hit.document})).at(0);
            found.push_back(owner.title + ":" + std::to_string(row.ordinal));
        }
        return found;
    }
    /// Nothing that is derived differs from the truth, full text included.
    void expectSound() { EXPECT_EQ(must(m_store->check()), std::vector<std::string>()); }
    /// Gives every pending segment of the space a vector; returns how many were made.
    int embedAll(std::int64_t space) {
        int made = 0;
        for (auto chunks = must(m_store->pendingChunks(space, 10)); !chunks.empty();
             chunks = must(m_store->pendingChunks(space, 10)))
            for (const store::PendingChunk& chunk : chunks) made += embed(space, chunk);
        return made;
    }
    int embed(std::int64_t space, const store::PendingChunk& chunk) {
        std::vector<store::NewVector> vectors;
        for (const int i : chunk.missing)
            vectors.push_back({chunk.chunk, i, chunk.segments[static_cast<std::size_t>(i)].hash, "packed"});
        must(m_store->storeVectors(space, vectors));
        return static_cast<int>(vectors.size());
    }

    TempFolder m_folder;
    std::unique_ptr<store::IndexStore> m_store = open();
};

}  // namespace commonplace::test
