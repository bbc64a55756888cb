// LedgerItemModel: the ledger as a table. Takes changes, so that selection and scrolling survive a refresh.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QVector>

#include "ui/bridge/ledger_bridge.h"

namespace commonplace::ui {

class LedgerItemModel final : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Status, Pages, Passages, Size, Indexed, Path, ColumnCount };

    explicit LedgerItemModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void apply(const LedgerChanges& changes);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const LedgerEntry& entryAt(int row) const { return m_rows[row]; }
    /// The name in the form that is compared when sorting and filtering.
    const QString& sortName(int row) const { return m_sortNames[row]; }
    int rowOf(const QString& key) const { return m_byKey.value(key, -1); }

  private:
    void remove(const QVector<QString>& keys);
    void removeBlock(int first, int last);
    void upsert(const QVector<LedgerEntry>& entries);
    QString text(const LedgerEntry& entry, int column) const;
    QString hint(const LedgerEntry& entry, int column) const;

    QVector<LedgerEntry> m_rows;
    QVector<QString> m_sortNames;
    QHash<QString, int> m_byKey;
};

}  // namespace commonplace::ui
