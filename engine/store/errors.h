// Where exceptions end: guarded() runs work of this room and turns whatever it throws into an Error.
#pragma once

#include <type_traits>
#include <utility>

#include "engine/base/result.h"
#include "engine/store/handle.h"

namespace commonplace::store {

/// What an Error message is made of when there is no connection yet (or any more).
struct Place {
    std::string fileName;
    std::string remedy;
    sqlite3* connection = nullptr;
};
Place placeOf(const Database::Handle& handle);

/// The exception being handled, as an Error: what was tried, why it failed, what to do.
Error currentError(const Place& place, const char* step) noexcept;

/// Returns work(); `step` says what it does ("storing a document").
template <class Work>
std::invoke_result_t<Work> guarded(const Database::Handle& handle, const char* step, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (...) {
        return currentError(placeOf(handle), step);
    }
}

/// guarded(), in one transaction: committed when work returns success.
template <class Work>
std::invoke_result_t<Work> inTransaction(Database::Handle& handle, Transaction::Kind kind, const char* step,
                                         Work&& work) {
    return guarded(handle, step, [&]() -> std::invoke_result_t<Work> {
        Transaction transaction(handle, kind);
        auto result = work();
        if (result) transaction.commit();
        return result;
    });
}
template <class Work>
auto reading(Database::Handle& handle, const char* step, Work&& work) {
    return inTransaction(handle, Transaction::Kind::Read, step, std::forward<Work>(work));
}
template <class Work>
auto writing(Database::Handle& handle, const char* step, Work&& work) {
    return inTransaction(handle, Transaction::Kind::Write, step, std::forward<Work>(work));
}

}  // namespace commonplace::store
