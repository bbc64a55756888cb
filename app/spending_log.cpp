#include "app/spending_log.h"

#include <utility>

#include "engine/library/library.h"
#include "engine/store/spendings.h"

namespace commonplace::app {

LibrarySpendingLog::LibrarySpendingLog(std::filesystem::path library) : m_library(std::move(library)) {}
LibrarySpendingLog::~LibrarySpendingLog() = default;

Result<store::LibraryStore*> LibrarySpendingLog::opened() {
    if (!m_store) {
        TRY(m_store, store::LibraryStore::open(library::libraryFile(m_library), store::Access::Guest));
    }
    return m_store.get();
}

Result<llm::Spent> LibrarySpendingLog::spent() {
    TRY(store::LibraryStore * store, opened());
    TRY(const store::SpendingSums sums, store::Spendings(store->database()).sums(store::localDay()));
    return llm::Spent{sums.dayPicoUsd, sums.monthPicoUsd};
}

Result<void> LibrarySpendingLog::record(const llm::Spending& spending) {
    TRY(store::LibraryStore * store, opened());
    return store::Spendings(store->database())
        .add(store::localDay(),
             {spending.model, spending.promptTokens, spending.completionTokens, spending.cost});
}

}  // namespace commonplace::app
