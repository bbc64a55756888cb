#include "engine/llm/model_folder.h"

#include <algorithm>
#include <utility>

#include "engine/base/edit_distance.h"
#include "engine/base/file.h"
#include "engine/llama/known_models.h"
#include "engine/llm/copy_file.h"
#include "engine/llm/local_model.h"

namespace commonplace::llm {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFound = 100;
constexpr int kDeepest = 4;
constexpr std::string_view kEnding = ".gguf";

/// "model-00002-of-00005.gguf"
std::optional<int> shardOf(const std::string& name) {
    constexpr std::size_t kTail = 15;  // "-00002-of-00005"
    if (name.size() < kTail + kEnding.size()) return std::nullopt;
    const std::string tail = name.substr(name.size() - kTail - kEnding.size(), kTail);
    if (tail[0] != '-' || tail.substr(6, 4) != "-of-") return std::nullopt;
    const auto isDigits = [](const std::string& text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!isDigits(tail.substr(1, 5)) || !isDigits(tail.substr(10, 5))) return std::nullopt;
    return std::stoi(tail.substr(1, 5));
}

bool isListed(const fs::path& file) {
    const std::string name = file.filename().native();
    return isModelFile(name) && !name.starts_with('.') && !name.starts_with("mmproj") &&
           shardOf(name).value_or(1) == 1;
}

/// Empty: none is near.
std::string mostLike(std::string_view name, const std::vector<ModelFile>& files) {
    std::string nearest;
    std::size_t least = name.size() / 2 + 1;
    for (const ModelFile& file : files) {
        const bool begins = !name.empty() && file.name.starts_with(name);
        const std::size_t away = begins
                                     ? 0
                                     : std::min(base::editDistance(file.name, name),
                                                base::editDistance(file.name, std::string(name) + ".gguf"));
        if (away < least) nearest = file.name;
        least = std::min(least, away);
    }
    return nearest;
}

Error unknown(std::string_view name, const std::vector<ModelFile>& files) {
    const std::string nearest = mostLike(name, files);
    const std::string hint = nearest.empty() ? "; 'commonplace models list' shows those that are there"
                                             : ", did you mean '" + base::displayPath(nearest) + "'?";
    return {ErrorCode::NotFound, "there is no model '" + base::displayPath(std::string(name)) + "'" + hint};
}

Error ioError(const std::string& what, const std::error_code& code) {
    return base::systemError(code.value(), what);
}

/// Of the file itself; others (no time, no memory, no process) pass, and a download may have taken hours.
bool isVerdict(const Error& error) {
    return error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Unsupported ||
           error.code() == ErrorCode::Crashed;
}

void collect(const fs::path& folder, int depth, std::vector<fs::path>& found) {
    std::error_code failed;
    std::vector<fs::path> entries;
    for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, failed), end;
         !failed && it != end; it.increment(failed))
        entries.push_back(it->path());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
        if (found.size() >= kMostFound) return;
        if (fs::is_directory(fs::symlink_status(entry, failed)) && depth < kDeepest)
            collect(entry, depth + 1, found);
        if (isListed(entry) && fs::is_regular_file(entry, failed)) found.push_back(entry);
    }
}

}  // namespace

Result<ModelFile> ModelFolder::describe(const fs::path& entry) const {
    std::error_code failed;
    ModelFile model;
    model.name = entry.filename().native();
    model.isLink = fs::is_symlink(entry, failed);
    model.file = model.isLink ? fs::canonical(entry, failed) : entry;
    if (failed) {
        model.file = fs::read_symlink(entry, failed);
        model.problem = "the file is gone: " + base::displayPath(model.file);
        return model;
    }
    model.bytes = fs::file_size(model.file, failed);
    if (failed) return ioError("cannot read " + base::displayPath(entry), failed);
    model.facts = llama::KnownModels(m_probe.memory).find(model.file);
    return model;
}

Result<std::vector<ModelFile>> ModelFolder::list() const {
    std::error_code failed;
    std::vector<ModelFile> models;
    if (!fs::exists(m_folder, failed)) return models;
    fs::directory_iterator it(m_folder, failed);
    if (failed) return ioError("cannot read " + base::displayPath(m_folder), failed);
    for (const fs::directory_iterator end; it != end; it.increment(failed)) {
        if (failed) return ioError("cannot read " + base::displayPath(m_folder), failed);
        if (!isListed(it->path()) || it->is_directory(failed)) continue;
        if (auto model = describe(it->path())) models.push_back(std::move(*model));
    }
    std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return models;
}

std::vector<UnfinishedFile> ModelFolder::unfinished() const {
    std::error_code failed;
    std::vector<UnfinishedFile> files;
    for (fs::directory_iterator it(m_folder, failed), end; !failed && it != end; it.increment(failed)) {
        if (it->path().extension() != ".part") continue;
        const fs::path file = fs::path(it->path()).replace_extension();
        if (const auto known = net::unfinishedDownload(file))
            files.push_back({file.filename().native(), known->url, known->progress});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

Result<ModelFile> ModelFolder::find(std::string_view name) const {
    TRY(auto models, list());
    for (ModelFile& model : models)
        if (model.name == name || model.name == std::string(name) + std::string(kEnding))
            return std::move(model);
    return unknown(name, models);
}

Result<std::string> ModelFolder::nearest(std::string_view name) const {
    TRY(const auto models, list());
    return mostLike(name, models);
}

Result<void> ModelFolder::makeFolder(const fs::path& folder) const {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return ioError("cannot make the folder " + base::displayPath(folder), failed);
    return {};
}

Result<llama::ModelFacts> ModelFolder::probe(const fs::path& file, const std::stop_token& stop) const {
    return llama::probeModel(file, m_probe, stop);
}

Result<ModelFile> ModelFolder::accept(const fs::path& entry, const std::stop_token& stop) const {
    TRY(ModelFile model, describe(entry));
    TRY(model.facts, probe(model.file, stop));
    return model;
}

Result<ModelFile> ModelFolder::add(const fs::path& file, Keep keep, const OnCopied& onCopied,
                                   const std::stop_token& stop) const {
    TRY(const std::string source, base::absolutePath(file));
    const std::string name = fs::path(source).filename().native();
    if (std::error_code none; !fs::exists(source, none))
        return Error(ErrorCode::NotFound, "there is no file or folder " + base::displayPath(file));
    if (!isModelFile(name))
        return Error(ErrorCode::InvalidArgument,
                     base::displayPath(file) + " is no model file; those end with .gguf");
    if (keep == Keep::Copy && shardOf(name))
        return Error(ErrorCode::Unsupported,
                     base::displayPath(file) +
                         " is a model in several files, which must stay together; add the "
                         "first of them with --link");
    TRY_VOID(makeFolder(m_folder));
    const fs::path entry = m_folder / name;
    std::error_code failed;
    if (fs::exists(fs::symlink_status(entry, failed)))
        return Error(ErrorCode::InvalidArgument, "there is a model '" + base::displayPath(name) +
                                                     "' already; remove it first, or rename the file");
    TRY_VOID(probe(source, stop));
    if (keep == Keep::Copy) {
        TRY_VOID(copyFile(source, entry, onCopied, stop));
    } else {
        fs::create_symlink(source, entry, failed);
        if (failed) return ioError("cannot make a link in " + base::displayPath(m_folder), failed);
    }
    return accept(entry, stop);
}

std::vector<fs::path> ModelFolder::modelsBelow(const fs::path& folder) {
    std::vector<fs::path> found;
    collect(folder, 0, found);
    return found;
}

Result<fs::path> ModelFolder::placeFor(const std::string& url) const {
    TRY(const std::string name, net::fileNameOf(url));
    if (!isModelFile(name))
        return Error(ErrorCode::InvalidArgument,
                     "the address does not end with the name of a .gguf file; on a page of models, take the "
                     "address of "
                     "the download itself");
    if (shardOf(name))
        return Error(ErrorCode::Unsupported,
                     "this is one file of a model in several files; download all of them, and "
                     "add the first with --link");
    return m_folder / name;
}

Result<ModelFile> ModelFolder::addFrom(net::DownloadRequest request, const std::stop_token& stop) const {
    TRY(request.file, placeFor(request.url));
    TRY_VOID(makeFolder(m_folder));
    TRY_VOID(net::download(request, stop));
    auto model = accept(request.file, stop);
    if (model || model.error().code() == ErrorCode::Cancelled) return model;
    if (!isVerdict(model.error()))
        return model.error().within("what was downloaded was kept as " +
                                    base::displayPath(request.file.filename()) +
                                    ", but could not be tried; it is tried again when it is used");
    std::error_code ignored;
    fs::remove(request.file, ignored);
    return model.error().within("what was downloaded is no model that can be used, and was removed");
}

/// A file that has moved counts as another one: what was found out about it has to move with it.
Result<void> ModelFolder::moveKnown(const fs::path& from, const fs::path& to) const {
    const llama::KnownModels known(m_probe.memory);
    const auto facts = known.find(from);
    std::error_code failed;
    fs::rename(from, to, failed);
    if (failed) return ioError("cannot move it to " + base::displayPath(to.parent_path()), failed);
    if (facts) known.remember(to, *facts);
    return {};
}

Result<std::uint64_t> ModelFolder::setAside(std::string_view name) const {
    TRY(const ModelFile model, find(name));
    TRY_VOID(makeFolder(aside()));
    if (const auto moved = moveKnown(m_folder / model.name, aside() / model.name); !moved)
        return moved.error().within("cannot remove " + base::displayPath(model.name));
    return model.isLink ? 0 : model.bytes;
}

Result<void> ModelFolder::putBack(std::string_view name) const {
    std::error_code failed;
    if (fs::exists(fs::symlink_status(m_folder / name, failed)))
        return Error(ErrorCode::InvalidArgument, "another model of this name has come meanwhile");
    if (const auto moved = moveKnown(aside() / name, m_folder / name); !moved)
        return moved.error().within("cannot put back " + base::displayPath(std::string(name)));
    return {};
}

Result<void> ModelFolder::purge() const {
    std::error_code failed;
    fs::remove_all(aside(), failed);
    if (failed) return ioError("cannot empty " + base::displayPath(aside()), failed);
    return {};
}

}  // namespace commonplace::llm
