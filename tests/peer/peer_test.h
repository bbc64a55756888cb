// What the tests against llama-server share: the program, a small library, and a model that recites.
#pragma once

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/peer/llama_server.h"
#include "tests/support/test_models.h"

namespace commonplace::test {

class PeerTest : public testing::Test, protected ProgramRunner {
  protected:
    using Json = nlohmann::json;
    static constexpr const char* kQuestion = "Where are the tide tables kept?";
    static constexpr const char* kAnswer = "They \"are kept in the lantern room\" [1].";

    void SetUp() override {
        if (!LlamaServer::isBuilt())
            GTEST_SKIP() << "no llama-server: packaging/build-llama-server.sh builds one";
        folder().write("docs/harbour.md", "# The harbour\n\nThe tide tables are kept in the lantern room.\n");
        ASSERT_EQ(here({"index", path("docs"), "--no-vectors"}).code, 0);
    }

    std::string recital(const std::string& answer = kAnswer, std::uint32_t window = 8192) const {
        return folder().write("recital.gguf", scriptModel({{{"", answer}}, window})).native();
    }
    Ran here(const std::vector<std::string>& arguments, const std::string& variables = {}) const {
        return run(arguments, "XDG_CACHE_HOME=" + quoted(path("cache")) + " " + variables);
    }
    /// The JSON of an answer, null when there is none.
    static Json parsed(const Ran& ran) {
        EXPECT_EQ(ran.code, 0) << ran.err;
        return Json::parse(ran.out, nullptr, false);
    }
    void configure(const Json& model) const {
        folder().write("config/commonplace/settings.json", Json{{"model", model}}.dump());
    }
};

/// What the receipt says was sent: everything but the room that was kept for the answer.
inline long sentTokens(const nlohmann::json& answer) {
    long sum = 0;
    for (const auto& part : answer["context"]["parts"])
        if (part["name"] != "answer reserve") sum += part["tokens"].get<long>();
    return sum;
}

}  // namespace commonplace::test
