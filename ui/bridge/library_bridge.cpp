#include "ui/bridge/library_bridge.h"

#include <QMetaObject>
#include <atomic>
#include <future>
#include <stop_token>

#include "engine/base/file.h"
#include "engine/config/paths.h"
#include "engine/library/library.h"

namespace commonplace::ui {
namespace {

QString fromUtf8(const std::string& text) {
    return QString::fromStdString(text);
}

SearchHit hitOf(const retrieve::Passage& passage) {
    SearchHit hit;
    if (!passage.document.paths.empty())
        hit.path = fromUtf8(base::displayPath(passage.document.paths.front()));
    hit.title = fromUtf8(passage.document.title);
    hit.snippet = fromUtf8(passage.snippet);
    hit.page = passage.page;
    hit.pageLabel = fromUtf8(passage.pageLabel);
    return hit;
}

QString noteOf(const retrieve::Coverage& coverage) {
    if (coverage.withVectors >= coverage.documents) return {};
    return LibraryBridge::tr("%1 of %2 documents can be found by meaning so far")
        .arg(coverage.withVectors)
        .arg(coverage.documents);
}

QString lineOf(const ingest::Progress& progress) {
    const QString what = progress.phase == ingest::Phase::Vectors
                             ? LibraryBridge::tr("Meaning: %1 of %2 passages")
                             : LibraryBridge::tr("Reading: %1 of %2 files");
    return what.arg(progress.done).arg(progress.total);
}

}  // namespace

/// What the two threads share; the session belongs to the search thread.
class LibraryBridge::Engine {
  public:
    Result<void> open(const QString& folder) {
        auto settings = config::loadSettings(config::settingsFile());
        if (!settings) return settings.error();
        library::OpenOptions options;
        options.folder =
            folder.isEmpty() ? config::defaultLibraryFolder() : std::filesystem::path(folder.toStdString());
        options.settings = *settings;
        TRY(library, library::Library::open(std::move(options)));
        TRY(session, library->openSession());
        return {};
    }

    std::unique_ptr<library::Library> library;
    std::unique_ptr<library::Session> session;
    std::stop_source stop;
    ingest::Gate gate;
    std::atomic<int> newestSearch = 0;
    std::promise<void> openedPromise;  ///< fulfilled when open() has returned: the index thread waits for it
    std::shared_future<void> openedFuture = openedPromise.get_future().share();
};

LibraryBridge::LibraryBridge(const QString& folder, QObject* parent)
    : QObject(parent),
      m_engine(std::make_unique<Engine>()),
      m_searchContext(std::make_unique<QObject>()),
      m_indexContext(std::make_unique<QObject>()) {
    m_searchContext->moveToThread(&m_searchThread);
    m_indexContext->moveToThread(&m_indexThread);
    m_searchThread.start();
    m_indexThread.start();
    QMetaObject::invokeMethod(m_searchContext.get(), [this, folder] {
        const auto done = m_engine->open(folder);
        m_engine->openedPromise.set_value();
        if (done)
            emit opened();
        else
            emit failed(fromUtf8(done.error().message()));
    });
}

LibraryBridge::~LibraryBridge() {
    m_engine->stop.request_stop();
    for (QThread* thread : {&m_searchThread, &m_indexThread}) {
        thread->quit();
        thread->wait();
    }
}

void LibraryBridge::search(const QString& query) {
    const int number = ++m_engine->newestSearch;
    if (query.trimmed().isEmpty()) return;
    QMetaObject::invokeMethod(m_searchContext.get(), [this, number, text = query.toStdString()] {
        if (number != m_engine->newestSearch || !m_engine->session) return;
        retrieve::Query wanted;
        wanted.text = text;
        wanted.limit = static_cast<std::size_t>(m_engine->library->settings().search.defaultResults);
        const auto results = m_engine->session->search(wanted, m_engine->stop.get_token());
        if (number != m_engine->newestSearch) return;
        if (!results) {
            emit searchFinished({}, fromUtf8(results.error().message()));
            return;
        }
        QVector<SearchHit> hits;
        for (const auto& passage : results->passages) hits.push_back(hitOf(passage));
        emit searchFinished(hits, noteOf(results->coverage));
    });
}

void LibraryBridge::index(const QStringList& paths) {
    library::IndexRequest request;
    for (const QString& path : paths) request.paths.emplace_back(path.toStdString());
    QMetaObject::invokeMethod(m_indexContext.get(), [this, request] {
        m_engine->openedFuture.wait();
        if (!m_engine->library) return;
        const library::IndexEvents events{
            [this](const ingest::Progress& p) { emit indexProgress(lineOf(p)); },
            [this](const std::string& line) { emit indexProgress(fromUtf8(line)); }};
        const auto report =
            m_engine->library->index(request, m_engine->gate, events, m_engine->stop.get_token());
        if (report)
            emit indexFinished(tr("%1 files, %2 new").arg(report->summary.seen).arg(report->summary.added));
        else
            emit indexFinished(fromUtf8(report.error().message()));
    });
}

}  // namespace commonplace::ui
