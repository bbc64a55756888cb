// A document's format runs as the reader's views take them. Pure; any thread.
#pragma once

#include <QVector>

#include "engine/extract/format_run.h"
#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

/// In the same order; ranges in UTF-16 units. Addresses that nobody may be asked to open are left out.
QVector<ReaderStyle> stylesOf(const extract::StyledText& styled);

}  // namespace commonplace::ui
