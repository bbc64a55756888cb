// What a change of the settings has taken away, so that it can be brought back: models that stand in, the one
// for small tasks, folders for this computer only. Pure.
#pragma once

#include <QString>
#include <QVector>
#include <functional>

#include "ui/bridge/app_settings.h"

namespace commonplace::ui {

struct SettingsRemoval {
    QString key;                                   ///< tells removals apart
    QString text;                                  ///< "Remove the stand-in qwen2.5"
    QString what;                                  ///< "The stand-in qwen2.5"
    std::function<AppSettings(AppSettings)> back;  ///< leaves settings as they are that have it already
    std::function<AppSettings(AppSettings)> again;
};

QVector<SettingsRemoval> removalsBetween(const AppSettings& before, const AppSettings& now);

}  // namespace commonplace::ui
