#include "engine/trace/ids.h"

#include <gtest/gtest.h>

namespace commonplace::trace {
namespace {

TEST(TraceIds, AreHexadecimalOfTheRightLength) {
    const auto count = [n = std::uint64_t(0)]() mutable { return ++n; };
    EXPECT_EQ(toHex(makeTraceId(count)), "00000000000000010000000000000002");
    EXPECT_EQ(toHex(makeSpanId([] { return std::uint64_t(0xAB00000000000001); })), "ab00000000000001");
}

TEST(TraceIds, AreNeverAllZero) {
    const auto zero = [] { return std::uint64_t(0); };
    EXPECT_EQ(toHex(makeSpanId(zero)), "0000000000000001");
    EXPECT_EQ(toHex(makeTraceId(zero)), "00000000000000000000000000000001");
}

TEST(TraceIds, ComeBackFromTheirBytes) {
    const TraceId trace = makeTraceId(systemRandom);
    EXPECT_EQ(traceIdFrom(bytesOf(trace)), trace);
    const SpanId span = makeSpanId(systemRandom);
    EXPECT_EQ(spanIdFrom(bytesOf(span)), span);
    EXPECT_FALSE(traceIdFrom("too short"));
    EXPECT_FALSE(spanIdFrom("much too long"));
    EXPECT_NE(makeTraceId(systemRandom), makeTraceId(systemRandom));
}

}  // namespace
}  // namespace commonplace::trace
