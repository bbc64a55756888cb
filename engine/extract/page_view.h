// What looking at a PDF needs beyond its text: sizes of its pages, where its words stand, images of them.
// Plain values; all places are points (1/72 inch) of the page as it is shown (turned, cropped), from its
// upper left corner.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace commonplace::extract {

/// An image is at most so many pixels wide and high; a longer page is drawn coarser.
inline constexpr int kMaxImageSide = 4096;
/// The longest side of a page that PDF allows: 200 inches, in points. A page that claims more
/// is shown smaller.
inline constexpr double kMaxPageSide = 14'400;

struct Sheet {
    std::string label;  ///< as document::Page has it: empty when it says no more than the page's place
    double width = 0;
    double height = 0;
};

/// A document that can be looked at, page by page.
struct Outline {
    std::string title;  ///< one line; may be empty
    std::vector<Sheet> sheets;
};

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

struct PlacedWord {
    std::size_t begin = 0;  ///< bytes of PlacedPage::text; never empty
    std::size_t end = 0;
    Box box;
};

struct PlacedPage {
    std::string text;  ///< what extraction makes of the page: the text in the index, if made by this version
    std::vector<PlacedWord> words;  ///< in reading order
};

struct PageImage {
    int width = 0;
    int height = 0;
    std::string pixels;  ///< rows of width × 4 bytes: blue, green, red, 255
};

}  // namespace commonplace::extract
