// Answerer: the whole question: retrieve, build the prompt, let the model write (or take the best sentences),
// prove every quote, account for every token.
//
// Without a model the answer is *extractive*: the best supported sentences of the library, each quoted and
// cited, and it says so; when support is weak it abstains: "not in your documents", with the nearest
// passages. With a ChatModel it is *generative*: written by the model from the same passages, its [n] markers
// resolved and its quotes proven.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/document/document.h"
#include "engine/retrieve/retriever.h"
#include "engine/trace/tracer.h"

namespace commonplace::answer {

struct Turn {
    std::string question;
    std::string answer;
    std::vector<std::string> sources = {};  ///< as Answer::sources
};

/// What a small model made of the oldest turns of a conversation, see summarising.h.
struct HistorySummary {
    std::string text;
    std::size_t turns = 0;    ///< it stands for the oldest ones up to here,
    std::size_t skipped = 0;  ///< but not for these: they may not leave this computer, or did not fit
};

struct Question {
    std::string text;
    std::size_t passages = 8;         ///< how many to retrieve for it (-k)
    std::vector<std::string> within;  ///< as retrieve::Query::within
    std::vector<Turn> history;        ///< earlier turns, oldest first
    /// What to search for instead of the question or of its rewriting; empty: the program decides.
    std::string searchFor = {};
    /// Folders whose text no model elsewhere may see, see reach.h.
    std::vector<std::string> localOnly = {};
    /// Of an earlier answer in this conversation, so that it need not be made anew.
    std::optional<HistorySummary> historySummary = {};
};

enum class AnswerMode { Extractive, Generative };
const char* name(AnswerMode mode);

/// One part of what fills the context window.
struct ContextPart {
    std::string name;  ///< "system", "history", "passage 3: report.pdf p. iv", "question", "answer reserve"
    document::TokenCount tokens;
};
struct DroppedPart {
    std::string name;
    std::string why;
};
/// The context receipt (PRODUCT promise 5). Extractive answers have window 0: nothing is sent anywhere.
struct ContextReceipt {
    std::size_t window = 0;
    std::size_t used = 0;
    std::vector<ContextPart> parts;
    std::vector<DroppedPart> dropped;
};

struct Usage {
    std::optional<long> promptTokens;
    std::optional<long> completionTokens;
    std::optional<double> costUsd;  ///< unknown stays unknown
};

struct Timings {
    double retrieveMs = 0;
    double firstTokenMs = 0;
    double totalMs = 0;
};

struct Answer {
    std::string question;
    std::string text;   ///< Markdown with [n] markers
    std::string model;  ///< id of the model, "extractive" without one
    AnswerMode mode = AnswerMode::Extractive;
    bool abstained = false;
    std::optional<std::string> error;  ///< why a stream broke; the partial text stays
    /// By number. Number 0 and no path: a model's quotation that stands in none of the passages.
    std::vector<document::Citation> citations;
    std::vector<document::Citation> nearest;  ///< the nearest passages when it abstained
    std::vector<std::string> carriedWords;  ///< follow-up words taken over from the previous question, shown
    std::string searchedFor;  ///< the follow-up as it was rewritten, or Question::searchFor; may be empty
    std::vector<std::string> notes;  ///< one line each: models passed over, a window found smaller …
    ContextReceipt context;
    Usage usage;
    Timings timings;
    retrieve::Coverage coverage;
    int filesRead = 0;                 ///< documents among the passages used
    std::vector<std::string> sources;  ///< all their paths
    /// What stood in the prompt, or was made for it, in place of turns that do not fit.
    std::optional<HistorySummary> historySummary;
};

/// What becomes of turns that no longer fit. Summarise needs Backends::small.
enum class LongHistory { LeaveOut, Summarise };

/// What to answer with. `model` null: extractive.
struct Backends {
    const retrieve::Retriever& retriever;
    store::IndexStore& store;
    const document::Embedder* embedder = nullptr;
    document::ChatModel* model = nullptr;
    const document::TokenCounter* counter = nullptr;  ///< null: the model's own, else an estimate
    int maxAnswerTokens = 1024;
    const trace::Tracer* tracer = nullptr;  ///< null: nothing is traced
    std::string conversation = {};          ///< its id, for the trace; may be empty
    /// Rewrites follow-ups before the search; null: the rule of carriedWords() does.
    document::ChatModel* small = nullptr;
    LongHistory longHistory = LongHistory::Summarise;
    retrieve::Mode searchMode = retrieve::Mode::Hybrid;
};

/// Pieces of the answer as they come (extractive answers come as one piece).
using OnText = std::function<void(std::string_view)>;

/// Errors: InvalidArgument (empty question), Cancelled, store errors, and the model's when nothing at all
/// came. Thread: one at a time per Backends.
Result<Answer> answer(const Question& question, const Backends& backends, const OnText& onText,
                      std::stop_token stop);

/// What answer() would send, and where.
struct Preview {
    std::string question;
    std::string model;  ///< its id; "extractive": none would be asked. Empty: the first that its server has
    document::Place place = document::Place::ThisComputer;
    document::ModelServer server;
    std::vector<document::Message> messages;  ///< empty: nothing would be sent
    int maxAnswerTokens = 0;
    std::optional<double> mostCostUsd;  ///< at full length; unknown stays unknown
    ContextReceipt context;
    std::vector<std::string> carriedWords;  ///< as Answer::carriedWords
    std::string searchedFor;
    std::vector<std::string> notes;  ///< where the answer's own steps can differ from these
    retrieve::Coverage coverage;
    int filesRead = 0;
};

/// Everything that answer() does before its call, and no call: no model and no server is asked, the small one
/// and one that makes vectors included, and what those would have changed stands in the notes; so does that
/// the server of the model was not asked for its window lately. Tokens of a served model are estimates.
/// Errors: as answer().
Result<Preview> preview(const Question& question, const Backends& backends, std::stop_token stop);

/// The rule for follow-ups: the content words of the previous question that a short or pronoun-led question
/// leans on; empty when the question stands on its own.
std::vector<std::string> carriedWords(std::string_view question, const std::vector<Turn>& history);

}  // namespace commonplace::answer
