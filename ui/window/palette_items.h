// What the command palette offers and how typed words find it. Pure values, no widgets.
//
// Every typed word must begin a word of the title (or of the detail), in any order, whatever the letter case.
// Titles that begin with what was typed come first in their group, then titles, then details. Thread: GUI.
#pragma once

#include <QPointer>
#include <QString>
#include <QVector>

#include "ui/bridge/types.h"

class QAction;

namespace commonplace::ui {

enum class PaletteGroup { Commands, Conversations, Documents };

struct PaletteItem {
    PaletteGroup group = PaletteGroup::Commands;
    QString title;
    QString detail;  ///< a document's file name and folder; may be empty
    QString icon;    ///< of ui/widgets/icons
    QPointer<QAction> action = {};
    qint64 conversation = 0;
    Place place = {};
};

struct PaletteMatch {
    PaletteItem item;
    QVector<TextRange> titleMarks;  ///< the letters that were typed
    QVector<TextRange> detailMarks;
};

/// Where the typed words stand in a text; nothing when one of them begins no word of it.
QVector<TextRange> wordBeginnings(const QString& text, const QString& typed);

/// The best of each group, group by group in the order of the enum; of equals the order of `items` counts.
/// Nothing typed: all commands and the first conversations.
QVector<PaletteMatch> matching(const QVector<PaletteItem>& items, const QString& typed);

}  // namespace commonplace::ui
