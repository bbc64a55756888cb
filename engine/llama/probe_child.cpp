// The side of the probe that may die.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/llama/engines.h"
#include "engine/llama/probe.h"

namespace commonplace::llama {
namespace {

void limit(int what, rlim_t most) {
    const rlimit bound{most, most};
    (void)::setrlimit(static_cast<__rlimit_resource>(what), &bound);
}

/// No core dump of the size of a model, no file written, and not all of the machine's memory. What the system
/// refuses stays as it was: the parent watches the clock.
void giveUpRights(const std::filesystem::path& file) {
    (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
#ifndef COMMONPLACE_SANITIZED  // its shadow memory needs terabytes of address space
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(file, failed);
    constexpr rlim_t kBeside = 8ull << 30;
    if (!failed) limit(RLIMIT_AS, 2 * static_cast<rlim_t>(bytes) + kBeside);
#else
    (void)file;
#endif
}

Result<void> tryChat(const std::shared_ptr<const Model>& model) {
    TRY(const auto engine, makeChatEngine(model, {512, 0}));
    const std::vector<document::Message> conversation = {{document::Role::System, "Answer in a word."},
                                                         {document::Role::User, "Is the sky blue?"}};
    TRY_VOID(engine->generate(conversation, {}, 8, {}, {}));
    return {};
}

Result<void> tryEmbedding(const std::shared_ptr<const Model>& model) {
    TRY(const auto engine, makeEmbeddingEngine(model, 0));
    const std::string_view texts[] = {"the sky is blue"};
    TRY_VOID(engine->embed(texts, {}));
    return {};
}

Result<ModelFacts> examine(const std::filesystem::path& file) {
    TRY(const auto model, Model::load(file, Model::Part::Whole, {}));
    const bool writes = model->facts().kind == ModelKind::Chat;
    TRY_VOID(writes ? tryChat(model) : tryEmbedding(model));
    return model->facts();
}

void send(int socket, std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace

int runProbe(const std::filesystem::path& file, int socket) {
    giveUpRights(file);
    const auto facts = examine(file);
    if (facts)
        send(socket, "ok\n" + toText(*facts));
    else
        send(socket, "error " + std::to_string(static_cast<int>(facts.error().code())) + " " +
                         facts.error().message());
    ::_exit(0);  // whatever a bad file left behind in memory is not worth tidying
}

}  // namespace commonplace::llama
