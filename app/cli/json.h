// The JSON of every command, with the fixed keys of the product page. One file because nlohmann/json compiles
// slowly.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/eval/eval.h"
#include "engine/ingest/progress.h"
#include "engine/library/library.h"
#include "engine/library/session.h"
#include "engine/llm/detect.h"
#include "engine/llm/endpoint.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_rows.h"

namespace commonplace::app::cli {

std::string toJson(const library::IndexReport& report);
std::string toJson(const library::StatusReport& report);
std::string toJson(const std::vector<store::LedgerRow>& ledger);
std::string toJson(const retrieve::Results& results);
std::string toJson(const answer::Answer& answer);
/// What can write answers: the settings' model, and the servers of this machine.
struct ModelsReport {
    std::optional<llm::Endpoint> configured;
    std::vector<llm::LocalServer> local;
};
std::string toJson(const ModelsReport& report);
/// How a model did on a small question; what is unknown is null.
struct ModelTest {
    llm::Endpoint endpoint;
    std::optional<double> latencyMs;  ///< of the list of models: a question that needs no thought
    std::optional<std::size_t> context;
    document::ChatReply reply;
    double totalMs = 0;

    /// As the server counts them, after the first token.
    std::optional<double> tokensPerSecond() const;
};
std::string toJson(const ModelTest& test);
/// One report: its object. Two: the first with "compare" and "difference_ndcg@10".
std::string toJson(const std::vector<eval::RetrievalReport>& reports);
std::string toJson(const eval::PageReport& report);
struct DoctorReport {
    std::vector<std::string> problems;
    std::vector<std::string> repaired;
};
std::string toJson(const DoctorReport& report);

}  // namespace commonplace::app::cli
