#include "engine/store/spendings.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/store/library_store.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class SpendingsTest : public testing::Test {
  protected:
    Spendings spendings() { return Spendings(m_store->database()); }
    SpendingSums sums(const std::string& day) { return must(spendings().sums(day)); }
    void add(const std::string& day, const SpendingRow& row) { must(spendings().add(day, row)); }

    test::TempFolder m_folder;
    std::unique_ptr<LibraryStore> m_store =
        must(LibraryStore::open(m_folder / "library.db", Access::Checkpointer));
};

TEST_F(SpendingsTest, AddUpByDayAndMonth) {
    add("2026-03-14", {"a", 1000, 10, 500});
    add("2026-03-14", {"a", 1000, 10, 500});
    add("2026-03-14", {"b", 1, 1, 7});
    add("2026-03-02", {"a", 1, 1, 100});
    add("2026-02-28", {"a", 1, 1, 9000});
    EXPECT_EQ(sums("2026-03-14").dayPicoUsd, 1007);
    EXPECT_EQ(sums("2026-03-14").monthPicoUsd, 1107);
    EXPECT_EQ(sums("2026-03-15").dayPicoUsd, 0);
    EXPECT_EQ(sums("2026-04-01").monthPicoUsd, 0);
}

TEST_F(SpendingsTest, UnknownPricesAreCountedNotPriced) {
    add("2026-03-14", {"a", 5, 5, std::nullopt});
    EXPECT_EQ(sums("2026-03-14").dayPicoUsd, 0);
    EXPECT_EQ(sums("2026-03-14").monthCallsWithoutPrice, 1);
}

TEST_F(SpendingsTest, ASumThatDoesNotFitStaysLarge) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    add("2026-03-14", {"a", 1, 1, kMost});
    add("2026-03-14", {"a", 1, 1, kMost});
    add("2026-03-14", {"b", 1, 1, kMost});
    EXPECT_GT(sums("2026-03-14").dayPicoUsd, kMost / 2);
}

TEST_F(SpendingsTest, OldRowsGo) {
    add("2025-01-31", {"a", 1, 1, 5});
    add("2026-03-14", {"a", 1, 1, 5});
    EXPECT_EQ(sums("2025-01-31").dayPicoUsd, 0);
}

TEST(LocalDay, IsADay) {
    EXPECT_EQ(localDay().size(), 10u);
    EXPECT_EQ(localDay()[4], '-');
}

}  // namespace
}  // namespace commonplace::store
