// How far an index run is, in words for people: the one wording for the library's card, the status line and
// whoever else tells of it. Pure, any thread.
#pragma once

#include <QString>

#include "ui/bridge/index_bridge.h"

namespace commonplace::ui {

/// "Reading 214 of 1,032 files", "Paused after 214 of 1,032 files"; what a run waits for, if it does.
QString progressHeading(const IndexProgress& progress);
/// "31 pages/s · 4 min left"; empty when nothing is known yet, and while the run is paused.
QString progressRate(const IndexProgress& progress);
/// "4 min left"; empty while unknown (0).
QString timeLeftText(double seconds);
/// Of the present phase, 0 to 1000; -1: not known yet.
int progressPermille(const IndexProgress& progress);

}  // namespace commonplace::ui
