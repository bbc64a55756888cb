#include "app/cli/address.h"

#include <string_view>

#include "engine/config/address.h"
#include "engine/net/http.h"

namespace commonplace::app::cli {
namespace {

constexpr std::size_t kLongestPort = 5;

bool consistsOf(std::string_view text, std::string_view characters) {
    return !text.empty() && text.find_first_not_of(characters) == text.npos;
}

bool isPort(std::string_view text) {
    return text.size() <= kLongestPort && consistsOf(text, "0123456789");
}

/// A name with a dot and one digit behind a colon is Ollama's way to name a model: "llama3.2:1".
bool isHostWithPort(std::string_view host, std::string_view port) {
    if (!isPort(port)) return false;
    const bool isNumeric = consistsOf(host, "0123456789.");
    return host == "localhost" || isNumeric || (host.find('.') != host.npos && port.size() > 1);
}

/// What the endpoint is most likely called in full. Ollama's port speaks its own protocol without a path.
std::string inFull(const std::string& text) {
    const std::string url =
        (text.starts_with("localhost") || text.starts_with("127.") ? "http://" : "https://") + text;
    const std::size_t hash = url.find('#');
    const bool isComplete = text.find('/') != text.npos || config::apiOfAddress(text) == "ollama";
    return isComplete ? url : url.substr(0, hash) + "/v1" + (hash == url.npos ? "" : url.substr(hash));
}

}  // namespace

bool lacksScheme(const std::string& text) {
    if (text.find("://") != text.npos || text.starts_with('/') || text.starts_with('.')) return false;
    const std::string host = text.substr(0, text.find_first_of("/#"));
    const std::size_t colon = host.rfind(':');
    if (colon != host.npos && isHostWithPort(host.substr(0, colon), host.substr(colon + 1))) return true;
    const std::string path = text.substr(host.size());
    return host.find('.') != host.npos && path.starts_with("/v1") && !path.ends_with(".gguf");
}

std::string addressProblem(const std::string& address) {
    if (lacksScheme(address) || (address.find("://") == address.npos && address.find('.') != address.npos))
        return "\"" + address + "\" lacks its beginning; write " + inFull(address);
    const auto checked = net::checkUrl(address);
    return checked ? std::string() : checked.error().message();
}

}  // namespace commonplace::app::cli
