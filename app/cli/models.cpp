#include <cstdio>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/terminal.h"
#include "engine/base/clock.h"
#include "engine/llm/served_model.h"

namespace commonplace::app::cli {
namespace {

constexpr const char* kNoModel =
    "no model is named: add --base-url URL, or set model.base_url in the settings; 'commonplace models list' "
    "shows what listens on this machine";

std::string describe(const llm::Endpoint& endpoint) {
    const std::string model = endpoint.model.empty() ? "its first model" : endpoint.model;
    return std::string(llm::name(endpoint.api)) + " · " + safeLine(endpoint.baseUrl) + " · " +
           styled(safeLine(model), Style::Bold);
}

void print(const llm::LocalServer& server) {
    std::cout << styled(safeLine(server.baseUrl), Style::Accent) << " (" << llm::name(server.api) << ")\n";
    if (server.problem) std::cout << "    " << styled(safeLine(*server.problem), Style::Warning) << '\n';
    if (!server.problem && server.models.empty()) std::cout << "    it offers no model; load one there\n";
    for (const std::string& model : server.models) std::cout << "    " << safeLine(model) << '\n';
}

void print(const ModelsReport& report) {
    if (report.configured)
        std::cout << "Answers are written by " << describe(*report.configured) << '\n';
    else
        std::cout << "No model is set: answers consist of quotations.\n";
    if (report.local.empty()) {
        std::cout << "No server of models listens on this machine (Ollama, llama-server and LM Studio are "
                     "looked for).\n";
        return;
    }
    std::cout << "On this machine:\n";
    for (const llm::LocalServer& server : report.local) print(server);
    std::cout << "Try one: commonplace models test --api API --base-url URL --model ID\n";
}

std::string rounded(double number, const char* unit) {
    char text[48];
    std::snprintf(text, sizeof text, number < 10 ? "%.2f %s" : "%.0f %s", number, unit);
    return text;
}

void print(const ModelTest& test) {
    std::cout << describe(test.endpoint) << '\n';
    if (test.latencyMs) std::cout << "Listed its models in " << rounded(*test.latencyMs, "ms") << ".\n";
    if (!test.reply.text.empty())
        std::cout << "First word after " << rounded(test.reply.firstTokenMs, "ms") << ", all of it after "
                  << rounded(test.totalMs, "ms") << ".\n";
    if (const auto speed = test.tokensPerSecond())
        std::cout << "Wrote " << rounded(*speed, "tokens/s") << " (" << grouped(*test.reply.completionTokens)
                  << " tokens).\n";
    if (test.context)
        std::cout << "It can read " << grouped(static_cast<std::int64_t>(*test.context))
                  << " tokens at once.\n";
    std::cout << styled(elided(safeLine(test.reply.text), columns() - 1), Style::Dim) << '\n';
}

document::ChatRequest smallQuestion() {
    document::ChatRequest request;
    request.messages = {{document::Role::User, "Count from one to twenty, in words."}};
    request.maxTokens = 64;
    return request;
}

// A server that lists nothing may still answer, so the list is no condition.
std::optional<double> latencyOf(const llm::Endpoint& endpoint, const std::stop_token& stop) {
    const base::Stopwatch clock;
    return llm::listModels(endpoint, stop) ? std::optional(clock.milliseconds()) : std::nullopt;
}

Result<ModelTest> measure(const llm::Endpoint& endpoint, const std::stop_token& stop) {
    ModelTest test{endpoint, {}, {}, {}, 0};
    TRY(const auto model, llm::openModel(endpoint));
    test.latencyMs = latencyOf(endpoint, stop);
    const base::Stopwatch clock;
    TRY(test.reply, model->chat(smallQuestion(), {}, stop));
    test.totalMs = clock.milliseconds();
    test.endpoint.model = model->id();
    test.context = llm::contextLength(test.endpoint, stop).value_or(std::nullopt);
    return test;
}

}  // namespace

std::optional<double> ModelTest::tokensPerSecond() const {
    const double seconds = (totalMs - reply.firstTokenMs) / 1e3;
    if (reply.completionTokens.value_or(0) < 2 || seconds <= 0) return std::nullopt;
    return static_cast<double>(*reply.completionTokens - 1) / seconds;
}

int run(const ModelsListOptions&, const Context& context) {
    auto configured = chosenEndpoint(context.settings, {}, {});
    if (!configured) return fail(configured.error());
    const ModelsReport report{*configured, llm::detectServers({}, context.stop)};
    if (context.output == Output::Json)
        std::cout << toJson(report) << '\n';
    else
        print(report);
    return 0;
}

int run(const ModelsTestOptions& options, const Context& context) {
    const auto endpoint = chosenEndpoint(context.settings, options.model, {});
    if (!endpoint) return fail(endpoint.error());
    if (!*endpoint) return fail({ErrorCode::InvalidArgument, kNoModel});
    const auto test = measure(**endpoint, context.stop);
    if (!test) return fail(test.error());
    if (test->reply.stopped) {
        warn("stopped");
        return 1;
    }
    if (context.output == Output::Json)
        std::cout << toJson(*test) << '\n';
    else
        print(*test);
    if (test->context && *test->context < test->endpoint.window)
        warn("the settings use " + grouped(static_cast<std::int64_t>(test->endpoint.window)) +
             " tokens, more than this model can read at once; lower model.context_window");
    if (test->reply.error) warn(*test->reply.error);
    return test->reply.error ? 1 : 0;
}

}  // namespace commonplace::app::cli
