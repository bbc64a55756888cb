// LedgerFilter: the ledger sorted and narrowed down. Compares the rows themselves: 100,000 of them sort in a
// moment.
#pragma once

#include <QSortFilterProxyModel>
#include <QString>
#include <QStringList>

namespace commonplace::ui {

class LedgerItemModel;
struct LedgerEntry;

class LedgerFilter final : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    enum class Show { All, Problems, WithoutText, Offline };

    explicit LedgerFilter(LedgerItemModel& model, QObject* parent = nullptr);

    void setShow(Show show);
    Show shown() const { return m_show; }
    /// Words that must all stand in the name or the path.
    void setText(const QString& text);

    /// Documents at or below this path only; empty: all.
    void setFolder(const QString& path);

    const LedgerEntry& entryAt(const QModelIndex& index) const;

  protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

  private:
    bool isInFolder(const LedgerEntry& entry) const;
    bool isShown(const LedgerEntry& entry) const;

    LedgerItemModel& m_model;
    Show m_show = Show::All;
    QStringList m_words;
    QString m_folder;
};

}  // namespace commonplace::ui
