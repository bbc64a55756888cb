#include "engine/store/spendings.h"

#include <ctime>

#include "engine/store/errors.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

std::string monthOf(const std::string& day) {
    return day.substr(0, 7);
}

}  // namespace

std::string localDay() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    char text[16] = {};
    localtime_r(&now, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

Result<void> Spendings::add(const std::string& day, const SpendingRow& row) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "recording what a model cost", [&]() -> Result<void> {
        // A sum that no longer fits stays at its largest: an overflow must not open a limit.
        Query(handle,
              "INSERT INTO spending(day, model, calls, prompt_tokens, completion_tokens, pico_usd,"
              " calls_without_price) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)"
              " ON CONFLICT(day, model) DO UPDATE SET calls = calls + 1,"
              " prompt_tokens = prompt_tokens + ?3, completion_tokens = completion_tokens + ?4,"
              " pico_usd = CASE WHEN pico_usd > 9223372036854775807 - ?5 THEN 9223372036854775807"
              " ELSE pico_usd + ?5 END,"
              " calls_without_price = calls_without_price + ?6")
            .run(day, row.model, row.promptTokens, row.completionTokens, row.picoUsd.value_or(0),
                 row.picoUsd ? 0 : 1);
        Query(handle, "DELETE FROM spending WHERE day < date(?, '-13 months')").run(day);
        return {};
    });
}

Result<SpendingSums> Spendings::sums(const std::string& day) {
    Database::Handle& handle = m_database.handle();
    return reading(handle, "reading what models cost", [&]() -> Result<SpendingSums> {
        // total() is a double: exact up to 9,007 dollars, and it never overflows.
        Query query(
            handle,
            "SELECT min(total(pico_usd) FILTER (WHERE day = ?1), 9.2e18), min(total(pico_usd), 9.2e18),"
            " coalesce(sum(calls_without_price), 0) FROM spending WHERE substr(day, 1, 7) = ?2");
        query.bind(day, monthOf(day));
        query.step();
        return SpendingSums{static_cast<std::int64_t>(query.real(0)),
                            static_cast<std::int64_t>(query.real(1)), query.integer(2)};
    });
}

}  // namespace commonplace::store
