// The receipt of an answer: one line below it, and everything that went into it in a popover.
#pragma once

#include <QAbstractButton>
#include <QString>
#include <QStringList>
#include <functional>

#include "ui/bridge/chat_types.h"

class QFrame;

namespace commonplace::ui {

struct ReceiptText {
    QString proof;        ///< "✓ 5 of 5 quotes proven"; empty when nothing is quoted
    bool proven = false;  ///< all of them
    QStringList facts;    ///< "4 files read", "3,120 of 8,192 tokens", "2.1 s"
    QString origin;       ///< "qwen2.5-7b · on this computer"
    QString line() const;
};
ReceiptText receiptOf(const ChatAnswer& answer);

/// The line; a click opens the popover.
class ReceiptLine final : public QAbstractButton {
    Q_OBJECT
  public:
    explicit ReceiptLine(QWidget* parent);
    void setAnswer(const ChatAnswer& answer);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// The question again, searched with these words.
    void searchWanted(const QString& query);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    void openDetails();
    int rowHeight() const;
    /// Narrow windows show where the answer comes from on a row of its own.
    bool fitsOneRow(int width) const;

    ChatAnswer m_answer;
    ReceiptText m_text;
};

/// A popup that deletes itself when it closes; `onSearch` gets the words to ask again with (may be empty:
/// what was searched for is only told).
QFrame* receiptPopover(const ChatAnswer& answer, QWidget* parent,
                       const std::function<void(const QString& query)>& onSearch = {});

}  // namespace commonplace::ui
