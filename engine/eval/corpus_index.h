// CorpusIndex: a throw-away index of a data set's documents, made by the product's own chunker, store and
// embedder.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/eval/data_set.h"
#include "engine/eval/eval.h"
#include "engine/store/index_store.h"
#include "engine/vector/resident_index.h"

namespace commonplace::eval {

class CorpusIndex final {
  public:
    enum class With { Words, WordsAndVectors };
    /// Every document becomes a text of one page that begins with its title. Documents of equal text stay
    /// apart.
    static Result<std::unique_ptr<CorpusIndex>> build(const std::vector<CorpusDocument>& documents, With with,
                                                      const RetrievalTools& tools,
                                                      const OnEvalProgress& progress, std::stop_token stop);

    retrieve::Retriever retriever() const;
    /// The data set's id of a stored document.
    const std::string& idOf(store::DocumentId document) const { return m_ids.at(document); }

  private:
    explicit CorpusIndex(const document::Embedder& embedder)
        : m_embedder(embedder), m_vectors(embedder.dimension()) {}
    Result<void> storeAll(const std::vector<CorpusDocument>& documents, const OnEvalProgress& progress,
                          std::stop_token stop);
    Result<void> embedAll(base::ThreadPool& pool, const OnEvalProgress& progress, std::stop_token stop);

    const document::Embedder& m_embedder;
    std::unique_ptr<store::IndexStore> m_store;
    vector::ResidentIndex m_vectors;
    std::int64_t m_space = 0;
    std::unordered_map<store::DocumentId, std::string> m_ids;
};

}  // namespace commonplace::eval
