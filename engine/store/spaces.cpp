// The roles of vector spaces: active, building, previous, dropped. Each change is one transaction, so a kill
// leaves either the state before it or the one after.
#include "engine/base/clock.h"
#include "engine/store/errors.h"
#include "engine/store/index_state.h"
#include "engine/store/query.h"

namespace commonplace::store {
namespace {

std::optional<SpaceRow> spaceWith(Database::Handle& handle, const char* role) {
    Query query(handle, "SELECT id, fingerprint, dimension, maker FROM space WHERE role = ?");
    query.bind(role);
    if (!query.step()) return std::nullopt;
    return SpaceRow{query.integer(0),
                    {query.text(1), static_cast<std::size_t>(query.integer(2)), query.text(3)}};
}

Spaces spacesOf(Database::Handle& handle) {
    return {spaceWith(handle, "active"), spaceWith(handle, "building"), spaceWith(handle, "previous")};
}

void setRole(Database::Handle& handle, std::int64_t space, const char* role) {
    Query(handle, "UPDATE space SET role = ? WHERE id = ?").run(role, space);
}

void drop(Database::Handle& handle, const std::optional<SpaceRow>& space) {
    if (!space) return;
    setRole(handle, space->id, "dropped");
    Query(handle, "DELETE FROM pending WHERE space_id = ?").run(space->id);
}

/// One that was kept before it was wanted again lacks only what came meanwhile: it stays a way back.
bool isMostlyThere(Database::Handle& handle, std::int64_t space) {
    return scalar(handle,
                  "SELECT 2 * (SELECT count(*) FROM pending WHERE space_id = ?)"
                  " < (SELECT count(*) FROM chunk WHERE segment_count > 0)",
                  space) != 0;
}

/// A dropped space was told of nothing: what it lacks is found out anew.
void queueWhatLacks(Database::Handle& handle, std::int64_t space) {
    Query(handle,
          "INSERT OR IGNORE INTO pending(space_id, document_id, chunk_id) SELECT ?1, document_id, id FROM "
          "chunk c"
          " WHERE segment_count > (SELECT count(*) FROM vector v WHERE v.document_id = c.document_id"
          " AND v.chunk_id = c.id AND v.space_id = ?1)")
        .run(space);
}

/// The space of this fingerprint, made when needed, in this role.
Result<void> give(Database::Handle& handle, const SpaceMaker& made, const char* role) {
    Query(handle,
          "INSERT INTO space(fingerprint, dimension, created_at, maker) VALUES (?, ?, ?, ?)"
          " ON CONFLICT(fingerprint) DO NOTHING")
        .run(made.fingerprint, made.dimension, base::nowUtc(), made.maker);
    const auto id = scalar(handle, "SELECT id FROM space WHERE fingerprint = ? AND dimension = ?",
                           made.fingerprint, made.dimension);
    if (id == 0)
        return Error(ErrorCode::InvalidArgument,
                     "the model " + made.fingerprint +
                         " had another number of dimensions before; a changed model needs another name");
    const bool wasDropped = scalar(handle, "SELECT role IS 'dropped' FROM space WHERE id = ?", id) != 0;
    Query(handle, "UPDATE space SET role = ?, maker = ? WHERE id = ?").run(role, made.maker, id);
    if (wasDropped) queueWhatLacks(handle, id);
    return {};
}

}  // namespace

Result<Spaces> IndexStore::spaces() {
    return reading(m_state->handle, "reading the vector spaces",
                   [&]() -> Result<Spaces> { return spacesOf(m_state->handle); });
}

Result<void> IndexStore::wantSpace(const SpaceMaker& maker) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "choosing a vector space", [&]() -> Result<void> {
        const Spaces now = spacesOf(handle);
        if (!now.active) return give(handle, maker, "active");
        const bool isBuilt = now.building && now.building->made.fingerprint == maker.fingerprint;
        if (!isBuilt) drop(handle, now.building);
        const bool isActive = now.active->made.fingerprint == maker.fingerprint;
        return give(handle, maker, isActive ? "active" : "building");
    });
}

Result<void> IndexStore::replaceActiveSpace(const SpaceMaker& maker) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "replacing a vector space", [&]() -> Result<void> {
        drop(handle, spaceWith(handle, "active"));
        return give(handle, maker, "active");
    });
}

Result<bool> IndexStore::switchSpaces(IfIncomplete ifIncomplete) {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "switching to the new vector space", [&]() -> Result<bool> {
        const Spaces now = spacesOf(handle);
        if (!now.building) return false;
        const bool isComplete = scalar(handle, "SELECT NOT EXISTS (SELECT 1 FROM pending WHERE space_id = ?)",
                                       now.building->id) != 0;
        if (!isComplete && ifIncomplete == IfIncomplete::Wait) return false;
        drop(handle, now.previous);
        if (now.active) setRole(handle, now.active->id, "previous");
        setRole(handle, now.building->id, "active");
        return true;
    });
}

Result<void> IndexStore::undoSpaces() {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "going back to the former vector space", [&]() -> Result<void> {
        const Spaces now = spacesOf(handle);
        if (now.building) {
            if (!now.previous && isMostlyThere(handle, now.building->id))
                setRole(handle, now.building->id, "previous");
            else
                drop(handle, now.building);
            return {};
        }
        if (!now.previous || !now.active)
            return Error(ErrorCode::NotFound,
                         "there is no former embedding model to go back to; choose one with 'commonplace "
                         "models embedding set'");
        // One after the other: no two spaces may have a role at the same time.
        Query(handle, "UPDATE space SET role = NULL WHERE id = ?").run(now.previous->id);
        setRole(handle, now.active->id, "previous");
        setRole(handle, now.previous->id, "active");
        return {};
    });
}

Result<void> IndexStore::dropPreviousSpace() {
    Database::Handle& handle = m_state->handle;
    return writing(handle, "dropping the former vector space", [&]() -> Result<void> {
        const auto previous = spaceWith(handle, "previous");
        if (!previous) return Error(ErrorCode::NotFound, "there are no vectors of a former embedding model");
        drop(handle, previous);
        return {};
    });
}

Result<bool> IndexStore::sweepSpaces(std::size_t vectors) {
    Database::Handle& handle = m_state->handle;
    // A look costs nothing; the write lock is only taken when there is something to sweep.
    TRY(const auto left, guarded(handle, "looking for dropped vectors", [&]() -> Result<std::int64_t> {
            return scalar(handle, "SELECT count(*) FROM space WHERE role = 'dropped'");
        }));
    if (left == 0) return true;
    return writing(handle, "removing vectors that were dropped", [&]() -> Result<bool> {
        const int gone = Query(handle,
                               "DELETE FROM vector WHERE id IN (SELECT v.id FROM space s JOIN vector v ON"
                               " v.space_id = s.id WHERE s.role = 'dropped' LIMIT ?)")
                             .run(vectors);
        if (gone > 0) return false;
        Query(handle, "DELETE FROM space WHERE role = 'dropped'").run();
        return true;
    });
}

}  // namespace commonplace::store
