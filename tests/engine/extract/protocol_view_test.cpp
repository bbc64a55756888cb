#include "engine/extract/protocol_view.h"

#include <gtest/gtest.h>

#include "engine/extract/protocol.h"

namespace commonplace::extract::protocol {
namespace {

template <class Message>
std::string payloadOf(const Message& message) {
    std::string record;
    append(record, message);
    return record.substr(kHeaderBytes);
}

const PlacedPage kPage{"zwei Wörter", {{0, 4, {1, 2, 3, 4}}, {5, 12, {5, 2, 9, 4}}}};

TEST(ProtocolView, CarriesEveryRecord) {
    EXPECT_EQ(decodeOpen(payloadOf(Open{77}))->bytes, 77u);
    EXPECT_EQ(decodeWords(payloadOf(Words{3}))->page, 3);
    EXPECT_EQ(decodeRender(payloadOf(Render{3, 800}))->width, 800);
    const auto outline = decodeOutline(payloadOf(Outline{"T", {{"iv", 612, 792}}}));
    ASSERT_TRUE(outline);
    EXPECT_EQ(outline->sheets[0].label, "iv");
    EXPECT_EQ(outline->sheets[0].height, 792);
    const auto page = decodePlacedPage(payloadOf(kPage));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->text, kPage.text);
    EXPECT_EQ(page->words[1].box.right, 9);
    const auto image = decodeImage(payloadOf(PageImage{1, 2, "12345678"}));
    ASSERT_TRUE(image);
    EXPECT_EQ(image->pixels, "12345678");
    std::string failed;
    appendFailed(failed, Error(ErrorCode::Encrypted, "locked"));
    EXPECT_EQ(decodeFailed(failed.substr(kHeaderBytes)).code(), ErrorCode::Encrypted);
}

TEST(ProtocolView, RefusesEveryCutRecord) {
    const std::string outline = payloadOf(Outline{"T", {{"iv", 612, 792}}});
    const std::string page = payloadOf(kPage);
    const std::string image = payloadOf(PageImage{1, 2, "12345678"});
    for (std::size_t n = 0; n < outline.size(); ++n) EXPECT_FALSE(decodeOutline(outline.substr(0, n)));
    for (std::size_t n = 0; n < page.size(); ++n) EXPECT_FALSE(decodePlacedPage(page.substr(0, n)));
    for (std::size_t n = 0; n < image.size(); ++n) EXPECT_FALSE(decodeImage(image.substr(0, n)));
    EXPECT_FALSE(decodeImage(image + "x"));
    EXPECT_FALSE(decodePlacedPage(page + "x"));
}

TEST(ProtocolView, RefusesWhatCannotBe) {
    EXPECT_FALSE(decodeOutline(payloadOf(Outline{"T", {}})));
    EXPECT_FALSE(decodeOutline(payloadOf(Outline{"T", {{"", 0, 100}}})));
    EXPECT_FALSE(decodeOutline(payloadOf(Outline{"T", {{"", 100, 1e12}}})));
    EXPECT_FALSE(decodeOutline(payloadOf(Outline{"T", {{"", 14'401, 100}}})));
    EXPECT_TRUE(decodeOutline(payloadOf(Outline{"T", {{"", 14'400, 100}}})));
    EXPECT_FALSE(decodePlacedPage(payloadOf(PlacedPage{"ab", {{1, 1, {}}}}))) << "empty";
    EXPECT_FALSE(decodePlacedPage(payloadOf(PlacedPage{"ab", {{1, 3, {}}}}))) << "beyond the text";
    EXPECT_FALSE(decodePlacedPage(payloadOf(PlacedPage{"ö", {{0, 1, {}}}}))) << "inside a character";
    EXPECT_FALSE(decodeImage(payloadOf(PageImage{0, 0, ""})));
    EXPECT_FALSE(decodeImage(payloadOf(PageImage{100'000, 1, std::string(400'000, 'x')})));
    EXPECT_EQ(decodeFailed("").code(), ErrorCode::Protocol);
}

TEST(ProtocolView, NoImageIsLongerThanTheBound) {
    EXPECT_GE(kMaxView, std::size_t{4} * (kMaxImageSide + 1) * (kMaxImageSide + 1) + 8);
}

}  // namespace
}  // namespace commonplace::extract::protocol
