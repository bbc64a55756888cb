// ModelFolder: the model files that belong to this program, in one folder: copies, downloads, and links to
// files that stay where they are. The folder is the list; nothing else remembers it. A file is tried in
// another process (llama/probe.h) before it is taken in; what is no model never gets there. Thread: any, any
// process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/llama/probe.h"
#include "engine/net/download.h"

namespace commonplace::llm {

struct ModelFile {
    std::string name;            ///< in the folder: "qwen2.5-0.5b-instruct-q4_k_m.gguf"
    std::filesystem::path file;  ///< absolute; of a link, the file that it leads to
    bool isLink = false;
    std::uint64_t bytes = 0;                 ///< on the disk
    std::optional<llama::ModelFacts> facts;  ///< nothing: not tried yet
    std::string problem;                     ///< one line: a link that leads nowhere
};
struct UnfinishedFile {
    std::string name;
    std::string url;
    net::DownloadProgress progress;
};

enum class Keep { Copy, Link };
using OnCopied = std::function<void(const net::DownloadProgress&)>;

class ModelFolder final {
  public:
    /// `probe.memory` remembers what the files are.
    ModelFolder(std::filesystem::path folder, llama::ProbeSetup probe)
        : m_folder(std::move(folder)), m_probe(std::move(probe)) {}
    const std::filesystem::path& folder() const { return m_folder; }

    /// By name. Files are not opened; facts are those of earlier trials. Io.
    Result<std::vector<ModelFile>> list() const;
    /// Downloads that can be continued.
    std::vector<UnfinishedFile> unfinished() const;
    /// By name, with or without ".gguf". NotFound, with the name that is most like it.
    Result<ModelFile> find(std::string_view name) const;
    /// The name of the list that is most like this one; empty: none is near.
    Result<std::string> nearest(std::string_view name) const;

    /// Tries the file and takes it in. Errors as llama::probeModel(); InvalidArgument when the name is taken;
    /// NoSpace; Unsupported for a copy of a model in several files.
    Result<ModelFile> add(const std::filesystem::path& file, Keep keep, const OnCopied& onCopied,
                          const std::stop_token& stop) const;
    /// The models in and below a folder, by name; at most 100, four levels deep. Parts of split models but
    /// the first, and the picture readers that lie beside models (mmproj), are none.
    static std::vector<std::filesystem::path> modelsBelow(const std::filesystem::path& folder);

    /// Where a download from this address goes. InvalidArgument unless it ends with .gguf.
    Result<std::filesystem::path> placeFor(const std::string& url) const;
    /// Downloads (DownloadRequest::file is set here) and tries it. What is no model (Corrupt, Unsupported,
    /// Crashed) is removed again; what could not be tried (Timeout, Limit and others) stays in the list.
    Result<ModelFile> addFrom(net::DownloadRequest request, const std::stop_token& stop) const;

    /// Tries a file again, or for the first time.
    Result<llama::ModelFacts> probe(const std::filesystem::path& file, const std::stop_token& stop) const;

    /// Out of the list, for a moment in which it can be put back. Returns the bytes that purge() will free (0
    /// for a link).
    Result<std::uint64_t> setAside(std::string_view name) const;
    Result<void> putBack(std::string_view name) const;
    /// Deletes what was set aside.
    Result<void> purge() const;

  private:
    Result<ModelFile> describe(const std::filesystem::path& entry) const;
    Result<ModelFile> accept(const std::filesystem::path& entry, const std::stop_token& stop) const;
    Result<void> moveKnown(const std::filesystem::path& from, const std::filesystem::path& to) const;
    Result<void> makeFolder(const std::filesystem::path& folder) const;
    std::filesystem::path aside() const { return m_folder / ".removed"; }

    std::filesystem::path m_folder;
    llama::ProbeSetup m_probe;
};

}  // namespace commonplace::llm
