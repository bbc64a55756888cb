// HitModel: search hits grouped by document, as rows: a document, its passages, the next document …
#pragma once

#include <QAbstractListModel>
#include <QSet>
#include <QVector>

#include "ui/bridge/search_bridge.h"

namespace commonplace::ui {

class HitModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role { KindRole = Qt::UserRole, WhyShownRole };
    enum class Kind { Document, Hit };
    enum class Why { Hidden, Shown };

    explicit HitModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setHits(const QVector<SearchHit>& hits);
    /// Shows or hides how the row's score came about.
    void toggleWhy(const QModelIndex& index);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    Kind kindOf(const QModelIndex& index) const;
    /// Of a passage's row; of a document's row its best passage.
    const SearchHit& hitAt(const QModelIndex& index) const;
    /// Passages in the order of the rows, numbered from 1: what "next" and "previous" go through.
    QVector<Place> places() const;
    QStringList documentPaths() const;
    int documentCount() const { return m_documents; }
    int hitCount() const { return static_cast<int>(m_hits.size()); }
    int passagesOf(const QModelIndex& index) const;  ///< of the row's document
    /// The passage's row nearest to `row` in the direction of `step` (1 or -1); invalid when there is none.
    QModelIndex nextHit(int row, int step) const;

  private:
    struct Row {
        Kind kind = Kind::Hit;
        int hit = 0;       ///< index into m_hits
        int passages = 0;  ///< of the document
        Why why = Why::Hidden;
    };
    void build();
    QString spoken(const Row& row) const;

    QVector<SearchHit> m_hits;
    QVector<Row> m_rows;
    int m_documents = 0;
};

/// How a score came about, in words.
QString whyText(const SearchHit& hit);
QString passagesText(int count);

}  // namespace commonplace::ui
