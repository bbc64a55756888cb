#include "engine/config/address.h"

namespace commonplace::config {
namespace {

constexpr std::string_view kOllamaPort = ":11434";
constexpr std::string_view kAnthropicHost = "api.anthropic.com";

std::string_view withoutScheme(std::string_view address) {
    const std::size_t mark = address.find("://");
    return mark == address.npos ? address : address.substr(mark + 3);
}

}  // namespace

bool isWebAddress(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

std::optional<std::string_view> apiOfAddress(std::string_view address) {
    const std::string_view place = withoutScheme(address.substr(0, address.find('#')));
    const std::string_view host = place.substr(0, place.find('/'));
    const bool endsWithV1 = place.ends_with("/v1") || place.ends_with("/v1/");
    if (host.ends_with(kOllamaPort) && !endsWithV1) return "ollama";
    if (host == kAnthropicHost) return "anthropic";
    return endsWithV1 ? std::optional<std::string_view>("openai") : std::nullopt;
}

}  // namespace commonplace::config
