#include "engine/store/conversations.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "tests/engine/store/sample.h"

namespace commonplace::store {
namespace {

using test::must;

class ConversationsTest : public testing::Test {
  protected:
    std::vector<std::string> found(const std::string& query) {
        std::vector<std::string> titles;
        for (const auto& hit : must(m_conversations.search(query, 100)))
            titles.push_back(hit.conversation.title);
        return titles;
    }
    std::int64_t count(const char* sql) { return scalar(m_store->database().handle(), sql); }

    test::TempFolder m_folder;
    std::unique_ptr<LibraryStore> m_store =
        must(LibraryStore::open(m_folder / "library.db", Access::Checkpointer));
    Conversations m_conversations{m_store->database()};
};

using Titles = std::vector<std::string>;

TEST_F(ConversationsTest, IsATreeInWhichNothingIsErased) {
    const auto id = must(m_conversations.create("Dome", "[]"));
    const auto question = must(m_conversations.append(id, 0, Author::Person, "Who turns the dome?"));
    const auto first = must(m_conversations.append(id, question, Author::Program, ""));
    must(m_conversations.finish(first, "Nobody [1].", "{\"mode\":\"extractive\"}"));
    const auto again = must(m_conversations.append(id, question, Author::Program, "Anna."));
    const auto edited = must(m_conversations.append(id, 0, Author::Person, "Who cleans the dome?"));
    const auto messages = must(m_conversations.messages(id));
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[1].parent, question);
    EXPECT_EQ(messages[1].text, "Nobody [1].");
    EXPECT_EQ(messages[1].author, Author::Program);
    EXPECT_EQ(messages[2].details, "");
    EXPECT_EQ(messages[3].parent, 0);
    EXPECT_EQ(must(m_conversations.conversation(id)).leaf, edited);
    must(m_conversations.setLeaf(id, again));
    EXPECT_EQ(must(m_conversations.conversation(id)).leaf, again);
}

TEST_F(ConversationsTest, RememberWhoAnswers) {
    const auto one = must(m_conversations.create("One", "[]"));
    const auto two = must(m_conversations.create("Two", "[]", "http://127.0.0.1:8080/v1#small"));
    EXPECT_EQ(must(m_conversations.conversation(one)).model, "");
    EXPECT_EQ(must(m_conversations.conversation(two)).model, "http://127.0.0.1:8080/v1#small");
    must(m_conversations.setModel(one, "none"));
    EXPECT_EQ(must(m_conversations.conversation(one)).model, "none");
    EXPECT_EQ(must(m_conversations.conversation(two)).model, "http://127.0.0.1:8080/v1#small");
    EXPECT_EQ(m_conversations.setModel(99, "").error().code(), ErrorCode::NotFound);
}

TEST_F(ConversationsTest, AModelNeverReplacesAPersonsTitle) {
    const auto id = must(m_conversations.create("How is the rail cleaned?", "[]"));
    EXPECT_EQ(must(m_conversations.conversation(id)).titledBy, TitledBy::Question);
    EXPECT_TRUE(must(m_conversations.retitle(id, "Cleaning the rail")));
    EXPECT_EQ(must(m_conversations.conversation(id)).titledBy, TitledBy::Model);
    EXPECT_EQ(found("clean"), Titles{"Cleaning the rail"});
    must(m_conversations.rename(id, "Mine"));
    EXPECT_FALSE(must(m_conversations.retitle(id, "Another")));
    EXPECT_EQ(must(m_conversations.conversation(id)).title, "Mine");
    EXPECT_EQ(found("another"), Titles{});
    EXPECT_FALSE(must(m_conversations.retitle(99, "Nobody's")));
}

TEST_F(ConversationsTest, RefusesAParentOrLeafOfAnotherConversation) {
    const auto one = must(m_conversations.create("One", "[]")),
               two = must(m_conversations.create("Two", "[]"));
    const auto message = must(m_conversations.append(one, 0, Author::Person, "?"));
    EXPECT_FALSE(m_conversations.append(two, message, Author::Program, "!"));
    EXPECT_FALSE(m_conversations.append(99, 0, Author::Person, "?"));
    EXPECT_EQ(m_conversations.setLeaf(two, message).error().code(), ErrorCode::NotFound);
    EXPECT_EQ(m_conversations.saveText(99, "").error().code(), ErrorCode::NotFound);
    EXPECT_EQ(m_conversations.rename(99, "").error().code(), ErrorCode::NotFound);
    EXPECT_EQ(m_conversations.conversation(99).error().code(), ErrorCode::NotFound);
}

TEST_F(ConversationsTest, FindsWordsOfTitlesAndMessagesAsOneTypes) {
    const auto id = must(m_conversations.create("Lease terms", "[]"));
    must(m_conversations.create("Grüße aus Köln", "[]"));
    const auto question = must(m_conversations.append(id, 0, Author::Person, "Who pays the harbour rent?"));
    const auto answer = must(m_conversations.append(id, question, Author::Program, ""));
    EXPECT_TRUE(found("tenant").empty());
    must(m_conversations.saveText(answer, "The ten"));
    must(m_conversations.saveText(answer, "The tenant of house 12 does. 黑豹队"));
    EXPECT_EQ(found("tena"), Titles{"Lease terms"});
    EXPECT_EQ(found("lease HARB"), Titles{});  // each message by itself, and the title by itself
    EXPECT_EQ(found("koln"), Titles{"Grüße aus Köln"});
    EXPECT_EQ(found("豹队"), Titles{"Lease terms"});
    EXPECT_EQ(found("\" OR * -("), Titles{});
    EXPECT_EQ(must(m_conversations.search("tenant", 9))[0].excerpt, "The tenant of house 12 does. 黑豹队");
    must(m_conversations.rename(id, "Rent"));
    EXPECT_EQ(found("lease"), Titles{});
    EXPECT_EQ(found("rent"), Titles{"Rent"});
    must(m_conversations.remove(id));
    EXPECT_EQ(found("rent"), Titles{});
    must(m_conversations.restore(id));
    EXPECT_EQ(found("rent"), Titles{"Rent"});
}

TEST_F(ConversationsTest, PinnedOnesComeFirst) {
    const auto old = must(m_conversations.create("Old", "[]"));
    must(m_conversations.create("New", "[]"));
    EXPECT_EQ(must(m_conversations.list())[0].title, "New");
    must(m_conversations.setPinned(old, Pinned::Yes));
    EXPECT_EQ(must(m_conversations.list())[0].title, "Old");
    must(m_conversations.setDraft(old, "half a quest'ion"));
    must(m_conversations.setScope(old, "[\"/docs\"]"));
    const auto row = must(m_conversations.conversation(old));
    EXPECT_EQ(row.draft, "half a quest'ion");
    EXPECT_EQ(row.scope, "[\"/docs\"]");
}

TEST_F(ConversationsTest, PurgeErasesOnlyWhatWasRemovedLongAgo) {
    const auto id = must(m_conversations.create("Secret", "[]"));
    const auto question = must(m_conversations.append(id, 0, Author::Person, "What about the secret?"));
    must(m_conversations.append(id, question, Author::Program, "Nothing"));
    must(m_conversations.create("Kept", "[]"));
    EXPECT_EQ(must(m_conversations.purge(30)), 0);
    must(m_conversations.remove(id));
    EXPECT_EQ(must(m_conversations.purge(30)), 0);
    Query(m_store->database().handle(),
          "UPDATE conversation SET deleted_at = '2020-01-01T00:00:00Z' WHERE id = ?")
        .run(id);
    EXPECT_EQ(must(m_conversations.purge(30)), 1);
    EXPECT_EQ(count("SELECT count(*) FROM message"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM conversation_fts"), 1);
    EXPECT_EQ(must(m_conversations.list()).size(), 1u);
    EXPECT_TRUE(must(m_store->check()).empty());
}

TEST_F(ConversationsTest, WordsThatCouldNotBeErasedGoNextTime) {
    for (const char* text : {"quartzites everywhere", "something else"}) {
        const auto id = must(m_conversations.create("Title", "[]"));
        must(m_conversations.append(id, 0, Author::Person, text));
    }
    must(m_conversations.remove(1));
    Query(m_store->database().handle(),
          "UPDATE conversation SET deleted_at = '2020-01-01T00:00:00Z' WHERE id = 1")
        .run();
    const auto holdsWords = [this] {
        return count("SELECT count(*) FROM conversation_fts_data WHERE instr(block, CAST('uartz' AS BLOB))") >
               0;
    };
    std::stop_source stopped;  // as a kill between the rows and their words
    stopped.request_stop();
    EXPECT_EQ(must(m_conversations.purge(30, stopped.get_token())), 1);  // it has erased, whatever comes then
    EXPECT_EQ(count("SELECT count(*) FROM message"), 1);
    ASSERT_TRUE(holdsWords());
    EXPECT_EQ(must(m_conversations.purge(30)), 0);
    EXPECT_FALSE(holdsWords());
    EXPECT_EQ(count("SELECT count(*) FROM setting"), 0);
}

TEST_F(ConversationsTest, NothingOfAnErasedOneStaysInTheFile) {
    std::string pages = "a confidential merger ";
    for (int i = 0; i < 2000; ++i) pages += "of company number " + std::to_string(i) + " ";
    const auto id = must(m_conversations.create("Unobtainium prices", "[\"/home/ann/dossier\"]"));
    const auto question = must(m_conversations.append(id, 0, Author::Person, "What of the xylophones?"));
    const auto answer = must(m_conversations.append(id, question, Author::Program, ""));
    must(m_conversations.saveText(answer, "a confidential"));
    must(m_conversations.finish(answer, pages, "{\"quote\":\"merger of quartzites\"}"));
    const auto kept = must(m_conversations.create("Kept", "[]"));
    must(m_conversations.append(kept, 0, Author::Person, "Something to remember"));
    must(m_conversations.remove(id));
    Query(m_store->database().handle(),
          "UPDATE conversation SET deleted_at = '2020-01-01T00:00:00Z' WHERE id = ?")
        .run(id);
    EXPECT_EQ(must(m_conversations.purge(30)), 1);
    must(m_store->database().emptyWal());
    std::string bytes;
    for (const char* name : {"library.db", "library.db-wal"}) {
        std::ifstream file(m_folder / name, std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    for (const char* words : {"confidential", "merger", "company", "xylophone", "quartzites", "dossier",
                              "Unobtainium", "unobtainium"})
        EXPECT_EQ(bytes.find(words), std::string::npos) << words;
    EXPECT_NE(bytes.find("Something to remember"), std::string::npos);
    EXPECT_TRUE(must(m_store->check()).empty());
    EXPECT_EQ(found("remember"), std::vector<std::string>{"Kept"});
}

TEST_F(ConversationsTest, AnotherProcessSeesIt) {
    const auto id = must(m_conversations.create("Mine", "[]"));
    const auto guest = must(LibraryStore::open(m_folder / "library.db", Access::Guest));
    Conversations theirs(guest->database());
    EXPECT_EQ(must(theirs.list()).size(), 1u);
    must(theirs.append(id, 0, Author::Person, "Hello?"));
    EXPECT_EQ(must(m_conversations.messages(id)).size(), 1u);
    EXPECT_EQ(must(m_conversations.search("hello", 10)).size(), 1u);
}

}  // namespace
}  // namespace commonplace::store
