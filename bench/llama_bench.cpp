// The model in this process, and beside it the same file behind llama-server, in one run:
//   bench_llama MODEL.gguf [http://127.0.0.1:8181/v1]      (the server: started with -t as many threads, -c
//   8192)
//   bench_llama MODEL.gguf --conversation FILE TOKENS        (messages as `ask --preview --json` prints them)
// Time to the first token of a long prompt, tokens per second of the answer, tokens computed by a second
// turn, and how long a stop takes in the middle of the prompt. Without a model file one of random weights is
// made. With a conversation: the figures of this one, as JSON (for llama_peer.py).
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/base/clock.h"
#include "engine/llama/chat_engine.h"
#include "engine/llm/served_model.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace {

using namespace commonplace;
using document::Message;
using document::Role;

constexpr int kAnswerTokens = 128;

std::vector<Message> conversation(const std::string& question) {
    std::string passages;
    for (int i = 0; i < 15; ++i)
        passages += "[" + std::to_string(i) + "] The harbour master keeps the tables of the tides.\n";
    return {{Role::System, "Answer from the passages.\n" + passages}, {Role::User, question}};
}

void print(const char* who, double firstMs, double answerMs, long prompt, long answer) {
    std::printf("%-12s first token %8.1f ms (%ld prompt tokens, %.0f/s)   answer %6.1f tokens/s\n", who,
                firstMs, prompt, 1e3 * static_cast<double>(prompt) / firstMs,
                1e3 * static_cast<double>(answer - 1) / answerMs);
}

void measureTurns(llama::ChatEngine& engine) {
    auto messages = conversation("Who keeps the tables?");
    std::string said;
    const auto first = engine.generate(messages, {}, kAnswerTokens, [&](auto bytes) { said += bytes; }, {});
    if (!first) return (void)std::printf("failed: %s\n", first.error().message().c_str());
    print("in process", first->promptMs, first->answerMs, first->evaluatedTokens, first->answerTokens);
    messages.push_back({Role::Assistant, said});
    messages.push_back({Role::User, "And where?"});
    const auto second = engine.generate(messages, {}, 8, {}, {});
    if (second)
        std::printf("second turn  first token %8.1f ms (%ld of %ld prompt tokens computed)\n",
                    second->promptMs, second->evaluatedTokens, second->promptTokens);
}

void measureStop(llama::ChatEngine& engine, double promptMs) {
    double worst = 0;
    for (int i = 1; i <= 10; ++i) {
        std::stop_source source;
        base::Stopwatch since;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(promptMs * i / 12));
            since = base::Stopwatch();
            source.request_stop();
        });
        const std::string other = std::to_string(i) + " different from its first word";
        auto messages = conversation(other);
        messages[0].text.insert(0, other);
        const auto stopped = engine.generate(messages, {}, 1, {}, source.get_token());
        if (!stopped) worst = std::max(worst, since.milliseconds());
    }
    std::printf("stop         worst of 10: %.1f ms\n", worst);
}

void measureServer(const char* url) {
    const auto model = llm::openModel({.baseUrl = url});
    if (!model) return (void)std::printf("failed: %s\n", model.error().message().c_str());
    const base::Stopwatch clock;
    const auto reply = (*model)->chat(
        {.messages = conversation("Who keeps the tables?"), .maxTokens = kAnswerTokens}, {}, {});
    if (!reply) return (void)std::printf("failed: %s\n", reply.error().message().c_str());
    print("llama-server", reply->firstTokenMs, clock.milliseconds() - reply->firstTokenMs,
          reply->promptTokens.value_or(0), reply->completionTokens.value_or(0));
}

int measureConversation(const char* model, const char* file, int tokens) {
    std::ifstream stream(file);
    std::vector<Message> messages;
    for (const auto& message : nlohmann::json::parse(stream))
        messages.push_back({message["role"] == "system" ? Role::System : Role::User, message["text"]});
    const base::Stopwatch loading;
    const auto engine = llama::openChatEngine(model, {}, {});
    const double loadMs = loading.milliseconds();
    if (!engine) return std::printf("%s\n", engine.error().message().c_str()), 1;
    const auto done = (*engine)->generate(messages, {}, tokens, {}, {});
    if (!done) return std::printf("%s\n", done.error().message().c_str()), 1;
    std::printf("%s\n", nlohmann::json{{"load_ms", loadMs},
                                       {"prompt_ms", done->promptMs},
                                       {"prompt_tokens", done->promptTokens},
                                       {"answer_ms", done->answerMs},
                                       {"answer_tokens", done->answerTokens}}
                            .dump()
                            .c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc == 5 && argv[2] == std::string("--conversation"))
        return measureConversation(argv[1], argv[3], std::atoi(argv[4]));
    const test::TempFolder folder;
    std::filesystem::path file = argc > 1 ? argv[1] : "";
    if (file.empty())
        file =
            folder.write("random.gguf", test::randomChatModel({.width = 384, .layers = 8, .window = 8192}));
    base::Stopwatch loading;
    const auto engine = llama::openChatEngine(file, {}, {});
    if (!engine) return std::printf("%s\n", engine.error().message().c_str()), 1;
    std::printf("loaded in %.0f ms, window %zu, %s\n", loading.milliseconds(), (*engine)->window(),
                (*engine)->facts().quantisation.c_str());
    const auto warm = (*engine)->generate(conversation("?"), {}, 1, {}, {});
    measureStop(**engine, warm ? warm->promptMs : 1000);
    measureTurns(**engine);
    if (argc > 2) measureServer(argv[2]);
    return 0;
}
