#include "ui/bridge/ledger_rows.h"

#include <QDateTime>
#include <algorithm>
#include <map>

#include "engine/base/file.h"
#include "engine/ingest/scan.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

using document::Status;

DocumentState stateOf(const store::LedgerRow& row) {
    if (row.reason == ingest::kExcludedReason) return DocumentState::Excluded;
    if (document::isFailure(row.status)) return DocumentState::Failed;
    switch (row.status) {
        case Status::NoText:
            return DocumentState::WithoutText;
        case Status::Partial:
            return DocumentState::Partial;
        case Status::Pending:
            return DocumentState::Waiting;
        case Status::Unsupported:
            return DocumentState::Unread;
        default:
            return DocumentState::Indexed;
    }
}

Presence presenceOf(const store::LedgerRow& row) {
    if (row.offline) return Presence::Offline;
    return row.missing ? Presence::Missing : Presence::Present;
}

LedgerEntry entryOf(const store::LedgerRow& row) {
    LedgerEntry entry;
    entry.paths = windowPaths(row.paths);
    entry.key = entry.paths.isEmpty() ? QString::number(row.id) : entry.paths.front();
    if (row.sha256) entry.sha256 = QString::fromStdString(*row.sha256);
    entry.title = QString::fromStdString(row.title);
    entry.state = stateOf(row);
    entry.statusName = QString::fromLatin1(document::name(row.status));
    entry.reason = QString::fromStdString(row.reason);
    entry.presence = presenceOf(row);
    entry.pages = row.pages;
    entry.pagesWithoutText = row.pagesWithoutText;
    entry.chunks = row.chunks;
    entry.vectors = row.vectors;
    entry.bytes = row.bytes;
    const auto time = QDateTime::fromString(QString::fromStdString(row.indexedAt), Qt::ISODateWithMs);
    entry.indexedAt = time.isValid() ? time.toMSecsSinceEpoch() : 0;
    return entry;
}

/// The documents of each root.
std::map<std::string, int> countPerRoot(const std::vector<store::Root>& roots,
                                        const std::vector<store::LedgerRow>& rows) {
    std::map<std::string, int> counts;
    for (const store::LedgerRow& row : rows)
        for (const store::Root& root : roots)
            if (std::any_of(row.paths.begin(), row.paths.end(),
                            [&](const std::string& path) { return base::isAtOrBelow(path, root.path); }))
                ++counts[root.path];
    return counts;
}

}  // namespace

QHash<QString, LedgerEntry> entriesOf(const std::vector<store::LedgerRow>& rows,
                                      const library::RemovedRoots& removed) {
    QHash<QString, LedgerEntry> entries;
    entries.reserve(static_cast<qsizetype>(rows.size()));
    for (const store::LedgerRow& row : rows) {
        if (removed.hidesAll(row.paths)) continue;
        LedgerEntry entry = entryOf(row);
        entries.insert(entry.key, std::move(entry));
    }
    return entries;
}

QVector<WatchedRoot> rootsOf(const std::vector<store::Root>& roots, const std::vector<store::LedgerRow>& rows,
                             const std::vector<std::string>& offline) {
    const auto counts = countPerRoot(roots, rows);
    QVector<WatchedRoot> watched;
    for (const store::Root& root : roots) {
        const bool isOffline = std::find(offline.begin(), offline.end(), root.path) != offline.end();
        const auto count = counts.find(root.path);
        watched.push_back({windowPath(root.path),
                           isOffline ? WatchedRoot::State::Offline : WatchedRoot::State::Online,
                           count == counts.end() ? 0 : count->second});
    }
    return watched;
}

LedgerChanges changesBetween(const QHash<QString, LedgerEntry>& before,
                             const QHash<QString, LedgerEntry>& now) {
    LedgerChanges changes;
    for (auto at = now.begin(); at != now.end(); ++at) {
        const auto known = before.find(at.key());
        if (known == before.end() || *known != *at) changes.changed.push_back(*at);
    }
    for (auto at = before.begin(); at != before.end(); ++at)
        if (!now.contains(at.key())) changes.removed.push_back(at.key());
    return changes;
}

}  // namespace commonplace::ui
