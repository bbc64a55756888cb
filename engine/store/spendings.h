// Spendings: what calls of models cost, per day and model, in library.db. Unlike traces it is never lost for
// convenience (spending limits rest on it), holds no word of a question, and stays when traces are cleared.
//
// Money is counted in 10⁻¹² US dollars, so that sums are exact; days are those of local time. Thread: that of
// the Database it is made from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/store/database.h"

namespace commonplace::store {

struct SpendingRow {
    std::string model;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    std::optional<std::int64_t> picoUsd;  ///< nothing: its price is unknown
};

/// Of a day and of its month; saturated.
struct SpendingSums {
    std::int64_t dayPicoUsd = 0;
    std::int64_t monthPicoUsd = 0;
    std::int64_t monthCallsWithoutPrice = 0;
};

/// "2026-03-14", local time.
std::string localDay();

class Spendings final {
  public:
    explicit Spendings(Database& database) : m_database(database) {}

    /// `day` as from localDay(). A row older than 13 months goes meanwhile.
    Result<void> add(const std::string& day, const SpendingRow& row);
    Result<SpendingSums> sums(const std::string& day);

  private:
    Database& m_database;
};

}  // namespace commonplace::store
