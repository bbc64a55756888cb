#include "engine/config/settings.h"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <type_traits>

#include "engine/base/clock.h"
#include "engine/base/edit_distance.h"
#include "engine/base/file.h"

namespace commonplace::config {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMaxSettingsBytes = 1 << 20;

// Nothing in the file needs more; writing back what nests without end would exhaust the stack.
constexpr int kDeepest = 32;

constexpr int kMostLinks = 40;  // as the kernel

constexpr double kMostSecondsForTheLock = 2;
constexpr std::chrono::milliseconds kBetweenLooks{5};

/// What is wrong with a value, on its way to the one line that a person reads. Never leaves this file.
struct BadValue {
    std::string why;
};

/// One object of the file, read member by member; what is absent keeps its default.
class Section {
  public:
    Section(const Json& file, const char* name) : Section(std::string(name), find(file, name)) {}

    Section inner(const char* key) const { return {m_name + "." + key, member(key)}; }

    /// The objects of a list, in order.
    std::vector<Section> list(const char* key) const {
        std::vector<Section> sections;
        const Json* found = member(key);
        if (found == nullptr) return sections;
        if (!found->is_array()) throw wrong(key, "a list");
        for (const Json& item : *found) sections.push_back({m_name + "." + key, &item});
        return sections;
    }

    void take(const char* key, std::string& value) const {
        if (const Json* found = member(key)) value = text(*found, key);
    }

    void take(const char* key, std::vector<std::string>& values) const {
        const Json* found = member(key);
        if (found == nullptr) return;
        if (!found->is_array()) throw wrong(key, "a list of names");
        values.clear();
        for (const Json& item : *found) values.push_back(text(item, key));
    }

    void take(const char* key, bool& value) const {
        const Json* found = member(key);
        if (found == nullptr) return;
        if (!found->is_boolean()) throw wrong(key, "true or false");
        value = found->get<bool>();
    }

    template <class Number>
    void take(const char* key, Number& value, double least, double most) const {
        const Json* found = member(key);
        if (found == nullptr) return;
        const bool kind = std::is_integral_v<Number> ? found->is_number_integer() : found->is_number();
        const double number = kind ? found->get<double>() : 0;
        if (!kind || number < least || number > most) throw wrong(key, rangeText(least, most));
        value = found->get<Number>();
    }

  private:
    Section(std::string name, const Json* json) : m_name(std::move(name)), m_json(json) {
        if (m_json != nullptr && !m_json->is_object()) throw BadValue{"\"" + m_name + "\" must be an object"};
    }

    static const Json* find(const Json& json, const char* key) {
        const auto at = json.find(key);
        return at == json.end() || at->is_null() ? nullptr : &*at;
    }

    const Json* member(const char* key) const { return m_json == nullptr ? nullptr : find(*m_json, key); }

    std::string text(const Json& json, const char* key) const {
        if (!json.is_string()) throw wrong(key, "text in quotes");
        return json.get<std::string>();
    }

    BadValue wrong(const char* key, const std::string& must) const {
        return {"\"" + m_name + "." + key + "\" must be " + must};
    }

    static std::string rangeText(double least, double most) {
        std::ostringstream text;
        text << "a number from " << std::fixed << std::setprecision(0) << least << " to " << most;
        return text.str();
    }

    std::string m_name;
    const Json* m_json;
};

ModelPlace modelPlace(const Section& section) {
    ModelPlace place;
    section.take("api", place.api);
    section.take("base_url", place.baseUrl);
    section.take("model", place.model);
    section.take("context_window", place.contextWindow, 512, 1e8);
    return place;
}

Json toJson(const ModelPlace& place) {
    return {{"api", place.api},
            {"base_url", place.baseUrl},
            {"model", place.model},
            {"context_window", place.contextWindow}};
}

std::vector<FallbackSettings> fallbacks(const Section& model) {
    std::vector<FallbackSettings> found;
    for (const Section& section : model.list("fallbacks")) {
        found.push_back({modelPlace(section)});
        section.take("stands_in_for_any", found.back().standsInForAny);
    }
    return found;
}

Json toJson(const std::vector<FallbackSettings>& fallbacks) {
    Json list = Json::array();
    for (const FallbackSettings& fallback : fallbacks) {
        list.push_back(toJson(fallback.place));
        list.back()["stands_in_for_any"] = fallback.standsInForAny;
    }
    return list;
}

EmbeddingSettings embeddingSettings(const Section& section) {
    EmbeddingSettings embedding;
    bool anywhere = false;
    section.take("source", embedding.source);
    section.take("model", embedding.model);
    section.take("base_url", embedding.baseUrl);
    section.take("send_documents", anywhere);
    if (!embedding.isBuiltin() && !embedding.isServed() && embedding.source != "gguf")
        throw BadValue{"\"embedding.source\" must be builtin, gguf, openai or ollama"};
    embedding.reach = anywhere ? EmbeddingReach::Anywhere : EmbeddingReach::ThisComputer;
    return embedding;
}

Json toJson(const EmbeddingSettings& embedding) {
    return {{"source", embedding.source},
            {"model", embedding.model},
            {"base_url", embedding.baseUrl},
            {"send_documents", embedding.reach == EmbeddingReach::Anywhere}};
}

Settings fromJson(const Json& json) {
    Settings settings;
    const Section index(json, "index");
    index.take("max_file_bytes", settings.index.maxFileBytes, 1, 1e12);
    index.take("workers", settings.index.workers, 0, 256);
    index.take("ignored_names", settings.index.ignoredNames);
    const Section model(json, "model");
    model.take("api", settings.model.api);
    model.take("base_url", settings.model.baseUrl);
    model.take("model", settings.model.model);
    model.take("context_window", settings.model.contextWindow, 512, 1e8);
    model.take("max_answer_tokens", settings.model.maxAnswerTokens, 1, 1e6);
    model.take("first_token_seconds", settings.model.firstTokenSeconds, 1, 86'400);
    model.take("silence_seconds", settings.model.silenceSeconds, 1, 86'400);
    settings.model.fallbacks = fallbacks(model);
    settings.model.small = modelPlace(model.inner("small"));
    model.take("summarise_history", settings.model.summariseHistory);
    const Section spending(json, "spending");
    spending.take("per_day_usd", settings.spending.perDayUsd, 0, 1e6);
    spending.take("per_month_usd", settings.spending.perMonthUsd, 0, 1e6);
    Section(json, "privacy").take("local_only", settings.privacy.localOnly);
    // A folder that names nothing would protect nothing, and nobody would notice.
    for (const std::string& folder : settings.privacy.localOnly)
        if (!folder.starts_with('/'))
            throw BadValue{"\"privacy.local_only\" must be a list of absolute paths"};
    settings.embedding = embeddingSettings(Section(json, "embedding"));
    const Section search(json, "search");
    search.take("default_results", settings.search.defaultResults, 1, 1000);
    const Section network(json, "network");
    network.take("offline", settings.network.offline);
    const Section trace(json, "trace");
    trace.take("enabled", settings.trace.enabled);
    trace.take("content", settings.trace.content);
    trace.take("keep_days", settings.trace.keepDays, 1, 36'500);
    return settings;
}

Json toJson(const Settings& settings) {
    return {
        {"index",
         {{"max_file_bytes", settings.index.maxFileBytes},
          {"workers", settings.index.workers},
          {"ignored_names", settings.index.ignoredNames}}},
        {"model",
         {{"api", settings.model.api},
          {"base_url", settings.model.baseUrl},
          {"model", settings.model.model},
          {"context_window", settings.model.contextWindow},
          {"max_answer_tokens", settings.model.maxAnswerTokens},
          {"first_token_seconds", settings.model.firstTokenSeconds},
          {"silence_seconds", settings.model.silenceSeconds},
          {"fallbacks", toJson(settings.model.fallbacks)},
          {"small", toJson(settings.model.small)},
          {"summarise_history", settings.model.summariseHistory}}},
        {"spending",
         {{"per_day_usd", settings.spending.perDayUsd}, {"per_month_usd", settings.spending.perMonthUsd}}},
        {"privacy", {{"local_only", settings.privacy.localOnly}}},
        {"embedding", toJson(settings.embedding)},
        {"search", {{"default_results", settings.search.defaultResults}}},
        {"network", {{"offline", settings.network.offline}}},
        {"trace",
         {{"enabled", settings.trace.enabled},
          {"content", settings.trace.content},
          {"keep_days", settings.trace.keepDays}}}};
}

Error broken(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::Corrupt, "the settings file " + base::displayPath(file) + " cannot be used: " + why +
                                    "; mend or remove it"};
}

/// "line 3, column 5: …": without the words in front, which are for programmers.
std::string placeAndReason(const std::string& what) {
    const std::size_t place = what.find("line ");
    return place == what.npos ? what : what.substr(place);
}

/// The file's JSON, null when there is no file.
Result<Json> readJson(const std::filesystem::path& file) {
    const auto text = base::readFile(file, kMaxSettingsBytes);
    if (!text && text.error().code() == ErrorCode::NotFound) return Json();
    if (!text) return text.error();
    bool tooDeep = false;
    const auto shallow = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kDeepest;
        return !tooDeep;
    };
    try {
        Json json = Json::parse(*text, shallow);
        if (tooDeep) return broken(file, "it is nested too deeply");
        if (!json.is_object()) return broken(file, "it is not a JSON object");
        return json;
    } catch (const Json::exception& error) {
        return broken(file, "it is no JSON: " + placeAndReason(error.what()));
    }
}

/// What `wanted` says otherwise than `present`.
Json difference(const Json& present, const Json& wanted) {
    Json patch = Json::object();
    for (const auto& [key, value] : wanted.items()) {
        const auto found = present.find(key);
        if (found != present.end() && *found == value) continue;
        if (found == present.end() || !value.is_object())
            patch[key] = value;
        else
            patch[key] = difference(*found, value);
    }
    return patch;
}

/// Compares `present` with `known`, which has every member that there is.
void collectUnknown(const Json& present, const Json& known, const std::string& above,
                    std::vector<UnknownKey>& unknown) {
    if (present.is_array() && known.is_array() && !known.empty())
        for (const Json& item : present) collectUnknown(item, known.front(), above, unknown);
    if (!present.is_object() || !known.is_object()) return;
    std::vector<std::string> names;
    for (const auto& [name, value] : known.items()) names.push_back(name);
    for (const auto& [name, value] : present.items()) {
        if (known.contains(name)) {
            collectUnknown(value, known[name], above + name + ".", unknown);
            continue;
        }
        const std::string meant = base::closest(name, names);
        unknown.push_back({above + name, meant.empty() ? meant : above + meant});
    }
}

std::vector<UnknownKey> unknownIn(const Json& json) {
    Settings all;
    all.model.fallbacks = {FallbackSettings()};
    std::vector<UnknownKey> unknown;
    collectUnknown(json, toJson(all), {}, unknown);
    return unknown;
}

Result<void> makeFolderOf(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.parent_path();
    if (folder.empty()) return {};
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return base::systemError(failed.value(), "cannot make " + base::displayPath(folder));
    return {};
}

/// The file that a chain of links leads to, there or not yet; for one that runs in a circle, one of its
/// links.
std::filesystem::path behindLinks(std::filesystem::path file) {
    std::error_code failed;
    for (int steps = 0; steps < kMostLinks && std::filesystem::is_symlink(file, failed); ++steps) {
        const std::filesystem::path target = std::filesystem::read_symlink(file, failed);
        if (failed) break;
        file = file.parent_path() / target;  // an absolute target replaces the folder
    }
    return file;
}

/// A change takes milliseconds: whoever holds the lock for longer hangs.
Result<base::FileLock> lockOf(const std::filesystem::path& file) {
    const std::filesystem::path lock = std::filesystem::path(file).concat(".lock");
    for (const base::Stopwatch clock;;) {
        auto held = base::FileLock::tryAcquire(lock);
        if (held || held.error().code() != ErrorCode::Busy) return held;
        if (clock.seconds() > kMostSecondsForTheLock)
            return Error(ErrorCode::Busy, "the settings are being changed by another program; try again");
        std::this_thread::sleep_for(kBetweenLooks);
    }
}

}  // namespace

Result<std::vector<UnknownKey>> unknownKeys(const std::filesystem::path& file) {
    TRY(const Json json, readJson(file));
    return unknownIn(json);
}

bool isAboutSafety(const UnknownKey& key) {
    const auto isSafety = [](const std::string& name) {
        const std::string section = name.substr(0, name.find('.'));
        return section == "network" || section == "privacy";
    };
    return isSafety(key.name) || isSafety(key.meant);
}

Result<Settings> loadSettings(const std::filesystem::path& file) {
    TRY(const Json json, readJson(file));
    if (json.is_null()) return Settings();
    try {
        Settings settings = fromJson(json);
        const auto unknown = unknownIn(json);
        if (std::any_of(unknown.begin(), unknown.end(), isAboutSafety)) settings.network.offline = true;
        return settings;
    } catch (const BadValue& bad) {
        return broken(file, bad.why);
    }
}

Result<void> saveSettings(const std::filesystem::path& file, const Settings& settings) {
    TRY(Json json, readJson(file));
    if (json.is_null()) json = Json::object();
    TRY(const Settings present, loadSettings(file));
    json.merge_patch(difference(toJson(present), toJson(settings)));
    const std::filesystem::path target = behindLinks(file);
    TRY_VOID(makeFolderOf(target));
    return base::writeFileAtomically(target, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<void> changeSettings(const std::filesystem::path& file,
                            const std::function<Settings(Settings)>& change) {
    const std::filesystem::path target = behindLinks(file);  // once: links may change meanwhile
    TRY_VOID(makeFolderOf(target));
    TRY(const base::FileLock alone, lockOf(target));
    TRY(Settings settings, loadSettings(target));
    return saveSettings(target, change(std::move(settings)));
}

}  // namespace commonplace::config
