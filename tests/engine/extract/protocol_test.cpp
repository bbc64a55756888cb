#include "engine/extract/protocol.h"

#include <gtest/gtest.h>

#include <random>

namespace commonplace::extract::protocol {
namespace {

using document::Format;
using document::Status;

std::string_view payloadOf(const std::string& record) {
    return std::string_view(record).substr(kHeaderBytes);
}

template <class Message>
std::string recordOf(const Message& message) {
    std::string record;
    append(record, message);
    return record;
}

/// Every strict prefix of a payload, and the payload with a byte more, must be refused.
template <class Decode>
void expectExactLength(const std::string& record, Decode decode) {
    const std::string_view payload = payloadOf(record);
    for (std::size_t length = 0; length < payload.size(); ++length)
        EXPECT_FALSE(decode(payload.substr(0, length))) << "cut to " << length;
    EXPECT_FALSE(decode(std::string(payload) + "x"));
    EXPECT_TRUE(decode(payload));
}

TEST(Protocol, HeaderIsLengthAndKind) {
    const std::string record = recordOf(Extract{Format::Pdf, 7});
    ASSERT_GE(record.size(), kHeaderBytes);
    EXPECT_EQ(static_cast<std::size_t>(record[0]), record.size() - kHeaderBytes);
    EXPECT_EQ(record.substr(1, 3), std::string(3, '\0'));
    EXPECT_EQ(record[4], static_cast<char>(Kind::Extract));
}

TEST(Protocol, RequestsComeThrough) {
    const auto welcome = decodeWelcome(payloadOf(recordOf(Welcome{1'500'000'000, 1ull << 40, 31})));
    ASSERT_TRUE(welcome);
    EXPECT_EQ(welcome->memoryBytes, 1'500'000'000u);
    EXPECT_EQ(welcome->textBytes, 1ull << 40);
    EXPECT_EQ(welcome->cpuSeconds, 31u);
    const auto request = decodeExtract(payloadOf(recordOf(Extract{Format::Markdown, 1ull << 33})));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->format, Format::Markdown);
    EXPECT_EQ(request->bytes, 1ull << 33);
}

TEST(Protocol, AnswersComeThrough) {
    const auto page = decodePage(payloadOf(recordOf(document::Page{310, "iv", "Füße\n\nx"})));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->number, 310);
    EXPECT_EQ(page->label, "iv");
    EXPECT_EQ(page->text, "Füße\n\nx");
    const auto heading = decodeHeading(payloadOf(recordOf(document::Heading{2, 1ull << 33, 6, "Heading"})));
    ASSERT_TRUE(heading);
    EXPECT_EQ(heading->page, 2);
    EXPECT_EQ(heading->begin, 1ull << 33);
    EXPECT_EQ(heading->level, 6);
    EXPECT_EQ(heading->text, "Heading");
    const auto done = decodeDone(payloadOf(recordOf(Verdict{Status::Partial, "why", "Title", 3})));
    ASSERT_TRUE(done);
    EXPECT_EQ(done->status, Status::Partial);
    EXPECT_EQ(done->reason, "why");
    EXPECT_EQ(done->title, "Title");
    EXPECT_EQ(done->pagesWithoutText, 3);
}

TEST(Protocol, PayloadsHaveExactlyTheirFieldsLength) {
    std::string hello;
    appendHello(hello);
    expectExactLength(hello, decodeHello);
    expectExactLength(recordOf(Welcome{1, 2, 3}), decodeWelcome);
    expectExactLength(recordOf(Extract{Format::Html, 9}), decodeExtract);
    expectExactLength(recordOf(document::Page{1, "i", "text"}), decodePage);
    expectExactLength(recordOf(document::Heading{0, 0, 1, "text"}), decodeHeading);
    expectExactLength(recordOf(Verdict{Status::NoText, "why", "t", 1}), decodeDone);
}

TEST(Protocol, RefusesTextThatIsNoUtf8OrHoldsZero) {
    EXPECT_FALSE(decodePage(payloadOf(recordOf(document::Page{1, "", "bad \xFF"}))));
    EXPECT_FALSE(decodePage(payloadOf(recordOf(document::Page{1, "\xC3", ""}))));
    EXPECT_FALSE(decodePage(payloadOf(recordOf(document::Page{1, "", std::string("a\0b", 3)}))));
}

TEST(Protocol, RefusesLongLabelsTitlesAndNumbersBeyondInt) {
    EXPECT_TRUE(decodePage(payloadOf(recordOf(document::Page{1, std::string(kMaxLabel, 'x'), ""}))));
    EXPECT_FALSE(decodePage(payloadOf(recordOf(document::Page{1, std::string(kMaxLabel + 1, 'x'), ""}))));
    EXPECT_FALSE(
        decodeDone(payloadOf(recordOf(Verdict{Status::NoText, "", std::string(kMaxLine + 1, 'x'), 0}))));
    EXPECT_FALSE(decodePage(payloadOf(recordOf(document::Page{-1, "", ""}))));
}

TEST(Protocol, RefusesUnknownNames) {
    std::string record = recordOf(Verdict{Status::Damaged, "why", "", 0});
    record[record.find("damaged")] = 'D';
    EXPECT_FALSE(decodeDone(payloadOf(record)));
    std::string request = recordOf(Extract{Format::Pdf, 1});
    request[request.find("pdf")] = 'o';
    EXPECT_FALSE(decodeExtract(payloadOf(request)));
}

TEST(Protocol, AnotherVersionIsNamed) {
    std::string hello;
    appendHello(hello);
    hello[kHeaderBytes + 4] = 9;
    const auto refused = decodeHello(payloadOf(hello));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message().find("version 9"), std::string::npos);
    hello[kHeaderBytes] = 'x';
    EXPECT_FALSE(decodeHello(payloadOf(hello)));
}

TEST(Protocol, RandomBytesAreRefusedOrDecodedButNeverMore) {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        std::string payload(random() % 40, '\0');
        for (char& c : payload) c = static_cast<char>(random() % 3 == 0 ? random() : random() % 4);
        if (const auto page = decodePage(payload)) {
            EXPECT_LE(page->text.size(), payload.size());
        }
        if (const auto heading = decodeHeading(payload)) {
            EXPECT_LE(heading->text.size(), payload.size());
        }
        if (const auto done = decodeDone(payload)) {
            EXPECT_LE(done->title.size(), payload.size());
        }
        static_cast<void>(decodeExtract(payload));
        static_cast<void>(decodeWelcome(payload));
    }
}

}  // namespace
}  // namespace commonplace::extract::protocol
