// SearchBridge: search as you type over the open library. Only the newest search counts.
//
// Thread: lives in the GUI thread, its signals arrive there; searches run on its own lane.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVector>
#include <atomic>

#include "ui/bridge/lane.h"
#include "ui/bridge/types.h"

namespace commonplace::ui {

struct SearchHit {
    Place place;  ///< its quote is the snippet, its number the rank
    QString snippet;
    QVector<TextRange> marks;  ///< of the snippet
    QString heading;           ///< the headings above the passage, "Install › Linux"
    int rank = 0;              ///< from 1
    double score = 0;
    double keyword = 0;   ///< what the words gave to the score
    double semantic = 0;  ///< what the meaning gave to it
    int duplicates = 0;   ///< passages that say the same, folded into this one
};

struct SearchResults {
    QString query;
    QStringList within;
    QVector<SearchHit> hits;
    QString note;   ///< what limits them, in words: coverage, ignored words, a phrase that stands nowhere
    QString hint;   ///< one line: what the query still lacks; then there are no hits
    QString error;  ///< one line; then there are no hits
    double tookMs = 0;
};

class SearchBridge final : public QObject {
    Q_OBJECT
  public:
    explicit SearchBridge(Host& host, QObject* parent = nullptr);

    /// finished() follows, unless a newer search comes first. `within`: folders or files; empty: everywhere.
    void search(const QString& query, const QStringList& within);
    /// Nothing will be delivered for what was asked so far.
    void cancel();
    /// At most this many passages from now on; 0: as the settings say.
    void setLimit(int passages) { m_limit = passages; }

  signals:
    void finished(const commonplace::ui::SearchResults& results);

  private:
    void deliver(int number, const SearchResults& results);

    std::atomic<int> m_newest = 0;
    int m_limit = 0;
    Host& m_host;
    Lane m_lane;  // last: its thread ends before the rest goes
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::SearchResults)
