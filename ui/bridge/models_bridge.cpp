#include "ui/bridge/models_bridge.h"

#include <QMetaObject>
#include <algorithm>
#include <filesystem>

#include "engine/library/session.h"
#include "engine/llm/detect.h"
#include "engine/llm/model_folder.h"
#include "engine/llm/ollama_pull.h"
#include "engine/net/http.h"
#include "engine/store/spendings.h"
#include "ui/bridge/host.h"
#include "ui/bridge/models_convert.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/ticket.h"

namespace commonplace::ui {
namespace {

llm::ModelFolder folderOf(const Host& host) {
    return {host.modelsFolder(), host.modelProbe()};
}

QString messageOf(const Error& error) {
    return QString::fromStdString(error.message());
}

}  // namespace

ModelsBridge::ModelsBridge(Host& host, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_disk(
          host, [this](const QString& reason) { emit failed(reason); }, Lane::AtEnd::Finish),
      m_network(host, [this](const QString& reason) { emit failed(reason); }),
      m_copying(host, [](const QString&) {}),
      m_trying(host, [](const QString&) {}),
      m_fetching(host, [](const QString&) {}) {
    // What was removed before the last end of the program stays removed.
    m_disk.post([this](library::Library&, const std::stop_token&) { (void)folderOf(m_host).purge(); });
}

ModelsBridge::~ModelsBridge() = default;

void ModelsBridge::refresh() {
    m_disk.post([this](library::Library&, const std::stop_token&) { listNow(); });
}

void ModelsBridge::listNow() {
    const auto folder = folderOf(m_host);
    const auto files = folder.list();
    if (!files) {
        emit failed(messageOf(files.error()));
        return;
    }
    QVector<LocalModel> models;
    for (const llm::ModelFile& file : *files) models << toWindow(file);
    QVector<ModelTransfer> unfinished;
    for (const llm::UnfinishedFile& file : folder.unfinished()) unfinished << toWindow(file);
    const auto deliver = [this, models, unfinished] {
        emit filesChanged(models);
        addUnfinished(unfinished);
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

void ModelsBridge::addUnfinished(const QVector<ModelTransfer>& found) {
    for (ModelTransfer transfer : found) {
        const bool known = m_discarded.contains(transfer.source) ||
                           std::any_of(m_transfers.begin(), m_transfers.end(), [&](const ModelTransfer& one) {
                               return one.source == transfer.source;
                           });
        if (known) continue;
        transfer.id = ++m_lastId;
        m_transfers << transfer;
    }
    emit transfersChanged(m_transfers);
}

void ModelsBridge::detect() {
    m_network.post([this](library::Library&, const std::stop_token& stop) {
        QVector<ModelServerOffer> offers;
        for (const llm::LocalServer& server : llm::detectServers({}, stop)) offers << toWindow(server);
        emit serversFound(offers);
    });
}

void ModelsBridge::countSpending() {
    m_disk.post([this](library::Session& session, const std::stop_token&) {
        const auto sums = store::Spendings(session.library().database()).sums(store::localDay());
        if (sums)
            emit spentChanged(toWindow(*sums));
        else
            emit failed(messageOf(sums.error()));
    });
}

void ModelsBridge::addFiles(const QStringList& paths, Keep keep) {
    m_disk.post([this, paths, keep](library::Library&, const std::stop_token&) {
        QVector<ModelTransfer> found;
        for (const QString& path : paths) {
            std::error_code ignored;
            const std::filesystem::path native(nativePath(path));
            std::vector<std::filesystem::path> files{native};
            if (std::filesystem::is_directory(native, ignored)) files = llm::ModelFolder::modelsBelow(native);
            if (files.empty()) emit failed(tr("There is no .gguf file in %1.").arg(readable(path)));
            for (const auto& file : files) {
                ModelTransfer transfer;
                transfer.name = fileName(windowPath(file.native()));
                transfer.source = windowPath(file.native());
                transfer.link = keep == Keep::Link;
                found << transfer;
            }
        }
        const auto deliver = [this, found] {
            for (const ModelTransfer& transfer : found) enqueue(transfer);
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
}

QString ModelsBridge::addUrl(const QString& url, const QString& sha256) {
    const auto place = folderOf(m_host).placeFor(url.trimmed().toStdString());
    if (!place) return messageOf(place.error());
    ModelTransfer transfer;
    transfer.kind = ModelTransfer::Kind::Download;
    transfer.name = fileName(windowPath(place->native()));
    transfer.source = url.trimmed();
    transfer.sha256 = sha256.trimmed();
    enqueue(transfer);
    return {};
}

void ModelsBridge::pull(const QString& baseUrl, const QString& model) {
    ModelTransfer transfer;
    transfer.kind = ModelTransfer::Kind::Pull;
    transfer.name = model.trimmed();
    transfer.source = baseUrl;
    enqueue(transfer);
}

ModelTransfer* ModelsBridge::find(int id) {
    for (ModelTransfer& transfer : m_transfers)
        if (transfer.id == id) return &transfer;
    return nullptr;
}

void ModelsBridge::enqueue(ModelTransfer transfer) {
    transfer.id = ++m_lastId;
    transfer.state = ModelTransfer::State::Waiting;
    m_transfers << transfer;
    startNext();
}

Lane& ModelsBridge::laneOf(const ModelTransfer& transfer) {
    return transfer.kind == ModelTransfer::Kind::File ? m_copying : m_fetching;
}

/// Each lane does one at a time.
void ModelsBridge::startNext() {
    for (ModelTransfer& transfer : m_transfers) {
        const bool isBusy =
            std::any_of(m_transfers.begin(), m_transfers.end(), [&](const ModelTransfer& other) {
                return other.state == ModelTransfer::State::Running && &laneOf(other) == &laneOf(transfer);
            });
        if (transfer.state == ModelTransfer::State::Waiting && !isBusy) start(transfer);
    }
    emit transfersChanged(m_transfers);
}

void ModelsBridge::start(ModelTransfer& transfer) {
    transfer.state = ModelTransfer::State::Running;
    transfer.problem.clear();
    const auto end = [this, id = transfer.id](const Result<QString>& outcome) {
        QMetaObject::invokeMethod(
            this, [this, id, outcome] { onEnded(id, outcome); }, Qt::QueuedConnection);
    };
    // A pause may take the job away before it has begun.
    const auto ticket = std::make_shared<Ticket>([end] { end(Error(ErrorCode::Cancelled, {})); });
    laneOf(transfer).post(
        [ticket, end, work = workFor(transfer)](library::Library&, const std::stop_token& stop) {
            ticket->use();
            end(work(stop));
        });
}

ModelsBridge::Work ModelsBridge::workFor(const ModelTransfer& transfer) {
    const auto tell = [this, id = transfer.id](qint64 done, qint64 total, const QString& step) {
        QMetaObject::invokeMethod(
            this, [=, this] { onProgress(id, done, total, step); }, Qt::QueuedConnection);
    };
    const auto onBytes = [tell](const net::DownloadProgress& progress) {
        tell(static_cast<qint64>(progress.done), progress.total ? static_cast<qint64>(*progress.total) : -1,
             {});
    };
    const llm::ModelFolder folder = folderOf(m_host);
    const auto nameOf = [](const Result<llm::ModelFile>& model) -> Result<QString> {
        return model ? Result<QString>(windowPath(model->name)) : Result<QString>(model.error());
    };
    switch (transfer.kind) {
        case ModelTransfer::Kind::File:
            return [=](const std::stop_token& stop) {
                return nameOf(folder.add(nativePath(transfer.source),
                                         transfer.link ? llm::Keep::Link : llm::Keep::Copy, onBytes, stop));
            };
        case ModelTransfer::Kind::Download: {
            net::DownloadRequest request{.url = transfer.source.toStdString(),
                                         .sha256 = transfer.sha256.toStdString()};
            request.permit = m_host.permit();
            request.onProgress = onBytes;
            return [=](const std::stop_token& stop) { return nameOf(folder.addFrom(request, stop)); };
        }
        case ModelTransfer::Kind::Pull:
            break;
    }
    llm::Endpoint endpoint{.baseUrl = transfer.source.toStdString(), .model = transfer.name.toStdString()};
    endpoint.reach = net::Permit(net::Reach::LoopbackOnly, m_host.permit().traffic);
    return [=, name = transfer.name](const std::stop_token& stop) -> Result<QString> {
        const auto onStep = [tell](const llm::PullProgress& progress) {
            tell(static_cast<qint64>(progress.done),
                 progress.total ? static_cast<qint64>(*progress.total) : -1,
                 QString::fromStdString(progress.step));
        };
        TRY_VOID(llm::pullModel(endpoint, onStep, stop));
        return name;
    };
}

void ModelsBridge::onProgress(int id, qint64 done, qint64 total, const QString& step) {
    ModelTransfer* transfer = find(id);
    if (!transfer) return;
    transfer->done = done;
    transfer->total = total;
    transfer->step = step;
    emit transfersChanged(m_transfers);
}

void ModelsBridge::onEnded(int id, const Result<QString>& outcome) {
    if (ModelTransfer* transfer = find(id); transfer && !outcome) {
        transfer->state = ModelTransfer::State::Paused;
        if (outcome.error().code() != ErrorCode::Cancelled) transfer->problem = messageOf(outcome.error());
    } else if (!transfer) {  // it was cancelled while it ran
        m_disk.post([this](library::Library&, const std::stop_token&) { listNow(); });
    }
    if (outcome) {
        m_transfers.erase(std::remove_if(m_transfers.begin(), m_transfers.end(),
                                         [id](const ModelTransfer& one) { return one.id == id; }),
                          m_transfers.end());
        emit arrived(*outcome);
        refresh();
    }
    startNext();
}

void ModelsBridge::pause(int id) {
    ModelTransfer* transfer = find(id);
    if (!transfer || transfer->state == ModelTransfer::State::Paused) return;
    // A running one is paused when its lane says so: until then it still writes.
    if (transfer->state == ModelTransfer::State::Running) return laneOf(*transfer).cancel();
    transfer->state = ModelTransfer::State::Paused;
    emit transfersChanged(m_transfers);
}

void ModelsBridge::resume(int id) {
    ModelTransfer* transfer = find(id);
    if (!transfer || transfer->state != ModelTransfer::State::Paused) return;
    transfer->state = ModelTransfer::State::Waiting;
    startNext();
}

void ModelsBridge::cancel(int id) {
    const ModelTransfer* transfer = find(id);
    if (!transfer) return;
    const ModelTransfer gone = *transfer;
    m_transfers.erase(std::remove_if(m_transfers.begin(), m_transfers.end(),
                                     [id](const ModelTransfer& one) { return one.id == id; }),
                      m_transfers.end());
    if (gone.state == ModelTransfer::State::Running) laneOf(gone).cancel();
    if (gone.kind == ModelTransfer::Kind::Download) discard(gone.source);
    startNext();
}

/// Behind the running one on its own lane, which still holds the file; then once through the lane of the
/// lists, so that none that was made before comes after.
void ModelsBridge::discard(const QString& url) {
    m_discarded << url;
    const auto forget = [this, url](library::Library&, const std::stop_token&) {
        QMetaObject::invokeMethod(
            this, [this, url] { m_discarded.removeOne(url); }, Qt::QueuedConnection);
    };
    m_fetching.post([this, url, forget](library::Library&, const std::stop_token&) {
        const auto place = folderOf(m_host).placeFor(url.toStdString());
        if (place) (void)net::discardUnfinished(*place, url.toStdString());
        m_disk.post(Lane::LibraryJob(forget));
    });
}

void ModelsBridge::remove(const QString& name) {
    m_disk.post([this, name](library::Library&, const std::stop_token&) {
        const auto freed = folderOf(m_host).setAside(nativePath(name));
        if (freed)
            emit removed(name, static_cast<qint64>(*freed));
        else
            emit failed(messageOf(freed.error()));
        listNow();
    });
}

void ModelsBridge::undoRemove(const QString& name) {
    m_disk.post([this, name](library::Library&, const std::stop_token&) {
        const auto done = folderOf(m_host).putBack(nativePath(name));
        if (done)
            emit restored(name);
        else
            emit failed(messageOf(done.error()));
        listNow();
    });
}

void ModelsBridge::deleteRemoved() {
    m_disk.post([this](library::Library&, const std::stop_token&) {
        const auto done = folderOf(m_host).purge();
        if (done)
            emit removedDeleted();
        else
            emit failed(messageOf(done.error()));
    });
}

void ModelsBridge::tryOut(const QString& name) {
    m_trying.post([this, name](library::Library&, const std::stop_token& stop) {
        const auto folder = folderOf(m_host);
        const auto file = folder.find(nativePath(name));
        const auto facts = file ? folder.probe(file->file, stop) : Result<llama::ModelFacts>(file.error());
        emit tried(name, facts ? QString() : messageOf(facts.error()));
        if (facts) m_disk.post([this](library::Library&, const std::stop_token&) { listNow(); });
    });
}

}  // namespace commonplace::ui
