// LedgerBridge: what the library knows of every document, and the folders it watches.
//
// The rows travel as changes against what was delivered before, so that a library of 100,000 documents can be
// looked at while it grows. Every path here carries its native bytes (paths.h); readable() is for people.
// Thread: lives in the GUI thread, its signals arrive there.
#pragma once

#include <QHash>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QVector>
#include <memory>

#include "ui/bridge/lane.h"

namespace commonplace::ui {

/// In the order of how much a person should care.
enum class DocumentState { Failed, WithoutText, Partial, Waiting, Unread, Excluded, Indexed };
enum class Presence { Present, Offline, Missing };

struct LedgerEntry {
    QString key;     ///< tells the row from all others: its first path, with every byte of it
    QString sha256;  ///< empty: the file was not read
    QStringList paths;
    QString title;
    DocumentState state = DocumentState::Waiting;
    QString statusName;  ///< the engine's stable name of the outcome ("too_big")
    QString reason;      ///< one line; empty when all is well
    Presence presence = Presence::Present;
    int pages = 0;
    int pagesWithoutText = 0;
    int chunks = 0;
    int vectors = 0;
    quint64 bytes = 0;
    qint64 indexedAt = 0;  ///< ms since 1970; 0: never
    bool operator==(const LedgerEntry&) const = default;
};

struct LedgerChanges {
    QVector<LedgerEntry> changed;  ///< new rows and rows that have changed
    QVector<QString> removed;      ///< keys
};

struct WatchedRoot {
    QString path;
    enum class State { Online, Offline };
    State state = State::Online;
    int documents = 0;
    bool operator==(const WatchedRoot&) const = default;
};

/// What a person has decided about one file of a watched folder.
enum class FileChoice { Exclude, Include };

class LedgerBridge final : public QObject {
    Q_OBJECT
  public:
    explicit LedgerBridge(Host& host, QObject* parent = nullptr);
    ~LedgerBridge() override;

    /// Looks now; changed() and rootsChanged() follow when something is different.
    void refresh();
    /// Looks soon, at most once a second however often it is called: for progress of an index run.
    void refreshSoon();
    /// Delivers everything once more, as for a view that has just been made.
    void reload();

    /// Stops watching and hides the documents; undoRemove() brings all back without reading them again, until
    /// IndexBridge::purge(path) (the next start does it).
    void removeRoot(const QString& path);
    void undoRemove(const QString& path);
    /// A file of a watched folder is left out from now on (or not any more): IndexBridge::retry({path}) acts
    /// on it.
    void exclude(const QString& path);
    void include(const QString& path);

  signals:
    void changed(const commonplace::ui::LedgerChanges& changes);
    void rootsChanged(const QVector<commonplace::ui::WatchedRoot>& roots);
    /// The first full reading after the start (or reload()) has been delivered.
    void loaded();
    void rootRemoved(const QString& path);
    void rootRestored(const QString& path);
    void exclusionChanged(const QString& path, commonplace::ui::FileChoice choice);
    void failed(const QString& reason);

  private:
    struct Seen;  ///< what was delivered; used by the lane's jobs only
    enum class Hidden { Hide, Show };
    void setHidden(const QString& path, Hidden hidden);
    void setChoice(const QString& path, FileChoice choice);
    void look(library::Session& session);

    QTimer m_soon;
    std::shared_ptr<Seen> m_seen;
    Lane m_lane;  // last: its thread ends before the rest goes
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::LedgerChanges)
Q_DECLARE_METATYPE(commonplace::ui::WatchedRoot)
Q_DECLARE_METATYPE(commonplace::ui::FileChoice)
