// The room in a build without llama.cpp: every door says so.
#include "engine/llama/chat_engine.h"
#include "engine/llama/embedding_engine.h"
#include "engine/llama/probe.h"
#include "engine/llama/vocabulary.h"

namespace commonplace::llama {
namespace {

Error absent() {
    return {ErrorCode::Unsupported,
            "this program was built without llama.cpp and cannot load model files; use a model server, or "
            "another build"};
}

}  // namespace

Result<std::unique_ptr<ChatEngine>> openChatEngine(const std::filesystem::path&, const ChatSetup&,
                                                   const std::stop_token&) {
    return absent();
}

Result<std::unique_ptr<EmbeddingEngine>> openEmbeddingEngine(const std::filesystem::path&, int,
                                                             const std::stop_token&) {
    return absent();
}

Result<std::unique_ptr<Vocabulary>> openVocabulary(const std::filesystem::path&) {
    return absent();
}

Result<ModelFacts> probeModel(const std::filesystem::path&, const ProbeSetup&, const std::stop_token&) {
    return absent();
}

int runProbe(const std::filesystem::path&, int) {
    return 1;
}

}  // namespace commonplace::llama
