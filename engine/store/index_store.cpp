#include "engine/store/index_store.h"

#include "engine/store/bm25.h"
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/schemas.h"

namespace commonplace::store {

IndexStore::IndexStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}
IndexStore::~IndexStore() = default;

Result<std::unique_ptr<IndexStore>> IndexStore::open(const std::filesystem::path& file, Access access,
                                                     std::chrono::milliseconds patience) {
    DatabaseSpec spec = indexSpec(file, access);
    spec.patience = patience;
    TRY(auto database, Database::open(spec));
    Database::Handle& handle = database->handle();
    TRY_VOID(guarded(handle, "opening the library", [&]() -> Result<void> {
        registerBm25(handle);
        return {};
    }));
    auto state = std::unique_ptr<State>(new State{std::move(database), handle});
    return std::unique_ptr<IndexStore>(new IndexStore(std::move(state)));
}

Database& IndexStore::database() {
    return *m_state->database;
}

}  // namespace commonplace::store
