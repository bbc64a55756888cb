// LibraryBridge: the library behind queued signals. All engine calls run on its two threads; the GUI thread
// never waits.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QVector>
#include <memory>

namespace commonplace::ui {

/// A search hit in Qt's types.
struct SearchHit {
    QString path;
    QString title;
    QString snippet;
    int page = 0;  ///< 1-based; 0 without pages
    QString pageLabel;
};

/// Thread: lives in the GUI thread; signals arrive there. Destruction cancels running work and waits for it
/// (short: the engine reacts to cancellation within 200 ms).
class LibraryBridge final : public QObject {
    Q_OBJECT
  public:
    /// Opens the library in the background; opened() or failed() follows. An empty folder means the default
    /// one.
    explicit LibraryBridge(const QString& folder, QObject* parent = nullptr);
    ~LibraryBridge() override;

    /// Only the newest search counts: answers to older ones are not delivered. An empty query just cancels.
    void search(const QString& query);
    /// Adds files and folders; indexProgress() and indexFinished() follow.
    void index(const QStringList& paths);

  signals:
    void opened();
    void failed(const QString& reason);
    void searchFinished(const QVector<commonplace::ui::SearchHit>& hits, const QString& note);
    void indexProgress(const QString& line);
    void indexFinished(const QString& line);

  private:
    class Engine;
    std::unique_ptr<Engine> m_engine;
    QThread m_searchThread;
    QThread m_indexThread;
    std::unique_ptr<QObject> m_searchContext;
    std::unique_ptr<QObject> m_indexContext;
};

}  // namespace commonplace::ui
