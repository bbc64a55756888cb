#include "app/cli/models_json.h"

#include <nlohmann/json.hpp>

#include "engine/base/file.h"

namespace commonplace::app::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

Json modelJson(const llm::ModelFile& model, const config::Settings& settings) {
    Json json{{"name", base::displayPath(model.name)},
              {"path", base::displayPath(model.file)},
              {"linked", model.isLink},
              {"bytes", model.bytes},
              {"problem", model.problem.empty() ? Json(nullptr) : Json(model.problem)},
              {"used_for", config::usesOf(settings, model.file)}};
    const auto& facts = model.facts;
    json["kind"] = facts ? Json(facts->kind == llama::ModelKind::Chat ? "chat" : "embedding") : Json(nullptr);
    json["architecture"] = facts ? Json(facts->architecture) : Json(nullptr);
    json["title"] = facts && !facts->name.empty() ? Json(facts->name) : Json(nullptr);
    json["quantisation"] = facts ? Json(facts->quantisation) : Json(nullptr);
    json["context"] = facts ? Json(facts->trainedWindow) : Json(nullptr);
    return json;
}

}  // namespace

std::string toJson(const std::vector<llm::ModelFile>& models, const config::Settings& settings) {
    Json list = Json::array();
    for (const llm::ModelFile& model : models) list.push_back(modelJson(model, settings));
    return dump({{"models", std::move(list)}});
}

std::string removedJson(const llm::ModelFile& model, std::uint64_t freed,
                        const std::vector<std::string>& formerUses) {
    return dump({{"removed", base::displayPath(model.name)},
                 {"path", base::displayPath(model.file)},
                 {"freed_bytes", freed},
                 {"unset", formerUses}});
}

std::string chosenJson(config::Purpose purpose, const config::ModelPlace& place) {
    return dump({{"for", purpose == config::Purpose::Answer ? "answer" : "small"},
                 {"api", place.isSet() ? Json(place.api) : Json(nullptr)},
                 {"base_url", place.baseUrl.empty() ? Json(nullptr) : Json(place.baseUrl)},
                 {"model", place.model.empty() ? Json(nullptr) : Json(place.model)}});
}

std::string pulledJson(const std::string& model, const std::string& baseUrl) {
    return dump({{"pulled", model}, {"base_url", baseUrl}});
}

}  // namespace commonplace::app::cli
