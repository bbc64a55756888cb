#include "engine/library/summary.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace commonplace::library {
namespace {

using ingest::Summary;
using Json = nlohmann::json;

constexpr std::array<std::pair<const char*, std::int64_t Summary::*>, 11> kCounts{{
    {"seen", &Summary::seen},
    {"added", &Summary::added},
    {"changed", &Summary::changed},
    {"moved", &Summary::moved},
    {"unchanged", &Summary::unchanged},
    {"missing", &Summary::missing},
    {"unread", &Summary::unread},
    {"failed", &Summary::failed},
    {"pages", &Summary::pages},
    {"extracted", &Summary::extracted},
    {"embedded", &Summary::embedded},
}};
constexpr std::array<std::pair<const char*, double Summary::*>, 3> kSeconds{{
    {"seconds", &Summary::seconds},
    {"seconds_text", &Summary::secondsText},
    {"seconds_vectors", &Summary::secondsVectors},
}};

}  // namespace

std::string toJson(const Summary& summary) {
    Json json;
    for (const auto& [key, member] : kCounts) json[key] = summary.*member;
    for (const auto& [key, member] : kSeconds) json[key] = summary.*member;
    return json.dump();
}

Result<Summary> summaryFromJson(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return Error(ErrorCode::Corrupt, "the queue holds a summary that is no JSON object");
    Summary summary;
    for (const auto& [key, member] : kCounts)
        if (const auto at = json.find(key); at != json.end() && at->is_number())
            summary.*member = at->get<std::int64_t>();
    for (const auto& [key, member] : kSeconds)
        if (const auto at = json.find(key); at != json.end() && at->is_number())
            summary.*member = at->get<double>();
    return summary;
}

Summary plus(const Summary& a, const Summary& b) {
    Summary sum = a;
    for (const auto& [key, member] : kCounts) sum.*member += b.*member;
    for (const auto& [key, member] : kSeconds) sum.*member += b.*member;
    return sum;
}

}  // namespace commonplace::library
