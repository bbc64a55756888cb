#include "ui/settings/removals.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Removals", text);
}

qsizetype indexOf(const AppSettings& settings, const ModelSpot& spot) {
    const QString text = spotText(spot);
    const auto isIt = [&text](const FallbackSpot& other) { return spotText(other.spot) == text; };
    const auto found = std::find_if(settings.fallbacks.begin(), settings.fallbacks.end(), isIt);
    return found == settings.fallbacks.end() ? -1 : found - settings.fallbacks.begin();
}

SettingsRemoval ofFallback(const FallbackSpot& fallback, qsizetype at) {
    const QString name = readable(spotText(fallback.spot));
    const auto back = [fallback, at](AppSettings settings) {
        if (indexOf(settings, fallback.spot) < 0)
            settings.fallbacks.insert(std::min(at, settings.fallbacks.size()), fallback);
        return settings;
    };
    const auto again = [fallback](AppSettings settings) {
        if (const qsizetype now = indexOf(settings, fallback.spot); now >= 0)
            settings.fallbacks.removeAt(now);
        return settings;
    };
    return {QStringLiteral("standIn:") + spotText(fallback.spot), tr("Remove the stand-in %1").arg(name),
            tr("The stand-in %1").arg(name), back, again};
}

SettingsRemoval ofSmall(const ModelSpot& spot) {
    const QString name = readable(spotText(spot));
    const auto back = [spot](AppSettings settings) {
        if (!settings.small.isSet()) settings.small = spot;
        return settings;
    };
    const auto again = [](AppSettings settings) {
        settings.small = {};
        return settings;
    };
    return {QStringLiteral("small:") + spotText(spot), tr("Remove %1 for small tasks").arg(name),
            tr("The model for small tasks, %1,").arg(name), back, again};
}

SettingsRemoval ofFolder(const QString& path) {
    const auto back = [path](AppSettings settings) {
        if (!settings.localOnly.contains(path)) settings.localOnly << path;
        return settings;
    };
    const auto again = [path](AppSettings settings) {
        settings.localOnly.removeAll(path);
        return settings;
    };
    return {QStringLiteral("localOnly:") + path,
            tr("Remove %1 from “For this computer only”").arg(fileName(path)),
            tr("The folder for this computer only, %1,").arg(fileName(path)), back, again};
}

}  // namespace

QVector<SettingsRemoval> removalsBetween(const AppSettings& before, const AppSettings& now) {
    QVector<SettingsRemoval> removals;
    // One that was changed into another is no removal.
    if (now.fallbacks.size() < before.fallbacks.size())
        for (qsizetype i = 0; i < before.fallbacks.size(); ++i)
            if (indexOf(now, before.fallbacks[i].spot) < 0) removals << ofFallback(before.fallbacks[i], i);
    if (before.small.isSet() && !now.small.isSet()) removals << ofSmall(before.small);
    for (const QString& path : before.localOnly)
        if (!now.localOnly.contains(path)) removals << ofFolder(path);
    return removals;
}

}  // namespace commonplace::ui
