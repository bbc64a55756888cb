// Spans: what a trace remembers of a question's steps, in one place, so that the steps themselves stay
// readable.
//
//   invoke_workflow answer            the whole question
//   ├─ retrieval                      below it: keyword, semantic, fusion (engine/retrieve)
//   ├─ pack                           the prompt: window, used, left out; below it a chat when a small model
//   │                                 summarises what no longer fits
//   ├─ chat {model}                   the call: where, tokens, cost, first word, end
//   └─ check                          citations proved and not found; "extract" when no model writes
//
//   invoke_workflow title             of a conversation, afterwards
//   └─ chat {model}
//
// A fixed sequence of steps is a workflow in the conventions, not an agent, which would choose its steps.
// Without Backends::tracer nothing here does anything.
#pragma once

#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/document/document.h"
#include "engine/prompt/prompt.h"
#include "engine/retrieve/retriever.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

trace::Span questionSpan(const Question& question, const Backends& backends);
/// A trace of its own: a title is made when the answer has been read already.
trace::Span titleSpan(const trace::Tracer& tracer, const std::string& conversation);
void noteAnswer(trace::Span& span, const Result<Answer>& answer);

trace::Span retrievalSpan(const trace::Span& question, const retrieve::Query& query);
void noteResults(trace::Span& span, const Result<retrieve::Results>& results);

void notePacked(trace::Span& span, std::size_t window, const prompt::Packed& packed);

/// For any call of a model: the answer, the rewriting of a follow-up, a title.
trace::Span chatSpan(const trace::Span& parent, const document::ChatModel& model,
                     const document::ChatRequest& request);
void noteReply(trace::Span& span, const document::ChatModel& model, const Result<document::ChatReply>& reply);

void noteCitations(trace::Span& span, const std::vector<document::Citation>& citations);

}  // namespace commonplace::answer
