#include "engine/store/segment_codec.h"

#include <gtest/gtest.h>

namespace commonplace::store {
namespace {

const std::string kHash(16, '\x80');

TEST(SegmentCodec, RoundTrip) {
    const std::vector<document::Segment> segments{{0, 5, kHash}, {5, 300'000, std::string(16, '\0')}};
    const auto bytes = encodeSegments(segments, 300'000);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->size(), 48u);
    const auto decoded = decodeSegments(*bytes, 300'000);
    ASSERT_TRUE(decoded);
    ASSERT_EQ(decoded->size(), 2u);
    EXPECT_EQ((*decoded)[1].begin, 5u);
    EXPECT_EQ((*decoded)[1].end, 300'000u);
    EXPECT_EQ((*decoded)[0].hash, kHash);
}

TEST(SegmentCodec, RefusesWhatCannotBe) {
    EXPECT_FALSE(encodeSegments({{0, 6, kHash}}, 5));
    EXPECT_FALSE(encodeSegments({{4, 3, kHash}}, 5));
    EXPECT_FALSE(encodeSegments({{0, 5, "short"}}, 5));
}

TEST(SegmentCodec, RefusesDamagedBytes) {
    const std::string bytes = *encodeSegments({{0, 5, kHash}}, 5);
    EXPECT_EQ(decodeSegments(bytes.substr(1), 5).error().code(), ErrorCode::Corrupt);
    EXPECT_EQ(decodeSegments(bytes, 4).error().code(), ErrorCode::Corrupt);
    EXPECT_TRUE(decodeSegments("", 0)->empty());
}

}  // namespace
}  // namespace commonplace::store
