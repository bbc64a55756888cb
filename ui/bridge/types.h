// The plain values that the window's folders exchange. Qt types only; copied freely between threads.
#pragma once

#include <QMetaType>
#include <QString>
#include <QVector>

namespace commonplace::ui {

/// A place in a document that a person can go to: what a citation, a search hit and a ledger row lead to. It
/// names the content (sha256) first; the path is where that was last seen.
/// What became of the words that a place is cited with.
enum class PlaceFinding {
    None,    ///< they stand there, or nothing is claimed of them
    Open,    ///< nothing is known, or another passage says more: neither right nor wrong
    Failed,  ///< they were not found there, or do not support what they are cited for
};

struct Place {
    QString sha256;     ///< 64 hex digits; empty: by path only
    QString path;       ///< absolute
    QString title;      ///< for people; empty: the file's name
    int page = 0;       ///< 1-based index; 0 where the format has no pages (or: the beginning)
    QString pageLabel;  ///< as printed ("iv"); may be empty
    QString quote;      ///< the words to light up; may be empty
    /// Where the words stand in the stored UTF-8 text of that page, in bytes; begin < 0: look for the quote.
    qint64 begin = -1;
    qint64 end = -1;
    int number = 0;  ///< of the citation or hit, for "next" and "previous"; 0: none
    PlaceFinding finding = PlaceFinding::None;
};

/// Of a QString, in UTF-16 units.
struct TextRange {
    int begin = 0;
    int end = 0;
};

/// "p. iv (6)": label and index; empty where the format has no pages.
QString pageText(const Place& place);
/// "audit.pdf, p. iv (6)": title, label and index, as every list shows a place.
QString describe(const Place& place);
/// The title, or the file's name when there is none.
QString titleOf(const Place& place);

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::Place)
