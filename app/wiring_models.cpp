#include "app/wiring_models.h"

#include <cmath>
#include <utility>

#include "app/secrets.h"
#include "app/spending_log.h"
#include "engine/base/file.h"
#include "engine/config/paths.h"
#include "engine/llm/loaded_models.h"
#include "engine/llm/router.h"
#include "engine/llm/served_model.h"

namespace commonplace::app {
namespace {

// A small task must not hold up the question that it serves.
constexpr double kSmallPatienceSeconds = 20;
constexpr std::size_t kMaxPriceBytes = 64u << 20;

/// The settings as if this were the only model.
config::Settings with(const config::Settings& settings, const config::ModelPlace& place) {
    config::Settings one = settings;
    one.model.api = place.api;
    one.model.baseUrl = place.baseUrl;
    one.model.model = place.model;
    one.model.contextWindow = place.contextWindow;
    return one;
}

/// The choice without what it names: whom to ask is said by the settings, how by the rest.
ModelChoice unnamed(ModelChoice choice) {
    choice.baseUrl.clear();
    choice.model.clear();
    choice.api.clear();
    return choice;
}

bool isNamed(const ModelChoice& choice) {
    return !choice.baseUrl.empty() || !choice.model.empty();
}

/// With the user's own prices.json, if there is one beside the settings.
Result<llm::PriceTable> priceTable() {
    llm::PriceTable table = llm::PriceTable::builtin();
    const auto file = config::configFolder() / "prices.json";
    const auto text = base::readFile(file, kMaxPriceBytes);
    if (!text && text.error().code() == ErrorCode::NotFound) return table;
    if (!text) return text.error();
    const auto own = llm::PriceTable::parse(*text);
    if (!own) return own.error().within(base::displayPath(file));
    table.replaceBy(*own);
    return table;
}

std::optional<llm::PicoUsd> limitOf(double usd) {
    if (!(usd > 0)) return std::nullopt;
    return std::llround(usd * static_cast<double>(llm::kUsd));
}

class ModelWiring final {
  public:
    ModelWiring(const config::Settings& settings, const ModelChoice& choice, const Surroundings& around)
        : m_settings(settings), m_choice(choice), m_around(around) {}

    Result<document::ChatModels> run() {
        document::ChatModels models;
        TRY(models.answering, answering());
        TRY(models.small, small());
        return models;
    }

  private:
    Result<std::unique_ptr<document::ChatModel>> answering() {
        std::vector<llm::Route> routes;
        const config::ModelPlace place = m_settings.model.place();
        const std::string& url = m_choice.baseUrl.empty() ? place.baseUrl : m_choice.baseUrl;
        if (!isNamed(m_choice) && m_around.environmentUrl.value_or(url) != url) {
            TRY_VOID(addPlace(routes, place, llm::Standby::OnlyAlike));
            return routes.empty() ? std::unique_ptr<document::ChatModel>() : route(std::move(routes));
        }
        TRY(auto first, wireModel(m_settings, m_choice, keyOf(url)));
        if (!first) return std::unique_ptr<document::ChatModel>();
        TRY_VOID(addRoute(routes, std::move(first), url, llm::Standby::OnlyAlike));
        if (!isNamed(m_choice))
            for (const config::FallbackSettings& fallback : m_settings.model.fallbacks)
                TRY_VOID(addPlace(routes, fallback.place,
                                  fallback.standsInForAny ? llm::Standby::ForAny : llm::Standby::OnlyAlike));
        return route(std::move(routes));
    }

    Result<std::unique_ptr<document::ChatModel>> small() {
        if (!m_settings.model.small.isSet()) return std::unique_ptr<document::ChatModel>();
        std::vector<llm::Route> routes;
        TRY_VOID(addPlace(routes, m_settings.model.small, llm::Standby::OnlyAlike));
        return route(std::move(routes));
    }

    Result<std::unique_ptr<document::ChatModel>> route(std::vector<llm::Route> routes) {
        llm::RouterParts parts{std::move(routes), m_around.cooldowns};
        parts.limits = {limitOf(m_settings.spending.perDayUsd), limitOf(m_settings.spending.perMonthUsd)};
        if (!m_around.library.empty())
            parts.spending = std::make_shared<LibrarySpendingLog>(m_around.library);
        return llm::makeRouter(std::move(parts));
    }

    Result<void> addPlace(std::vector<llm::Route>& routes, const config::ModelPlace& place,
                          llm::Standby standby) {
        config::Settings one = with(m_settings, place);
        one.model.firstTokenSeconds =
            &place == &m_settings.model.small ? kSmallPatienceSeconds : one.model.firstTokenSeconds;
        const ModelChoice choice = unnamed(m_choice);
        if (chosenModelFile(one, choice)) {
            TRY(auto model, wireModel(one, choice, {}));
            return addRoute(routes, std::move(model), {}, standby);
        }
        // Not through wireModel(): the key of the environment belongs to the first model only.
        TRY(auto endpoint, chosenEndpoint(one, choice, {}));
        if (!endpoint) return {};
        endpoint->key = keyOf(place.baseUrl);
        if (endpoint->key.empty()) {
            TRY(endpoint->key, keyFor(place.baseUrl));
        }
        TRY(auto model, llm::openModel(std::move(*endpoint)));
        return addRoute(routes, std::move(model), place.baseUrl, standby);
    }

    Result<void> addRoute(std::vector<llm::Route>& routes, std::unique_ptr<document::ChatModel> model,
                          const std::string& url, llm::Standby standby) {
        llm::Route route;
        route.name = url.empty() ? model->id() : model->id() + " (" + url + ")";
        route.standby = standby;
        route.price = llm::kFree;
        if (model->place() == document::Place::Elsewhere) {
            if (!m_prices) {
                TRY(m_prices, priceTable());
            }
            route.price = m_prices->find(model->id());
            const bool isOffline =
                m_choice.permit.isOffline() || (!m_choice.permit.traffic && m_settings.network.offline);
            if (m_around.onDeparture && !isOffline) model = announced(std::move(model), m_around.onDeparture);
        }
        route.model = std::move(model);
        routes.push_back(std::move(route));
        return {};
    }

    std::string keyOf(const std::string& url) const {
        return m_around.keyFor && !url.empty() ? m_around.keyFor(url) : std::string();
    }

    const config::Settings& m_settings;
    const ModelChoice& m_choice;
    const Surroundings& m_around;
    std::optional<llm::PriceTable> m_prices;
};

}  // namespace

Result<document::ChatModels> wireModels(const config::Settings& settings, const ModelChoice& choice,
                                        const Surroundings& around) {
    ModelChoice shared = choice;
    if (!shared.loaded) shared.loaded = std::make_shared<llm::LoadedModels>();  // one file, loaded once
    if (!shared.windows) shared.windows = std::make_shared<llm::KnownWindows>();
    return ModelWiring(settings, shared, around).run();
}

}  // namespace commonplace::app
