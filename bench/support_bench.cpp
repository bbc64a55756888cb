// How often bare references count as supported, contested and not supported: sentences of the Northwind
// answers, each judged against the passages that a search for its question finds. For the right page, another
// page of its document, another document; alone, and with the passages contesting each other.
//   bench_support LIBRARY QUESTIONS.jsonl     the library: commonplace --library LIBRARY index
//   …/northwind/pdfs
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/answer/evidence.h"
#include "engine/answer/reference.h"
#include "engine/base/text.h"
#include "engine/store/index_store.h"

namespace {

using namespace commonplace;
using answer::Claim;
using answer::Evidence;
using answer::Judgement;
using Pages = std::set<std::pair<std::string, int>>;

constexpr std::size_t kPassages = 8;

enum Where { OnlyRight, AnyRight, SameDocument, OtherDocument, kWheres };
constexpr std::array<const char*, kWheres> kNames{"right page, the only one", "right page, of several",
                                                  "another page of the document", "another document"};
struct Share {
    int all = 0, alone = 0, supported = 0, contested = 0, unsupported = 0;
};
using Shares = std::array<Share, kWheres>;

Pages goldOf(const nlohmann::json& question) {
    Pages gold;
    for (const auto& one : question["citations"]) gold.emplace(one["doc"], one["page"]);
    for (const auto& page : question["pages"]) gold.emplace(question["doc"], page);
    return gold;
}

bool isRight(const retrieve::Passage& passage, const Pages& gold) {
    const std::string name = std::filesystem::path(passage.document.paths.front()).filename();
    for (int page = passage.page; page <= passage.pageEnd; ++page)
        if (gold.count({name, page}) > 0) return true;
    return false;
}

std::vector<Where> wheresOf(const Evidence& evidence, const Pages& gold) {
    std::vector<Where> wheres;
    std::size_t right = 0;
    for (const retrieve::Passage& passage : evidence.passages()) {
        const std::string name = std::filesystem::path(passage.document.paths.front()).filename();
        const bool isDocument =
            std::any_of(gold.begin(), gold.end(), [&](const auto& one) { return one.first == name; });
        wheres.push_back(isRight(passage, gold) ? AnyRight : isDocument ? SameDocument : OtherDocument);
        right += wheres.back() == AnyRight;
    }
    for (Where& where : wheres)
        if (where == AnyRight && right == 1) where = OnlyRight;
    return wheres;
}

void measure(const std::string& text, const Evidence& evidence, const Pages& gold, Shares& shares) {
    const std::vector<Where> wheres = wheresOf(evidence, gold);
    std::vector<std::size_t> given(evidence.passages().size());
    std::iota(given.begin(), given.end(), std::size_t{0});
    answer::ClaimJudge alone(evidence, {}), among(evidence, given);
    for (const base::Range& sentence : base::sentences(text)) {
        const Claim claim{{std::string_view(text).substr(sentence.begin, sentence.size())}, {1}};
        for (const std::size_t passage : given) {
            Share& share = shares[wheres[passage]];
            const auto judgedBy = [&](answer::ClaimJudge& judge) {
                return judge.judge(claim, passage, {passage}).judgement;
            };
            const Judgement judgement = judgedBy(among);
            ++share.all;
            share.alone += judgedBy(alone) == Judgement::Supported;
            share.supported += judgement == Judgement::Supported;
            share.contested += judgement == Judgement::Contested;
            share.unsupported += judgement == Judgement::NotSupported;
        }
    }
}

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return 1;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) return fail({ErrorCode::InvalidArgument, "bench_support LIBRARY QUESTIONS.jsonl"});
    auto store = store::IndexStore::open(std::filesystem::path(words[1]) / "index.db", store::Access::Guest);
    if (!store) return fail(store.error());
    const retrieve::Retriever retriever({**store, nullptr, nullptr, {}});
    Shares shares{};
    std::ifstream lines(words[2]);
    for (std::string line; std::getline(lines, line);) {
        const auto question = nlohmann::json::parse(line);
        if (question["unanswerable"]) continue;
        retrieve::Query query;
        query.text = question["question"];
        query.limit = kPassages;
        auto found = retriever.search(query);
        if (!found) return fail(found.error());
        const auto evidence = Evidence::read(**store, std::move(found->passages));
        if (!evidence) return fail(evidence.error());
        measure(question["answer"], *evidence, goldOf(question), shares);
    }
    std::printf("%-30s %7s %10s %10s %10s %14s\n", "", "judged", "alone", "supported", "contested",
                "not supported");
    for (std::size_t i = 0; i < kWheres; ++i) {
        const Share& share = shares[i];
        const auto percent = [&share](int some) { return 100.0 * some / std::max(share.all, 1); };
        std::printf("%-30s %7d %9.1f%% %9.1f%% %9.1f%% %13.1f%%\n", kNames[i], share.all,
                    percent(share.alone), percent(share.supported), percent(share.contested),
                    percent(share.unsupported));
    }
    return 0;
}
