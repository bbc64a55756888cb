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
#include <thread>

#include "engine/base/result.h"

namespace commonplace::config {
struct Settings;
}
namespace commonplace::document {
class ChatModel;
}
namespace commonplace::library {
class Library;
class Session;
}  // namespace commonplace::library

namespace commonplace::ui {

/// Makes the model that the settings and the key name; null: none is configured. Thread: any, it may be slow.
using WireModel = std::function<Result<std::unique_ptr<document::ChatModel>>(const config::Settings&,
                                                                             const std::string& key)>;

struct HostOptions {
    QString libraryFolder;               ///< empty: the default one
    std::filesystem::path settingsFile;  ///< empty: the default one
    std::filesystem::path program;       ///< the worker's binary; empty: this program (tests name it)
    WireModel wireModel;
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
