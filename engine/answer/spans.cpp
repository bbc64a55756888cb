#include "engine/answer/spans.h"

#include <string>

#include "engine/base/hash.h"
#include "engine/trace/json.h"
#include "engine/trace/names.h"

namespace commonplace::answer {
namespace {

using trace::Span;

constexpr std::size_t kHashDigits = 16;  // enough to tell questions apart
constexpr std::size_t kLongestReason = 32;

template <class Known>
void setKnown(Span& span, const char* key, const std::optional<Known>& value) {
    if (value) span.set(key, *value);
}

std::string messagesOf(const std::vector<document::Message>& messages) {
    std::vector<trace::MessageText> texts;
    for (const document::Message& message : messages)
        texts.push_back({document::name(message.role), message.text});
    return trace::messagesJson(texts);
}

std::string documentsOf(const retrieve::Results& results) {
    std::vector<trace::Retrieved> documents;
    for (const retrieve::Passage& passage : results.passages)
        documents.push_back({passage.document.sha256, passage.score});
    return trace::documentsJson(documents);
}

/// A server may write anything where a reason is expected, the prompt included: that would be content.
std::string plainWord(const std::string& reason) {
    const bool isPlain = reason.size() <= kLongestReason &&
                         reason.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
                             std::string::npos;
    return isPlain ? reason : "other";
}

/// A model in this process is no call to anything outside it.
trace::Kind kindOf(const document::ModelServer& server) {
    return server.address.empty() && !server.provider.empty() ? trace::Kind::Internal : trace::Kind::Client;
}

void noteServer(Span& span, const document::ChatModel& model) {
    const document::ModelServer server = model.server();
    span.rename(model.id().empty() ? std::string(trace::kChat)
                                   : std::string(trace::kChat) + " " + model.id());
    span.set(trace::kRequestModel, model.id());
    if (!server.provider.empty()) span.set(trace::kProviderName, server.provider);
    if (!server.address.empty()) span.set(trace::kServerAddress, server.address);
    if (server.port > 0) span.set(trace::kServerPort, server.port);
}

Span workflowSpan(const trace::Tracer& tracer, const std::string& name, const std::string& conversation) {
    Span span = tracer.start(std::string(trace::kInvokeWorkflow) + " " + name);
    span.set(trace::kOperationName, trace::kInvokeWorkflow);
    span.set(trace::kWorkflowName, name);
    if (!conversation.empty()) span.set(trace::kConversationId, conversation);
    return span;
}

}  // namespace

Span titleSpan(const trace::Tracer& tracer, const std::string& conversation) {
    return workflowSpan(tracer, "title", conversation);
}

Span questionSpan(const Question& question, const Backends& backends) {
    if (backends.tracer == nullptr) return {};
    Span span = workflowSpan(*backends.tracer, "answer", backends.conversation);
    span.set(trace::kQuestionHash, base::sha256Hex(question.text).substr(0, kHashDigits));
    span.setContent(trace::kQuestion, [&] { return question.text; });
    return span;
}

void noteAnswer(Span& span, const Result<Answer>& answer) {
    if (!span.isRecording()) return;
    if (!answer) return span.fail(answer.error());
    span.set(trace::kMode, name(answer->mode));
    if (answer->mode == AnswerMode::Generative) span.set(trace::kRequestModel, answer->model);
    span.set(trace::kAbstained, answer->abstained);
    span.set(trace::kFilesRead, answer->filesRead);
    noteCitations(span, answer->citations);
    span.setContent(trace::kOutputMessages, [&] {
        return trace::messagesJson({{document::name(document::Role::Assistant), answer->text}});
    });
    if (answer->error) span.fail(trace::kOtherError, *answer->error);
}

Span retrievalSpan(const Span& question, const retrieve::Query& query) {
    Span span = question.child(trace::kRetrieval);
    span.set(trace::kOperationName, trace::kRetrieval);
    span.set(trace::kPassagesWanted, query.limit);
    span.setContent(trace::kQueryText, [&] { return query.text; });
    return span;
}

void noteResults(Span& span, const Result<retrieve::Results>& results) {
    if (!span.isRecording()) return;
    if (!results) return span.fail(results.error());
    span.set(trace::kPassages, results->passages.size());
    span.set(trace::kSemanticWeight, results->semanticWeight);
    span.setContent(trace::kRetrievedDocuments, [&] { return documentsOf(*results); });
}

void notePacked(Span& span, std::size_t window, const prompt::Packed& packed) {
    if (!span.isRecording()) return;
    span.set(trace::kWindow, window);
    span.set(trace::kUsed, packed.used);
    span.set(trace::kParts, packed.parts.size());
    span.set(trace::kPassages, packed.passages.size());
    span.set(trace::kDropped, packed.dropped.size());
    span.setContent(trace::kDroppedNames, [&] {
        std::vector<std::string> names;
        for (const prompt::Dropped& part : packed.dropped) names.push_back(part.name + ": " + part.why);
        return names;
    });
}

Span chatSpan(const Span& parent, const document::ChatModel& model, const document::ChatRequest& request) {
    if (!parent.isRecording()) return {};
    Span span = parent.child(trace::kChat, kindOf(model.server()));
    span.set(trace::kOperationName, trace::kChat);
    noteServer(span, model);
    span.set(trace::kOutputType, "text");
    span.set(trace::kRequestStream, true);
    span.set(trace::kRequestMaxTokens, request.maxTokens);
    span.set(trace::kRequestTemperature, request.temperature);
    span.setContent(trace::kInputMessages, [&] { return messagesOf(request.messages); });
    return span;
}

void noteReply(Span& span, const document::ChatModel& model, const Result<document::ChatReply>& reply) {
    if (!span.isRecording()) return;
    noteServer(span, model);  // of a chain of models another one may have answered
    if (!reply) return span.fail(reply.error());
    setKnown(span, trace::kInputTokens, reply->promptTokens);
    setKnown(span, trace::kOutputTokens, reply->completionTokens);
    setKnown(span, trace::kCostUsd, reply->costUsd);
    if (reply->firstTokenMs > 0) span.set(trace::kTimeToFirstChunk, reply->firstTokenMs / 1e3);
    if (!reply->finishReason.empty())
        span.set(trace::kFinishReasons, std::vector<std::string>{plainWord(reply->finishReason)});
    span.set(trace::kRetries, reply->retries);
    if (!reply->notes.empty()) {
        span.set(trace::kFallbacks, reply->notes.size());
        span.setContent(trace::kFallbackNotes, [&] { return reply->notes; });
    }
    span.setContent(trace::kOutputMessages, [&] {
        return trace::messagesJson({{document::name(document::Role::Assistant), reply->text}});
    });
    if (reply->error)
        span.fail(reply->stopped ? base::name(ErrorCode::Cancelled) : trace::kOtherError, *reply->error);
}

void noteCitations(Span& span, const std::vector<document::Citation>& citations) {
    if (!span.isRecording()) return;
    const document::CitationCounts counts = document::countsOf(citations);
    span.set(trace::kCitations, citations.size());
    span.set(trace::kProved, counts.proven);
    span.set(trace::kNotFound, counts.quotations - counts.proven);
    span.set(trace::kReferences, counts.references);
    span.set(trace::kUnsupported, counts.unsupported);
}

}  // namespace commonplace::answer
