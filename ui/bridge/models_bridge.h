// ModelsBridge: the models of this computer: the files in the folder of models and those on their way there,
// and the servers that listen. Nothing is looked for, fetched or used unless asked.
//
// One model is fetched and one copied at a time, the others wait. A download that was paused, or that the end
// of the program broke off, is listed again and can be resumed. Thread: lives in the GUI thread, its signals
// arrive there; disk, network and trials are on its lanes.
#pragma once

#include <QObject>
#include <QVector>

#include "engine/base/result.h"
#include "ui/bridge/lane.h"
#include "ui/bridge/models_types.h"

namespace commonplace::ui {

class ModelsBridge final : public QObject {
    Q_OBJECT
  public:
    explicit ModelsBridge(Host& host, QObject* parent = nullptr);
    ~ModelsBridge() override;

    /// filesChanged() and transfersChanged() follow.
    void refresh();
    /// serversFound() follows within about a second.
    void detect();
    /// spentChanged() follows.
    void countSpending();

    enum class Keep { Copy, Link };
    /// Model files, and folders with some (paths.h).
    void addFiles(const QStringList& paths, Keep keep);
    /// Why an address cannot be downloaded from; empty: it is on its way.
    QString addUrl(const QString& url, const QString& sha256);
    /// Fetches a model with an Ollama server.
    void pull(const QString& baseUrl, const QString& model);
    void pause(int id);
    void resume(int id);
    /// Gives it up, with what has come of it.
    void cancel(int id);

    /// Out of the list; undoRemove() brings each of them back, until deleteRemoved() or the end of the
    /// program: its next start deletes them.
    void remove(const QString& name);
    void undoRemove(const QString& name);
    /// Frees the space of all that were removed; removedDeleted() follows.
    void deleteRemoved();
    /// Tries a file of the list that was never tried, or failed; tried() follows, and filesChanged().
    void tryOut(const QString& name);

    const QVector<ModelTransfer>& transfers() const { return m_transfers; }

  signals:
    void filesChanged(const QVector<commonplace::ui::LocalModel>& models);
    void transfersChanged(const QVector<commonplace::ui::ModelTransfer>& transfers);
    /// A model has arrived: `name` in the folder, or of the server that pulled it.
    void arrived(const QString& name);
    void serversFound(const QVector<commonplace::ui::ModelServerOffer>& servers);
    /// `freed`: bytes that will be free when it is deleted; 0 for a link.
    void removed(const QString& name, qint64 freed);
    /// It was brought back.
    void restored(const QString& name);
    /// None of those that were removed can be brought back any more.
    void removedDeleted();
    /// `problem`: one line; empty: it can be used.
    void tried(const QString& name, const QString& problem);
    void spentChanged(const commonplace::ui::SpentMoney& spent);
    void failed(const QString& reason);

  private:
    using Work = std::function<Result<QString>(const std::stop_token&)>;
    ModelTransfer* find(int id);
    void enqueue(ModelTransfer transfer);
    void startNext();
    void start(ModelTransfer& transfer);
    Lane& laneOf(const ModelTransfer& transfer);
    Work workFor(const ModelTransfer& transfer);
    void onProgress(int id, qint64 done, qint64 total, const QString& step);
    void onEnded(int id, const Result<QString>& outcome);
    void addUnfinished(const QVector<ModelTransfer>& found);
    void listNow();
    void discard(const QString& url);

    Host& m_host;
    QVector<ModelTransfer> m_transfers;
    int m_lastId = 0;
    QStringList m_discarded;  ///< addresses whose beginnings are being deleted: a list may still hold them
    Lane m_disk;
    Lane m_network;
    Lane m_copying;
    Lane m_trying;
    Lane m_fetching;  // last: the threads end before the rest goes
};

}  // namespace commonplace::ui
