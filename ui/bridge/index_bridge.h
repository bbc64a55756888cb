// IndexBridge: brings folders and files into the library, one run after the other; purges what was removed.
//
// Thread: lives in the GUI thread, its signals arrive there. Destruction stops the running work at once: what
// is stored stays, the rest resumes with the next rescan().
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <stop_token>

#include "ui/bridge/lane.h"

namespace commonplace::ingest {
class Gate;
}
namespace commonplace::library {
struct IndexRequest;
}

namespace commonplace::ui {

struct IndexProgress {
    enum class Phase { Starting, Reading, Meaning };
    Phase phase = Phase::Starting;
    qint64 done = 0;   ///< files (Reading) or passages (Meaning)
    qint64 total = 0;  ///< of the same; 0: not known yet
    qint64 pages = 0;
    qint64 problems = 0;
    double perSecond = 0;    ///< pages (Reading) or sentences (Meaning)
    double secondsLeft = 0;  ///< 0: unknown
    QString current;         ///< the path that is being read, for people
    QString notice;  ///< what a person should know of this run: waiting for another process, rebuilding
    enum class Flow { Running, Paused };
    Flow flow = Flow::Running;
};

struct IndexOutcome {
    enum class End { Done, Stopped, Failed };
    End end = End::Done;
    qint64 seen = 0, added = 0, changed = 0, moved = 0, unchanged = 0, missing = 0, unread = 0, failed = 0;
    qint64 pages = 0;
    double seconds = 0;
    QStringList errors;   ///< paths that could not be indexed, one line each
    QStringList notices;  ///< offline folders, a rebuilt index
    QString error;        ///< of the whole run; empty unless it Failed
};

class IndexBridge final : public QObject {
    Q_OBJECT
  public:
    explicit IndexBridge(Host& host, QObject* parent = nullptr);
    ~IndexBridge() override;

    /// Watches files and folders and reads what is new in them.
    void index(const QStringList& paths);
    /// Looks at all watched folders again; also goes on with what an earlier run left.
    void rescan();
    /// At the start: purges what was removed last time, then rescan().
    void catchUp();
    /// Reads failed files (or files whose exclusion has changed) of watched folders again.
    void retry(const QStringList& paths);
    /// Writes a Markdown file into the library's folder "notes" and indexes it; noteAdded() or failed().
    void addNote(const QString& text);
    /// Deletes the documents of removed folders for good (LedgerBridge::removeRoot).
    void purge(const QStringList& roots);

    void pause();
    void resume();
    /// Ends the running run and forgets the waiting ones; what is stored stays.
    void cancel();
    /// Ends the running run and looks at all watched folders anew, so that nothing goes on with settings that
    /// are no longer true; nothing while none runs. A paused run stays paused.
    void restart();
    bool isRunning() const { return m_runs > 0; }
    bool isPaused() const;
    /// Among the running and waiting runs is one that index() began: documents are on their way.
    bool isAdding() const { return m_isAdding; }
    /// The last progress() of the current run.
    const IndexProgress& current() const { return m_current; }

  signals:
    void started();
    void progress(const commonplace::ui::IndexProgress& progress);
    /// After each run; isRunning() says whether more are waiting.
    void finished(const commonplace::ui::IndexOutcome& outcome);
    void noteAdded(const QString& path);
    /// The library does not open, or a note could not be written.
    void failed(const QString& reason);
    void purged();

  private:
    void watch(const QStringList& paths);
    void post(const library::IndexRequest& request);
    IndexOutcome run(library::Library& library, library::IndexRequest request, std::stop_token stop);
    void show(const IndexProgress& progress);
    void end(const IndexOutcome& outcome);
    void laneFailed(const QString& reason);
    void stopRuns();
    bool purgeWaiting(library::Library& library, const QStringList& roots, const std::stop_token& stop);

    const Host& m_host;
    std::unique_ptr<ingest::Gate> m_gate;
    int m_runs = 0;  ///< running and waiting ones
    bool m_isAdding = false;
    IndexProgress m_current;
    std::stop_source m_cancel;  ///< of the runs posted so far
    Lane m_writing;             // short writes to library.db while the other one works
    Lane m_working;             // last: the threads end before the rest goes
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::IndexProgress)
Q_DECLARE_METATYPE(commonplace::ui::IndexOutcome)
