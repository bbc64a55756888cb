#include "engine/embed/served_json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/fakes/embedding_replies.h"

namespace commonplace::embed {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;

std::string wrong(ServedApi api, const std::string& answer, const Expected& expected) {
    const auto read = readVectors(api, answer, expected);
    EXPECT_FALSE(read) << answer.substr(0, 200);
    if (read) return {};
    EXPECT_EQ(read.error().code(), ErrorCode::Protocol);
    EXPECT_EQ(read.error().message().find('\n'), std::string::npos);
    return read.error().message();
}

std::vector<float> rowOf(const document::Vectors& vectors, std::size_t i) {
    const auto row = vectors.row(i);
    return {row.begin(), row.end()};
}

TEST(ServedJson, ReadsUnitVectorsOfBothProtocols) {
    const std::string answers[] = {fakes::openAiVectors({{3, 4}, {0, -2}, {0, 0}}),
                                   fakes::ollamaVectors({{3, 4}, {0, -2}, {0, 0}})};
    for (const ServedApi api : {ServedApi::OpenAi, ServedApi::Ollama}) {
        const auto read = readVectors(api, answers[api == ServedApi::Ollama ? 1 : 0], {3, 2});
        ASSERT_TRUE(read) << read.error().message();
        EXPECT_THAT(rowOf(*read, 0), ElementsAre(FloatNear(.6f, 1e-6f), FloatNear(.8f, 1e-6f)));
        EXPECT_THAT(rowOf(*read, 1), ElementsAre(0, -1));
        EXPECT_THAT(rowOf(*read, 2), ElementsAre(0, 0));
    }
}

TEST(ServedJson, OrdersByIndexWhereverItStands) {
    const auto swapped = fakes::openAiAnswer({fakes::openAiItem(1, "[0,1]"), fakes::openAiItem(0, "[1,0]")});
    EXPECT_THAT(rowOf(*readVectors(ServedApi::OpenAi, swapped, {2, 2}), 0), ElementsAre(1, 0));
    const auto behind = R"({"data":[{"embedding":[0,1],"index":1},{"embedding":[1,0],"index":0}]})";
    EXPECT_THAT(rowOf(*readVectors(ServedApi::OpenAi, behind, {2, 2}), 0), ElementsAre(1, 0));
    const auto bare = R"({"data":[{"embedding":[0,1]},{"embedding":[1,0]}]})";
    EXPECT_THAT(rowOf(*readVectors(ServedApi::OpenAi, bare, {2, 2}), 0), ElementsAre(0, 1));
}

TEST(ServedJson, EveryCutIsAnErrorOfOneLine) {
    for (const ServedApi api : {ServedApi::OpenAi, ServedApi::Ollama}) {
        const std::string whole = api == ServedApi::OpenAi ? fakes::openAiVectors({{3, 4}, {1, 2}})
                                                           : fakes::ollamaVectors({{3, 4}, {1, 2}});
        for (std::size_t length = 0; length < whole.size(); ++length)
            wrong(api, whole.substr(0, length), {2, 2});
        EXPECT_TRUE(readVectors(api, whole, {2, 2}));
    }
}

TEST(ServedJson, RefusesWrongCountsAndPlaces) {
    const auto api = ServedApi::OpenAi;
    EXPECT_THAT(wrong(api, fakes::openAiVectors({{1, 0}}), {2, 2}), HasSubstr("1 vectors for 2 texts"));
    EXPECT_THAT(
        wrong(api, fakes::openAiAnswer({fakes::openAiItem(0, "[1,0]"), fakes::openAiItem(0, "[1,0]")}),
              {2, 2}),
        HasSubstr("two vectors for one text"));
    wrong(api, fakes::openAiAnswer({fakes::openAiItem(7, "[1,0]")}), {1, 2});
    wrong(api, fakes::openAiAnswer({fakes::openAiItem(-1, "[1,0]")}), {1, 2});
    wrong(api, fakes::openAiVectors({{1, 0}, {1, 0}, {1, 0}}), {2, 2});
    wrong(api, R"({"data":[{"index":0,"embedding":[1,0],"embedding":[0,1]}]})", {1, 2});
    wrong(api, R"({"data":[{"index":0}]})", {1, 2});
    wrong(api, R"({"object":"list"})", {1, 2});
    wrong(ServedApi::Ollama, fakes::ollamaVectors({{1, 0}, {1, 0}}), {1, 2});
    wrong(ServedApi::Ollama, R"({"embeddings":[]})", {1, 2});
}

TEST(ServedJson, RefusesWrongDimensions) {
    const auto api = ServedApi::Ollama;
    EXPECT_THAT(wrong(api, fakes::ollamaVectors({{1, 0, 0}}), {1, 2}),
                HasSubstr("3 dimensions instead of 2"));
    wrong(api, fakes::ollamaVectors({{1, 0}, {1}}), {2, 0});
    wrong(api, R"({"embeddings":[[]]})", {1, 0});
    std::string endless = "{\"embeddings\":[[0";
    for (std::size_t i = 0; i <= kMaxDimension; ++i) endless += ",0";
    EXPECT_THAT(wrong(api, endless + "]]}", {1, 0}), HasSubstr("too long"));
    EXPECT_EQ(readVectors(api, fakes::ollamaVectors({{1, 0, 0}}), {1, 0})->dimension, 3u);
}

TEST(ServedJson, RefusesWhatIsNoFiniteNumber) {
    for (const char* value :
         {"NaN", "Infinity", "1e39", "-1e39", "1e999", "null", "\"1\"", "true", "[1]", "{}"})
        for (const ServedApi api : {ServedApi::OpenAi, ServedApi::Ollama}) {
            const std::string vector = std::string("[1,") + value + "]";
            wrong(api,
                  api == ServedApi::OpenAi ? fakes::openAiAnswer({fakes::openAiItem(0, vector)})
                                           : R"({"embeddings":[)" + vector + "]}",
                  {1, 2});
        }
    const auto large = readVectors(ServedApi::Ollama, R"({"embeddings":[[3e38,3e38]]})", {1, 2});
    ASSERT_TRUE(large);
    EXPECT_NEAR(large->row(0)[0], std::sqrt(.5), 1e-6);
}

TEST(ServedJson, RefusesDeepNesting) {
    const std::string deep(100'000, '[');
    wrong(ServedApi::OpenAi, deep, {1, 2});
    wrong(ServedApi::Ollama, R"({"x":)" + deep, {1, 2});
    EXPECT_EQ(errorMessage(deep), "");
}

TEST(ServedJson, AsksForEverythingAndForNoCutting) {
    const std::vector<std::string> texts{"a \"b\"", "caf\xC3"};
    const auto openAi = nlohmann::json::parse(requestBody(ServedApi::OpenAi, "m", texts));
    EXPECT_EQ(openAi["model"], "m");
    EXPECT_EQ(openAi["input"][0], "a \"b\"");
    EXPECT_FALSE(openAi.contains("truncate"));
    EXPECT_EQ(nlohmann::json::parse(requestBody(ServedApi::Ollama, "m", texts))["truncate"], false);
}

TEST(ServedJson, FindsWhatAnErrorSays) {
    EXPECT_EQ(errorMessage(R"({"error":{"message":"no","type":"x"}})"), "no");
    EXPECT_EQ(errorMessage(R"({"error":"model not found"})"), "model not found");
    EXPECT_EQ(errorMessage(R"({"detail":"Not Found"})"), "Not Found");
    EXPECT_EQ(errorMessage("<html>"), "");
}

}  // namespace
}  // namespace commonplace::embed
