// LibrarySpendingLog: the sums for spending limits, in the library that the questions are about. Opens the
// library.db when it is first needed. Thread: one call at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/llm/spending.h"
#include "engine/store/library_store.h"

namespace commonplace::app {

class LibrarySpendingLog final : public llm::SpendingLog {
  public:
    explicit LibrarySpendingLog(std::filesystem::path library);
    ~LibrarySpendingLog() override;
    Result<llm::Spent> spent() override;
    Result<void> record(const llm::Spending& spending) override;

  private:
    Result<store::LibraryStore*> opened();

    std::filesystem::path m_library;
    std::unique_ptr<store::LibraryStore> m_store;
};

}  // namespace commonplace::app
