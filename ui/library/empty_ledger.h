// EmptyLedger: what stands in the table's place while it has no row: why, and what can be done. Thread: GUI.
#pragma once

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class EmptyLedger final : public QWidget {
    Q_OBJECT
  public:
    enum class Why {
        None,
        Reading,      ///< the first documents are on their way
        Paused,       ///< so they were
        NoDocuments,  ///< the watched folders hold nothing that can be read
        NoProblems,   ///< the chip "Problems" finds none
        NoMatch,      ///< the filter lets nothing through
    };

    explicit EmptyLedger(QWidget* parent = nullptr);
    /// `filter` is what was typed, for NoMatch; may be empty.
    void explain(Why why, const QString& filter = {});

  signals:
    void clearRequested();

  private:
    QVBoxLayout* m_column;
    QWidget* m_shown = nullptr;
    Why m_why = Why::None;
    QString m_filter;
};

}  // namespace commonplace::ui
