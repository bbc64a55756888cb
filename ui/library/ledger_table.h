// LedgerTable: the ledger as a table that fits its place. Until a person drags a column, the widths follow
// the room: numbers and status get what they need, name and path share the rest; from then on the person's
// own widths are kept. Columns can be hidden by the header's menu. Thread: GUI.
#pragma once

#include <QTableView>

#include "ui/library/document_panel.h"

class QMenu;

namespace commonplace::ui {

class LedgerFilter;
struct LedgerEntry;

/// In a narrow window the columns of counts make room for name and path, unless a person asks for them in the
/// menu of columns.
class LedgerTable final : public QTableView {
    Q_OBJECT
  public:
    /// `rows` must outlive it.
    explicit LedgerTable(LedgerFilter& rows, QWidget* parent = nullptr);

    /// Null: no row is current.
    const LedgerEntry* current() const;
    /// Widths, order, sorting and hidden columns. Anything that saveColumns() did not make is passed over.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

  signals:
    /// What a person wants done with the current row.
    void actionRequested(commonplace::ui::DocumentAction action);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    enum class Widths { Fitted, Own };
    void addActions();
    void addColumnMenu();
    void fillColumnMenu(QMenu& menu);
    void fitAgain();
    void fit();
    int wanted(int column) const;
    void yieldColumns(int room);
    void showYielded();

    LedgerFilter& m_rows;
    Widths m_widths = Widths::Fitted;
    QVector<int> m_yielded;    ///< hidden by fit(): the window is too narrow for all of them
    QVector<int> m_kept;       ///< that a person has asked for: they do not yield
    bool m_isFitting = false;  ///< the widths change by fit(), not by a person
};

}  // namespace commonplace::ui
