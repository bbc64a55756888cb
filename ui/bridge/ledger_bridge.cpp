#include "ui/bridge/ledger_bridge.h"

#include <utility>

#include "engine/library/session.h"
#include "ui/bridge/host.h"
#include "ui/bridge/ledger_rows.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr int kSoonMs = 1000;

}  // namespace

struct LedgerBridge::Seen {
    QHash<QString, LedgerEntry> entries;
    QVector<WatchedRoot> roots;
    enum class Delivery { First, Later } next = Delivery::First;
};

LedgerBridge::LedgerBridge(Host& host, QObject* parent)
    : QObject(parent), m_seen(std::make_shared<Seen>()), m_lane(host, [this](const QString& reason) {
          emit failed(reason.isEmpty() ? tr("The library is not open.") : reason);
      }) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &LedgerBridge::refresh);
}

LedgerBridge::~LedgerBridge() = default;

void LedgerBridge::refresh() {
    m_lane.post([this](library::Session& session, const std::stop_token&) { look(session); });
}

void LedgerBridge::refreshSoon() {
    if (!m_soon.isActive()) m_soon.start();
}

void LedgerBridge::reload() {
    m_lane.post([this](library::Session& session, const std::stop_token&) {
        *m_seen = {};
        look(session);
    });
}

void LedgerBridge::look(library::Session& session) {
    const auto rows = session.ledger();
    const auto roots = session.library().roots();
    const auto offline = session.offlineRoots();
    const auto removed = library::removedRoots(session.library());
    if (!rows || !roots || !offline || !removed) {
        const Error& error = !rows      ? rows.error()
                             : !roots   ? roots.error()
                             : !offline ? offline.error()
                                        : removed.error();
        emit failed(QString::fromStdString(error.message()));
        return;
    }
    auto now = entriesOf(*rows, *removed);
    const LedgerChanges changes = changesBetween(m_seen->entries, now);
    m_seen->entries = std::move(now);
    const QVector<WatchedRoot> watched = rootsOf(*roots, *rows, *offline);
    const bool isFirst = std::exchange(m_seen->next, Seen::Delivery::Later) == Seen::Delivery::First;
    if (isFirst || watched != m_seen->roots) emit rootsChanged(watched);
    m_seen->roots = watched;
    if (!changes.changed.isEmpty() || !changes.removed.isEmpty()) emit changed(changes);
    if (isFirst) emit loaded();
}

void LedgerBridge::removeRoot(const QString& path) {
    setHidden(path, Hidden::Hide);
}

void LedgerBridge::undoRemove(const QString& path) {
    setHidden(path, Hidden::Show);
}

void LedgerBridge::exclude(const QString& path) {
    setChoice(path, FileChoice::Exclude);
}

void LedgerBridge::include(const QString& path) {
    setChoice(path, FileChoice::Include);
}

void LedgerBridge::setHidden(const QString& path, Hidden hidden) {
    m_lane.post([this, path, hidden](library::Session& session, const std::stop_token&) {
        const bool hides = hidden == Hidden::Hide;
        const auto done = hides ? library::removeRoot(session.library(), nativePath(path))
                                : library::restoreRoot(session.library(), nativePath(path));
        if (!done) {
            emit failed(QString::fromStdString(done.error().message()));
            return;
        }
        look(session);
        if (hides)
            emit rootRemoved(path);
        else
            emit rootRestored(path);
    });
}

void LedgerBridge::setChoice(const QString& path, FileChoice choice) {
    m_lane.post([this, path, choice](library::Session& session, const std::stop_token&) {
        const auto exclusion =
            choice == FileChoice::Exclude ? library::Exclusion::Exclude : library::Exclusion::Include;
        const auto done = library::setExclusion(session.library(), nativePath(path), exclusion);
        if (done)
            emit exclusionChanged(path, choice);
        else
            emit failed(QString::fromStdString(done.error().message()));
    });
}

}  // namespace commonplace::ui
