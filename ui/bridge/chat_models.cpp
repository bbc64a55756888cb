#include "ui/bridge/chat_models.h"

#include <QCoreApplication>
#include <algorithm>

#include "engine/config/model_choice.h"
#include "engine/config/settings.h"
#include "engine/net/http.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kMostCharacters = 200;  // of a name: a server may say anything
constexpr int kMostOfAServer = 40;

QString tr(const char* text) {
    return QCoreApplication::translate("ChatModels", text);
}

QString shown(const QString& text) {
    QString line = readable(text).simplified();
    line.removeIf([](QChar c) { return !c.isPrint(); });
    return line.left(kMostCharacters);
}

/// As the settings know it, with the window that they name for it.
config::ModelPlace withKnownWindow(config::ModelPlace place, const config::ModelSettings& model) {
    const std::string text = config::toText(place);
    std::vector<config::ModelPlace> known{model.place(), model.small};
    for (const config::FallbackSettings& fallback : model.fallbacks) known.push_back(fallback.place);
    for (const config::ModelPlace& one : known)
        if (config::toText(one) == text) return one;
    place.contextWindow = model.contextWindow;
    return place;
}

bool isElsewhere(const config::ModelPlace& place) {
    return destinationOf(QString::fromStdString(place.baseUrl), QString::fromStdString(place.model)) ==
           Destination::Remote;
}

ChatModel unusable(const QString& choice, const QString& problem) {
    ChatModel model;
    model.choice = choice;
    model.name = shown(choice);
    model.problem = problem;
    return model;
}

}  // namespace

QString shownModelName(const QString& name) {
    QString line = shown(name);
    if (line.endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive)) line.chop(5);
    return line;
}

Result<config::Settings> settingsFor(config::Settings settings, const QString& choice) {
    if (choice.isEmpty()) return settings;
    TRY(config::ModelPlace place, config::parseModelPlace(nativePath(choice)));
    if (!place.baseUrl.empty()) TRY_VOID(net::checkUrl(place.baseUrl));
    place = withKnownWindow(std::move(place), settings.model);
    settings.model.contextWindow = place.contextWindow;
    settings.model.fallbacks.clear();
    if (!place.isSet() || (isElsewhere(settings.model.small) && !isElsewhere(place)))
        settings.model.small = {};
    return config::withModel(std::move(settings), config::Purpose::Answer, place);
}

ChatModel chatModelOf(const ModelSpot& spot) {
    ChatModel model;
    model.choice = spotText(spot);
    if (!spot.isSet()) return model;
    if (spot.isLocalFile()) {
        model.name = shownModelName(fileName(spot.model));
        model.where = tr("in this program");
        return model;
    }
    model.baseUrl = spot.baseUrl;
    model.where = shown(hostOf(spot.baseUrl));
    model.name = spot.model.isEmpty() ? tr("%1's model").arg(model.where) : shown(spot.model);
    if (destinationOf(spot.baseUrl, spot.model) == Destination::Remote) model.remote = model.where;
    return model;
}

ChatModel chatModelOf(const config::Settings& settings, const QString& choice) {
    const auto chosen = settingsFor(settings, choice);
    if (!chosen) return unusable(choice, QString::fromStdString(chosen.error().message()));
    ChatModel model = chatModelOf(fromEngine(*chosen).spot());
    model.choice = choice;
    return model;
}

QVector<ChatModel> chatModels(const AppSettings& settings, const QVector<LocalModel>& files,
                              const QVector<ModelServerOffer>& servers) {
    QVector<ChatModel> models;
    const QString usual = spotText(settings.spot());
    const auto add = [&](const ModelSpot& spot) {
        const ChatModel model = chatModelOf(spot);
        const bool isKnown = model.choice == usual ||
                             std::any_of(models.begin(), models.end(),
                                         [&](const ChatModel& one) { return one.choice == model.choice; });
        if (spot.isSet() && !isKnown) models.append(model);
    };
    add(settings.small);
    for (const FallbackSpot& fallback : settings.fallbacks) add(fallback.spot);
    for (const LocalModel& file : files)
        if (file.kind == LocalModel::Kind::Chat && file.problem.isEmpty())
            add({QStringLiteral("local"), {}, file.path});
    for (const ModelServerOffer& server : servers)
        for (qsizetype i = 0; i < std::min<qsizetype>(server.models.size(), kMostOfAServer); ++i)
            add({server.api, server.baseUrl, server.models[i]});
    return models;
}

}  // namespace commonplace::ui
