#include "ui/bridge/reader_find.h"

namespace commonplace::ui {
namespace {

constexpr int kMostHits = 10'000;
constexpr QChar kSoftHyphen(0xAD);

struct Folded {
    QString text;
    QVector<int> source;  ///< for each unit of `text`, where it stands in the page
};

Folded fold(const QString& page) {
    Folded folded;
    folded.text.reserve(page.size());
    folded.source.reserve(page.size());
    for (int i = 0; i < page.size(); ++i) {
        QChar unit = page.at(i);
        if (unit == kSoftHyphen) continue;
        if (unit.isSpace()) {
            if (folded.text.endsWith(QLatin1Char(' '))) continue;
            unit = QLatin1Char(' ');
        }
        folded.text.append(unit.toCaseFolded());
        folded.source.append(i);
    }
    return folded;
}

}  // namespace

FindResults findInPages(const QString& query, const QStringList& pages, const std::stop_token& stop) {
    FindResults results;
    results.query = query;
    const QString wanted = fold(query.trimmed()).text;
    if (wanted.isEmpty()) return results;
    for (int page = 0; page < pages.size() && !stop.stop_requested(); ++page) {
        const Folded folded = fold(pages.at(page));
        for (auto at = folded.text.indexOf(wanted); at >= 0;
             at = folded.text.indexOf(wanted, at + wanted.size())) {
            if (results.hits.size() >= kMostHits) {
                results.more = true;
                return results;
            }
            const int last = folded.source.at(at + wanted.size() - 1);
            results.hits.append(FindHit{page, {folded.source.at(at), last + 1}});
        }
    }
    return results;
}

}  // namespace commonplace::ui
