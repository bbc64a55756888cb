#include "engine/extract/pdf.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/file.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/engine/extract/recorded_sink.h"

namespace commonplace::extract {
namespace {

using document::Status;

struct ReadPdf {
    explicit ReadPdf(const std::string& bytes) { verdict = readPdf(bytes, sink); }
    const std::string& text(std::size_t page) const { return sink.pages.at(page).text; }

    RecordedSink sink;
    Verdict verdict;
};

ReadPdf readGolden(const std::string& name) {
    const auto bytes = base::readFile(std::string(COMMONPLACE_TEST_DIR) + "/golden/extract/" + name);
    EXPECT_TRUE(bytes) << name;
    return ReadPdf(bytes ? *bytes : std::string());
}

TEST(Pdf, ReadsPageByPage) {
    const ReadPdf pdf(makePdf({"First page", "", "Third page"}));
    EXPECT_EQ(pdf.verdict.status, Status::Indexed);
    EXPECT_EQ(pdf.verdict.reason, "");
    EXPECT_EQ(pdf.verdict.pagesWithoutText, 1);
    ASSERT_EQ(pdf.sink.pages.size(), 3u);
    EXPECT_EQ(pdf.text(0), "First page");
    EXPECT_EQ(pdf.text(1), "");
    EXPECT_EQ(pdf.text(2), "Third page");
    EXPECT_EQ(pdf.sink.pages[2].number, 3);
}

TEST(Pdf, ReadsColumnsOneAfterTheOtherAndJoinsHyphens) {
    const std::string left = column(72, 700,
                                    {"The left column begins here and", "is read to its end before any-",
                                     "thing of the right one is, even", "though both stand side by side."});
    const std::string right = column(330, 700,
                                     {"The right column follows it. Its", "lines share their heights with",
                                      "those of the left one, so that", "they are easily confused."});
    const ReadPdf pdf(makePdf(PdfParts{{{left + right, ""}}, "", ""}));
    EXPECT_EQ(pdf.text(0),
              "The left column begins here and\nis read to its end before anything of the right one is, "
              "even\nthough "
              "both stand side by side.\n\nThe right column follows it. Its\nlines share their heights "
              "with\nthose of "
              "the left one, so that\nthey are easily confused.");
}

TEST(Pdf, ReadsRotatedPagesUpright) {
    const std::string sideways =
        "BT /F 12 Tf 0 1 -1 0 100 100 Tm (A page lies on its side) Tj 0 -14 Td (and is read line by line) Tj "
        "ET";
    const std::string upsideDown =
        "BT /F 12 Tf -1 0 0 -1 500 500 Tm (A page stands on its head) Tj 0 -14 Td (and is read all the same) "
        "Tj ET";
    const ReadPdf pdf(makePdf(PdfParts{{{sideways, "/Rotate 90"}, {upsideDown, "/Rotate 180"}}, "", ""}));
    EXPECT_EQ(pdf.text(0), "A page lies on its side\nand is read line by line");
    EXPECT_EQ(pdf.text(1), "A page stands on its head\nand is read all the same");
}

TEST(Pdf, ReadsTheWholePageWhereverItsBoxBegins) {
    const ReadPdf pdf(
        makePdf(PdfParts{{{textAt(350, 700, "far from the origin"), "/CropBox[300 400 612 792]"},
                          {textAt(72, 700, "seen") + textAt(500, 20, "cut off"), "/CropBox[0 400 612 792]"}},
                         "",
                         ""}));
    EXPECT_EQ(pdf.text(0), "far from the origin");
    EXPECT_EQ(pdf.text(1), "seen");
}

TEST(Pdf, KeepsLabelsThatSayMoreThanTheNumber) {
    const ReadPdf pdf(
        makePdf(PdfParts{{{textAt(72, 700, "a"), ""},
                          {textAt(72, 700, "b"), ""},
                          {textAt(72, 700, "c"), ""},
                          {textAt(72, 700, "d"), ""}},
                         "",
                         "/PageLabels<</Nums[0<</S/r/St 3>>2<</S/D/St 1>>3<</P(A-)/S/D/St 7>>]>>"}));
    EXPECT_EQ(pdf.sink.pages[0].label, "iii");
    EXPECT_EQ(pdf.sink.pages[1].label, "iv");
    EXPECT_EQ(pdf.sink.pages[2].label, "1");
    EXPECT_EQ(pdf.sink.pages[3].label, "A-7");
    EXPECT_EQ(ReadPdf(makePdf({"x"})).sink.pages[0].label, "") << "page 1 called 1";
}

TEST(Pdf, LigaturesArriveAsTextThatCanBeFolded) {
    const ReadPdf pdf(makePdf({"a \\256nal \\257at"}));  // the glyphs fi and fl of the standard encoding
    EXPECT_TRUE(pdf.text(0) == "a final flat" || pdf.text(0) ==
                                                     "a \xEF\xAC\x81nal \xEF\xAC\x82"
                                                     "at")
        << pdf.text(0);
}

TEST(Pdf, TakesTheTitleFromItsMetadata) {
    EXPECT_EQ(ReadPdf(makePdf(PdfParts{{{textAt(72, 700, "x"), ""}}, "Annual report", ""})).verdict.title,
              "Annual report");
    EXPECT_EQ(
        ReadPdf(makePdf(PdfParts{{{textAt(72, 700, "x"), ""}}, "\\376\\377\\000G\\000r\\000\\374\\000n", ""}))
            .verdict.title,
        "Grün");
}

TEST(Pdf, WithoutTextIsNoText) {
    const ReadPdf pdf(makePdf({"", ""}));
    EXPECT_EQ(pdf.verdict.status, Status::NoText);
    EXPECT_EQ(pdf.verdict.pagesWithoutText, 2);
    EXPECT_EQ(pdf.verdict.reason, "no text layer on 2 pages (scanned, drawn or empty)");
    EXPECT_EQ(pdf.sink.pages.size(), 2u);
}

TEST(Pdf, WhatIsNoPdfIsDamaged) {
    for (const std::string& bytes : {std::string(), std::string("text"), std::string("%PDF-1.7\nnonsense"),
                                     makePdf(std::vector<std::string>{})}) {
        const ReadPdf pdf(bytes);
        EXPECT_EQ(pdf.verdict.status, Status::Damaged) << bytes.substr(0, 20);
        EXPECT_NE(pdf.verdict.reason, "");
    }
}

TEST(Pdf, RepairedFilesArePartial) {
    std::string bytes = makePdf({"still here"});
    const std::size_t firstEntry = bytes.find(" 00000 n");
    bytes.replace(firstEntry - 3, 3, "999");  // the table sends the reader to the wrong place
    const ReadPdf pdf(bytes);
    EXPECT_EQ(pdf.verdict.status, Status::Partial);
    EXPECT_NE(pdf.verdict.reason.find("damaged"), std::string::npos);
    EXPECT_EQ(pdf.text(0), "still here");
}

// (poppler reaches no page behind a missing one.)
TEST(Pdf, MissingPagesAreCountedAndKeepTheirPlaces) {
    std::string bytes = makePdf({"one", "two", "three"});
    bytes.replace(bytes.find("7 0 R"), 5, "0 0 R");  // the second page is no object at all
    const ReadPdf pdf(bytes);
    EXPECT_EQ(pdf.verdict.status, Status::Partial);
    ASSERT_EQ(pdf.sink.pages.size(), 3u);
    EXPECT_EQ(pdf.text(0), "one");
    EXPECT_EQ(pdf.text(1), "");
    EXPECT_EQ(pdf.text(2), "");
    EXPECT_EQ(pdf.verdict.reason, "2 pages of 3 could not be read");
}

TEST(Pdf, PasswordsOfReadersLockAndThoseOfOwnersDoNot) {
    const ReadPdf locked = readGolden("locked.pdf");
    EXPECT_EQ(locked.verdict.status, Status::Encrypted);
    EXPECT_EQ(locked.verdict.reason, "a password is needed to open it");
    const ReadPdf open = readGolden("owner_password_only.pdf");
    EXPECT_EQ(open.verdict.status, Status::Indexed);
    EXPECT_EQ(open.text(0), "Only the owner has a password");
}

TEST(Pdf, StopsWhenTheSinkHasEnough) {
    ReadPdf all(makePdf({"one", "two", "three"}));
    RecordedSink sink;
    sink.stopAfter = 2;
    const std::string bytes = makePdf({"one", "two", "three"});
    readPdf(bytes, sink);
    EXPECT_EQ(sink.pages.size(), 2u);
}

TEST(Pdf, EveryPrefixOfAFileGetsAVerdict) {
    const std::string bytes = makePdf({"some text", "more text"});
    for (std::size_t length = 0; length < bytes.size(); length += 13) {
        const ReadPdf pdf(bytes.substr(0, length));
        EXPECT_EQ(pdf.verdict.reason.empty(), pdf.verdict.status == Status::Indexed);
    }
}

TEST(PdfTitle, LosesWhatProgramsPutThere) {
    EXPECT_EQ(cleanTitle("  Annual \n report "), "Annual report");
    EXPECT_EQ(cleanTitle("Microsoft Word - Plan for 2024.doc"), "Plan for 2024");
    EXPECT_EQ(cleanTitle("Microsoft PowerPoint - ODL 3q16.pptx"), "ODL 3q16");
    EXPECT_EQ(cleanTitle("Neddy_Flyer.indd"), "Neddy_Flyer");
    EXPECT_EQ(cleanTitle("A study of .NET"), "A study of .NET");
    EXPECT_EQ(cleanTitle("日本語の題"), "日本語の題");
}

TEST(PdfTitle, IsEmptyWhenItIsNone) {
    for (const char* junk : {"", " ", "untitled", "Untitled document", "Microsoft Word - Document1",
                             "about:blank", "0001065280-18-000069", "Microsoft Word - .doc", "\x01\x02"})
        EXPECT_EQ(cleanTitle(junk), "") << junk;
}

}  // namespace
}  // namespace commonplace::extract
