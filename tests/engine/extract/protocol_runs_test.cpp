#include "engine/extract/protocol_runs.h"

#include <gmock/gmock.h>

#include "engine/extract/protocol_fields.h"

namespace commonplace::extract::protocol {
namespace {

std::string payloadOf(const StyledText& styled) {
    std::string record;
    append(record, styled);
    return record.substr(kHeaderBytes);
}

const StyledText kStyled{"A title",
                         "Größe\n\n- ein Punkt",
                         {{RunKind::Heading, {0, 7}, 2, 0, {}},
                          {RunKind::Link, {0, 7}, 0, 0, "https://example.org/"},
                          {RunKind::Rule, {7, 7}, 0, 0, {}},
                          {RunKind::Item, {9, 20}, 1, 7, {}},
                          {RunKind::Marker, {9, 11}, 0, 0, {}}}};

bool accepts(const std::string& text, const std::vector<FormatRun>& runs) {
    return decodeStyled(payloadOf({"", text, runs})).has_value();
}

FormatRun strong(std::size_t begin, std::size_t end) {
    return {RunKind::Strong, {begin, end}, 0, 0, {}};
}

TEST(ProtocolRuns, CarriesEverything) {
    const auto styled = decodeStyled(payloadOf(kStyled));
    ASSERT_TRUE(styled);
    EXPECT_EQ(styled->title, kStyled.title);
    EXPECT_EQ(styled->text, kStyled.text);
    EXPECT_EQ(styled->runs, kStyled.runs);
}

TEST(ProtocolRuns, RefusesEveryCutRecord) {
    const std::string payload = payloadOf(kStyled);
    for (std::size_t n = 0; n < payload.size(); ++n) EXPECT_FALSE(decodeStyled(payload.substr(0, n))) << n;
    EXPECT_FALSE(decodeStyled(payload + "x"));
}

TEST(ProtocolRuns, RefusesRangesThatCannotBe) {
    EXPECT_TRUE(accepts("abc", {strong(0, 3)}));
    EXPECT_FALSE(accepts("abc", {strong(0, 4)})) << "beyond the text";
    EXPECT_FALSE(accepts("abc", {strong(4'000'000'000, 4'000'000'001)}));
    EXPECT_FALSE(accepts("abc", {strong(2, 1)})) << "backwards";
    EXPECT_FALSE(accepts("abc", {strong(1, 1)})) << "empty";
    EXPECT_FALSE(accepts("abc", {{RunKind::Rule, {1, 2}, 0, 0, {}}})) << "a rule is empty";
    EXPECT_FALSE(accepts("ö", {strong(0, 1)})) << "inside a character";
    EXPECT_FALSE(accepts("ö", {strong(1, 2)})) << "inside a character";
}

TEST(ProtocolRuns, RefusesWhatIsOutOfOrderOrCrosses) {
    EXPECT_TRUE(accepts("abcdef", {strong(0, 4), strong(0, 2), strong(2, 4), strong(4, 6)}));
    EXPECT_FALSE(accepts("abcdef", {strong(2, 4), strong(0, 1)}));
    EXPECT_FALSE(accepts("abcdef", {strong(0, 2), strong(0, 4)})) << "the shorter first";
    EXPECT_FALSE(accepts("abcdef", {strong(0, 3), strong(2, 4)})) << "they cross";
    EXPECT_FALSE(accepts("abcdef", {strong(0, 5), strong(1, 2), strong(3, 6)})) << "crosses the outer one";
}

TEST(ProtocolRuns, RefusesFieldsOfOtherKinds) {
    const auto with = [](RunKind kind, int level, int number, const char* detail) {
        return accepts("abc", {{kind, {0, 3}, level, number, detail}});
    };
    EXPECT_TRUE(with(RunKind::Heading, 6, 0, ""));
    EXPECT_FALSE(with(RunKind::Heading, 0, 0, ""));
    EXPECT_FALSE(with(RunKind::Heading, 7, 0, ""));
    EXPECT_FALSE(with(RunKind::Item, kDeepestLevel + 1, 0, ""));
    EXPECT_FALSE(with(RunKind::Item, 1, kMostRunNumber + 1, ""));
    EXPECT_FALSE(with(RunKind::Strong, 1, 0, ""));
    EXPECT_FALSE(with(RunKind::Strong, 0, 1, ""));
    EXPECT_FALSE(with(RunKind::Strong, 0, 0, "https://example.org"));
    EXPECT_FALSE(with(RunKind::Link, 0, 0, "two\nlines"));
    EXPECT_FALSE(with(RunKind::Link, 0, 0, std::string(kMostRunDetail + 1, 'a').c_str()));
    EXPECT_FALSE(with(static_cast<RunKind>(0), 0, 0, ""));
    EXPECT_FALSE(with(static_cast<RunKind>(200), 0, 0, ""));
}

TEST(ProtocolRuns, BelievesNoCount) {
    for (const std::uint32_t count : {1u, 1000u, 0xFFFFFFFFu}) {
        std::string payload;
        putString(payload, "");
        putString(payload, "abc");
        put(payload, count);
        EXPECT_FALSE(decodeStyled(payload));
    }
    std::vector<FormatRun> many(kMostRuns + 1, strong(0, 1));
    EXPECT_FALSE(accepts("a", many));
    many.pop_back();
    EXPECT_TRUE(accepts("a", many));
}

TEST(ProtocolRuns, BoundsAllDetailsTogether) {
    StyledText styled{"", "abc", {}};
    const FormatRun link{RunKind::Link, {0, 3}, 0, 0, std::string(kMostRunDetail, 'a')};
    styled.runs.assign(kMostStyledDetails / kMostRunDetail, link);
    EXPECT_TRUE(decodeStyled(payloadOf(styled)));
    styled.runs.push_back(link);
    EXPECT_FALSE(fits(styled));
    EXPECT_FALSE(decodeStyled(payloadOf(styled)));
}

}  // namespace
}  // namespace commonplace::extract::protocol
