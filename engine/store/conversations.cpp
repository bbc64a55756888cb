// Full text is kept by the functions below, in the transaction of the write itself: triggers would need
// trusted_schema = ON, which library.db does without (SCHEMA.md).
#include "engine/store/conversations.h"

#include <algorithm>
#include <map>

#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "engine/store/deleted_words.h"
#include "engine/store/errors.h"
#include "engine/store/full_text_form.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

constexpr std::size_t kMaxQueryTerms = 32;
constexpr std::size_t kExcerptBytes = 160;
constexpr std::size_t kExcerptLead = 40;
/// The setting that says: words of erased conversations may still stand in segments of full text.
constexpr const char* kWordsOwed = "erased_words_to_merge";

/// One conversation by its id, or (NULL) all that are not deleted.
constexpr const char* kSelect =
    "SELECT id, title, created_at, updated_at, pinned, deleted_at IS NOT NULL, draft, scope, "
    "coalesce(leaf_id, 0), model, titled_by"
    " FROM conversation WHERE id = ?1 OR (?1 IS NULL AND deleted_at IS NULL)"
    " ORDER BY pinned DESC, updated_at DESC, id DESC";

TitledBy titledBy(std::string_view name) {
    if (name == "question") return TitledBy::Question;
    return name == "model" ? TitledBy::Model : TitledBy::Person;
}

ConversationRow rowOf(const Query& row) {
    ConversationRow found;
    found.id = row.integer(0);
    found.title = row.text(1);
    found.created = row.text(2);
    found.updated = row.text(3);
    found.pinned = row.integer(4) != 0 ? Pinned::Yes : Pinned::No;
    found.deleted = row.integer(5) != 0;
    found.draft = row.text(6);
    found.scope = row.text(7);
    found.leaf = row.integer(8);
    found.model = row.bytes(9);
    found.titledBy = titledBy(row.bytes(10));
    return found;
}

Result<void> found(int rows, const char* what) {
    if (rows > 0) return {};
    return Error(ErrorCode::NotFound, std::string("there is no such ") + what);
}

/// Row ids of full text: a message's own, and minus a conversation's for its title.
void index(Database::Handle& handle, std::int64_t row, const std::string& text) {
    Query(handle, "DELETE FROM conversation_fts WHERE rowid = ?").run(row);
    Query(handle, "INSERT INTO conversation_fts(rowid, text) VALUES (?, ?)").run(row, fullTextForm(text));
}

/// Every word must stand somewhere, the way one types: each is a beginning.
std::string matchOf(const std::vector<std::string>& terms) {
    std::string match;
    for (std::size_t i = 0; i < std::min(terms.size(), kMaxQueryTerms); ++i) {
        std::string term = fullTextMatch(terms[i]);
        if (!term.ends_with('*')) term += " *";
        match += (match.empty() ? "" : " AND ") + term;
    }
    return match;
}

/// The words around the first place where one of the terms stands as typed, else the beginning.
std::string excerptOf(const std::string& text, const std::vector<std::string>& terms) {
    std::size_t at = text.size();
    for (const std::string& term : terms) at = std::min(at, text.find(term));
    if (at >= text.size() || at < kExcerptLead) at = 0;
    std::size_t begin = at == 0 ? 0 : text.rfind(' ', at - std::min(at, kExcerptLead) + 1);
    if (begin == std::string::npos) begin = 0;
    const std::string rest = base::collapseSpace(
        base::repairUtf8(base::clipUtf8(std::string_view(text).substr(begin), kExcerptBytes)));
    return (begin > 0 ? "… " : "") + rest;
}

struct Found {
    bool inTitle = false;
    MessageId newest = 0;
};

std::map<ConversationId, Found> matches(Database::Handle& handle, const std::string& match) {
    std::map<ConversationId, Found> hits;
    Query query(
        handle,
        "SELECT CASE WHEN f.rowid < 0 THEN -f.rowid ELSE m.conversation_id END, f.rowid"
        " FROM conversation_fts f LEFT JOIN message m ON m.id = f.rowid WHERE conversation_fts MATCH ?");
    query.bind(match);
    while (query.step()) {
        Found& hit = hits[query.integer(0)];
        if (query.integer(1) < 0)
            hit.inTitle = true;
        else
            hit.newest = std::max(hit.newest, query.integer(1));
    }
    return hits;
}

std::string textOf(Database::Handle& handle, MessageId id) {
    Query query(handle, "SELECT text FROM message WHERE id = ?");
    query.bind(id);
    return query.step() ? query.text(0) : std::string();
}

std::vector<ConversationId> removedBefore(Database::Handle& handle, int days) {
    std::vector<ConversationId> old;
    Query query(handle,
                "SELECT id FROM conversation"
                " WHERE deleted_at < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || ? || ' days')");
    query.bind(days);
    while (query.step()) old.push_back(query.integer(0));
    return old;
}

}  // namespace

Result<ConversationId> Conversations::create(const std::string& title, const std::string& scope,
                                             const std::string& model) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "beginning a conversation", [&]() -> Result<ConversationId> {
        const std::string now = base::nowUtc();
        Query(handle,
              "INSERT INTO conversation(title, created_at, updated_at, scope, model, titled_by)"
              " VALUES (?, ?, ?, ?, ?, 'question')")
            .run(title, now, now, scope, model);
        const ConversationId id = handle.connection.getLastInsertRowid();
        index(handle, -id, title);
        return id;
    });
}

Result<std::vector<ConversationRow>> Conversations::list() {
    Database::Handle& handle = m_database.handle();
    return guarded(handle, "listing conversations", [&]() -> Result<std::vector<ConversationRow>> {
        std::vector<ConversationRow> rows;
        Query query(handle, kSelect);
        query.bind(std::nullopt);
        while (query.step()) rows.push_back(rowOf(query));
        return rows;
    });
}

Result<std::vector<ConversationHit>> Conversations::search(const std::string& text, std::size_t limit) {
    const std::vector<std::string> terms = fullTextTerms(text);
    if (terms.empty()) return std::vector<ConversationHit>();
    Database::Handle& handle = m_database.handle();
    return reading(handle, "searching conversations", [&]() -> Result<std::vector<ConversationHit>> {
        const auto found = matches(handle, matchOf(terms));
        std::vector<ConversationHit> hits;
        Query query(handle, kSelect);
        query.bind(std::nullopt);
        while (hits.size() < limit && query.step()) {
            const auto hit = found.find(query.integer(0));
            if (hit == found.end()) continue;
            hits.push_back({rowOf(query), {}});
            if (hit->second.newest > 0)
                hits.back().excerpt = excerptOf(textOf(handle, hit->second.newest), terms);
        }
        return hits;
    });
}

Result<ConversationRow> Conversations::conversation(ConversationId id) {
    Database::Handle& handle = m_database.handle();
    return guarded(handle, "opening a conversation", [&]() -> Result<ConversationRow> {
        Query query(handle, kSelect);
        query.bind(id);
        if (!query.step()) return Error(ErrorCode::NotFound, "there is no such conversation");
        return rowOf(query);
    });
}

Result<std::vector<MessageRow>> Conversations::messages(ConversationId id) {
    Database::Handle& handle = m_database.handle();
    return guarded(handle, "reading a conversation", [&]() -> Result<std::vector<MessageRow>> {
        std::vector<MessageRow> rows;
        Query query(handle,
                    "SELECT id, coalesce(parent_id, 0), author, text, details, created_at FROM message"
                    " WHERE conversation_id = ? ORDER BY id");
        query.bind(id);
        while (query.step())
            rows.push_back({query.integer(0), query.integer(1),
                            query.bytes(2) == "person" ? Author::Person : Author::Program, query.text(3),
                            query.text(4), query.text(5)});
        return rows;
    });
}

Result<void> Conversations::update(const char* sql, ConversationId id, const std::string& value,
                                   const char* step) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, step, [&] { return found(Query(handle, sql).run(value, id), "conversation"); });
}

Result<void> Conversations::rename(ConversationId id, const std::string& title) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "renaming a conversation", [&]() -> Result<void> {
        Query query(handle, "UPDATE conversation SET title = ?, titled_by = 'person' WHERE id = ?");
        TRY_VOID(found(query.run(title, id), "conversation"));
        index(handle, -id, title);
        return {};
    });
}

Result<bool> Conversations::retitle(ConversationId id, const std::string& title) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "giving a conversation its title", [&]() -> Result<bool> {
        Query query(handle,
                    "UPDATE conversation SET title = ?, titled_by = 'model'"
                    " WHERE id = ? AND titled_by <> 'person'");
        if (query.run(title, id) == 0) return false;
        index(handle, -id, title);
        return true;
    });
}

Result<void> Conversations::setPinned(ConversationId id, Pinned pinned) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "pinning a conversation", [&] {
        Query query(handle, "UPDATE conversation SET pinned = ? WHERE id = ?");
        return found(query.run(pinned == Pinned::Yes ? 1 : 0, id), "conversation");
    });
}

Result<void> Conversations::setDraft(ConversationId id, const std::string& draft) {
    return update("UPDATE conversation SET draft = ? WHERE id = ?", id, draft, "keeping a draft");
}

Result<void> Conversations::setScope(ConversationId id, const std::string& scope) {
    return update("UPDATE conversation SET scope = ? WHERE id = ?", id, scope, "keeping a scope");
}

Result<void> Conversations::setModel(ConversationId id, const std::string& model) {
    return update("UPDATE conversation SET model = ? WHERE id = ?", id, model, "keeping a model");
}

Result<void> Conversations::setLeaf(ConversationId id, MessageId leaf) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "switching a branch", [&] {
        Query query(handle,
                    "UPDATE conversation SET leaf_id = ?1 WHERE id = ?2 AND EXISTS"
                    " (SELECT 1 FROM message WHERE id = ?1 AND conversation_id = ?2)");
        return found(query.run(leaf, id), "message");
    });
}

Result<void> Conversations::remove(ConversationId id) {
    return update("UPDATE conversation SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", id,
                  base::nowUtc(), "removing a conversation");
}

Result<void> Conversations::restore(ConversationId id) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "restoring a conversation", [&] {
        return found(Query(handle, "UPDATE conversation SET deleted_at = NULL WHERE id = ?").run(id),
                     "conversation");
    });
}

Result<int> Conversations::purge(int days, const std::stop_token& stop) {
    auto erased = erase(days);
    if (erased) (void)eraseWords(stop);  // the rows are gone whatever happens; the rest stays owed
    return erased;
}

/// The rows, and in the same transaction a note that their words in full text are still to be merged away.
Result<int> Conversations::erase(int days) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "erasing old conversations", [&]() -> Result<int> {
        const std::vector<ConversationId> old = removedBefore(handle, days);
        for (const ConversationId id : old) {
            Query(handle,
                  "DELETE FROM conversation_fts WHERE rowid = -?1 OR rowid IN"
                  " (SELECT id FROM message WHERE conversation_id = ?1)")
                .run(id);
            Query(handle, "UPDATE conversation SET leaf_id = NULL WHERE id = ?").run(id);
            Query(handle, "DELETE FROM conversation WHERE id = ?").run(id);
        }
        if (!old.empty())
            Query(handle,
                  "INSERT INTO setting(key, value) VALUES (?, hex(randomblob(8)))"
                  " ON CONFLICT(key) DO UPDATE SET value = excluded.value")
                .run(kWordsOwed);
        return static_cast<int>(old.size());
    });
}

/// Only the note that was there before the merge is taken away: a later one is of rows that it may have
/// missed.
Result<void> Conversations::eraseWords(const std::stop_token& stop) {
    Database::Handle& handle = m_database.handle();
    TRY(const std::string owed, guarded(handle, "looking for erased words", [&]() -> Result<std::string> {
            Query query(handle, "SELECT value FROM setting WHERE key = ?");
            query.bind(kWordsOwed);
            return query.step() ? query.text(0) : std::string();
        }));
    if (owed.empty()) return {};
    TRY_VOID(eraseDeletedWords(
        handle, "INSERT INTO conversation_fts(conversation_fts, rank) VALUES ('merge', ?)", stop));
    return writing(handle, "noting that words are erased", [&]() -> Result<void> {
        Query(handle, "DELETE FROM setting WHERE key = ? AND value = ?").run(kWordsOwed, owed);
        return {};
    });
}

Result<MessageId> Conversations::append(ConversationId id, MessageId parent, Author author,
                                        const std::string& text) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "storing a message", [&]() -> Result<MessageId> {
        const std::string now = base::nowUtc();
        const std::optional<MessageId> above = parent > 0 ? std::optional(parent) : std::nullopt;
        Query(handle,
              "INSERT INTO message(conversation_id, parent_id, author, text, created_at) VALUES (?, ?, ?, ?, "
              "?)")
            .run(id, above, author == Author::Person ? "person" : "program", text, now);
        const MessageId message = handle.connection.getLastInsertRowid();
        index(handle, message, text);
        Query(handle, "UPDATE conversation SET leaf_id = ?, updated_at = ? WHERE id = ?")
            .run(message, now, id);
        return message;
    });
}

Result<void> Conversations::replaceText(MessageId id, const std::string& text,
                                        const std::optional<std::string>& details) {
    Database::Handle& handle = m_database.handle();
    return writing(handle, "storing an answer", [&]() -> Result<void> {
        Query update(handle, "UPDATE message SET text = ?, details = coalesce(?, details) WHERE id = ?");
        TRY_VOID(found(update.run(text, details, id), "message"));
        index(handle, id, text);
        return {};
    });
}

Result<void> Conversations::saveText(MessageId id, const std::string& text) {
    return replaceText(id, text, std::nullopt);
}

Result<void> Conversations::finish(MessageId id, const std::string& text, const std::string& details) {
    return replaceText(id, text, details);
}

}  // namespace commonplace::store
