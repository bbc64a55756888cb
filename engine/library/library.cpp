#include "engine/library/library.h"

#include <sys/stat.h>

#include <chrono>
#include <utility>

#include "engine/base/file.h"
#include "engine/library/index_run.h"
#include "engine/library/logs.h"
#include "engine/library/owner_lock.h"

namespace commonplace::library {
namespace {

/// Nobody should wait for the end of the program because another one reads.
constexpr std::chrono::milliseconds kPatienceAtTheEnd(100);

Result<void> makeFolder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed) return {};
    return base::systemError(failed.value(), "cannot make the library folder " + base::displayPath(folder));
}

/// What is wrong with index.db, that it cannot be opened included.
Result<std::vector<std::string>> checkIndex(const std::filesystem::path& file) {
    auto index = store::IndexStore::open(file, store::Access::Guest);
    if (!index && index.error().code() != ErrorCode::Corrupt) return index.error();
    if (!index) return std::vector<std::string>{index.error().message()};
    auto problems = (*index)->check();
    if (!problems && problems.error().code() == ErrorCode::Corrupt)
        return std::vector<std::string>{problems.error().message()};
    return problems;
}

/// An index of files that nobody watches: library.db, which held the watched folders, went away.
Result<std::vector<std::string>> checkRoots(store::LibraryStore& library, const std::filesystem::path& file) {
    TRY(const auto roots, library.roots());
    std::error_code failed;
    if (!roots.empty() || !std::filesystem::exists(file, failed)) return std::vector<std::string>{};
    auto index = store::IndexStore::open(file, store::Access::Guest);
    if (!index) return std::vector<std::string>{};  // checkIndex() has said why
    TRY(const auto paths, (*index)->pathsUnder(""));
    if (paths.empty()) return std::vector<std::string>{};
    return std::vector<std::string>{"library.db watches no folder, but the index knows " +
                                    std::to_string(paths.size()) +
                                    " files: library.db was lost or replaced; put its copy back, or run "
                                    "'commonplace index FOLDER...' again"};
}

/// True when the parts of index.db that follow from the rest could be made anew.
bool rebuildDerived(const std::filesystem::path& file) {
    auto index = store::IndexStore::open(file, store::Access::Guest);
    return index && (*index)->rebuildFullText() && (*index)->rebuildPending();
}

}  // namespace

std::filesystem::path indexFile(const std::filesystem::path& folder) {
    return folder / "index.db";
}
std::filesystem::path libraryFile(const std::filesystem::path& folder) {
    return folder / "library.db";
}
std::filesystem::path lockFile(const std::filesystem::path& folder) {
    return folder / "owner.lock";
}

std::uint64_t fileIdentity(const std::filesystem::path& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_ino) : 0;
}

Result<std::string> setAside(const std::filesystem::path& file) {
    std::filesystem::path target;
    for (int n = 1; target.empty() || std::filesystem::exists(target); ++n)
        target = file.native() + ".damaged-" + std::to_string(n);
    for (const char* suffix : {"-wal", "-shm", ""}) {
        std::error_code failed;
        const std::filesystem::path from = file.native() + suffix;
        if (!std::filesystem::exists(from, failed)) continue;
        std::filesystem::rename(from, target.native() + suffix, failed);
        if (failed) return base::systemError(failed.value(), "cannot rename " + base::displayPath(from));
    }
    return target.native();
}

Result<std::unique_ptr<Library>> Library::open(OpenOptions options) {
    TRY_VOID(makeFolder(options.folder));
    std::unique_ptr<Library> library(new Library(std::move(options)));
    library->m_models =
        std::make_shared<SpaceModels>(library->m_options.settings.embedding, library->m_options.openEmbedder);
    return library;
}

Library::~Library() {
    if (*m_hasWritten) emptyLogs(folder(), kPatienceAtTheEnd);
}

Result<std::unique_ptr<Session>> Library::openSession() {
    Session::Parts parts;
    parts.folder = folder();
    TRY(parts.library, store::LibraryStore::open(libraryFile(folder()), store::Access::Guest));
    TRY(parts.index, store::IndexStore::open(indexFile(folder()), store::Access::Guest));
    parts.models = m_models;
    parts.file = fileIdentity(indexFile(folder()));
    parts.trace = settings().trace;
    parts.hasWritten = m_hasWritten;
    return std::make_unique<Session>(std::move(parts));
}

Result<IndexReport> Library::index(const IndexRequest& request, ingest::Gate& gate, const IndexEvents& events,
                                   std::stop_token stop) {
    return IndexRun(*this, gate, events).run(request, std::move(stop));
}

Result<std::vector<std::string>> Library::check() {
    TRY_VOID(makeFolder(folder()));
    TRY(const auto lock, lockSoon(folder()));
    TRY(auto library, store::LibraryStore::open(libraryFile(folder()), store::Access::Guest));
    TRY(auto problems, library->check());
    TRY(const auto indexProblems, checkIndex(indexFile(folder())));
    TRY(const auto rootProblems, checkRoots(*library, indexFile(folder())));
    problems.insert(problems.end(), indexProblems.begin(), indexProblems.end());
    problems.insert(problems.end(), rootProblems.begin(), rootProblems.end());
    return problems;
}

Result<std::vector<std::string>> Library::repair(const IndexEvents& events, std::stop_token stop) {
    std::vector<std::string> done;
    {
        TRY(const auto lock, lockSoon(folder()));
        const auto file = indexFile(folder());
        TRY(const auto problems, checkIndex(file));
        if (problems.empty()) return done;
        if (rebuildDerived(file))
            done.push_back("full text and the queue of vectors were rebuilt from the passages");
        TRY(const auto left, checkIndex(file));
        if (left.empty()) return done;
        // Queued before the file goes: whatever happens now, the next run finds what to do.
        TRY(auto library, store::LibraryStore::open(libraryFile(folder()), store::Access::Guest));
        TRY(const auto roots, library->roots());
        TRY_VOID(library->database().transact([&]() -> Result<void> {
            for (const store::Root& root : roots)
                TRY_VOID(library->enqueue({root.path, store::Depth::TextAndVectors}));
            return library->forgetTexts();
        }));
        TRY(const std::string aside, setAside(file));
        done = {"index.db was set aside as " + base::displayPath(aside)};
    }
    ingest::Gate gate;
    TRY(const IndexReport report, index({}, gate, events, std::move(stop)));
    done.push_back("the index was rebuilt from " + std::to_string(report.summary.seen) + " files");
    done.insert(done.end(), report.errors.begin(), report.errors.end());
    return done;
}

int Library::ownerPid() const {
    return base::FileLock::holder(lockFile(folder()));
}

}  // namespace commonplace::library
