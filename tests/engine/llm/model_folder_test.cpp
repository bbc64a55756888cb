#include "engine/llm/model_folder.h"

#include <gmock/gmock.h>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "tests/fakes/http_server.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_models.h"

namespace commonplace::llm {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string& chatModel() {
    static const std::string bytes = test::scriptModel({{{"", "A reply that is recited."}}});
    return bytes;
}

class ModelFolderTest : public testing::Test {
  protected:
    std::vector<std::string> names() const {
        std::vector<std::string> names;
        const auto models = m_models.list();
        if (!models) return {models.error().message()};
        for (const ModelFile& model : *models) names.push_back(model.name);
        return names;
    }
    Result<ModelFile> addFrom(const std::string& url, const std::string& sha256 = {}) const {
        net::DownloadRequest request{.url = url, .sha256 = sha256};
        request.retry.times = 0;
        return m_models.addFrom(std::move(request), {});
    }

    test::TempFolder m_folder;
    ModelFolder m_models{m_folder / "models", {COMMONPLACE_PROGRAM, m_folder / "memory", 0}};
};

TEST_F(ModelFolderTest, IsEmptyBeforeTheFirst) {
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THAT(m_models.find("x").error().message(), HasSubstr("models list"));
}

TEST_F(ModelFolderTest, TakesACopyInAndKnowsWhatItIs) {
    const auto source = m_folder.write("here/chat.gguf", chatModel());
    std::uint64_t copied = 0;
    const auto added =
        m_models.add(source, Keep::Copy, [&](const auto& progress) { copied = progress.done; }, {});
    ASSERT_TRUE(added) << added.error().message();
    EXPECT_EQ(added->facts->architecture, "llama");
    EXPECT_FALSE(added->isLink);
    EXPECT_EQ(copied, chatModel().size());
    EXPECT_EQ(base::readFile(m_folder / "models/chat.gguf").value_or(""), chatModel());
    EXPECT_THAT(names(), ElementsAre("chat.gguf"));
    EXPECT_EQ(m_models.find("chat")->facts->architecture, "llama");
    EXPECT_EQ(m_models.add(source, Keep::Copy, {}, {}).error().code(), ErrorCode::InvalidArgument);
    EXPECT_THAT(m_models.find("chta.gguf").error().message(), HasSubstr("did you mean 'chat.gguf'?"));
    EXPECT_EQ(*m_models.nearest("chta.gguf"), "chat.gguf");
    EXPECT_EQ(*m_models.nearest("something else"), "");
}

TEST_F(ModelFolderTest, ALinkLeavesTheFileWhereItIs) {
    const auto source = m_folder.write("here/chat.gguf", chatModel());
    const auto added = m_models.add(source, Keep::Link, {}, {});
    ASSERT_TRUE(added) << added.error().message();
    EXPECT_TRUE(added->isLink);
    EXPECT_EQ(added->file, fs::canonical(source));
    EXPECT_EQ(m_models.setAside("chat").value_or(1), 0U);
    ASSERT_TRUE(m_models.purge());
    EXPECT_TRUE(fs::exists(source));
    ASSERT_TRUE(m_models.add(source, Keep::Link, {}, {}));
    fs::remove(source);
    EXPECT_THAT(m_models.list()->at(0).problem, HasSubstr("gone"));
}

TEST_F(ModelFolderTest, WhatIsNoModelNeverGetsIn) {
    const auto bad = m_folder.write("bad.gguf", "GGUF" + std::string(3000, 'x'));
    EXPECT_FALSE(m_models.add(bad, Keep::Copy, {}, {}));
    EXPECT_THAT(m_models.add(m_folder.write("a.bin", "x"), Keep::Copy, {}, {}).error().message(),
                HasSubstr(".gguf"));
    EXPECT_EQ(m_models.add(m_folder / "none.gguf", Keep::Copy, {}, {}).error().code(), ErrorCode::NotFound);
    const auto part = m_folder.write("m-00001-of-00002.gguf", chatModel());
    EXPECT_THAT(m_models.add(part, Keep::Copy, {}, {}).error().message(), HasSubstr("--link"));
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(ModelFolderTest, FindsTheModelsOfAFolder) {
    for (const char* name :
         {"b/one.gguf", "b/c/two.gguf", "b/mmproj-x.gguf", "b/t-00001-of-00002.gguf",
          "b/t-00002-of-00002.gguf", "b/notes.txt", "b/.hidden.gguf", "b/1/2/3/4/5/deep.gguf"})
        m_folder.write(name, "x");
    fs::create_directory_symlink(m_folder / "b", m_folder / "b/loop");
    std::vector<std::string> found;
    for (const auto& file : ModelFolder::modelsBelow(m_folder / "b")) found.push_back(file.filename());
    EXPECT_THAT(found, ElementsAre("two.gguf", "one.gguf", "t-00001-of-00002.gguf"));
}

TEST_F(ModelFolderTest, DownloadsAndTries) {
    const fakes::HttpServer server({fakes::ok(chatModel())});
    const auto added = addFrom(server.url() + "/org/chat.gguf?download=true", base::sha256Hex(chatModel()));
    ASSERT_TRUE(added) << added.error().message();
    EXPECT_EQ(added->name, "chat.gguf");
    EXPECT_EQ(added->facts->architecture, "llama");
    EXPECT_THAT(addFrom(server.url() + "/page").error().message(),
                HasSubstr("address of the download itself"));
    EXPECT_FALSE(addFrom(server.url() + "/other.gguf", base::sha256Hex("x")));
    EXPECT_THAT(names(), ElementsAre("chat.gguf"));
    EXPECT_THAT(m_models.unfinished(), IsEmpty());
}

TEST_F(ModelFolderTest, ADownloadThatIsNoModelIsRemoved) {
    const fakes::HttpServer server({fakes::ok("<html>please log in</html>")});
    const auto added = addFrom(server.url() + "/chat.gguf");
    ASSERT_FALSE(added);
    EXPECT_THAT(added.error().message(), HasSubstr("was removed"));
    EXPECT_TRUE(fs::is_empty(m_folder / "models"));
}

TEST_F(ModelFolderTest, ADownloadThatCouldNotBeTriedIsKept) {
    const fakes::HttpServer server({fakes::ok(chatModel())});
    const ModelFolder hasty(m_folder / "models", {"/bin/cat", m_folder / "memory", 1e-9});
    net::DownloadRequest request{.url = server.url() + "/chat.gguf"};
    request.retry.times = 0;
    const auto added = hasty.addFrom(request, {});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code(), ErrorCode::Timeout);
    EXPECT_THAT(added.error().message(), HasSubstr("was kept as chat.gguf"));
    EXPECT_EQ(base::readFile(m_folder / "models/chat.gguf").value_or(""), chatModel());
    EXPECT_THAT(names(), ElementsAre("chat.gguf"));
}

TEST_F(ModelFolderTest, ListsWhatCanBeContinued) {
    const std::string whole = fakes::response("200 OK", chatModel(), "ETag: \"1\"\r\n");
    const fakes::HttpServer server({{fakes::send(whole.substr(0, whole.size() - 100))}});
    EXPECT_FALSE(addFrom(server.url() + "/chat.gguf"));
    ASSERT_EQ(m_models.unfinished().size(), 1U);
    EXPECT_EQ(m_models.unfinished().front().name, "chat.gguf");
    EXPECT_EQ(m_models.unfinished().front().url, server.url() + "/chat.gguf");
    EXPECT_EQ(m_models.unfinished().front().progress.total, chatModel().size());
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(ModelFolderTest, RemovingCanBeUndone) {
    ASSERT_TRUE(m_models.add(m_folder.write("chat.gguf", chatModel()), Keep::Copy, {}, {}));
    EXPECT_EQ(m_models.setAside("chat").value_or(0), chatModel().size());
    EXPECT_THAT(names(), IsEmpty());
    ASSERT_TRUE(m_models.putBack("chat.gguf"));
    EXPECT_THAT(names(), ElementsAre("chat.gguf"));
    EXPECT_TRUE(m_models.find("chat")->facts);  // what is known of it comes back with it
    ASSERT_TRUE(m_models.setAside("chat.gguf"));
    ASSERT_TRUE(m_models.purge());
    EXPECT_FALSE(m_models.putBack("chat.gguf"));
    EXPECT_TRUE(m_models.purge());
}

}  // namespace
}  // namespace commonplace::llm
