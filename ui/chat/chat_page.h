// The Ask place: a conversation, its transcript and the composer. Everything it needs comes through the
// ChatBridge; what it wants of the rest of the window it says with signals.
#pragma once

#include <QTimer>
#include <QUrl>
#include <QWidget>

#include "ui/bridge/chat_types.h"
#include "ui/chat/composer.h"
#include "ui/chat/message_view.h"

class QLabel;
class QStackedWidget;
class QToolButton;

namespace commonplace::ui {

class ChatBridge;
class Transcript;

class ChatPage final : public QWidget {
    Q_OBJECT
  public:
    explicit ChatPage(ChatBridge& bridge, QWidget* parent = nullptr);
    ~ChatPage() override;

    void newConversation();
    void openConversation(qint64 conversation);
    /// A new conversation about some documents, the question begun with `prefill`.
    void askAbout(const Place& place, const QString& prefill = {});
    void askAbout(const QStringList& paths, const QString& prefill = {});
    void focusComposer();
    void setScopes(const QVector<Scope>& scopes);
    /// 0: none, or not begun yet.
    qint64 conversation() const { return m_chat.id; }
    /// Asks the bridge again what the library holds: after indexing, and when the settings have changed.
    void refresh();

  signals:
    void placeActivated(const commonplace::ui::Place& place, const QVector<commonplace::ui::Place>& all);
    void linkActivated(const QUrl& address);
    void conversationChanged(qint64 conversation);
    void statusMessage(const QString& text);
    /// The model button was pressed: settings.
    void modelSettingsWanted();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    QWidget* buildHeader();
    QWidget* buildEmpty();
    QWidget* buildConsent();
    void connectBridge();
    void connectParts();
    void showChat(const Chat& chat);
    void showFacts(const LibraryFacts& facts);
    void ask();
    void stop();
    void keepDraft();
    void saveDraft();
    void edit(const ChatMessage& question);
    void endEdit();
    void act(const ChatMessage& message, MessageAction action);
    void switchVersion(const ChatMessage& message, int step);
    void exportChat(ExportFormat format, const QString& filter, const QString& suffix);
    void openExportMenu(const QPoint& at);
    void consent(Consent consent);
    void alignColumn();
    qint64 lastAnswer() const;

    ChatBridge& m_bridge;
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
    QToolButton* m_export = nullptr;
    QStackedWidget* m_stack = nullptr;
    Transcript* m_transcript = nullptr;
    QWidget* m_empty = nullptr;
    QWidget* m_examples = nullptr;
    QWidget* m_consentBar = nullptr;
    QLabel* m_consentText = nullptr;
    Composer* m_composer = nullptr;
    QWidget* m_bottom = nullptr;
    QTimer m_draftTimer;
    Chat m_chat;
    qint64 m_wanted = 0;     ///< the conversation that was asked for last
    qint64 m_answering = 0;  ///< the answer of m_chat that is being written; 0: none
    qint64 m_editing = 0;    ///< the question that is being edited; 0: none
    QString m_prefill;
};

}  // namespace commonplace::ui
