// The messages of a conversation, however many: only those in and near the viewport are widgets. The heights
// of the others are estimated until they come into view.
#pragma once

#include <QAbstractScrollArea>
#include <vector>

#include "ui/bridge/chat_types.h"
#include "ui/chat/message_view.h"

namespace commonplace::ui {

class Transcript final : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit Transcript(QWidget* parent);

    /// Shows the end of the conversation; the place stays when it is the same one with the same beginning.
    void setMessages(qint64 conversation, const QVector<ChatMessage>& messages);
    void updateMessage(const ChatMessage& message);
    void setTextSoFar(qint64 message, const QString& text);
    /// Of an answer without a word yet.
    void setReading(qint64 message, const PromptReading& reading);
    /// Whether the answers that are being written wait for the person: ChatAnswer::waitsFor.
    void setWaitsFor(WaitsFor who);
    /// The chip of the passage that is looked at; 0: none.
    void setActiveChip(qint64 message, int citation);
    void scrollToEnd();

    const ChatMessage* message(qint64 id) const;
    /// The widest column, in pixels: 72 characters.
    static int readingWidth();
    /// How many messages are widgets at the moment.
    int viewCount() const;

  signals:
    void actionWanted(const commonplace::ui::ChatMessage& message, commonplace::ui::MessageAction action);
    void searchWanted(qint64 answer, const QString& query);
    void placeActivated(const commonplace::ui::Place& place, const QVector<commonplace::ui::Place>& all);
    void linkActivated(const QUrl& address);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    struct Entry {
        ChatMessage message;
        MessageView* view = nullptr;
        int height = 0;
        bool measured = false;  ///< height is of the view at the present width, not an estimate
        int top = 0;
    };
    struct Column {
        int left = 0;
        int width = 0;
    };
    /// What stays where it is when heights change: an entry, and how far its top is below the viewport's.
    struct Anchor {
        std::size_t entry = 0;
        int offset = 0;
        bool atEnd = true;
    };

    Column column() const;
    int estimate(const ChatMessage& message) const;
    Anchor anchor() const;
    void arrange(const Anchor& keep);
    void stack();
    bool measureVisible();
    void scrollTo(const Anchor& keep);
    void placeViews();
    void orderFocus();
    bool isNear(const Entry& entry) const;
    MessageView* makeView(const ChatMessage& message);
    Entry* find(qint64 id);

    qint64 m_conversation = 0;
    std::vector<Entry> m_entries;
    int m_total = 0;
    bool m_arranging = false;
};

}  // namespace commonplace::ui
