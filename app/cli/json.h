// The JSON of every command, with the fixed keys of the product page. One file because nlohmann/json compiles
// slowly.
#pragma once

#include <string>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/eval/eval.h"
#include "engine/ingest/progress.h"
#include "engine/library/library.h"
#include "engine/library/session.h"
#include "engine/retrieve/retriever.h"
#include "engine/store/index_rows.h"

namespace commonplace::app::cli {

std::string toJson(const library::IndexReport& report);
std::string toJson(const library::StatusReport& report);
std::string toJson(const std::vector<store::LedgerRow>& ledger);
std::string toJson(const retrieve::Results& results);
std::string toJson(const answer::Answer& answer);
/// One report: its object. Two: the first with "compare" and "difference_ndcg@10".
std::string toJson(const std::vector<eval::RetrievalReport>& reports);
std::string toJson(const eval::PageReport& report);
struct DoctorReport {
    std::vector<std::string> problems;
    std::vector<std::string> repaired;
};
std::string toJson(const DoctorReport& report);

}  // namespace commonplace::app::cli
