// Keyword search over a public collection in languages without spaces: XQuAD (CC BY-SA), where it is there.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;
using Json = nlohmann::json;

std::filesystem::path collection() {
    const char* data = std::getenv("COMMONPLACE_TEST_DATA");
    const auto beside = std::filesystem::path(COMMONPLACE_TEST_DIR) / "../../shared/data";
    return (data != nullptr ? std::filesystem::path(data) : beside) / "xquad";
}

class XquadTest : public test::StoreTest {
  protected:
    void fill(const std::string& language) {
        std::ifstream corpus(collection() / "corpus.jsonl");
        must(m_store->database().transact([&]() -> Result<void> {
            for (std::string line; std::getline(corpus, line);) {
                const Json passage = Json::parse(line);
                if (passage["lang"] != language) continue;
                const std::string id = passage["id"];
                m_ids[put("/" + id, passage["title"], {passage["text"].get<std::string>()})] = id;
            }
            return {};
        }));
    }
    /// Mean nDCG@10; every question has exactly one right passage.
    double measure(const std::string& language) {
        std::map<std::string, std::string> right;
        std::ifstream qrels(collection() / "qrels.tsv");
        for (std::string question, passage, grade; qrels >> question >> passage >> grade;)
            right[question] = passage;
        double sum = 0, questions = 0;
        std::ifstream queries(collection() / "queries.jsonl");
        for (std::string line; std::getline(queries, line);) {
            const Json query = Json::parse(line);
            if (query["lang"] != language) continue;
            sum += gain(query["text"], right[query["id"]]);
            ++questions;
        }
        return sum / questions;
    }
    double gain(const std::string& question, const std::string& passage) {
        std::string match;
        for (const std::string& term : fullTextTerms(question))
            match += (match.empty() ? "" : " OR ") + fullTextMatch(term);
        const auto hits = must(m_store->keyword(match, 10, std::nullopt, {}));
        for (std::size_t i = 0; i < hits.size(); ++i)
            if (m_ids[hits[i].document] == passage) return 1 / std::log2(static_cast<double>(i) + 2);
        return 0;
    }
    std::map<DocumentId, std::string> m_ids;
};

TEST_F(XquadTest, ChineseAndThaiAreFound) {
    if (!std::filesystem::exists(collection()))
        GTEST_SKIP() << "no xquad in COMMONPLACE_TEST_DATA or " << collection();
    for (const char* language : {"zh", "th"}) {
        fill(language);
        const double ndcg = measure(language);
        std::printf("[          ] keyword nDCG@10 of xquad %s: %.4f\n", language, ndcg);
        EXPECT_GE(ndcg, 0.93);
    }
}

}  // namespace
}  // namespace commonplace::store
