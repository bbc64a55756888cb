// llama-server (packaging/build-llama-server.sh) as the other side of a test: a process of its own on a free
// port of this computer, which ends with the object, and with this process at the latest.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace commonplace::test {

class LlamaServer final {
  public:
    /// Was one built? COMMONPLACE_LLAMA_SERVER names another than that of the build folder.
    static bool isBuilt();

    /// Serves a model file with one slot and one thread; returns when it is ready, or has failed (see url()).
    explicit LlamaServer(const std::filesystem::path& model, std::vector<std::string> options = {});
    ~LlamaServer();
    LlamaServer(const LlamaServer&) = delete;
    LlamaServer& operator=(const LlamaServer&) = delete;

    /// "http://127.0.0.1:40123"; empty when the server did not come up.
    const std::string& url() const { return m_url; }
    /// The base URL of OpenAI's protocol.
    std::string v1() const { return m_url + "/v1"; }
    /// The last words of the server, to explain a failure.
    std::string log() const;

    /// A counter of GET /metrics, such as "prompt_tokens_total"; -1 when there is none.
    double metric(const std::string& name) const;
    /// It goes on living and says nothing more.
    void freeze() const;
    /// It is gone from one moment to the next.
    void kill();

  private:
    bool start(const std::vector<std::string>& command, std::uint16_t port);
    bool hasEnded();
    void end(int signal);

    TempFolder m_folder;
    std::string m_url;
    pid_t m_process = -1;
};

}  // namespace commonplace::test
