// Which servers of models listen on this machine. Asked only when somebody wants to know, and never used
// unasked. Nothing leaves the machine: no other address can be reached from here. Thread: any; blocks for
// about DetectOptions::seconds for the lists (all ports at once) and a second for each of at most three pages
// about windows that stall, four in all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/llm/endpoint.h"

namespace commonplace::llm {

struct Port {
    std::uint16_t number = 0;
    Api api = Api::OpenAi;
};

struct DetectOptions {
    /// Ollama, llama-server (before and since its change of port), LM Studio.
    std::vector<Port> ports{
        {11434, Api::Ollama}, {8080, Api::OpenAi}, {1234, Api::OpenAi}, {9931, Api::OpenAi}};
    double seconds = 1;  ///< for each; all are asked at once
};

struct LocalServer {
    Api api = Api::OpenAi;
    std::string baseUrl;  ///< as an Endpoint needs it
    std::vector<std::string> models;
    std::optional<std::string> problem;               ///< it listens, but gave no list: one line why
    std::map<std::string, std::size_t> windows = {};  ///< tokens, by model; of those of which it tells
};

/// In the order of the ports. What speaks no protocol of ours is left out.
std::vector<LocalServer> detectServers(const DetectOptions& options, const std::stop_token& stop);

}  // namespace commonplace::llm
