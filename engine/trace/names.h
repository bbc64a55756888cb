// The names of attributes. gen_ai.*, server.*, error.type: OpenTelemetry's conventions for generative AI
// (github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai, commit 002c8a6; all of them are in
// development and may change). commonplace.*: ours, where the conventions have none.
#pragma once

namespace commonplace::trace {

constexpr const char* kOperationName = "gen_ai.operation.name";
constexpr const char* kProviderName = "gen_ai.provider.name";
constexpr const char* kConversationId = "gen_ai.conversation.id";
constexpr const char* kWorkflowName = "gen_ai.workflow.name";
constexpr const char* kOutputType = "gen_ai.output.type";
constexpr const char* kRequestModel = "gen_ai.request.model";
constexpr const char* kRequestMaxTokens = "gen_ai.request.max_tokens";
constexpr const char* kRequestTemperature = "gen_ai.request.temperature";
constexpr const char* kRequestStream = "gen_ai.request.stream";
constexpr const char* kResponseModel = "gen_ai.response.model";
constexpr const char* kFinishReasons = "gen_ai.response.finish_reasons";          // texts
constexpr const char* kTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";  // seconds
constexpr const char* kInputTokens = "gen_ai.usage.input_tokens";                 // cached ones included
constexpr const char* kOutputTokens = "gen_ai.usage.output_tokens";               // reasoning included
constexpr const char* kServerAddress = "server.address";
constexpr const char* kServerPort = "server.port";
constexpr const char* kErrorType = "error.type";
/// An error without a kind of its own.
constexpr const char* kOtherError = "_OTHER";

// Content.
constexpr const char* kInputMessages = "gen_ai.input.messages";
constexpr const char* kOutputMessages = "gen_ai.output.messages";
constexpr const char* kSystemInstructions = "gen_ai.system_instructions";
constexpr const char* kQueryText = "gen_ai.retrieval.query.text";
constexpr const char* kRetrievedDocuments = "gen_ai.retrieval.documents";

// Values of kOperationName.
constexpr const char* kChat = "chat";
constexpr const char* kRetrieval = "retrieval";
constexpr const char* kInvokeWorkflow = "invoke_workflow";

constexpr const char* kCostUsd = "commonplace.usage.cost_usd";  // absent: unknown
constexpr const char* kRetries = "commonplace.retries";
constexpr const char* kFallbacks = "commonplace.fallbacks";  // models that were passed over
constexpr const char* kFallbackNotes =
    "commonplace.fallbacks.notes";                         // content: a server's words may be in it
constexpr const char* kQuestion = "commonplace.question";  // content
constexpr const char* kQuestionHash = "commonplace.question.sha256";  // its first 16 digits
constexpr const char* kMode = "commonplace.answer.mode";
constexpr const char* kAbstained = "commonplace.answer.abstained";
constexpr const char* kPassages = "commonplace.passages";
constexpr const char* kPassagesWanted = "commonplace.passages.wanted";
constexpr const char* kFilesRead = "commonplace.files.read";
constexpr const char* kHits = "commonplace.hits";
constexpr const char* kSemanticWeight = "commonplace.semantic.weight";
constexpr const char* kWindow = "commonplace.context.window";
constexpr const char* kUsed = "commonplace.context.used";
constexpr const char* kParts = "commonplace.context.parts";
constexpr const char* kDropped = "commonplace.context.dropped";
constexpr const char* kDroppedNames = "commonplace.context.dropped.names";  // content
constexpr const char* kCitations = "commonplace.citations";
constexpr const char* kProved = "commonplace.citations.proved";       // quotations
constexpr const char* kNotFound = "commonplace.citations.not_found";  // quotations
constexpr const char* kReferences = "commonplace.citations.references";
constexpr const char* kUnsupported = "commonplace.citations.unsupported";  // references

}  // namespace commonplace::trace
