#include "ui/bridge/places_elsewhere.h"

#include "engine/config/settings.h"
#include "engine/library/embedding_reach.h"
#include "engine/library/session.h"
#include "ui/bridge/consents.h"
#include "ui/bridge/destination.h"

namespace commonplace::ui {
namespace {

QString urlOf(const config::ModelPlace& place) {
    return QString::fromStdString(place.baseUrl);
}

bool isElsewhere(const config::ModelPlace& place) {
    return destinationOf(urlOf(place), QString::fromStdString(place.model)) == Destination::Remote;
}

/// Does it send texts elsewhere? What a server on this computer hands on goes whatever the settings allow:
/// the engine judges by the address.
bool mayRead(const config::EmbeddingSettings& embedding, const config::Settings& settings) {
    const QString url = QString::fromStdString(embedding.baseUrl);
    if (!embedding.isServed() ||
        destinationOf(url, QString::fromStdString(embedding.model)) != Destination::Remote)
        return false;
    if (destinationOf(url) == Destination::ThisComputer) return true;
    return settings.privacy.localOnly.empty() && embedding.reach == config::EmbeddingReach::Anywhere;
}

}  // namespace

Result<ChatModel> withPlaces(ChatModel model, const config::Settings& settings, store::LibraryStore& store) {
    const auto isAllowed = [&store](const config::ModelPlace& place) -> Result<bool> {
        if (!isElsewhere(place)) return false;
        TRY(const Consent known, consentTo(serverOf(urlOf(place)), store));
        return known == Consent::Given;
    };
    const bool answersElsewhere = isElsewhere(settings.model.place());
    if (answersElsewhere) {
        TRY(model.consent, consentTo(serverOf(urlOf(settings.model.place())), store));
    }
    TRY(const bool helps, isAllowed(settings.model.small));
    if (helps) model.helper = hostOf(urlOf(settings.model.small));
    for (const config::FallbackSettings& fallback : settings.model.fallbacks) {
        // The router: never from here to elsewhere, unless it was set to.
        if (!answersElsewhere && !fallback.standsInForAny) continue;
        TRY(const bool standsIn, isAllowed(fallback.place));
        const QString host = hostOf(urlOf(fallback.place));
        if (standsIn && host != model.remote && !model.standIns.contains(host)) model.standIns << host;
    }
    return model;
}

QStringList meaningHosts(const library::EmbeddingStatus& status, const config::Settings& settings) {
    QStringList hosts;
    const auto add = [&](config::EmbeddingSettings embedding) {
        embedding.reach = library::reachFor(embedding, settings.embedding);
        const QString url = QString::fromStdString(embedding.baseUrl);
        if (mayRead(embedding, settings) && !hosts.contains(hostOf(url))) hosts << hostOf(url);
    };
    for (const auto& space : {status.active, status.building})
        if (const auto parsed = config::parseEmbedding(space ? space->maker : std::string())) add(*parsed);
    add(settings.embedding);  // a library without vectors begins with it
    return hosts;
}

}  // namespace commonplace::ui
