#include "tests/engine/extract/pdf_maker.h"

#include <cstdio>

namespace commonplace::extract {
namespace {

std::string reference(std::size_t object) {
    return std::to_string(object) + " 0 R";
}

std::string stream(const std::string& attributes, const std::string& content) {
    return "<<" + attributes + "/Length " + std::to_string(content.size()) + ">>stream\n" + content +
           "\nendstream";
}

/// Objects 1, 2, 3 … with their table; object 1 is the catalog, `info` (0: none) the metadata.
std::string assemble(const std::vector<std::string>& objects, std::size_t info) {
    std::string file = "%PDF-1.7\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", file.size());
        table += line;
        file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1);
    const std::string start = std::to_string(file.size());
    file += "xref\n0 " + count + "\n" + table + "trailer<</Size " + count + "/Root 1 0 R";
    if (info > 0) file += "/Info " + reference(info);
    return file + ">>\nstartxref\n" + start + "\n%%EOF\n";
}

const std::string kFont = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/StandardEncoding>>";

}  // namespace

std::string textAt(int x, int y, const std::string& text) {
    return "BT /F 12 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + text + ") Tj ET\n";
}

std::string column(int x, int y, const std::vector<std::string>& lines) {
    std::string content;
    for (const auto& line : lines) {
        content += textAt(x, y, line);
        y -= 14;
    }
    return content;
}

std::string makePdf(const PdfParts& parts) {
    constexpr std::size_t kFirstPage = 5;
    std::string kids;
    for (std::size_t i = 0; i < parts.pages.size(); ++i) kids += reference(kFirstPage + 2 * i) + " ";
    std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R" + parts.catalog + ">>",
        "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(parts.pages.size()) + ">>",
        kFont,
        "<</Title(" + parts.title + ")>>",
    };
    for (const PdfPage& page : parts.pages) {
        objects.push_back(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents " +
            reference(objects.size() + 2) + page.attributes + ">>");
        objects.push_back(stream("", page.content));
    }
    return assemble(objects, 4);
}

std::string makePdf(const std::vector<std::string>& texts) {
    PdfParts parts;
    for (const auto& text : texts) parts.pages.push_back({text.empty() ? "" : textAt(72, 700, text), ""});
    return makePdf(parts);
}

std::string makeTimeBomb() {
    constexpr std::size_t kDepth = 9;
    constexpr std::size_t kFirstForm = 5;
    std::string tenTimes;
    for (int i = 0; i < 10; ++i) tenTimes += "/X Do ";
    const auto resources = [](std::size_t form) {
        return "/Resources<</XObject<</X " + reference(form) + ">>>>";
    };
    const std::string form = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]";
    std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R" + resources(kFirstForm) + ">>",
        stream("", tenTimes)};
    for (std::size_t i = 0; i < kDepth; ++i)
        objects.push_back(stream(form + resources(kFirstForm + i + 1), tenTimes));
    objects.push_back(stream(form, "0 0 m 9 9 l S"));
    return assemble(objects, 0);
}

}  // namespace commonplace::extract
