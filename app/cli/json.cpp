#include "app/cli/json.h"

#include <nlohmann/json.hpp>

#include "app/cli/models_json.h"
#include "engine/base/file.h"

namespace commonplace::app::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json orNull(const std::optional<long>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json orNull(const std::optional<std::string>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json pageOrNull(int page) {
    return page > 0 ? Json(page) : Json(nullptr);
}
Json labelOrNull(int page, const std::string& label) {
    if (page <= 0) return nullptr;
    return label.empty() ? Json(std::to_string(page)) : Json(label);
}

Json coverageJson(const retrieve::Coverage& coverage) {
    return {{"documents", coverage.documents}, {"with_vectors", coverage.withVectors}};
}

Json passageJson(const retrieve::Passage& passage) {
    Json parts{{"keyword", passage.parts.keyword},
               {"semantic", passage.parts.semantic},
               {"bm25", orNull(passage.parts.bm25)},
               {"cosine", orNull(passage.parts.cosine)}};
    Json marks = Json::array();
    for (const auto& mark : passage.marks) marks.push_back({mark.begin, mark.end});
    const auto& paths = passage.document.paths;
    return {{"rank", passage.rank},
            {"score", passage.score},
            {"parts", std::move(parts)},
            {"document", passage.document.sha256},
            {"path", paths.empty() ? std::string() : base::displayPath(paths.front())},
            {"title", passage.document.title},
            {"page", pageOrNull(passage.page)},
            {"page_label", labelOrNull(passage.page, passage.pageLabel)},
            {"page_end", pageOrNull(passage.pageEnd)},
            {"heading", passage.chunk.heading},
            {"snippet", passage.snippet},
            {"marks", std::move(marks)},
            {"duplicates", passage.duplicates},
            {"chunk", passage.chunk.id}};
}

Json citationJson(const document::Citation& citation) {
    return {{"n", citation.number},
            {"document", citation.sha256},
            {"path", base::displayPath(citation.path)},
            {"title", citation.title},
            {"page", pageOrNull(citation.page)},
            {"page_label", labelOrNull(citation.page, citation.pageLabel)},
            {"quote", citation.quote},
            {"verified", citation.verified},
            {"judged", citation.judged},
            {"kind", document::name(citation.kind)},
            {"claims", citation.claims},
            {"better", citation.better > 0 ? Json(citation.better) : Json(nullptr)}};
}

Json citationsJson(const std::vector<document::Citation>& citations) {
    Json list = Json::array();
    for (const auto& citation : citations) list.push_back(citationJson(citation));
    return list;
}

Json contextJson(const answer::ContextReceipt& context) {
    Json parts = Json::array();
    for (const auto& part : context.parts)
        parts.push_back({{"name", part.name}, {"tokens", part.tokens.tokens}, {"exact", part.tokens.exact}});
    Json dropped = Json::array();
    for (const auto& part : context.dropped) dropped.push_back({{"name", part.name}, {"why", part.why}});
    return {{"window", context.window}, {"used", context.used}, {"parts", parts}, {"dropped", dropped}};
}

Json summaryJson(const std::optional<answer::HistorySummary>& summary) {
    if (!summary) return nullptr;
    return {{"text", summary->text}, {"turns", summary->turns}, {"skipped", summary->skipped}};
}

/// Never the key.
Json endpointJson(const llm::Endpoint& endpoint) {
    return {{"api", llm::name(endpoint.api)},
            {"base_url", endpoint.baseUrl},
            {"model", endpoint.model},
            {"window", endpoint.window}};
}

Json placeJson(const config::ModelPlace& place, const ModelsReport& report) {
    return {{"missing", place.api == "local" && report.missing.count(place.model) > 0},
            {"api", place.api},
            {"base_url", place.baseUrl},
            {"model", place.model},
            {"window", place.contextWindow}};
}

Json reportJson(const eval::RetrievalReport& report) {
    return {{"ndcg@10", report.ndcg10},
            {"recall@10", report.recall10},
            {"recall@100", report.recall100},
            {"map", report.map},
            {"mrr", report.mrr},
            {"queries", report.queries},
            {"documents", report.documents},
            {"mode", retrieve::name(report.mode)},
            {"p50_ms", report.p50Ms},
            {"p95_ms", report.p95Ms}};
}

}  // namespace

std::string toJson(const library::IndexReport& report) {
    const ingest::Summary& s = report.summary;
    return dump({{"files", s.seen},
                 {"new", s.added},
                 {"changed", s.changed},
                 {"moved", s.moved},
                 {"unchanged", s.unchanged},
                 {"missing", s.missing},
                 {"not_read", s.unread},
                 {"failed", s.failed},
                 {"pages", s.pages},
                 {"extracted", s.extracted},
                 {"embedded", s.embedded},
                 {"seconds", s.seconds},
                 {"seconds_text", s.secondsText},
                 {"seconds_vectors", s.secondsVectors},
                 {"errors", report.errors},
                 {"notices", report.notices}});
}

Json spaceJson(const std::optional<library::SpaceStatus>& space) {
    if (!space) return nullptr;
    return {{"fingerprint", space->fingerprint},
            {"model", space->maker},
            {"dimension", space->dimension},
            {"done", space->done}};
}

/// done and total: passages of the space on its way, or, when there is none, of the one in use.
Json embeddingJson(const library::EmbeddingStatus& embedding) {
    const auto& shown = embedding.building ? embedding.building : embedding.active;
    return {{"active", embedding.active ? Json(embedding.active->fingerprint) : Json(nullptr)},
            {"building", embedding.building ? Json(embedding.building->fingerprint) : Json(nullptr)},
            {"done", shown ? shown->done : 0},
            {"total", embedding.total},
            {"error", embedding.error.empty() ? Json(nullptr) : Json(embedding.error)}};
}

std::string toJson(const library::EmbeddingStatus& embedding) {
    Json json = embeddingJson(embedding);
    json["spaces"] = {{"active", spaceJson(embedding.active)},
                      {"building", spaceJson(embedding.building)},
                      {"previous", spaceJson(embedding.previous)}};
    return dump(json);
}

std::string toJson(const library::StatusReport& report) {
    std::vector<std::string> roots;
    for (const std::string& root : report.roots) roots.push_back(base::displayPath(root));
    std::vector<std::string> offline;
    for (const std::string& root : report.offlineRoots) offline.push_back(base::displayPath(root));
    std::vector<std::string> forgotten;
    for (const std::string& root : report.forgottenRoots) forgotten.push_back(base::displayPath(root));
    return dump({{"documents", report.counts.documents},
                 {"pages", report.counts.pages},
                 {"chunks", report.counts.chunks},
                 {"vectors", report.counts.vectors},
                 {"failed", report.counts.failed},
                 {"pending_text", report.pendingText},
                 {"pending_vectors", report.counts.pendingVectors},
                 {"database_bytes", report.databaseBytes},
                 {"embedder", report.embedder},
                 {"embedding", embeddingJson(report.embedding)},
                 {"owner_pid", report.ownerPid > 0 ? Json(report.ownerPid) : Json(nullptr)},
                 {"roots", roots},
                 {"offline_roots", offline},
                 {"forgotten_roots", forgotten}});
}

std::string toJson(const std::vector<store::LedgerRow>& ledger) {
    Json rows = Json::array();
    for (const store::LedgerRow& row : ledger) {
        std::vector<std::string> paths;
        for (const std::string& path : row.paths) paths.push_back(base::displayPath(path));
        rows.push_back({{"document", orNull(row.sha256)},
                        {"sha256", orNull(row.sha256)},
                        {"paths", paths},
                        {"title", row.title},
                        {"format", document::name(row.format)},
                        {"status", document::name(row.status)},
                        {"reason", row.reason},
                        {"pages", row.pages},
                        {"pages_ocr", row.pagesOcr},
                        {"pages_without_text", row.pagesWithoutText},
                        {"chunks", row.chunks},
                        {"vectors", row.vectors},
                        {"bytes", row.bytes},
                        {"offline", row.offline},
                        {"missing", row.missing},
                        {"indexed_at", row.indexedAt}});
    }
    return dump(rows);
}

std::string toJson(const retrieve::Results& results) {
    Json list = Json::array();
    for (const auto& passage : results.passages) list.push_back(passageJson(passage));
    return dump(
        {{"query", results.query},
         {"mode", retrieve::name(results.mode)},
         {"took_ms", results.tookMs},
         {"coverage", coverageJson(results.coverage)},
         {"semantic_weight", results.semanticWeight},
         {"terms", results.terms},
         {"ignored", results.ignored},
         {"relaxed", results.relaxed},
         {"without_meaning", results.withoutMeaning.empty() ? Json(nullptr) : Json(results.withoutMeaning)},
         {"results", std::move(list)}});
}

std::string toJson(const answer::Answer& answer) {
    return dump({{"question", answer.question},
                 {"answer", answer.text},
                 {"model", answer.model},
                 {"mode", answer::name(answer.mode)},
                 {"abstained", answer.abstained},
                 {"error", orNull(answer.error)},
                 {"citations", citationsJson(answer.citations)},
                 {"nearest", citationsJson(answer.nearest)},
                 {"carried_words", answer.carriedWords},
                 {"searched_for", answer.searchedFor.empty() ? Json(nullptr) : Json(answer.searchedFor)},
                 {"notes", answer.notes},
                 {"history_summary", summaryJson(answer.historySummary)},
                 {"context", contextJson(answer.context)},
                 {"usage",
                  {{"prompt_tokens", orNull(answer.usage.promptTokens)},
                   {"completion_tokens", orNull(answer.usage.completionTokens)},
                   {"cost_usd", orNull(answer.usage.costUsd)}}},
                 {"timings",
                  {{"retrieve_ms", answer.timings.retrieveMs},
                   {"first_token_ms", answer.timings.firstTokenMs},
                   {"total_ms", answer.timings.totalMs}}},
                 {"coverage", coverageJson(answer.coverage)},
                 {"files_read", answer.filesRead}});
}

std::string toJson(const answer::Preview& preview) {
    Json messages = Json::array();
    for (const document::Message& message : preview.messages)
        messages.push_back({{"role", document::name(message.role)}, {"text", message.text}});
    const bool isHere = preview.place == document::Place::ThisComputer;
    return dump({{"question", preview.question},
                 {"model", preview.model},
                 {"place", isHere ? "this computer" : "elsewhere"},
                 {"server",
                  {{"provider", preview.server.provider},
                   {"address", preview.server.address},
                   {"port", preview.server.port}}},
                 {"messages", std::move(messages)},
                 {"max_answer_tokens", preview.maxAnswerTokens},
                 {"most_cost_usd", orNull(preview.mostCostUsd)},
                 {"context", contextJson(preview.context)},
                 {"carried_words", preview.carriedWords},
                 {"searched_for", preview.searchedFor.empty() ? Json(nullptr) : Json(preview.searchedFor)},
                 {"notes", preview.notes},
                 {"coverage", coverageJson(preview.coverage)},
                 {"files_read", preview.filesRead},
                 {"sent", false}});
}

std::string toJson(const ForgetReport& report) {
    Json removed = Json::array(), restored = Json::array();
    for (const Forgotten& one : report.removed)
        removed.push_back({{"path", base::displayPath(one.path)}, {"documents", one.documents}});
    for (const std::string& path : report.restored) restored.push_back(base::displayPath(path));
    return dump({{"removed", std::move(removed)},
                 {"restored", std::move(restored)},
                 {"purged_paths", report.purgedPaths ? Json(*report.purgedPaths) : Json(nullptr)},
                 {"purge_error", report.purgeError ? Json(report.purgeError->message()) : Json(nullptr)},
                 {"dry_run", report.isRehearsal}});
}

std::string toJson(const ModelsReport& report, const config::Settings& settings) {
    Json local = Json::array();
    for (const llm::LocalServer& server : report.local)
        local.push_back({{"api", llm::name(server.api)},
                         {"base_url", server.baseUrl},
                         {"models", server.models},
                         {"windows", server.windows},
                         {"problem", orNull(server.problem)}});
    Json fallbacks = Json::array();
    for (const config::FallbackSettings& fallback : report.fallbacks) {
        fallbacks.push_back(placeJson(fallback.place, report));
        fallbacks.back()["stands_in_for_any"] = fallback.standsInForAny;
    }
    Json configured = report.configured ? endpointJson(*report.configured) : Json(nullptr);
    if (report.configuredFile) configured = placeJson(settings.model.place(), report);
    return dump({{"configured", std::move(configured)},
                 {"fallbacks", std::move(fallbacks)},
                 {"small", report.small.isSet() ? placeJson(report.small, report) : Json(nullptr)},
                 {"files", Json::parse(toJson(report.files, settings))["models"]},
                 {"local", std::move(local)}});
}

std::string toJson(const ModelTest& test) {
    Json json = endpointJson(test.endpoint);
    if (test.file) json.update({{"api", "local"}, {"model", base::displayPath(*test.file)}});
    json.update({{"context", test.trial.context ? Json(*test.trial.context) : Json(nullptr)},
                 {"latency_ms", orNull(test.trial.latencyMs)},
                 {"first_token_ms",
                  test.trial.reply.text.empty() ? Json(nullptr) : Json(test.trial.reply.firstTokenMs)},
                 {"total_ms", test.trial.totalMs},
                 {"tokens_per_second", orNull(test.trial.tokensPerSecond())},
                 {"prompt_tokens", orNull(test.trial.reply.promptTokens)},
                 {"completion_tokens", orNull(test.trial.reply.completionTokens)},
                 {"answer", test.trial.reply.text},
                 {"error", orNull(test.trial.reply.error)}});
    return dump(json);
}

std::string toJson(const std::vector<eval::RetrievalReport>& reports) {
    if (reports.size() == 1) return dump(reportJson(reports.front()));
    Json json = reportJson(reports.front());
    json["compare"] = reportJson(reports.back());
    const eval::PairedDifference delta = eval::pairedDifference(reports.front(), reports.back());
    json["difference_ndcg@10"] = {{"mean", delta.mean}, {"low95", delta.low95}, {"high95", delta.high95}};
    return dump(json);
}

std::string toJson(const eval::PageReport& report) {
    return dump({{"questions", report.questions},
                 {"hit@1", report.hit1},
                 {"hit@5", report.hit5},
                 {"hit@10", report.hit10},
                 {"document_hit@10", report.documentHit10}});
}

std::string toJson(const DoctorReport& report) {
    Json unknown = Json::array();
    for (const config::UnknownKey& key : report.unknownSettings)
        unknown.push_back(
            {{"key", key.name}, {"meant", key.meant.empty() ? Json(nullptr) : Json(key.meant)}});
    return dump({{"sound", report.isSound()},
                 {"problems", report.problems},
                 {"settings_problems", report.settingsProblems},
                 {"repaired", report.repaired},
                 {"unknown_settings", std::move(unknown)}});
}

}  // namespace commonplace::app::cli
