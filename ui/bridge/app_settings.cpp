#include "ui/bridge/app_settings.h"

#include <algorithm>

#include "engine/config/model_choice.h"
#include "engine/config/settings.h"
#include "engine/net/http.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr std::uint64_t kMiB = 1ull << 20;

ModelSpot spotOf(const config::ModelPlace& place) {
    return {QString::fromStdString(place.api), QString::fromStdString(place.baseUrl),
            place.api == "local" ? windowPath(place.model) : QString::fromStdString(place.model),
            place.contextWindow};
}

std::string modelOf(const QString& api, const QString& model) {
    return api == QLatin1String("local") ? nativePath(model) : model.trimmed().toStdString();
}

config::ModelPlace placeOf(const ModelSpot& spot) {
    return {spot.api.toStdString(), spot.baseUrl.trimmed().toStdString(), modelOf(spot.api, spot.model),
            spot.contextWindow};
}

void changeModel(config::ModelSettings& model, const AppSettings& before, const AppSettings& now) {
    if (now.api != before.api) model.api = now.api.toStdString();
    if (now.baseUrl != before.baseUrl) model.baseUrl = now.baseUrl.trimmed().toStdString();
    if (now.model != before.model) model.model = modelOf(now.api, now.model);
    if (now.contextWindow != before.contextWindow) model.contextWindow = now.contextWindow;
    if (now.maxAnswerTokens != before.maxAnswerTokens) model.maxAnswerTokens = now.maxAnswerTokens;
    if (now.small != before.small) model.small = placeOf(now.small);
    if (now.fallbacks == before.fallbacks) return;
    model.fallbacks.clear();
    for (const FallbackSpot& fallback : now.fallbacks)
        model.fallbacks.push_back({placeOf(fallback.spot), fallback.standIn == StandIn::ForAny});
}

void changeIndex(config::IndexSettings& index, const AppSettings& before, const AppSettings& now) {
    if (now.ignoredNames != before.ignoredNames) {
        index.ignoredNames.clear();
        for (const QString& name : now.ignoredNames)
            if (!name.trimmed().isEmpty()) index.ignoredNames.push_back(name.trimmed().toStdString());
    }
    // A limit below a whole MiB, written by hand, stays as long as nobody changes it.
    if (now.maxFileMiB != before.maxFileMiB)
        index.maxFileBytes = static_cast<std::uint64_t>(now.maxFileMiB) * kMiB;
    if (now.workers != before.workers) index.workers = now.workers;
}

}  // namespace

TypedSpot parseSpot(const QString& text) {
    if (text.trimmed().isEmpty()) return {};
    const auto place = config::parseModelPlace(nativePath(text.trimmed()));
    if (!place) return {{}, QString::fromStdString(place.error().message())};
    const auto checked = place->baseUrl.empty() ? Result<void>() : net::checkUrl(place->baseUrl);
    return {spotOf(*place), checked ? QString() : QString::fromStdString(checked.error().message())};
}

QString spotText(const ModelSpot& spot) {
    return windowPath(config::toText(placeOf(spot)));
}

AppSettings fromEngine(const config::Settings& settings) {
    AppSettings app;
    const ModelSpot spot = spotOf(settings.model.place());
    app.api = spot.api;
    app.baseUrl = spot.baseUrl;
    app.model = spot.model;
    app.contextWindow = spot.contextWindow;
    app.maxAnswerTokens = settings.model.maxAnswerTokens;
    app.small = spotOf(settings.model.small);
    for (const config::FallbackSettings& fallback : settings.model.fallbacks)
        app.fallbacks.push_back(
            {spotOf(fallback.place), fallback.standsInForAny ? StandIn::ForAny : StandIn::OnlyAlike});
    if (settings.embedding.isServed()) app.embeddingUrl = QString::fromStdString(settings.embedding.baseUrl);
    app.perDayUsd = settings.spending.perDayUsd;
    app.perMonthUsd = settings.spending.perMonthUsd;
    app.localOnly = windowPaths(settings.privacy.localOnly);
    for (const std::string& name : settings.index.ignoredNames)
        app.ignoredNames << QString::fromStdString(name);
    app.maxFileMiB = static_cast<int>(std::max<std::uint64_t>(1, settings.index.maxFileBytes / kMiB));
    app.workers = settings.index.workers;
    app.results = settings.search.defaultResults;
    return app;
}

config::Settings withChanges(config::Settings settings, const AppSettings& before, const AppSettings& now) {
    changeModel(settings.model, before, now);
    changeIndex(settings.index, before, now);
    if (now.perDayUsd != before.perDayUsd) settings.spending.perDayUsd = now.perDayUsd;
    if (now.perMonthUsd != before.perMonthUsd) settings.spending.perMonthUsd = now.perMonthUsd;
    if (now.localOnly != before.localOnly) settings.privacy.localOnly = nativePaths(now.localOnly);
    if (now.results != before.results) settings.search.defaultResults = now.results;
    return settings;
}

}  // namespace commonplace::ui
