// Conversations: the questions a person has asked and the answers that came, in library.db.
//
// A conversation is a tree of messages: a question's parent is the answer before it (none for the first one),
// an answer's parent is its question. Editing a question or asking again adds a sibling; nothing is ever
// overwritten but the text of an answer that is still being written. The conversation names the leaf of the
// branch that is shown. What the answer is made of beyond its text (citations, receipt) is JSON that the
// caller makes and reads: it points into documents by (sha256, page, byte range, quote), never by a row id of
// index.db.
//
// Thread: that of the Database it is made from.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/database.h"

namespace commonplace::store {

using ConversationId = std::int64_t;
using MessageId = std::int64_t;

enum class Author { Person, Program };
enum class Pinned { No, Yes };
/// Where a title comes from: the words of the first question, a model, or the person.
enum class TitledBy { Question, Model, Person };

struct ConversationRow {
    ConversationId id = 0;
    std::string title;
    std::string created, updated;  ///< ISO 8601 UTC
    Pinned pinned = Pinned::No;
    bool deleted = false;  ///< can still be restored
    std::string draft;     ///< what stands in the composer
    std::string scope;     ///< JSON array of paths; "[]": all documents
    MessageId leaf = 0;    ///< the last message of the branch that is shown; 0: none yet
    std::string model;     ///< who answers, opaque to this room; empty: the library's default
    TitledBy titledBy = TitledBy::Person;
};

struct MessageRow {
    MessageId id = 0;
    MessageId parent = 0;  ///< 0: begins the conversation
    Author author = Author::Person;
    std::string text;  ///< Markdown
    std::string
        details;  ///< JSON of a finished answer; empty while it is written, and for ever when that broke off
    std::string created;
};

struct ConversationHit {
    ConversationRow conversation;
    std::string excerpt;  ///< of the newest message that matches; empty when only the title does
};

class Conversations final {
  public:
    explicit Conversations(Database& database) : m_database(database) {}

    /// The title is one by TitledBy::Question.
    Result<ConversationId> create(const std::string& title, const std::string& scope,
                                  const std::string& model = {});
    /// Those that are not deleted: pinned ones first, then the newest.
    Result<std::vector<ConversationRow>> list();
    /// Those whose title or one of whose messages holds every word of `query` (as a beginning), newest first;
    /// at most `limit`.
    Result<std::vector<ConversationHit>> search(const std::string& query, std::size_t limit);
    /// Also a deleted one. NotFound.
    Result<ConversationRow> conversation(ConversationId id);
    /// The whole tree, parents before children, siblings in the order of their making.
    Result<std::vector<MessageRow>> messages(ConversationId id);

    /// A model's title. False when there is no such conversation any more, or its title is the person's.
    Result<bool> retitle(ConversationId id, const std::string& title);

    // All of these: NotFound when there is no such conversation or message.
    Result<void> rename(ConversationId id, const std::string& title);
    Result<void> setPinned(ConversationId id, Pinned pinned);
    Result<void> setDraft(ConversationId id, const std::string& draft);
    Result<void> setScope(ConversationId id, const std::string& scope);
    Result<void> setModel(ConversationId id, const std::string& model);
    Result<void> setLeaf(ConversationId id, MessageId leaf);
    /// Hides it; restore() brings it back, until purge().
    Result<void> remove(ConversationId id);
    Result<void> restore(ConversationId id);
    /// Erases for good what was removed more than `days` ago, its words in full text included; returns how
    /// many. The file is overwritten; the WAL holds the old bytes until it is emptied (library/logs.h).
    /// The words go after the rows: when that is stopped or fails, the next call goes on with it.
    Result<int> purge(int days, const std::stop_token& stop = {});

    /// Adds a message below `parent` (0: a beginning) and makes it the leaf.
    Result<MessageId> append(ConversationId id, MessageId parent, Author author, const std::string& text);
    /// What has come of an answer so far, and the whole of it with its details.
    Result<void> saveText(MessageId id, const std::string& text);
    Result<void> finish(MessageId id, const std::string& text, const std::string& details);

  private:
    Result<int> erase(int days);
    Result<void> eraseWords(const std::stop_token& stop);
    Result<void> update(const char* sql, ConversationId id, const std::string& value, const char* step);
    Result<void> replaceText(MessageId id, const std::string& text,
                             const std::optional<std::string>& details);

    Database& m_database;
};

}  // namespace commonplace::store
