// VectorRun: one turn of the vector stage. What the active space lacks comes first, so that new documents are
// found by meaning; then the space that is being built; when that is complete, it takes over. A model that
// cannot be reached stops its own space only. Internal.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/ingest/ingester.h"
#include "engine/library/space_models.h"
#include "engine/store/index_store.h"
#include "engine/store/library_store.h"

namespace commonplace::library {

/// The setting of library.db that holds why vectors could not be made last time; empty: they could.
extern const char* const kEmbeddingError;

/// Thread: one; holding the owner lock.
class VectorRun final {
  public:
    struct Parts {
        SpaceModels& models;
        store::IndexStore& index;
        store::LibraryStore& library;
        ingest::Ingester ingester;
        std::function<void(const std::string&)> notice;  ///< one line; may be empty
    };
    explicit VectorRun(Parts parts) : m_parts(std::move(parts)) {}

    /// An error is one of the databases, or Cancelled; a model that fails is in problem() and in library.db.
    Result<ingest::Embedded> run(const ingest::MustYield& mustYield, const std::stop_token& stop);
    const std::string& problem() const { return m_problem; }

  private:
    Result<void> makeFirstSpace(const std::stop_token& stop);
    Result<void> replaceOutdated(const store::SpaceRow& active, const std::stop_token& stop);
    Result<ingest::Embedded> fill(const store::SpaceRow& space, const char* which,
                                  const ingest::MustYield& mustYield, const std::stop_token& stop);
    Result<void> switchOver(const store::SpaceRow& building);
    Result<void> sweep(const ingest::MustYield& mustYield, const std::stop_token& stop);
    Result<void> remember();

    Parts m_parts;
    std::string m_problem;
};

}  // namespace commonplace::library
