#include "ui/bridge/embedding_bridge.h"

#include <utility>

#include "engine/base/clock.h"
#include "engine/config/embedding.h"
#include "engine/library/library.h"
#include "engine/library/session.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr double kTellSeconds = 0.5;

QString messageOf(const Error& error) {
    return QString::fromStdString(error.message());
}

EmbeddingState toWindow(const library::EmbeddingStatus& status) {
    const auto maker = [](const auto& space) { return space ? shownPath(space->maker) : QString(); };
    EmbeddingState state;
    state.active = maker(status.active);
    state.building = maker(status.building);
    state.previous = maker(status.previous);
    const auto& moving = status.building ? status.building : status.active;
    state.done = moving ? moving->done : 0;
    state.total = status.total;
    state.problem = QString::fromStdString(status.error);
    return state;
}

/// Without the leave the engine refuses a server elsewhere before it is asked anything.
Result<config::EmbeddingSettings> parsed(const EmbeddingChoice& choice) {
    TRY(config::EmbeddingSettings embedding, config::parseEmbedding(nativePath(choice.model.trimmed())));
    const bool maySend = embedding.isServed() && choice.sendDocuments == SendDocuments::Yes;
    embedding.reach = maySend ? config::EmbeddingReach::Anywhere : config::EmbeddingReach::ThisComputer;
    return embedding;
}

}  // namespace

QString addressOf(const EmbeddingChoice& choice) {
    const auto embedding = parsed(choice);
    return embedding && embedding->isServed() ? QString::fromStdString(embedding->baseUrl) : QString();
}

Destination destinationOf(const EmbeddingChoice& choice) {
    const auto embedding = parsed(choice);
    if (!embedding || !embedding->isServed()) return Destination::Nowhere;
    return destinationOf(QString::fromStdString(embedding->baseUrl),
                         QString::fromStdString(embedding->model));
}

EmbeddingBridge::EmbeddingBridge(Host& host, FetchKey fetchKey, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_fetchKey(std::move(fetchKey)),
      m_building(host, [](const QString&) {}),
      m_short(host, [this](const QString& reason) { emit failed(reason); }) {}

EmbeddingBridge::~EmbeddingBridge() = default;

void EmbeddingBridge::tellState(library::Library& library) {
    auto session = library.openSession();
    if (!session) {
        emit failed(messageOf(session.error()));
        return;
    }
    if (const auto report = (*session)->status())
        emit changed(toWindow(report->embedding));
    else
        emit failed(messageOf(report.error()));
}

void EmbeddingBridge::refresh() {
    m_short.post([this](library::Library& library, const std::stop_token&) { tellState(library); });
}

void EmbeddingBridge::choose(const EmbeddingChoice& choice) {
    const int number = ++m_newestChoice;
    const QString address = addressOf(choice);
    const auto go = [this, choice, number] {
        if (number == m_newestChoice) begin(choice);
    };
    if (m_fetchKey && !address.isEmpty())
        m_fetchKey(address, go);
    else
        go();
}

void EmbeddingBridge::begin(const EmbeddingChoice& choice) {
    m_building.cancel();
    m_short.post([this, choice](library::Library& library, const std::stop_token& stop) {
        const auto change = [&]() -> Result<void> {
            TRY(auto embedding, parsed(choice));
            TRY_VOID(library.chooseEmbedding(embedding, stop));
            return keep(embedding);
        };
        if (const auto done = change(); !done) {
            emit failed(messageOf(done.error()));
            return;
        }
        tellState(library);
        m_building.post([this](library::Library& same, const std::stop_token& ended) { build(same, ended); });
    });
}

Result<void> EmbeddingBridge::keep(const config::EmbeddingSettings& embedding) {
    TRY_VOID(config::saveEmbedding(m_host.settingsFile(), embedding));
    emit switched(embedding.isServed() ? QString::fromStdString(embedding.baseUrl) : QString());
    return {};
}

/// Somebody who indexes at this moment (Busy) makes these vectors, too.
void EmbeddingBridge::build(library::Library& library, const std::stop_token& stop) {
    const base::Stopwatch clock;
    double toldAt = 0;
    library::IndexEvents events;
    events.progress = [&](const ingest::Progress&) {
        if (clock.seconds() < toldAt + kTellSeconds) return;
        toldAt = clock.seconds();
        tellState(library);
    };
    ingest::Gate gate;
    const auto report = library.buildVectors(gate, events, stop);
    const bool isFine = report || report.error().code() == ErrorCode::Busy || stop.stop_requested();
    if (!isFine) emit failed(messageOf(report.error()));
    if (report && !report->errors.empty()) emit failed(QString::fromStdString(report->errors.front()));
    tellState(library);
}

void EmbeddingBridge::undo() {
    ++m_newestChoice;
    m_building.cancel();
    m_short.post([this](library::Library& library, const std::stop_token&) {
        const auto active = library.undoEmbedding();
        const auto kept = active ? keep(*active) : Result<void>(active.error());
        if (!kept) emit failed(messageOf(kept.error()));
        tellState(library);
    });
}

}  // namespace commonplace::ui
