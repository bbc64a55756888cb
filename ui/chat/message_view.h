// One message of the transcript: a question in its bubble, or an answer with receipt and actions.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/bridge/chat_types.h"
#include "ui/chat/citation_chip.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace commonplace::ui {

class CitationCard;
class MessageText;
class ReceiptLine;
enum class ChipTone;

/// What a person can want of a message; the transcript passes it on with the message's id.
enum class MessageAction { Copy, CopyQuote, Retry, Quote, Export, Edit, OlderVersion, NewerVersion };

class MessageView : public QWidget {
    Q_OBJECT
  public:
    explicit MessageView(QWidget* parent);
    virtual void setMessage(const ChatMessage& message) = 0;
    /// Of an answer that is being written.
    virtual void setTextSoFar(const QString&) {}
    /// Of an answer without a word yet.
    virtual void setReading(const PromptReading&) {}
    /// Of an answer that is being written: ChatAnswer::waitsFor.
    virtual void setWaitsFor(WaitsFor) {}
    virtual void setActiveChip(int) {}
    qint64 id() const { return m_message.id; }

  signals:
    void actionWanted(qint64 message, commonplace::ui::MessageAction action);
    /// Of an answer: its question again, searched with these words.
    void searchWanted(qint64 message, const QString& query);
    void placeActivated(const commonplace::ui::Place& place, const QVector<commonplace::ui::Place>& all);
    void linkActivated(const QUrl& address);
    /// By itself: its words take another number of lines than before.
    void heightChanged(qint64 message);

  protected:
    QToolButton* addAction(QHBoxLayout& row, const QString& iconName, const QString& text,
                           const QString& name, MessageAction action);
    /// "‹ 2 of 3 ›"
    void addVersions(QHBoxLayout& row);
    void showVersions();

    ChatMessage m_message;

  private:
    QToolButton* m_older = nullptr;
    QToolButton* m_newer = nullptr;
    QLabel* m_version = nullptr;
};

class QuestionView final : public MessageView {
    Q_OBJECT
  public:
    explicit QuestionView(QWidget* parent);
    void setMessage(const ChatMessage& message) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QRect bubbleFor(int width) const;

    MessageText* m_text;
    QWidget* m_actions;
    int m_ideal = 0;  ///< width of the text without wrapping
};

class AnswerView final : public MessageView {
    Q_OBJECT
  public:
    explicit AnswerView(QWidget* parent);
    void setMessage(const ChatMessage& message) override;
    void setTextSoFar(const QString& text) override;
    void setReading(const PromptReading& reading) override;
    void setWaitsFor(WaitsFor who) override;
    void setActiveChip(int citation) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

  private:
    void addActions(QVBoxLayout& layout);
    void showWaiting();
    void showState();
    void showNearest();
    void hoverChip(int citation, ChipTone tone, const QPoint& pointer);
    void activate(int citation);
    /// Counted from 1; null: there is none.
    const ChatCitation* citationAt(int citation) const;

    MessageText* m_text;
    QLabel* m_waiting;     ///< what happens before the first word
    QTimer m_waitingTick;  ///< its seconds
    QLabel* m_state;
    QWidget* m_nearest;
    ReceiptLine* m_receipt;
    QPushButton* m_quote;  ///< answers with quotations what no model did
    QWidget* m_actions;
    QToolButton* m_copyQuote = nullptr;
    CitationCard* m_card = nullptr;
};

/// All places that an answer names, in the order of their numbers.
QVector<Place> placesOf(const ChatAnswer& answer);

}  // namespace commonplace::ui
