// The JSON of every command, with the fixed keys of the product page. One file because nlohmann/json compiles
// slowly.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/config/settings.h"
#include "engine/eval/eval.h"
#include "engine/ingest/progress.h"
#include "engine/library/library.h"
#include "engine/library/session.h"
#include "engine/llm/detect.h"
#include "engine/llm/endpoint.h"
#include "engine/llm/model_folder.h"
#include "engine/llm/model_trial.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_rows.h"

namespace commonplace::app::cli {

std::string toJson(const library::IndexReport& report);
std::string toJson(const library::StatusReport& report);
std::string toJson(const library::EmbeddingStatus& embedding);
std::string toJson(const std::vector<store::LedgerRow>& ledger);
std::string toJson(const retrieve::Results& results);
std::string toJson(const answer::Answer& answer);
std::string toJson(const answer::Preview& preview);
/// A folder or file that left the library.
struct Forgotten {
    std::string path;
    std::int64_t documents = 0;  ///< that are nowhere else
};
struct ForgetReport {
    std::vector<Forgotten> removed;
    std::vector<std::string> restored;
    std::optional<std::int64_t> purgedPaths;  ///< whose text was deleted; nullopt: not asked for, or see next
    std::optional<Error> purgeError;          ///< why the text of what is forgotten stays for now
    bool isRehearsal = false;
};
std::string toJson(const ForgetReport& report);
/// What can write answers: the settings' models, the files, and the servers of this machine.
struct ModelsReport {
    std::optional<llm::Endpoint> configured;
    std::optional<std::filesystem::path> configuredFile;  ///< instead of an endpoint
    std::vector<config::FallbackSettings> fallbacks;
    config::ModelPlace small;
    std::set<std::filesystem::path> missing;  ///< of the settings' files: moved or deleted since
    std::vector<llm::ModelFile> files;
    std::vector<llm::Port> ports;  ///< where servers on this machine were looked for
    std::vector<llm::LocalServer> local;
};
std::string toJson(const ModelsReport& report, const config::Settings& settings);
/// How a model did on a small question.
struct ModelTest {
    llm::Endpoint endpoint;
    std::optional<std::filesystem::path> file;  ///< then there is no endpoint
    llm::ModelTrial trial;
};
std::string toJson(const ModelTest& test);
/// One report: its object. Two: the first with "compare" and "difference_ndcg@10".
std::string toJson(const std::vector<eval::RetrievalReport>& reports);
std::string toJson(const eval::PageReport& report);
struct DoctorReport {
    std::vector<std::string> problems;
    std::vector<std::string> repaired;
    std::vector<config::UnknownKey> unknownSettings;  ///< no problem of the library
    std::vector<std::string> settingsProblems;        ///< one line each: what every question would fail of
    bool isSound() const { return problems.empty() && settingsProblems.empty(); }
};
std::string toJson(const DoctorReport& report);

}  // namespace commonplace::app::cli
