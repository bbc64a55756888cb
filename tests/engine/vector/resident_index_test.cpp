#include "engine/vector/resident_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace commonplace::vector {
namespace {

using Floats = std::vector<float>;

Floats unitVector(std::mt19937& generator, std::size_t dimension) {
    std::normal_distribution<float> normal;
    Floats values(dimension);
    double length = 0;
    for (float& value : values) length += std::pow(double{value = normal(generator)}, 2);
    for (float& value : values) value = static_cast<float>(value / std::sqrt(length));
    return values;
}

struct Stored {
    std::int64_t document, chunk;
    std::string packed;
};

/// The index as a list of rows and double loops over it.
class Naive final {
  public:
    explicit Naive(std::size_t dimension) : m_dimension(dimension) {}

    void add(const Stored& row) { m_rows.push_back(row); }
    void remove(std::int64_t document) {
        std::erase_if(m_rows, [document](const Stored& row) { return row.document == document; });
    }
    std::size_t size() const { return m_rows.size(); }

    std::map<std::int64_t, Hit> best(const Floats& query, const DocumentFilter& filter = {}) const {
        std::map<std::int64_t, Hit> hits;
        for (const Stored& row : m_rows) {
            if (row.packed.empty() || (filter && !filter(row.document))) continue;
            double dot = 0;
            const Floats values = unpack(row.packed, m_dimension).value();
            for (std::size_t i = 0; i < query.size(); ++i) dot += double{query[i]} * values[i];
            Hit& hit = hits.try_emplace(row.chunk, Hit{row.chunk, row.document, -2}).first->second;
            hit.cosine = std::max(hit.cosine, static_cast<float>(dot));
        }
        return hits;
    }

  private:
    std::size_t m_dimension;
    std::vector<Stored> m_rows;
};

std::vector<Row> rowsOf(const std::vector<Stored>& stored) {
    std::vector<Row> rows;
    for (const Stored& each : stored) rows.push_back({each.document, each.chunk, each.packed});
    return rows;
}

std::vector<std::int64_t> chunksOf(const std::vector<Hit>& hits) {
    std::vector<std::int64_t> chunks;
    for (const Hit& hit : hits) chunks.push_back(hit.chunk);
    return chunks;
}

/// Equal up to the rounding of float sums: scores within 1e-5, in order, each the chunk's own, and none
/// missing.
void expectTop(const std::vector<Hit>& hits, const std::map<std::int64_t, Hit>& expected, std::size_t k) {
    ASSERT_EQ(hits.size(), std::min(k, expected.size()));
    std::vector<float> ranking;
    for (const auto& [chunk, hit] : expected) ranking.push_back(hit.cosine);
    std::sort(ranking.rbegin(), ranking.rend());
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const auto found = expected.find(hits[i].chunk);
        ASSERT_NE(found, expected.end());
        ASSERT_EQ(hits[i].document, found->second.document);
        ASSERT_NEAR(hits[i].cosine, found->second.cosine, 1e-5);
        ASSERT_NEAR(hits[i].cosine, ranking[i], 1e-5);
        ASSERT_GE(hits[i == 0 ? 0 : i - 1].cosine, hits[i].cosine);
    }
}

/// Documents 0 … documents - 1 with a few chunks of one to three segments; every seventh vector is zero.
std::vector<Stored> randomRows(std::mt19937& generator, std::size_t dimension, std::int64_t documents,
                               std::int64_t firstChunk) {
    std::vector<Stored> rows;
    for (std::int64_t document = 0; document < documents; ++document)
        for (unsigned chunk = 0, chunks = generator() % 9; chunk < chunks; ++chunk, ++firstChunk)
            for (unsigned segment = 0, segments = 1 + generator() % 3; segment < segments; ++segment)
                rows.push_back(
                    {document, firstChunk,
                     generator() % 7 == 0 ? std::string() : pack(unitVector(generator, dimension))});
    return rows;
}

TEST(ResidentIndex, EqualsTheDoubleLoop) {
    for (const std::size_t dimension : {1u, 31u, 32u, 100u, 512u}) {
        std::mt19937 generator(static_cast<unsigned>(dimension));
        ResidentIndex index(dimension);
        Naive naive(dimension);
        const auto rows = randomRows(generator, dimension, 60, 1000);
        for (const Stored& row : rows) naive.add(row);
        ASSERT_TRUE(index.add(rowsOf(rows)));
        EXPECT_EQ(index.rows(), rows.size());
        const DocumentFilter odd = [](std::int64_t document) { return document % 2 == 1; };
        for (int round = 0; round < 5; ++round) {
            const Floats query = unitVector(generator, dimension);
            for (const std::size_t k : {1u, 10u, 100000u}) {
                expectTop(index.topChunks(query, k), naive.best(query), k);
                expectTop(index.topChunks(query, k, odd), naive.best(query, odd), k);
            }
        }
    }
}

/// Random additions, removals and look-ups; chunks' segments may come in separate batches, far apart.
TEST(ResidentIndex, StaysRightThroughARandomLife) {
    constexpr std::size_t dimension = 32;
    for (const unsigned seed : {1u, 2u, 3u}) {
        std::mt19937 generator(seed);
        ResidentIndex index(dimension);
        Naive naive(dimension);
        for (int step = 0; step < 150; ++step) {
            if (generator() % 4 != 0) {
                const auto rows =
                    randomRows(generator, dimension, 1 + generator() % 30, generator() % 50 * 1000);
                std::vector<Stored> fresh = rows;
                for (Stored& row : fresh) row.document = row.chunk / 10;
                for (const Stored& row : fresh) naive.add(row);
                ASSERT_TRUE(index.add(rowsOf(fresh)));
            } else {
                const auto document = static_cast<std::int64_t>(generator() % 5000);
                for (std::int64_t each = document; each < document + 700; ++each) {
                    naive.remove(each);
                    index.removeDocument(each);
                }
            }
            ASSERT_EQ(index.rows(), naive.size());
            if (step % 15 != 0) continue;
            const Floats query = unitVector(generator, dimension);
            const auto expected = naive.best(query);
            expectTop(index.topChunks(query, 20), expected, 20);
            std::vector<std::int64_t> chunks{-1, 123456789};
            for (const auto& [chunk, hit] : expected) chunks.push_back(chunk);
            const auto scores = index.scores(query, chunks);
            EXPECT_EQ(scores[0], -1);
            EXPECT_EQ(scores[1], -1);
            for (std::size_t i = 2; i < chunks.size(); ++i)
                ASSERT_NEAR(scores[i], expected.at(chunks[i]).cosine, 1e-5);
        }
    }
}

TEST(ResidentIndex, BreaksTiesByChunkAndScoresLikeTheTop) {
    std::mt19937 generator(9);
    const Floats value = unitVector(generator, 64);
    const std::string packed = pack(value);
    ResidentIndex index(64);
    ASSERT_TRUE(index.add(rowsOf({{1, 30, packed}, {1, 10, packed}, {2, 20, packed}, {2, 20, packed}})));
    const auto hits = index.topChunks(value, 10);
    EXPECT_EQ(chunksOf(hits), (std::vector<std::int64_t>{10, 20, 30}));
    EXPECT_NEAR(hits[0].cosine, 1, 1e-4);
    const std::vector<std::int64_t> chunks{20, 30, 99};
    EXPECT_EQ(index.scores(value, chunks), (Floats{hits[0].cosine, hits[0].cosine, -1}));
}

TEST(ResidentIndex, ZeroVectorsAreCountedButNeverFound) {
    std::mt19937 generator(10);
    const Floats value = unitVector(generator, 8);
    ResidentIndex index(8);
    ASSERT_TRUE(index.add(rowsOf({{1, 1, ""}, {1, 2, pack(value)}, {2, 3, ""}})));
    EXPECT_EQ(index.rows(), 3u);
    EXPECT_EQ(chunksOf(index.topChunks(value, 10)), (std::vector<std::int64_t>{2}));
    EXPECT_EQ(index.scores(value, std::vector<std::int64_t>{1, 3}), (Floats{-1, -1}));
    index.removeDocument(2);
    EXPECT_EQ(index.rows(), 2u);
}

TEST(ResidentIndex, AsksTheFilterPerDocumentOnly) {
    std::mt19937 generator(11);
    ResidentIndex index(8);
    std::vector<Stored> rows;
    for (std::int64_t i = 0; i < 100; ++i) rows.push_back({i / 50, i, pack(unitVector(generator, 8))});
    ASSERT_TRUE(index.add(rowsOf(rows)));
    int asked = 0;
    const auto none = index.topChunks(unitVector(generator, 8), 5, [&](std::int64_t) { return ++asked < 0; });
    EXPECT_TRUE(none.empty());
    EXPECT_EQ(asked, 2);
}

TEST(ResidentIndex, WrongBytesAreCorruptAndTheRowsBeforeStay) {
    std::mt19937 generator(12);
    const std::string good = pack(unitVector(generator, 8));
    ResidentIndex index(8);
    const auto result = index.add(rowsOf({{1, 1, good}, {1, 2, good + "x"}, {1, 3, good}}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), ErrorCode::Corrupt);
    EXPECT_EQ(index.rows(), 1u);
}

TEST(ResidentIndex, AQueryOfAnotherSizeFindsNothing) {
    std::mt19937 generator(13);
    ResidentIndex index(8);
    ASSERT_TRUE(index.add(rowsOf({{1, 1, pack(unitVector(generator, 8))}})));
    EXPECT_TRUE(index.topChunks(Floats(7, 0.1f), 5).empty());
    EXPECT_EQ(index.scores(Floats(9, 0.1f), std::vector<std::int64_t>{1}), (Floats{-1}));
    EXPECT_TRUE(index.topChunks(Floats(8, 0.1f), 0).empty());
    EXPECT_TRUE(ResidentIndex(8).topChunks(Floats(8, 0.1f), 5).empty());
}

TEST(ResidentIndex, MemoryDoesNotGrowForEver) {
    std::mt19937 generator(14);
    const std::string packed = pack(unitVector(generator, 16));
    ResidentIndex index(16);
    std::size_t afterFirst = 0;
    for (int round = 0; round < 40; ++round) {
        std::vector<Stored> rows;
        for (std::int64_t i = 0; i < 5000; ++i)
            rows.push_back({round * 10 + i / 500, round * 5000 + i, packed});
        ASSERT_TRUE(index.add(rowsOf(rows)));
        if (round > 0)
            for (std::int64_t each = 0; each < 10; ++each) index.removeDocument((round - 1) * 10 + each);
        if (round == 1) afterFirst = index.bytes();
    }
    EXPECT_EQ(index.rows(), 5000u);
    EXPECT_LE(index.bytes(), afterFirst + afterFirst / 2);
    index.clear();
    EXPECT_EQ(index.rows(), 0u);
    EXPECT_EQ(index.dimension(), 16u);
    EXPECT_LT(index.bytes(), 1000u);
}

TEST(ResidentIndex, TwoInstancesKnowNothingOfEachOther) {
    std::mt19937 generator(15);
    const Floats value = unitVector(generator, 8);
    ResidentIndex first(8), second(8);
    first.reserve(1000);
    ASSERT_TRUE(first.add(rowsOf({{1, 1, pack(value)}})));
    EXPECT_TRUE(second.topChunks(value, 5).empty());
    ASSERT_TRUE(second.add(rowsOf({{2, 2, pack(value)}})));
    EXPECT_EQ(chunksOf(first.topChunks(value, 5)), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(chunksOf(second.topChunks(value, 5)), (std::vector<std::int64_t>{2}));
}

TEST(ResidentIndex, ManyMayReadAtOnce) {
    std::mt19937 generator(16);
    ResidentIndex index(64);
    ASSERT_TRUE(index.add(rowsOf(randomRows(generator, 64, 300, 0))));
    const Floats query = unitVector(generator, 64);
    const auto expected = chunksOf(index.topChunks(query, 10));
    std::vector<std::vector<std::int64_t>> results(4);
    {
        std::vector<std::jthread> threads;
        for (auto& result : results)
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) result = chunksOf(index.topChunks(query, 10));
            });
    }
    for (const auto& result : results) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace commonplace::vector
