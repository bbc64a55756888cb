// What the ledger says, in words for people. Pure.
#pragma once

#include <QColor>
#include <QString>

#include "ui/bridge/ledger_bridge.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

QString nameText(const LedgerEntry& entry);    ///< the title, or the file's name
QString statusText(const LedgerEntry& entry);  ///< "Read", "No text layer", "Needs a password" …
QString badgeText(const LedgerEntry& entry);   ///< the same in a word or two, for a narrow column
QColor statusColour(const LedgerEntry& entry, const Tokens& tokens);
QString reasonText(const LedgerEntry& entry);  ///< why it is as it is; empty when all is well
QString adviceText(const LedgerEntry& entry);  ///< what to do about it; empty when nothing need be done
QString sizeText(quint64 bytes);               ///< "1.2 MB"
QString timeText(qint64 msSinceEpoch);         ///< "today 14:05", "3 May 2026"; empty for 0
QString documentsText(int count);

/// Would reading it again make sense?
bool isRetryable(const LedgerEntry& entry);
/// Shown by the chip "Problems".
bool isProblem(const LedgerEntry& entry);

}  // namespace commonplace::ui
