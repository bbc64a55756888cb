// Small PDFs for tests, written by hand: every object and the cross-reference table, nothing compressed.
#pragma once

#include <string>
#include <vector>

namespace commonplace::extract {

struct PdfPage {
    std::string content;     ///< the page's content stream
    std::string attributes;  ///< more entries of the page's dictionary: "/Rotate 90"
};

struct PdfParts {
    std::vector<PdfPage> pages;
    std::string title;    ///< as a PDF string without its parentheses
    std::string catalog;  ///< more entries of the catalog: "/PageLabels …"
};

/// Text at a place, in points from the lower left corner, set in 12 point Helvetica (standard encoding).
std::string textAt(int x, int y, const std::string& text);
/// Lines of text under each other.
std::string column(int x, int y, const std::vector<std::string>& lines);

std::string makePdf(const PdfParts& parts);
/// One page per text.
std::string makePdf(const std::vector<std::string>& texts);

/// A page that draws a form that draws ten forms … : a billion operators in two kilobytes, no end within
/// hours.
std::string makeTimeBomb();

}  // namespace commonplace::extract
