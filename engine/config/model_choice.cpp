#include "engine/config/model_choice.h"

#include <algorithm>

#include "engine/config/address.h"

namespace commonplace::config {
namespace {

/// OpenAI's protocol is what most servers speak.
std::string apiOf(std::string_view url) {
    return std::string(apiOfAddress(url).value_or("openai"));
}

bool isSameFile(const std::string& name, const std::filesystem::path& file) {
    std::error_code failed;
    return !name.empty() && (name == file.native() || std::filesystem::equivalent(name, file, failed));
}

bool isFile(const ModelPlace& place, const std::filesystem::path& file) {
    return place.api == "local" && isSameFile(place.model, file);
}

}  // namespace

Result<ModelPlace> parseModelPlace(std::string_view text) {
    if (text == "none") return ModelPlace{};
    for (const std::string_view api : {"openai", "anthropic", "ollama"}) {
        const std::string_view rest = text.substr(std::min(api.size() + 1, text.size()));
        if (!text.starts_with(std::string(api) + ":") || !isWebAddress(rest)) continue;
        TRY(ModelPlace place, parseModelPlace(rest));
        place.api = api;
        return place;
    }
    if (isWebAddress(text)) {
        const std::size_t hash = std::min(text.find('#'), text.size());
        const std::string_view url = text.substr(0, hash);
        ModelPlace place{apiOf(url), std::string(url), {}};
        place.model = text.substr(std::min(hash + 1, text.size()));
        // What stands there would be kept and printed; it is no part of any model's name, but may be a key.
        if (place.model.find('?') != std::string::npos)
            return Error(
                ErrorCode::InvalidArgument,
                "the model's name behind # has a question mark; leave it out, and put a key into the "
                "environment or keys.json");
        return place;
    }
    if (text.starts_with('/') && text.ends_with(".gguf")) return ModelPlace{"local", {}, std::string(text)};
    return Error(ErrorCode::InvalidArgument,
                 "\"" + std::string(text) +
                     "\" is no model: name one of 'commonplace models list', URL#MODEL "
                     "of a server, or none");
}

std::string toText(const ModelPlace& place) {
    if (!place.isSet()) return {};
    if (place.api == "local") return place.model;
    const std::string text = place.baseUrl + (place.model.empty() ? "" : "#" + place.model);
    return place.api == apiOf(place.baseUrl) ? text : place.api + ":" + text;
}

std::vector<std::string> usesOf(const Settings& settings, const std::filesystem::path& file) {
    const auto isIt = [&](const ModelPlace& place) { return isFile(place, file); };
    std::vector<std::string> uses;
    if (isIt(settings.model.place())) uses.emplace_back("answers");
    if (isIt(settings.model.small)) uses.emplace_back("small tasks");
    const auto& fallbacks = settings.model.fallbacks;
    if (std::any_of(fallbacks.begin(), fallbacks.end(), [&](const auto& one) { return isIt(one.place); }))
        uses.emplace_back("stands in");
    if (settings.embedding.source == "gguf" && isSameFile(settings.embedding.model, file))
        uses.emplace_back("finding by meaning");
    return uses;
}

Settings withModel(Settings settings, Purpose purpose, const ModelPlace& place) {
    if (purpose == Purpose::Small) {
        settings.model.small = place;
        return settings;
    }
    settings.model.api = place.api;
    settings.model.baseUrl = place.baseUrl;
    settings.model.model = place.model;
    return settings;
}

Settings withoutFile(Settings settings, const std::filesystem::path& file) {
    if (isFile(settings.model.place(), file))
        settings = withModel(std::move(settings), Purpose::Answer, ModelPlace{});
    if (isFile(settings.model.small, file)) settings.model.small = {};
    std::erase_if(settings.model.fallbacks, [&](const auto& one) { return isFile(one.place, file); });
    if (settings.embedding.source == "gguf" && isSameFile(settings.embedding.model, file))
        settings.embedding = {};
    return settings;
}

}  // namespace commonplace::config
