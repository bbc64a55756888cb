#include "ui/bridge/index_bridge.h"

#include <QDateTime>
#include <QMetaObject>
#include <QRegularExpression>
#include <QTimer>

#include "engine/base/file.h"
#include "engine/library/library.h"
#include "engine/library/removal.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kLongestNoteName = 48;
constexpr int kPurgeAgainMs = 5000;

IndexProgress progressOf(const ingest::Progress& engine) {
    IndexProgress progress;
    progress.phase =
        engine.phase == ingest::Phase::Text ? IndexProgress::Phase::Reading : IndexProgress::Phase::Meaning;
    progress.done = engine.done;
    progress.total = engine.total;
    progress.pages = engine.pages;
    progress.problems = engine.problems;
    progress.perSecond = engine.perSecond;
    progress.secondsLeft = engine.secondsLeft;
    progress.current = QString::fromStdString(engine.current);
    return progress;
}

QStringList linesOf(const std::vector<std::string>& lines) {
    QStringList all;
    for (const std::string& line : lines) all << QString::fromStdString(line);
    return all;
}

IndexOutcome outcomeOf(const Result<library::IndexReport>& report) {
    IndexOutcome outcome;
    if (!report) {
        const bool stopped = report.error().code() == ErrorCode::Cancelled;
        outcome.end = stopped ? IndexOutcome::End::Stopped : IndexOutcome::End::Failed;
        if (!stopped) outcome.error = QString::fromStdString(report.error().message());
        return outcome;
    }
    const ingest::Summary& sum = report->summary;
    outcome.seen = sum.seen;
    outcome.added = sum.added;
    outcome.changed = sum.changed;
    outcome.moved = sum.moved;
    outcome.unchanged = sum.unchanged;
    outcome.missing = sum.missing;
    outcome.unread = sum.unread;
    outcome.failed = sum.failed;
    outcome.pages = sum.pages;
    outcome.seconds = sum.seconds;
    outcome.errors = linesOf(report->errors);
    outcome.notices = linesOf(report->notices);
    return outcome;
}

/// "2026-05-04 153012 First words.md": sorted by time, told apart by people.
QString noteName(const QString& text) {
    QString words = text.section(QLatin1Char('\n'), 0, 0).left(kLongestNoteName);
    words.replace(QRegularExpression(QStringLiteral("[^\\p{L}\\p{N} _-]+")), QStringLiteral(" "));
    const QString time = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HHmmss zzz"));
    return (time + QLatin1Char(' ') + words.simplified()).trimmed() + QStringLiteral(".md");
}

Result<std::filesystem::path> writeNote(const std::filesystem::path& folder, const QString& text) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return base::systemError(failed.value(), "cannot make the folder for notes");
    const std::filesystem::path file = folder / nativePath(noteName(text));
    TRY_VOID(base::writeFileAtomically(file, text.toStdString()));
    return file;
}

}  // namespace

IndexBridge::IndexBridge(Host& host, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_gate(std::make_unique<ingest::Gate>()),
      m_writing(
          host, [this](const QString& reason) { laneFailed(reason); }, Lane::AtEnd::Finish),
      m_working(host, [this](const QString& reason) { laneFailed(reason); }) {}

IndexBridge::~IndexBridge() = default;

void IndexBridge::index(const QStringList& paths) {
    if (paths.isEmpty()) return;  // an empty request would mean all roots
    m_isAdding = true;
    watch(paths);
    library::IndexRequest request;
    for (const std::string& path : nativePaths(paths)) request.paths.emplace_back(path);
    post(request);
}

void IndexBridge::rescan() {
    post({});
}

void IndexBridge::catchUp() {
    purge({});
    rescan();
}

void IndexBridge::retry(const QStringList& paths) {
    if (paths.isEmpty()) return;
    library::IndexRequest request;
    for (const std::string& path : nativePaths(paths)) request.paths.emplace_back(path);
    request.retry = ingest::Retry::Failures;
    request.pathsAre = library::PathsAre::Known;
    post(request);
}

/// Written down at once, so that a folder added while another one is being read is not lost by quitting.
void IndexBridge::watch(const QStringList& paths) {
    m_writing.post([native = nativePaths(paths)](library::Session& session, const std::stop_token&) {
        for (const std::string& path : native) {
            const auto absolute = base::absolutePath(path);
            std::error_code ignored;
            if (absolute && std::filesystem::exists(*absolute, ignored))
                (void)library::restoreRoot(session.library(), *absolute);  // the run reports what fails
        }
    });
}

void IndexBridge::post(const library::IndexRequest& request) {
    ++m_runs;
    if (m_runs == 1) show({});
    emit started();
    m_working.post([this, request, cancelled = m_cancel.get_token()](library::Library& library,
                                                                     const std::stop_token& stop) {
        std::stop_source either;
        const std::stop_callback onCancel(cancelled, [&either] { either.request_stop(); });
        const std::stop_callback onEnd(stop, [&either] { either.request_stop(); });
        const IndexOutcome outcome = run(library, request, either.get_token());
        QMetaObject::invokeMethod(
            this, [this, outcome] { end(outcome); }, Qt::QueuedConnection);
    });
}

IndexOutcome IndexBridge::run(library::Library& library, library::IndexRequest request,
                              std::stop_token stop) {
    IndexOutcome stopped;
    stopped.end = IndexOutcome::End::Stopped;
    if (stop.stop_requested()) return stopped;  // it was still waiting: nothing is queued for it
    // What was chosen in the settings since the start counts from the next run on.
    if (const auto settings = config::loadSettings(m_host.settingsFile())) request.settings = settings->index;
    const auto tell = [this](const IndexProgress& now) {
        QMetaObject::invokeMethod(
            this, [this, now] { show(now); }, Qt::QueuedConnection);
    };
    library::IndexEvents events;
    events.progress = [&tell](const ingest::Progress& now) { tell(progressOf(now)); };
    events.notice = [&tell](const std::string& line) {
        IndexProgress waiting;
        waiting.notice = QString::fromStdString(line);
        tell(waiting);
    };
    return outcomeOf(library.index(request, *m_gate, events, std::move(stop)));
}

void IndexBridge::show(const IndexProgress& progressNow) {
    if (m_runs == 0) return;  // of a run that was stopped
    m_current = progressNow;
    m_current.flow = isPaused() ? IndexProgress::Flow::Paused : IndexProgress::Flow::Running;
    emit progress(m_current);
}

void IndexBridge::end(const IndexOutcome& outcome) {
    m_runs = std::max(0, m_runs - 1);
    if (m_runs == 0) {
        m_current = {};
        m_isAdding = false;
    }
    emit finished(outcome);
}

void IndexBridge::laneFailed(const QString& reason) {
    const auto tell = [this, reason] {
        IndexOutcome outcome;
        outcome.end = IndexOutcome::End::Failed;
        outcome.error = reason;
        if (m_runs > 0) end(outcome);
        emit failed(reason.isEmpty() ? tr("The library is not open.") : reason);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

void IndexBridge::addNote(const QString& text) {
    if (text.trimmed().isEmpty()) return;
    m_writing.post([this, text](library::Library& library, const std::stop_token&) {
        const std::filesystem::path folder = library.folder() / "notes";
        const auto written = writeNote(folder, text);
        if (!written) {
            emit failed(QString::fromStdString(written.error().message()));
            return;
        }
        emit noteAdded(shownPath(written->native()));
        const auto go = [this, folder = windowPath(folder.native())] { index({folder}); };
        QMetaObject::invokeMethod(this, go, Qt::QueuedConnection);
    });
}

void IndexBridge::purge(const QStringList& roots) {
    m_working.post([this, roots](library::Library& library, const std::stop_token& stop) {
        if (purgeWaiting(library, roots, stop)) emit purged();
    });
}

/// True when something went. Busy is no failure: the documents stay hidden, and it is tried again soon.
bool IndexBridge::purgeWaiting(library::Library& library, const QStringList& roots,
                               const std::stop_token& stop) {
    const auto gone = library::purgeRemoved(library.folder(), nativePaths(roots), stop);
    if (gone) return *gone > 0;
    const ErrorCode code = gone.error().code();
    if (code == ErrorCode::Busy) {  // another process is indexing
        const auto later = [this, roots] {
            QTimer::singleShot(kPurgeAgainMs, this, [this, roots] { purge(roots); });
        };
        QMetaObject::invokeMethod(this, later, Qt::QueuedConnection);
    } else if (code != ErrorCode::Cancelled)
        emit failed(QString::fromStdString(gone.error().message()));
    return false;
}

void IndexBridge::pause() {
    m_gate->pause();
    show(m_current);
}

void IndexBridge::resume() {
    m_gate->resume();
    show(m_current);
}

bool IndexBridge::isPaused() const {
    return m_gate->paused();
}

void IndexBridge::cancel() {
    stopRuns();
    m_gate->resume();
}

void IndexBridge::restart() {
    if (!isRunning()) return;
    stopRuns();
    rescan();
}

void IndexBridge::stopRuns() {
    m_cancel.request_stop();
    m_cancel = std::stop_source();  // for runs to come
}

}  // namespace commonplace::ui
