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
    if (!settings.privacy.localOnly.empty()) return hosts;  // then no server elsewhere reads documents
    for (const auto& space : {status.active, status.building}) {
        const auto parsed = config::parseEmbedding(space ? space->maker : std::string());
        if (!parsed || !parsed->isServed()) continue;
        const QString url = QString::fromStdString(parsed->baseUrl);
        const bool isAllowed =
            library::reachFor(*parsed, settings.embedding) == config::EmbeddingReach::Anywhere;
        if (isAllowed && destinationOf(url) == Destination::Remote && !hosts.contains(hostOf(url)))
            hosts << hostOf(url);
    }
    return hosts;
}

}  // namespace commonplace::ui
