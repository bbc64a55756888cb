#include "ui/bridge/host.h"

#include <QDir>

#include "engine/config/paths.h"
#include "engine/config/settings.h"
#include "engine/library/library.h"
#include "engine/llama/probe.h"
#include "engine/net/http.h"

namespace commonplace::ui {

Host::Host(HostOptions options, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_opened(m_openedPromise.get_future().share()) {
    if (!m_options.traffic) m_options.traffic = std::make_shared<net::Traffic>();
    m_opener = std::jthread([this] {
        const auto done = open();
        m_openedPromise.set_value();
        if (done)
            emit opened();
        else
            emit failed(QString::fromStdString(done.error().message()));
    });
}

Host::~Host() = default;

std::filesystem::path Host::settingsFile() const {
    return m_options.settingsFile.empty() ? config::settingsFile() : m_options.settingsFile;
}

std::filesystem::path Host::modelsFolder() const {
    return m_options.modelsFolder.empty() ? config::modelsFolder() : m_options.modelsFolder;
}

llama::ProbeSetup Host::modelProbe() const {
    llama::ProbeSetup probe;
    if (!m_options.program.empty()) probe.program = m_options.program;
    probe.memory = m_options.modelMemory.empty() ? config::cacheFolder() / "models" : m_options.modelMemory;
    return probe;
}

QString Host::folderOf(const HostOptions& options) {
    if (!options.libraryFolder.isEmpty()) return QDir(options.libraryFolder).absolutePath();
    return QString::fromLocal8Bit(config::defaultLibraryFolder().native());
}

std::filesystem::path Host::folder() const {
    return folderOf(m_options).toLocal8Bit().toStdString();
}

library::Library* Host::waitForLibrary() const {
    m_opened.wait();
    return m_library.get();
}

net::Permit Host::permit() const {
    return net::Permit(net::Reach::Anywhere, m_options.traffic);
}

Result<void> Host::open() {
    TRY(auto settings, config::loadSettings(settingsFile()));
    if (settings.network.offline) m_options.traffic->setReach(net::Reach::LoopbackOnly);
    library::OpenOptions options;
    options.folder = folder();
    options.settings = settings;
    options.program = m_options.program;
    if (m_options.wireEmbedder)
        options.openEmbedder = m_options.wireEmbedder(settingsFile(), m_options.embeddingKey);
    TRY(m_library, library::Library::open(std::move(options)));
    // Several lanes making the databases of a new library at the same moment get in each other's way. A
    // damaged index is no reason to stop here: the first index run rebuilds it.
    if (auto session = m_library->openSession()) m_keeper = std::move(*session);
    return {};
}

}  // namespace commonplace::ui
