// What the reader shows, as plain values. Pages are named by their index from 0; places on them are points
// (1/72 inch) of the page as it is shown, from its upper left corner; ranges are UTF-16 units of the page's
// text.
#pragma once

#include <QMetaType>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QVector>

#include "ui/bridge/types.h"

namespace commonplace::ui {

enum class ReaderKind {
    Nothing,  ///< it could not be opened; `error` says why
    Pages,    ///< images of pages and words with places
    Text,     ///< running text, one piece a page
};

/// The file on disk against the bytes that were read into the library.
enum class FileState { Same, Changed, Missing };

struct ReaderPage {
    QString label;  ///< as printed; may be empty
    QSizeF size;    ///< points; of ReaderKind::Pages
    QString text;   ///< of ReaderKind::Text
};

/// How a stretch of a text looked in its file (engine/extract/format_run.h says more of each).
enum class ReaderStyleKind {
    Heading,    ///< level 1 to 6
    Quote,      ///< level: how deep, from 1
    Item,       ///< of a list, marker included; level: how deep; number: 0 has a bullet
    Marker,     ///< what stands before an item's words
    CodeBlock,  ///< detail: its language
    Table,
    Row,   ///< level 1: names the columns
    Cell,  ///< number: its column from 0
    Rule,  ///< empty: a line across the page, in the empty line behind
    Image,
    Link,  ///< detail: the address, if it is one that may be asked about (isOpenable()), else empty
    Strong,
    Emphasis,
    Strike,
    Code,
};

struct ReaderStyle {
    ReaderStyleKind kind = ReaderStyleKind::Strong;
    TextRange range;
    int level = 0;
    int number = 0;
    QString detail;
};

struct OpenedDocument {
    int ticket = 0;  ///< what open() returned
    ReaderKind kind = ReaderKind::Nothing;
    QString sha256;
    QString path;  ///< where the file was found; the place's own path when it was not
    QString title;
    QString format;  ///< "pdf", "markdown" …
    FileState file = FileState::Same;
    QVector<ReaderPage> pages;
    /// Over the text of a Markdown or HTML document's only page: by first unit, the longer before the
    /// shorter, none ends outside of one that it begins in. Empty: it is shown as plain text.
    QVector<ReaderStyle> styles;
    /// For people: the file is gone or has changed, and what is shown instead. Usually empty.
    QString notice;
    QString error;  ///< one line; with ReaderKind::Nothing
};

struct ReaderWord {
    QRectF rect;
    TextRange range;
};

struct PageWords {
    int page = 0;
    QString text;               ///< of the whole page
    QVector<ReaderWord> words;  ///< in reading order
};

/// The words that a place points to.
struct PlaceMarks {
    int page = 0;
    QVector<TextRange> ranges;  ///< empty: the words are not on the page
    QVector<QRectF> rects;      ///< the same as rectangles, one a line; of ReaderKind::Pages
    QString text;               ///< the words themselves, as the page has them
    bool exact = false;         ///< the quote stands there, or the place named its range
};

struct FindHit {
    int page = 0;
    TextRange range;
};

struct FindResults {
    QString query;
    QVector<FindHit> hits;  ///< in reading order
    bool more = false;      ///< there were too many to list
};

struct PageWish {
    int page = 0;
    int pixelWidth = 0;
};

/// One rectangle a line for all words that the ranges touch.
QVector<QRectF> rectanglesOf(const PageWords& page, const QVector<TextRange>& ranges);

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::OpenedDocument)
Q_DECLARE_METATYPE(commonplace::ui::PageWords)
Q_DECLARE_METATYPE(commonplace::ui::PlaceMarks)
Q_DECLARE_METATYPE(commonplace::ui::FindResults)
