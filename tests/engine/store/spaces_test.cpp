// The roles of vector spaces: choosing, switching, going back, dropping.
#include <gmock/gmock.h>

#include "engine/store/handle.h"
#include "engine/store/index_store.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;
using IfIncomplete = IndexStore::IfIncomplete;

class SpacesTest : public test::StoreTest {
  protected:
    void want(const std::string& fingerprint, std::size_t dimension = 3) {
        must(m_store->wantSpace({fingerprint, dimension, "maker of " + fingerprint}));
    }
    /// "active building previous", "-" for none.
    std::string roles() {
        const Spaces spaces = must(m_store->spaces());
        const auto name = [](const std::optional<SpaceRow>& space) {
            return space ? space->made.fingerprint : std::string("-");
        };
        return name(spaces.active) + " " + name(spaces.building) + " " + name(spaces.previous);
    }
    void fill(const char* fingerprint) {
        embedAll(must(m_store->space(fingerprint, 3, IndexStore::IfMissing::Report)));
    }
    bool switched(IfIncomplete ifIncomplete = IfIncomplete::Wait) {
        return must(m_store->switchSpaces(ifIncomplete));
    }
    std::int64_t count(const char* sql) { return scalar(m_store->database().handle(), sql); }
};

TEST_F(SpacesTest, TheFirstIsActiveTheNextIsBuilt) {
    EXPECT_EQ(roles(), "- - -");
    want("a");
    EXPECT_EQ(roles(), "a - -");
    want("a");
    EXPECT_EQ(roles(), "a - -");
    want("b");
    EXPECT_EQ(roles(), "a b -");
    EXPECT_EQ(must(m_store->spaces()).building->made.maker, "maker of b");
    want("a");  // the active one again: the other is given up
    EXPECT_EQ(roles(), "a - -");
}

TEST_F(SpacesTest, SwitchesWhenNothingIsMissing) {
    put("/x", "X", {"x0", "x1"});
    want("a");
    fill("a");
    EXPECT_FALSE(switched());
    want("b");
    EXPECT_FALSE(switched());
    fill("b");
    put("/y", "Y", {"y0"});  // comes in the last moment: both lack it
    EXPECT_FALSE(switched());
    EXPECT_EQ(roles(), "a b -");
    fill("b");
    EXPECT_TRUE(switched());
    EXPECT_EQ(roles(), "b - a");
    expectSound();
}

TEST_F(SpacesTest, GoesBackAndForth) {
    put("/x", "X", {"x0"});
    want("a");
    fill("a");
    EXPECT_EQ(m_store->undoSpaces().error().code(), ErrorCode::NotFound);
    want("b");
    must(m_store->undoSpaces());  // ends the building
    EXPECT_EQ(roles(), "a - -");
    want("b");
    fill("b");
    ASSERT_TRUE(switched());
    put("/y", "Y", {"y0"});
    must(m_store->undoSpaces());
    EXPECT_EQ(roles(), "a - b");
    const auto a = must(m_store->spaces()).active->id;
    EXPECT_EQ(must(m_store->pendingCount(a)), 1);  // knows what came meanwhile
    must(m_store->undoSpaces());
    EXPECT_EQ(roles(), "b - a");
    want("a");  // the kept one: nothing that it has is made again
    EXPECT_EQ(roles(), "b a -");
    EXPECT_EQ(must(m_store->pendingCount(a)), 1);
    expectSound();
}

TEST_F(SpacesTest, AWayBackIsNotLostByTakingItAndTurningRound) {
    put("/x", "X", {"x0", "x1", "x2"});
    want("a");
    fill("a");
    want("b");
    fill("b");
    ASSERT_TRUE(switched());
    put("/y", "Y", {"y0"});
    want("a");  // whoever makes b's vectors is away
    EXPECT_EQ(roles(), "b a -");
    must(m_store->undoSpaces());
    EXPECT_EQ(roles(), "b - a");
    must(m_store->undoSpaces());
    EXPECT_EQ(roles(), "a - b");
    expectSound();
}

TEST_F(SpacesTest, TheActiveOneIsReplacedAlone) {
    put("/x", "X", {"x0", "x1"});
    want("old");
    fill("old");
    want("a");
    fill("a");
    ASSERT_TRUE(switched());
    want("b");
    must(m_store->replaceActiveSpace({"c", 3, "maker of c"}));
    EXPECT_EQ(roles(), "c b old");
    EXPECT_EQ(must(m_store->pendingCount(must(m_store->spaces()).active->id)), 2);
    fill("b");
    EXPECT_EQ(m_store->replaceActiveSpace({"b", 4, "maker of b"}).error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(roles(), "c b old");
    must(m_store->replaceActiveSpace({"b", 3, "maker of b"}));  // the one that is being built
    EXPECT_EQ(roles(), "b - old");
    expectSound();
}

TEST_F(SpacesTest, DroppedSpacesAreSweptBitByBit) {
    put("/x", "X", {"x0", "x1", "x2"});
    want("a");
    fill("a");
    want("b");
    fill("b");
    ASSERT_TRUE(switched());
    must(m_store->dropPreviousSpace());
    EXPECT_EQ(m_store->dropPreviousSpace().error().code(), ErrorCode::NotFound);
    EXPECT_EQ(roles(), "b - -");
    put("/y", "Y", {"y0"});
    EXPECT_EQ(count("SELECT count(*) FROM pending"), 1);  // of b only
    expectSound();
    EXPECT_FALSE(must(m_store->sweepSpaces(2)));
    expectSound();
    EXPECT_EQ(count("SELECT count(*) FROM pending"), 1);
    EXPECT_FALSE(must(m_store->sweepSpaces(2)));
    EXPECT_TRUE(must(m_store->sweepSpaces(2)));
    EXPECT_EQ(count("SELECT count(*) FROM space"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM vector"), 3);
    EXPECT_TRUE(must(m_store->sweepSpaces(2)));
    expectSound();
}

TEST_F(SpacesTest, ADroppedSpaceComesBackWithWhatItHas) {
    put("/x", "X", {"x0", "x1"});
    want("a");
    fill("a");
    want("b");
    fill("b");
    want("c");  // b is dropped
    EXPECT_EQ(roles(), "a c -");
    put("/y", "Y", {"y0"});
    EXPECT_FALSE(must(m_store->sweepSpaces(1)));
    want("b");
    EXPECT_EQ(roles(), "a b -");
    const auto b = must(m_store->spaces()).building->id;
    EXPECT_EQ(must(m_store->pendingCount(b)), 2);  // the swept one and the new one
    expectSound();
}

TEST_F(SpacesTest, AnotherDimensionNeedsAnotherName) {
    want("a");
    EXPECT_EQ(m_store->wantSpace({"a", 4, ""}).error().code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(roles(), "a - -");
}

TEST_F(SpacesTest, ReadingVectorsPassesOverTheOtherSpaceOnce) {
    put("/x", "X", {"x0", "x1"});
    want("a");
    fill("a");
    want("b");
    fill("b");
    const auto spaces = must(m_store->spaces());
    int rows = 0;
    const auto each = [&](const VectorRow&) -> Result<void> {
        ++rows;
        return {};
    };
    const auto newest = count("SELECT max(id) FROM vector");
    EXPECT_EQ(must(m_store->vectorsAfter(spaces.active->id, 0, each, {})), newest);
    EXPECT_EQ(rows, 2);
    EXPECT_EQ(must(m_store->vectorsAfter(spaces.active->id, newest, each, {})), newest);
    EXPECT_EQ(rows, 2);
}

}  // namespace
}  // namespace commonplace::store
