// Host: the open library behind the window, and what app wires into it. One per window process.
//
// Opening runs in the background: opened() or failed() follows. The engine is used through lanes (lane.h),
// one thread and one session each; nothing here may be called from another thread than the GUI's, except
// where said.
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

#include "engine/base/result.h"

namespace commonplace::config {
struct EmbeddingSettings;
struct Settings;
}  // namespace commonplace::config
namespace commonplace::document {
class Embedder;
struct ChatModels;
}  // namespace commonplace::document
namespace commonplace::llama {
struct ProbeSetup;
}
namespace commonplace::net {
class Traffic;
struct Permit;
}  // namespace commonplace::net
namespace commonplace::library {
class Library;
class Session;
}  // namespace commonplace::library

namespace commonplace::ui {

/// The key of the endpoint with this address, and of no other; empty: none. Called on a lane's thread.
using KeyProvider = std::function<std::string(const std::string& baseUrl)>;

/// Whose models, for the questions of which library.
struct ModelsWanted {
    const config::Settings& settings;  ///< their `model` may be a conversation's own
    /// The address that the settings file names: what the environment holds as a key is for this one only.
    const std::string& usualUrl;
    const KeyProvider& key;
    const std::filesystem::path& library;
};
/// Makes the models that are wanted; null ones where none is configured. Thread: any, it may be slow.
using WireModels = std::function<Result<document::ChatModels>(const ModelsWanted&)>;

/// Makes the opener of embedding models, a library::OpenEmbedder, that goes by what the settings file says at
/// each use, and by the key of the server at that moment.
using OpenEmbedder = std::function<Result<std::unique_ptr<document::Embedder>>(
    const config::EmbeddingSettings& embedding, std::size_t dimension, const std::stop_token& stop)>;
using WireEmbedder =
    std::function<OpenEmbedder(const std::filesystem::path& settingsFile, const KeyProvider& key)>;

struct HostOptions {
    QString libraryFolder;               ///< empty: the default one
    std::filesystem::path settingsFile;  ///< empty: the default one
    std::filesystem::path program;       ///< the worker's binary; empty: this program (tests name it)
    std::filesystem::path modelsFolder;  ///< empty: the default one
    std::filesystem::path modelMemory;   ///< remembers which model files were good; empty: the default one
    WireModels wireModels;
    /// Keys that wireModels finds by itself (environment, key file): none may stand in a trace. Thread: any.
    std::function<std::vector<std::string>()> knownSecrets;
    WireEmbedder wireEmbedder;  ///< empty: the built-in embedding model only
    KeyProvider embeddingKey;   ///< of servers that make vectors; called on any thread; may be empty
    /// The offline switch and its counter, shared with what wireModels makes; null: the host makes one.
    std::shared_ptr<net::Traffic> traffic;
};

class Host final : public QObject {
    Q_OBJECT
  public:
    explicit Host(HostOptions options, QObject* parent = nullptr);
    ~Host() override;

    /// The library's folder that these options name.
    static QString folderOf(const HostOptions& options);

    const HostOptions& options() const { return m_options; }
    std::filesystem::path settingsFile() const;
    /// The library's folder, also when it cannot be opened.
    std::filesystem::path folder() const;

    /// Thread: any. The switch is as the settings say from before the library is open.
    net::Traffic& traffic() const { return *m_options.traffic; }
    /// Where model files are kept.
    std::filesystem::path modelsFolder() const;
    /// How a model file is tried.
    llama::ProbeSetup modelProbe() const;
    /// For requests that are made here.
    net::Permit permit() const;

    /// Waits until opening has ended; null when it failed. Thread: lanes only, never the GUI's.
    library::Library* waitForLibrary() const;

  signals:
    void opened();
    void failed(const QString& reason);

  private:
    Result<void> open();

    HostOptions m_options;
    std::unique_ptr<library::Library> m_library;
    std::unique_ptr<library::Session>
        m_keeper;  ///< makes the databases before the lanes come, and keeps them open
    std::promise<void> m_openedPromise;
    std::shared_future<void> m_opened;
    std::jthread m_opener;
};

}  // namespace commonplace::ui
