#include "engine/store/bm25.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "engine/store/query.h"

namespace commonplace::store {
namespace {

constexpr double kK1 = 1.2, kB = 0.75;
constexpr std::size_t kSpare = 1024;  // rows collected before the best are picked again

int countRow(const Fts5ExtensionApi*, Fts5Context*, void* count) {
    ++*static_cast<sqlite3_int64*>(count);
    return SQLITE_OK;
}

void seeRow(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* context, int,
            sqlite3_value** values) {
    auto* bm25 = static_cast<Bm25*>(sqlite3_value_pointer(values[0], "Bm25"));
    int code = SQLITE_MISUSE;
    try {
        if (bm25 != nullptr) code = bm25->see(*api, row);
    } catch (const std::bad_alloc&) {
        code = SQLITE_NOMEM;
    }
    if (code != SQLITE_OK) sqlite3_result_error_code(context, code);
}

/// SQLiteCpp cannot bind pointers.
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

RawStatement prepare(Database::Handle& handle, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    handle.connection.check(sqlite3_prepare_v2(handle.connection.getHandle(), sql, -1, &statement, nullptr));
    return RawStatement(statement);
}

fts5_api* fullTextApi(Database::Handle& handle) {
    fts5_api* api = nullptr;
    const RawStatement statement = prepare(handle, "SELECT fts5(?1)");
    sqlite3_bind_pointer(statement.get(), 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement.get());
    if (api == nullptr) throw SQLite::Exception("this SQLite was built without FTS5", SQLITE_ERROR);
    return api;
}

}  // namespace

void registerBm25(Database::Handle& handle) {
    fts5_api* api = fullTextApi(handle);
    handle.connection.check(api->xCreateFunction(api, "collect_best", nullptr, seeRow, nullptr));
}

std::vector<Match> Bm25::best(Database::Handle& handle, const std::string& match) {
    const RawStatement statement =
        prepare(handle, "SELECT collect_best(chunk_fts, ?2) FROM chunk_fts WHERE chunk_fts MATCH ?1");
    sqlite3_bind_text(statement.get(), 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    sqlite3_bind_pointer(statement.get(), 2, this, "Bm25", nullptr);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement.get());
    if (code != SQLITE_DONE) throw SQLite::Exception(handle.connection.getHandle(), code);
    keepBest();
    return std::move(m_matches);
}

int Bm25::start(const Fts5ExtensionApi& api, Fts5Context* row) {
    sqlite3_int64 rows = 0, tokens = 0;
    if (const int code = api.xRowCount(row, &rows); code != SQLITE_OK) return code;
    if (const int code = api.xColumnTotalSize(row, -1, &tokens); code != SQLITE_OK) return code;
    m_meanLength = rows > 0 && tokens > 0 ? static_cast<double>(tokens) / static_cast<double>(rows) : 1;
    for (int phrase = 0; phrase < api.xPhraseCount(row); ++phrase) {
        sqlite3_int64 holders = 0;
        if (const int code = api.xQueryPhrase(row, phrase, &holders, countRow); code != SQLITE_OK)
            return code;
        const double n = static_cast<double>(holders);
        m_termWeights.push_back(std::log(1 + (static_cast<double>(rows) - n + 0.5) / (n + 0.5)));
    }
    m_counts.resize(m_termWeights.size());
    m_started = true;
    return SQLITE_OK;
}

int Bm25::countTerms(const Fts5ExtensionApi& api, Fts5Context* row) {
    for (std::size_t phrase = 0; phrase < m_counts.size(); ++phrase) {
        m_counts[phrase] = 0;
        Fts5PhraseIter place;
        int column = 0, offset = 0;
        const int code = api.xPhraseFirst(row, static_cast<int>(phrase), &place, &column, &offset);
        if (code != SQLITE_OK) return code;
        for (; column >= 0; api.xPhraseNext(row, &place, &column, &offset))
            m_counts[phrase] += column == 0 ? m_weights.text : m_weights.heading;
    }
    return SQLITE_OK;
}

/// `lengthFactor`: the row's length over the mean.
double Bm25::score(double lengthFactor) const {
    const double softening = kK1 * (1 - kB + kB * lengthFactor);
    double sum = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        sum += m_termWeights[i] * m_counts[i] * (kK1 + 1) / (m_counts[i] + softening);
    return sum;
}

void Bm25::keepBest() {
    if (m_matches.size() <= m_k) return;
    const auto last = m_matches.begin() + static_cast<std::ptrdiff_t>(m_k) - 1;
    std::nth_element(m_matches.begin(), last, m_matches.end(),
                     [](const Match& a, const Match& b) { return a.score > b.score; });
    m_threshold = last->score;
    std::erase_if(m_matches, [this](const Match& match) { return match.score < m_threshold; });
}

int Bm25::see(const Fts5ExtensionApi& api, Fts5Context* row) {
    if (!m_started)
        if (const int code = start(api, row); code != SQLITE_OK) return code;
    const ChunkId chunk = api.xRowid(row);
    if (m_filter && !m_filter(chunk)) return SQLITE_OK;
    if (const int code = countTerms(api, row); code != SQLITE_OK) return code;
    if (score(0) < m_threshold) return SQLITE_OK;
    int length = 0;
    if (const int code = api.xColumnSize(row, -1, &length); code != SQLITE_OK) return code;
    const double exact = score(length / m_meanLength);
    if (exact < m_threshold) return SQLITE_OK;
    m_matches.push_back({chunk, exact});
    if (m_matches.size() >= 2 * m_k + kSpare) keepBest();
    return SQLITE_OK;
}

}  // namespace commonplace::store
