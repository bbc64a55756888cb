// FilterBar: the words and the chips that narrow the ledger down. Thread: GUI.
#pragma once

#include <QWidget>

#include "ui/library/ledger_filter.h"

class QButtonGroup;
class QLineEdit;

namespace commonplace::ui {

class FilterBar final : public QWidget {
    Q_OBJECT
  public:
    /// `rows` must outlive it.
    explicit FilterBar(LedgerFilter& rows, QWidget* parent = nullptr);

    QString text() const;
    void setShow(LedgerFilter::Show show);
    void focusText();
    /// All documents again (of the chosen folder).
    void clear();

  signals:
    /// The rows have been filtered anew.
    void changed();

  private:
    LedgerFilter& m_rows;
    QLineEdit* m_text;
    QButtonGroup* m_chips;
};

}  // namespace commonplace::ui
