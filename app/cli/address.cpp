#include "app/cli/address.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/net/http.h"

namespace commonplace::app::cli {
namespace {

constexpr std::size_t kLongestPort = 5;

bool isPort(std::string_view text) {
    return !text.empty() && text.size() <= kLongestPort &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the endpoint is most likely called in full. Ollama's port speaks its own protocol without a path.
std::string inFull(const std::string& text) {
    const std::string url =
        (text.starts_with("localhost") || text.starts_with("127.") ? "http://" : "https://") + text;
    const std::size_t hash = url.find('#');
    const bool isComplete = text.find('/') != text.npos || text.find(":11434") != text.npos;
    return isComplete ? url : url.substr(0, hash) + "/v1" + (hash == url.npos ? "" : url.substr(hash));
}

}  // namespace

bool lacksScheme(const std::string& text) {
    if (text.find("://") != text.npos || text.starts_with('/') || text.starts_with('.')) return false;
    const std::string host = text.substr(0, text.find_first_of("/#"));
    const std::size_t colon = host.rfind(':');
    const bool hasPort = colon != host.npos && colon > 0 && isPort(std::string_view(host).substr(colon + 1));
    if (hasPort) return host.starts_with("localhost") || host.find('.') < colon;
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
