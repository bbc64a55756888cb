// A library of a few texts for the tests of retrieve.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/chunk/chunker.h"
#include "engine/document/embedder.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_store.h"
#include "engine/vector/resident_index.h"
#include "tests/fakes/fake_embedder.h"
#include "tests/support/temp_folder.h"

namespace commonplace::test {

/// The value of a result; a failure ends the test with its message.
template <class Value>
Value must(Result<Value> result) {
    if (!result) throw std::runtime_error(result.error().message());
    return std::move(*result);
}
inline void must(Result<void> result) {
    if (!result) throw std::runtime_error(result.error().message());
}

/// Words of one group mean the same to the embedder of these tests.
inline std::vector<std::vector<std::string>> synonyms() {
    return {{"vacation", "leave", "holiday"}, {"salary", "wage"}, {"vehicle", "automobile"}};
}

struct Text {
    std::string path;
    std::string title;
    std::vector<std::string> pages;  ///< several: numbered from 1; one: a note without page numbers
};

class SmallLibrary final {
  public:
    SmallLibrary()
        : m_store(must(store::IndexStore::open(m_folder / "index.db", store::Access::Checkpointer))) {}

    store::DocumentId add(const Text& text) {
        store::NewDocument document;
        document.content = extracted(text);
        for (const std::string& page : text.pages) document.sha256 += page + '\f';
        document.sha256 = base::sha256Hex(text.path + document.sha256);
        document.extractor = "test";
        document.chunks = chunk::chunks(document.content);
        return must(m_store->storeDocument(document, {text.path, 1, 1}));
    }

    /// Vectors for everything that lacks one; call again after adding.
    void embed(const document::Embedder& embedder) {
        m_space = must(m_store->space(embedder.fingerprint(), embedder.dimension(),
                                      store::IndexStore::IfMissing::Create));
        for (auto chunks = must(m_store->pendingChunks(m_space, 100)); !chunks.empty();
             chunks = must(m_store->pendingChunks(m_space, 100)))
            for (const store::PendingChunk& chunk : chunks) embedChunk(chunk, embedder);
        m_vectors = std::make_unique<vector::ResidentIndex>(embedder.dimension());
        const auto add = [this](const store::VectorRow& row) -> Result<void> {
            const vector::Row one{row.document, row.chunk, row.packed};
            return m_vectors->add({&one, 1});
        };
        must(m_store->vectorsAfter(m_space, 0, add, {}));
        m_embedder = &embedder;
    }

    retrieve::Retriever retriever() {
        return retrieve::Retriever({*m_store, m_vectors.get(), m_embedder, m_space});
    }
    retrieve::Results search(const retrieve::Query& query) { return must(retriever().search(query)); }
    retrieve::Results search(const std::string& text, retrieve::Mode mode = retrieve::Mode::Keyword) {
        retrieve::Query query;
        query.text = text;
        query.mode = mode;
        return search(query);
    }
    store::IndexStore& store() { return *m_store; }
    const vector::ResidentIndex& vectors() const { return *m_vectors; }

  private:
    static document::ExtractedDocument extracted(const Text& text) {
        document::ExtractedDocument content;
        content.status = document::Status::Indexed;
        content.format = text.pages.size() > 1 ? document::Format::Pdf : document::Format::Text;
        content.title = text.title;
        int number = text.pages.size() > 1 ? 1 : 0;
        for (const std::string& page : text.pages) {
            content.pages.push_back({number, number > 0 ? "p" + std::to_string(number) : "", page});
            number += number > 0 ? 1 : 0;
        }
        return content;
    }

    void embedChunk(const store::PendingChunk& chunk, const document::Embedder& embedder) {
        std::vector<store::NewVector> rows;
        for (const int i : chunk.missing) {
            const document::Segment& segment = chunk.segments[static_cast<std::size_t>(i)];
            const std::string_view text =
                std::string_view(chunk.text).substr(segment.begin, segment.end - segment.begin);
            const document::Vectors vectors = must(embedder.embed(std::span(&text, 1), {}));
            rows.push_back({chunk.chunk, i, segment.hash, vector::pack(vectors.row(0))});
        }
        must(m_store->storeVectors(m_space, rows));
    }

    TempFolder m_folder;
    std::unique_ptr<store::IndexStore> m_store;
    std::unique_ptr<vector::ResidentIndex> m_vectors;
    const document::Embedder* m_embedder = nullptr;
    std::int64_t m_space = 0;
};

/// The file names of the passages, in order.
inline std::vector<std::string> namesOf(const retrieve::Results& results) {
    std::vector<std::string> names;
    for (const retrieve::Passage& passage : results.passages) {
        const std::string& path = passage.document.paths.front();
        names.push_back(path.substr(path.find_last_of('/') + 1));
    }
    return names;
}

}  // namespace commonplace::test
