#include "engine/llama/probe.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "engine/base/child_process.h"
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/llama/known_models.h"

namespace commonplace::llama {
namespace {

constexpr std::size_t kMostReport = 8192;
constexpr int kLookMs = 50;
constexpr double kBytesPerSecond = 30e6;  // of a slow disk

/// All that the child says until it closes its end. Timeout, Cancelled.
Result<std::string> listen(const base::ChildProcess& child, double seconds, const std::stop_token& stop) {
    const base::Stopwatch clock;
    std::string report;
    while (report.size() < kMostReport) {
        if (stop.stop_requested()) return Error(ErrorCode::Cancelled, "stopped while the model was tried");
        if (clock.seconds() > seconds) return Error(ErrorCode::Timeout, "it was not loaded in time");
        pollfd watched{child.socket(), POLLIN, 0};
        if (::poll(&watched, 1, kLookMs) <= 0) continue;
        std::array<char, 1024> bytes{};
        const auto count = ::recv(child.socket(), bytes.data(), bytes.size(), 0);
        if (count <= 0) break;
        report.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return report;
}

Error brokeDown(const std::filesystem::path& file, const std::string& how) {
    return {ErrorCode::Crashed,
            "trying " + base::displayPath(file) + " ended in a crash (" + how +
                "); the file is damaged or not for this program: download it again, or choose another"};
}

/// "ok" and the facts, or "error CODE words".
Result<ModelFacts> understood(const std::filesystem::path& file, std::string_view report) {
    if (report.starts_with("ok\n")) return factsFromText(report.substr(3));
    if (!report.starts_with("error ")) return brokeDown(file, "it said nothing");
    const std::string words(report.substr(6));
    char* end = nullptr;
    const long code = std::strtol(words.c_str(), &end, 10);
    const bool known = code >= 0 && code <= static_cast<long>(ErrorCode::Crashed);
    const std::size_t most = 1000;
    std::string message(end + (*end == ' ' ? 1 : 0));
    std::replace_if(
        message.begin(), message.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return Error(known ? static_cast<ErrorCode>(code) : ErrorCode::Internal, message.substr(0, most));
}

Result<ModelFacts> tryInChild(const std::filesystem::path& file, const ProbeSetup& setup, double seconds,
                              const std::stop_token& stop) {
    std::error_code failed;
    const auto program = std::filesystem::is_symlink(setup.program, failed)
                             ? std::filesystem::read_symlink(setup.program, failed)
                             : setup.program;
    base::ChildCommand command{program, {kProbeMode, file.native()}, {"GGML_NO_BACKTRACE=1"}};
    TRY(auto child, base::ChildProcess::start(command));
    const auto report = listen(child, seconds, stop);
    if (!report) child.kill();
    const base::ChildExit exit = child.wait();
    if (!report && report.error().code() == ErrorCode::Timeout)
        return Error(ErrorCode::Timeout, base::displayPath(file) + " took longer than " +
                                             std::to_string(static_cast<int>(seconds)) +
                                             " s to try; the disk is too slow or the file is made to hang");
    if (!report) return report.error();
    if (exit.signal != 0) return brokeDown(file, "signal " + std::to_string(exit.signal));
    return understood(file, *report);
}

}  // namespace

Result<ModelFacts> probeModel(const std::filesystem::path& file, const ProbeSetup& setup,
                              const std::stop_token& stop) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(file, failed);
    if (failed || !std::filesystem::is_regular_file(file, failed))
        return Error(ErrorCode::NotFound, "there is no model file " + base::displayPath(file));
    const KnownModels known(setup.memory);
    if (auto facts = known.find(file)) return *facts;
    const double patience =
        setup.seconds > 0 ? setup.seconds : 60 + static_cast<double>(bytes) / kBytesPerSecond;
    TRY(const ModelFacts facts, tryInChild(file, setup, patience, stop));
    known.remember(file, facts);
    return facts;
}

}  // namespace commonplace::llama
