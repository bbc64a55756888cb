#include "engine/store/library_store.h"

#include <random>

#include "engine/base/clock.h"
#include "engine/store/errors.h"
#include "engine/store/query.h"
#include "engine/store/schemas.h"

namespace commonplace::store {

struct LibraryStore::State {
    std::unique_ptr<Database> database;
    Database::Handle& handle;
    std::string name;  ///< tells this open store's entries from another one's, of an owner that died too
};

namespace {

constexpr int kFinishedEntriesKept = 20'000;  // so many paths one call may name and still hear of each

std::string randomName() {
    std::random_device random;
    return std::to_string(random()) + "-" + std::to_string(random());
}

const char* name(Depth depth) {
    return depth == Depth::Text ? "text" : "text_and_vectors";
}

const char* name(QueueState state) {
    switch (state) {
        case QueueState::Waiting:
            return "waiting";
        case QueueState::Running:
            return "running";
        case QueueState::Done:
            return "done";
        case QueueState::Failed:
            return "failed";
    }
    return "waiting";
}

QueueState parseQueueState(std::string_view wanted) {
    for (const QueueState state : {QueueState::Running, QueueState::Done, QueueState::Failed})
        if (wanted == name(state)) return state;
    return QueueState::Waiting;
}

QueueEntry queueEntryOf(const Query& row) {
    return {row.integer(0),
            row.text(1),
            parseQueueState(row.bytes(2)),
            row.bytes(3) == name(Depth::Text) ? Depth::Text : Depth::TextAndVectors,
            row.text(4),
            row.integer(5) != 0 ? Retry::Failures : Retry::No,
            row.text(6)};
}

}  // namespace

LibraryStore::LibraryStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LibraryStore::~LibraryStore() = default;

Result<std::unique_ptr<LibraryStore>> LibraryStore::open(const std::filesystem::path& file, Access access,
                                                         std::chrono::milliseconds patience) {
    DatabaseSpec spec = librarySpec(file, access);
    spec.patience = patience;
    TRY(auto database, Database::open(spec));
    Database::Handle& handle = database->handle();
    auto state = std::unique_ptr<State>(new State{std::move(database), handle, randomName()});
    return std::unique_ptr<LibraryStore>(new LibraryStore(std::move(state)));
}

Database& LibraryStore::database() {
    return *m_state->database;
}

Result<std::vector<Root>> LibraryStore::roots() {
    return guarded(m_state->handle, "reading the watched folders", [&]() -> Result<std::vector<Root>> {
        std::vector<Root> roots;
        Query query(m_state->handle, "SELECT path, added_at, identity FROM root ORDER BY path");
        while (query.step()) roots.push_back({query.text(0), query.text(1), query.text(2)});
        return roots;
    });
}

Result<void> LibraryStore::addRoot(const std::string& path) {
    return writing(m_state->handle, "adding a folder", [&]() -> Result<void> {
        Query(m_state->handle, "INSERT INTO root(path, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .run(Blob{path}, base::nowUtc());
        return {};
    });
}

Result<void> LibraryStore::removeRoot(const std::string& path) {
    return writing(m_state->handle, "removing a folder", [&]() -> Result<void> {
        Query(m_state->handle, "DELETE FROM root WHERE path = ?").run(Blob{path});
        return {};
    });
}

Result<void> LibraryStore::setRootIdentity(const std::string& path, const std::string& identity) {
    return writing(m_state->handle, "remembering a folder", [&]() -> Result<void> {
        Query(m_state->handle, "UPDATE root SET identity = ? WHERE path = ?").run(identity, Blob{path});
        return {};
    });
}

Result<std::int64_t> LibraryStore::enqueue(const QueueRequest& request) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "queueing a path", [&]() -> Result<std::int64_t> {
        Query(handle, "INSERT INTO queue(path, depth, retry, queued_by, added_at) VALUES (?, ?, ?, ?, ?)")
            .run(Blob{request.path}, name(request.depth), request.retry == Retry::Failures ? 1 : 0,
                 m_state->name, base::nowUtc());
        return handle.connection.getLastInsertRowid();
    });
}

Result<std::optional<QueueEntry>> LibraryStore::queueEntry(std::int64_t id) {
    return guarded(m_state->handle, "reading the queue", [&]() -> Result<std::optional<QueueEntry>> {
        Query query(m_state->handle,
                    "SELECT id, path, state, depth, summary, retry, queued_by FROM queue WHERE id = ?");
        query.bind(id);
        if (!query.step()) return std::optional<QueueEntry>();
        return std::optional(queueEntryOf(query));
    });
}

Result<std::vector<QueueEntry>> LibraryStore::takeQueue() {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "taking the queue", [&]() -> Result<std::vector<QueueEntry>> {
        std::vector<QueueEntry> entries;
        {
            Query query(handle,
                        "SELECT id, path, 'running', depth, summary, retry, queued_by FROM queue"
                        " WHERE state IN ('waiting', 'running')"
                        " AND (state = 'waiting' OR taken_by <> ?) ORDER BY id");
            query.bind(m_state->name);
            while (query.step()) entries.push_back(queueEntryOf(query));
        }
        Query take(handle, "UPDATE queue SET state = 'running', taken_by = ? WHERE id = ?");
        for (const QueueEntry& entry : entries) take.run(m_state->name, entry.id);
        return entries;
    });
}

Result<std::int64_t> LibraryStore::waitingCount() {
    return guarded(m_state->handle, "counting the queue", [&]() -> Result<std::int64_t> {
        Query query(m_state->handle, "SELECT count(*) FROM queue WHERE state IN ('waiting', 'running')");
        return query.step() ? query.integer(0) : 0;
    });
}

Result<bool> LibraryStore::hasWaiting() {
    return guarded(m_state->handle, "looking into the queue", [&]() -> Result<bool> {
        return Query(m_state->handle, "SELECT 1 FROM queue WHERE state = 'waiting' AND summary = '' LIMIT 1")
            .step();
    });
}

Result<void> LibraryStore::forgetTexts() {
    return writing(m_state->handle, "queueing texts again", [&]() -> Result<void> {
        Query(m_state->handle, "UPDATE queue SET summary = '' WHERE state IN ('waiting', 'running')").run();
        return {};
    });
}

Result<void> LibraryStore::finish(const std::vector<QueueEnd>& ends) {
    if (ends.empty()) return {};
    Database::Handle& handle = m_state->handle;
    return writing(handle, "finishing queued paths", [&]() -> Result<void> {
        Query update(handle,
                     "UPDATE queue SET state = ?1, summary = ?2,"
                     " finished_at = CASE WHEN ?1 IN ('done', 'failed') THEN ?3 END WHERE id = ?4");
        for (const QueueEnd& end : ends)
            if (update.run(name(end.state), end.summary, base::nowUtc(), end.id) == 0)
                return Error(ErrorCode::NotFound, "there is no such entry in the queue");
        Query(handle,
              "DELETE FROM queue WHERE state IN ('done', 'failed') AND id <= (SELECT max(id) FROM queue) - ?")
            .run(kFinishedEntriesKept);
        return {};
    });
}

Result<std::optional<std::string>> LibraryStore::setting(const std::string& key) {
    return guarded(m_state->handle, "reading a setting", [&]() -> Result<std::optional<std::string>> {
        Query query(m_state->handle, "SELECT value FROM setting WHERE key = ?");
        query.bind(key);
        if (!query.step()) return std::optional<std::string>();
        return std::optional(query.text(0));
    });
}

Result<void> LibraryStore::setSetting(const std::string& key, const std::string& value) {
    return writing(m_state->handle, "storing a setting", [&]() -> Result<void> {
        Query(m_state->handle,
              "INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = "
              "excluded.value")
            .run(key, value);
        return {};
    });
}

Result<void> LibraryStore::removeSetting(const std::string& key) {
    return writing(m_state->handle, "removing a setting", [&]() -> Result<void> {
        Query(m_state->handle, "DELETE FROM setting WHERE key = ?").run(key);
        return {};
    });
}

Result<std::vector<std::string>> LibraryStore::settingKeys(const std::string& prefix) {
    return guarded(m_state->handle, "listing settings", [&]() -> Result<std::vector<std::string>> {
        Query query(m_state->handle,
                    "SELECT key FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key");
        query.bind(prefix);
        std::vector<std::string> keys;
        while (query.step()) keys.push_back(query.text(0));
        return keys;
    });
}

Result<std::vector<std::string>> LibraryStore::check() {
    return m_state->database->check();
}

}  // namespace commonplace::store
