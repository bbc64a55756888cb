#include "engine/retrieve/candidates.h"

#include <algorithm>
#include <unordered_set>

#include "engine/base/text.h"
#include "engine/retrieve/word_key.h"

namespace commonplace::retrieve {
namespace {

std::vector<store::DocumentId> distinctDocuments(const std::vector<Candidate>& candidates) {
    std::vector<store::DocumentId> ids;
    for (const Candidate& candidate : candidates) ids.push_back(candidate.document);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// The store lists present paths before offline ones and missing ones last, so the first one speaks for all.
Result<bool> isMissing(store::IndexStore& store, const store::DocumentRow& document) {
    if (document.reachable || document.paths.empty()) return !document.reachable;
    TRY(const auto known, store.pathsUnder(document.paths.front()));
    return !known.empty() && known.front().state == store::PathState::Missing;
}

/// "/reports/ACME_2019_10K.pdf" -> "ACME 2019 10K"
std::string nameWords(std::string_view path) {
    std::string_view name = path.substr(path.find_last_of('/') + 1);
    name = name.substr(0, std::max<std::size_t>(name.find_last_of('.'), 1));
    std::string words = base::repairUtf8(name);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::unordered_set<std::string> nameKeys(const store::DocumentRow& document) {
    std::unordered_set<std::string> keys;
    if (document.paths.empty()) return keys;
    const std::string name = nameWords(document.paths.front());
    for (const base::Range& word : base::words(name))
        keys.insert(wordKey(std::string_view(name).substr(word.begin, word.size())));
    return keys;
}

/// How much of the query's rarity a file name covers, 0 … 1.
double nameCoverage(const store::DocumentRow& document, const ParsedQuery& query,
                    const std::vector<double>& rarity) {
    const std::unordered_set<std::string> keys = nameKeys(document);
    double covered = 0, all = 0;
    for (std::size_t i = 0; i < query.terms.size(); ++i) {
        all += rarity[i];
        if (keys.contains(query.terms[i].key)) covered += rarity[i];
    }
    return all > 0 ? covered / all : 0;
}

}  // namespace

std::vector<Candidate> unite(std::span<const store::KeywordHit> byWord,
                             std::span<const vector::Hit> byMeaning) {
    std::vector<Candidate> candidates;
    std::unordered_set<store::ChunkId> known;
    for (const store::KeywordHit& hit : byWord)
        if (known.insert(hit.chunk).second)
            candidates.push_back({hit.chunk, hit.document, {hit.bm25, {}, {}}, {}});
    for (const vector::Hit& hit : byMeaning)
        if (known.insert(hit.chunk).second)
            candidates.push_back({hit.chunk, hit.document, {{}, hit.cosine, {}}, {}});
    return candidates;
}

Result<DocumentRows> documentsOf(store::IndexStore& store, std::vector<Candidate>& candidates) {
    DocumentRows documents;
    TRY(auto rows, store.documents(distinctDocuments(candidates)));
    for (store::DocumentRow& row : rows) {
        TRY(const bool missing, isMissing(store, row));
        const store::DocumentId id = row.id;
        if (!missing) documents.emplace(id, std::move(row));
    }
    std::erase_if(candidates,
                  [&](const Candidate& candidate) { return !documents.contains(candidate.document); });
    return documents;
}

void addFileNames(std::vector<Candidate>& candidates, const DocumentRows& documents, const ParsedQuery& query,
                  const std::vector<double>& rarity, double share) {
    double best = 0;
    for (const Candidate& candidate : candidates) best = std::max(best, candidate.raw.keyword.value_or(0));
    std::unordered_map<store::DocumentId, double> coverage;
    for (Candidate& candidate : candidates) {
        if (!candidate.raw.keyword) continue;
        const auto [entry, isNew] = coverage.try_emplace(candidate.document);
        if (isNew) entry->second = nameCoverage(documents.at(candidate.document), query, rarity);
        *candidate.raw.keyword += share * best * entry->second;
    }
}

void sortByScore(std::vector<Candidate>& candidates, const DocumentRows& documents) {
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        if (a.fused.score != b.fused.score) return a.fused.score > b.fused.score;
        if (a.document == b.document) return a.chunk < b.chunk;
        return documents.at(a.document).sha256 < documents.at(b.document).sha256;
    });
}

}  // namespace commonplace::retrieve
