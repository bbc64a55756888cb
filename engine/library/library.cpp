#include "engine/library/library.h"

#include <algorithm>
#include <utility>

#include "engine/base/file.h"
#include "engine/embed/builtin_embedder.h"
#include "engine/library/index_run.h"

namespace commonplace::library {
namespace {

Result<void> makeFolder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed) return {};
    return base::systemError(failed.value(), "cannot make the library folder " + base::displayPath(folder));
}

std::vector<std::string> prefixed(const char* prefix, std::vector<std::string> lines) {
    for (std::string& line : lines) line = std::string(prefix) + line;
    return lines;
}

}  // namespace

std::filesystem::path indexFile(const std::filesystem::path& folder) { return folder / "index.db"; }
std::filesystem::path libraryFile(const std::filesystem::path& folder) { return folder / "library.db"; }
std::filesystem::path lockFile(const std::filesystem::path& folder) { return folder / "owner.lock"; }

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
    TRY(library->m_embedder, embed::openBuiltinEmbedder());
    library->m_resident = std::make_shared<Resident>(library->m_embedder->dimension());
    return library;
}

Library::~Library() = default;

Result<std::unique_ptr<Session>> Library::openSession() {
    Session::Parts parts;
    parts.folder = folder();
    TRY(parts.library, store::LibraryStore::open(libraryFile(folder()), store::Access::Guest));
    TRY(parts.index, store::IndexStore::open(indexFile(folder()), store::Access::Guest));
    parts.resident = m_resident;
    parts.embedder = m_embedder.get();
    return std::make_unique<Session>(std::move(parts));
}

Result<IndexReport> Library::index(const IndexRequest& request, ingest::Gate& gate, const IndexEvents& events,
                                   std::stop_token stop) {
    return IndexRun(*this, gate, events).run(request, std::move(stop));
}

Result<std::vector<std::string>> Library::check() {
    std::vector<std::string> problems;
    const auto append = [&](std::vector<std::string> lines) {
        problems.insert(problems.end(), lines.begin(), lines.end());
    };
    auto library = store::LibraryStore::open(libraryFile(folder()), store::Access::Guest);
    if (!library) return library.error();
    TRY(auto libraryProblems, (*library)->check());
    append(prefixed("library.db: ", std::move(libraryProblems)));
    auto index = store::IndexStore::open(indexFile(folder()), store::Access::Guest);
    if (!index && index.error().code() != ErrorCode::Corrupt) return index.error();
    if (!index) {
        problems.push_back("index.db: " + index.error().message());
        return problems;
    }
    TRY(auto indexProblems, (*index)->check());
    append(prefixed("index.db: ", std::move(indexProblems)));
    return problems;
}

Result<std::vector<std::string>> Library::repair(const IndexEvents& events, std::stop_token stop) {
    TRY(const auto problems, check());
    const bool indexIsBad = std::any_of(problems.begin(), problems.end(),
                                        [](const std::string& line) { return line.starts_with("index.db: "); });
    if (!indexIsBad) return std::vector<std::string>{};
    std::vector<std::string> done;
    {
        TRY(const auto lock, base::FileLock::tryAcquire(lockFile(folder())));
        TRY(const std::string aside, setAside(indexFile(folder())));
        m_resident->reset();
        done.push_back("index.db was set aside as " + base::displayPath(aside));
    }
    ingest::Gate gate;
    TRY(const IndexReport report, index({}, gate, events, std::move(stop)));
    done.push_back("the index was rebuilt from " + std::to_string(report.summary.seen) + " files");
    done.insert(done.end(), report.errors.begin(), report.errors.end());
    return done;
}

int Library::ownerPid() const { return base::FileLock::holder(lockFile(folder())); }

}  // namespace commonplace::library
