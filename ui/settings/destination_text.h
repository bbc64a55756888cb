// What leaves the computer, in words: the same ones wherever the settings speak of it. Pure.
#pragma once

#include <QStringList>

#include "ui/bridge/settings_bridge.h"

namespace commonplace::ui {

/// What a person has allowed.
struct Leave {
    QStringList servers;  ///< that may receive questions and passages, as serverOf() writes them
    Offline offline = Offline::No;
};

/// What leaves the computer when a question is asked.
QString destinationText(const QString& baseUrl, const QString& model, const Leave& leave);

}  // namespace commonplace::ui
