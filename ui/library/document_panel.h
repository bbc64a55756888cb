// DocumentPanel: all about one document of the ledger, and what can be done with it.
#pragma once

#include <QFrame>

#include "ui/bridge/ledger_bridge.h"

class QAbstractButton;
class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace commonplace::ui {

/// What can be done with a document, from the table as from the panel. Exclude also includes again.
enum class DocumentAction { Open, OpenExternally, Reveal, CopyPath, Retry, Exclude };

class DocumentPanel final : public QFrame {
    Q_OBJECT
  public:
    explicit DocumentPanel(QWidget* parent = nullptr);
    void setEntry(const LedgerEntry& entry);
    const LedgerEntry& entry() const { return m_entry; }

  signals:
    void actionRequested(commonplace::ui::DocumentAction action);
    void closeRequested();

  private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QLabel* field(QGridLayout& grid, int row, const QString& name);

    LedgerEntry m_entry;
    QLabel* m_name = nullptr;
    QLabel* m_reason = nullptr;
    QLabel* m_advice = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_paths = nullptr;
    QLabel* m_sha = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_exclude = nullptr;
    QAbstractButton* m_external = nullptr;
    QAbstractButton* m_reveal = nullptr;
};

}  // namespace commonplace::ui
