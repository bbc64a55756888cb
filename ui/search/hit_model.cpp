#include "ui/search/hit_model.h"

#include "ui/widgets/controls.h"

#include <QHash>

namespace commonplace::ui {
namespace {

QString documentKey(const Place& place) {
    return place.sha256.isEmpty() ? place.path : place.sha256;
}

}  // namespace

void HitModel::setHits(const QVector<SearchHit>& hits) {
    beginResetModel();
    m_hits = hits;
    build();
    endResetModel();
}

/// Documents stand in the order of their best passage.
void HitModel::build() {
    QVector<QString> order;
    QHash<QString, QVector<int>> byDocument;
    for (int i = 0; i < m_hits.size(); ++i) {
        QVector<int>& own = byDocument[documentKey(m_hits[i].place)];
        if (own.isEmpty()) order.push_back(documentKey(m_hits[i].place));
        own.push_back(i);
    }
    m_rows.clear();
    int number = 0;
    for (const QString& key : order) {
        const QVector<int>& own = byDocument[key];
        m_rows.push_back({Kind::Document, own.front(), static_cast<int>(own.size()), Why::Hidden});
        for (const int hit : own) {
            m_hits[hit].place.number = ++number;
            m_rows.push_back({Kind::Hit, hit, static_cast<int>(own.size()), Why::Hidden});
        }
    }
    m_documents = static_cast<int>(order.size());
}

void HitModel::toggleWhy(const QModelIndex& index) {
    if (!index.isValid() || kindOf(index) != Kind::Hit) return;
    Why& why = m_rows[index.row()].why;
    why = why == Why::Shown ? Why::Hidden : Why::Shown;
    emit dataChanged(index, index, {WhyShownRole, Qt::SizeHintRole, Qt::AccessibleTextRole});
}

int HitModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HitModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = m_rows[index.row()];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return spoken(row);
        case Qt::ToolTipRole:
            return row.kind == Kind::Hit ? whyText(m_hits[row.hit])
                                         : plainToolTip(m_hits[row.hit].place.path);
        case KindRole:
            return static_cast<int>(row.kind);
        case WhyShownRole:
            return row.why == Why::Shown;
        default:
            return {};
    }
}

QString HitModel::spoken(const Row& row) const {
    const SearchHit& hit = m_hits[row.hit];
    if (row.kind == Kind::Document) return tr("%1, %2").arg(titleOf(hit.place), passagesText(row.passages));
    QString text =
        hit.place.page > 0 ? pageText(hit.place) + QStringLiteral(": ") + hit.snippet : hit.snippet;
    if (row.why == Why::Shown) text += QStringLiteral(" — ") + whyText(hit);
    return text;
}

Qt::ItemFlags HitModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    const bool isHit = kindOf(index) == Kind::Hit;
    return isHit ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                 : Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

HitModel::Kind HitModel::kindOf(const QModelIndex& index) const {
    return m_rows[index.row()].kind;
}

const SearchHit& HitModel::hitAt(const QModelIndex& index) const {
    return m_hits[m_rows[index.row()].hit];
}

QVector<Place> HitModel::places() const {
    QVector<Place> places;
    for (const Row& row : m_rows)
        if (row.kind == Kind::Hit) places.push_back(m_hits[row.hit].place);
    return places;
}

QStringList HitModel::documentPaths() const {
    QStringList paths;
    for (const Row& row : m_rows)
        if (row.kind == Kind::Document) paths.push_back(m_hits[row.hit].place.path);
    return paths;
}

int HitModel::passagesOf(const QModelIndex& index) const {
    return m_rows[index.row()].passages;
}

QModelIndex HitModel::nextHit(int row, int step) const {
    for (int at = row + step; at >= 0 && at < m_rows.size(); at += step)
        if (m_rows[at].kind == Kind::Hit) return index(at);
    return {};
}

QString whyText(const SearchHit& hit) {
    const double sum = hit.keyword + hit.semantic;
    const int words = sum > 0 ? qRound(100 * hit.keyword / sum) : 0;
    QString text = hit.semantic <= 0 ? HitModel::tr("Found by its words (score %1)").arg(hit.score, 0, 'f', 2)
                   : hit.keyword <= 0
                       ? HitModel::tr("Found by its meaning: none of the words stands here (score %1)")
                             .arg(hit.score, 0, 'f', 2)
                       : HitModel::tr("%1 % by its words, %2 % by its meaning (score %3)")
                             .arg(words)
                             .arg(100 - words)
                             .arg(hit.score, 0, 'f', 2);
    text = HitModel::tr("Place %1. %2").arg(hit.rank).arg(text);
    if (hit.duplicates > 0)
        text += HitModel::tr("; also said by %1, folded into this one").arg(passagesText(hit.duplicates));
    return text + QLatin1Char('.');
}

QString passagesText(int count) {
    return count == 1 ? HitModel::tr("1 passage") : HitModel::tr("%L1 passages").arg(count);
}

}  // namespace commonplace::ui
