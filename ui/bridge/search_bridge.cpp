#include "ui/bridge/search_bridge.h"

#include <QMetaObject>

#include "engine/library/library.h"
#include "engine/library/session.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/reader_quote.h"

namespace commonplace::ui {
namespace {

Place placeOf(const retrieve::Passage& passage) {
    Place place;
    place.sha256 = QString::fromStdString(passage.document.sha256);
    if (!passage.document.paths.empty()) place.path = windowPath(passage.document.paths.front());
    place.title = QString::fromStdString(passage.document.title);
    const std::size_t span = passage.snippetSpan;
    const bool known = span < passage.chunk.pageNumbers.size() && span < passage.chunk.pageLabels.size();
    place.page = known ? passage.chunk.pageNumbers[span] : passage.page;
    place.pageLabel = QString::fromStdString(known ? passage.chunk.pageLabels[span] : passage.pageLabel);
    place.quote = QString::fromStdString(passage.snippet);
    place.number = passage.rank;
    return place;
}

SearchHit hitOf(const retrieve::Passage& passage) {
    SearchHit hit;
    hit.place = placeOf(passage);
    hit.snippet = hit.place.quote;
    for (const base::Range& mark : passage.marks) hit.marks.push_back(utf16RangeOf(passage.snippet, mark));
    hit.heading = QString::fromStdString(passage.chunk.heading);
    hit.rank = passage.rank;
    hit.score = passage.score;
    hit.keyword = passage.parts.keyword;
    hit.semantic = passage.parts.semantic;
    hit.duplicates = passage.duplicates;
    return hit;
}

QString noteOf(const retrieve::Results& results) {
    QStringList notes;
    if (results.relaxed)
        notes << SearchBridge::tr("The phrase stands nowhere as it is; its words were searched for instead.");
    QStringList ignored;
    for (const std::string& word : results.ignored) ignored << QString::fromStdString(word);
    if (!ignored.isEmpty())
        notes << SearchBridge::tr("Too common to search for: %1.").arg(ignored.join(QLatin1String(", ")));
    if (results.coverage.withVectors < results.coverage.documents)
        notes << SearchBridge::tr("%L1 of %L2 documents can be found by meaning so far, all by their words.")
                     .arg(results.coverage.withVectors)
                     .arg(results.coverage.documents);
    return notes.join(QLatin1Char(' '));
}

SearchResults answerOf(const Result<retrieve::Results>& found, SearchResults asked) {
    if (!found) {
        const bool lacksWords = found.error().code() == ErrorCode::InvalidArgument;
        (lacksWords ? asked.hint : asked.error) = QString::fromStdString(found.error().message());
        return asked;
    }
    for (const auto& passage : found->passages) asked.hits.push_back(hitOf(passage));
    asked.note = noteOf(*found);
    asked.tookMs = found->tookMs;
    return asked;
}

}  // namespace

SearchBridge::SearchBridge(Host& host, QObject* parent)
    : QObject(parent), m_host(host), m_lane(m_host, [this](const QString& reason) {
          SearchResults broken;
          broken.error = reason.isEmpty() ? tr("The library is not open.") : reason;
          deliver(m_newest, broken);
      }) {}

void SearchBridge::search(const QString& query, const QStringList& within) {
    const int number = ++m_newest;
    m_lane.cancel();
    SearchResults asked;
    asked.query = query;
    asked.within = within;
    if (query.trimmed().isEmpty()) return;
    m_lane.post(
        [this, number, asked, limit = m_limit](library::Session& session, const std::stop_token& stop) {
            retrieve::Query wanted;
            wanted.text = asked.query.toStdString();
            wanted.within = nativePaths(asked.within);
            const int results = limit > 0 ? limit : m_host.waitForLibrary()->settings().search.defaultResults;
            wanted.limit = static_cast<std::size_t>(results);
            const auto found = session.search(wanted, stop);
            if (!found && found.error().code() == ErrorCode::Cancelled) return;
            deliver(number, answerOf(found, asked));
        });
}

void SearchBridge::cancel() {
    ++m_newest;
    m_lane.cancel();
}

void SearchBridge::deliver(int number, const SearchResults& results) {
    // Judged in the GUI thread: a newer search may be asked for while this one travels.
    const auto judge = [this, number, results] {
        if (number == m_newest) emit finished(results);
    };
    QMetaObject::invokeMethod(this, judge, Qt::QueuedConnection);
}

}  // namespace commonplace::ui
