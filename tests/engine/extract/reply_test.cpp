#include "engine/extract/reply.h"

#include <gtest/gtest.h>

#include <functional>

namespace commonplace::extract {
namespace {

using document::Format;
using document::Heading;
using document::Page;
using document::Status;
using State = ReplyAssembler::State;

template <class Message>
Result<State> give(ReplyAssembler& reply, const Message& message) {
    std::string record;
    protocol::append(record, message);
    const auto kind = static_cast<protocol::Kind>(record[4]);
    return reply.accept({kind, std::string_view(record).substr(protocol::kHeaderBytes)});
}

TEST(ReplyAssembler, PutsADocumentTogether) {
    ReplyAssembler reply(Format::Pdf, 1000);
    ASSERT_TRUE(give(reply, Page{1, "i", "One"}));
    ASSERT_TRUE(give(reply, Heading{0, 0, 1, "One"}));
    ASSERT_TRUE(give(reply, Page{2, "", ""}));
    const auto state = give(reply, Verdict{Status::Partial, "a page failed", "Title", 1});
    ASSERT_TRUE(state);
    EXPECT_EQ(*state, State::Complete);
    const auto document = reply.take();
    EXPECT_EQ(document.format, Format::Pdf);
    EXPECT_EQ(document.status, Status::Partial);
    EXPECT_EQ(document.reason, "a page failed");
    EXPECT_EQ(document.title, "Title");
    ASSERT_EQ(document.pages.size(), 2u);
    EXPECT_EQ(document.pages[0].label, "i");
    ASSERT_EQ(document.headings.size(), 1u);
    EXPECT_EQ(document.pagesWithoutText, 1);
}

struct Impossible {
    const char* name;
    Format format;
    std::function<Result<State>(ReplyAssembler&)> answer;
};

class ImpossibleAnswers : public testing::TestWithParam<Impossible> {};

TEST_P(ImpossibleAnswers, AreRefused) {
    ReplyAssembler reply(GetParam().format, 10);
    const auto state = GetParam().answer(reply);
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().code(), ErrorCode::Protocol);
}

Result<State> afterPage(ReplyAssembler& reply, const Page& page, const Heading& heading) {
    EXPECT_TRUE(give(reply, page));
    return give(reply, heading);
}

const Impossible kImpossible[] = {
    {"FirstPageIsNotOne", Format::Pdf,
     [](auto& reply) {
         return give(reply, Page{2, "", "x"});
     }},
    {"PageTwice", Format::Pdf,
     [](auto& reply) {
         EXPECT_TRUE(give(reply, Page{1, "", "x"}));
         return give(reply, Page{1, "", "x"});
     }},
    {"NumberedPageWithoutPages", Format::Text,
     [](auto& reply) {
         return give(reply, Page{1, "", "x"});
     }},
    {"SecondPageWithoutPages", Format::Html,
     [](auto& reply) {
         EXPECT_TRUE(give(reply, Page{0, "", "x"}));
         return give(reply, Page{0, "", "x"});
     }},
    {"MoreTextThanAllowed", Format::Pdf,
     [](auto& reply) {
         EXPECT_TRUE(give(reply, Page{1, "", "12345678"}));
         return give(reply, Page{2, "", "123"});
     }},
    {"LabelOfTwoLines", Format::Pdf,
     [](auto& reply) {
         return give(reply, Page{1, "i\nv", "x"});
     }},
    {"HeadingBeforeItsPage", Format::Html,
     [](auto& reply) {
         return give(reply, Heading{0, 0, 1, "x"});
     }},
    {"HeadingBehindTheText", Format::Html,
     [](auto& reply) {
         return afterPage(reply, {0, "", "abc"}, {0, 3, 1, "x"});
     }},
    {"HeadingInsideACharacter", Format::Html,
     [](auto& reply) {
         return afterPage(reply, {0, "", "\xC3\xA9"}, {0, 1, 1, "x"});
     }},
    {"HeadingOfLevelSeven", Format::Html,
     [](auto& reply) {
         return afterPage(reply, {0, "", "abc"}, {0, 0, 7, "x"});
     }},
    {"HeadingOfLevelZero", Format::Html,
     [](auto& reply) {
         return afterPage(reply, {0, "", "abc"}, {0, 0, 0, "x"});
     }},
    {"HeadingOfTwoLines", Format::Html,
     [](auto& reply) {
         return afterPage(reply, {0, "", "abc"}, {0, 0, 1, "x\ny"});
     }},
    {"HeadingsOutOfOrder", Format::Html,
     [](auto& reply) {
         EXPECT_TRUE(afterPage(reply, {0, "", "abc"}, {0, 2, 1, "x"}));
         return give(reply, Heading{0, 1, 1, "y"});
     }},
    {"StatusOfTheParent", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::Quarantined, "why", "", 0});
     }},
    {"StatusPending", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::Pending, "why", "", 0});
     }},
    {"MoreEmptyPagesThanPages", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::NoText, "why", "", 1});
     }},
    {"FailureWithoutReason", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::Damaged, "", "", 0});
     }},
    {"IndexedWithReason", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::Indexed, "why", "", 0});
     }},
    {"ReasonOfTwoLines", Format::Pdf,
     [](auto& reply) {
         return give(reply, Verdict{Status::Damaged, "a\nb", "", 0});
     }},
    {"AParentsRecord", Format::Pdf,
     [](auto& reply) {
         return give(reply, protocol::Extract{Format::Pdf, 1});
     }},
    {"UnknownKind", Format::Pdf,
     [](auto& reply) {
         return reply.accept({static_cast<protocol::Kind>(99), ""});
     }},
    {"Garbage", Format::Pdf,
     [](auto& reply) {
         return reply.accept({protocol::Kind::Page, "garbage"});
     }},
};

INSTANTIATE_TEST_SUITE_P(Reply, ImpossibleAnswers, testing::ValuesIn(kImpossible),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace commonplace::extract
