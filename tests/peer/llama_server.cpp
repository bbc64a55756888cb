#include "tests/peer/llama_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "engine/net/http.h"
#include "tests/cli/run_program.h"
#include "tests/fakes/loopback_port.h"

namespace commonplace::test {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s;  // for a machine under load; it takes a tenth of a second
constexpr int kMostAttempts = 5;

std::string program() {
    const char* other = std::getenv("COMMONPLACE_LLAMA_SERVER");
    return other ? other : COMMONPLACE_BUILT_LLAMA_SERVER;
}

/// Empty when nobody answers, or with another status than 200.
std::string get(const std::string& url) {
    net::HttpClient client;
    const auto response = client.send({.url = url}, {}, {});
    return response && response->status == 200 ? response->body : std::string();
}

/// A process that writes to `log` and ends with this one. -1 on failure.
pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& log) {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execv(words[0], words.data());
    ::_exit(127);
}

}  // namespace

bool LlamaServer::isBuilt() {
    return ::access(program().c_str(), X_OK) == 0;
}

LlamaServer::LlamaServer(const std::filesystem::path& model, std::vector<std::string> options) {
    // Between the choice of a port and its use another program may take it.
    for (int attempt = 0; attempt < kMostAttempts && m_url.empty(); ++attempt) {
        const std::uint16_t port = fakes::LoopbackPort().port();
        std::vector<std::string> command{
            program(), "--offline", "--host",    "127.0.0.1",   "--port", std::to_string(port),
            "--model", model,       "--metrics", "--no-warmup", "-np",    "1",
            "-t",      "1"};
        command.insert(command.end(), options.begin(), options.end());
        if (start(command, port)) m_url = "http://127.0.0.1:" + std::to_string(port);
    }
}

LlamaServer::~LlamaServer() {
    end(SIGTERM);
}

bool LlamaServer::start(const std::vector<std::string>& command, std::uint16_t port) {
    m_process = spawn(command, m_folder / "log");
    const auto last = std::chrono::steady_clock::now() + kPatience;
    while (m_process > 0 && !hasEnded() && std::chrono::steady_clock::now() < last) {
        if (!get("http://127.0.0.1:" + std::to_string(port) + "/health").empty()) return true;
        std::this_thread::sleep_for(10ms);
    }
    end(SIGKILL);
    return false;
}

std::string LlamaServer::log() const {
    constexpr std::size_t kMost = 2000;
    const std::string all = contentsOf(m_folder / "log");
    return all.substr(all.size() - std::min(all.size(), kMost));
}

double LlamaServer::metric(const std::string& name) const {
    const std::string all = get(m_url + "/metrics"), line = "\nllamacpp:" + name + " ";
    const std::size_t at = all.find(line);
    return at == std::string::npos ? -1 : std::strtod(all.c_str() + at + line.size(), nullptr);
}

void LlamaServer::freeze() const {
    ::kill(m_process, SIGSTOP);
}

void LlamaServer::kill() {
    end(SIGKILL);
}

bool LlamaServer::hasEnded() {
    if (m_process > 0 && ::waitpid(m_process, nullptr, WNOHANG) == m_process) m_process = -1;
    return m_process <= 0;
}

void LlamaServer::end(int signal) {
    if (m_process <= 0) return;
    ::kill(m_process, signal);
    ::kill(m_process, SIGCONT);
    const auto last = std::chrono::steady_clock::now() + kPatience;
    while (!hasEnded()) {
        if (std::chrono::steady_clock::now() > last) ::kill(m_process, SIGKILL);
        std::this_thread::sleep_for(1ms);
    }
}

}  // namespace commonplace::test
