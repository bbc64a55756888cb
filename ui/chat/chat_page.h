// The Ask place: a conversation, its transcript and the composer. Everything it needs comes through the
// ChatBridge; what it wants of the rest of the window it says with signals.
#pragma once

#include <QTimer>
#include <QUrl>
#include <QWidget>
#include <optional>

#include "ui/bridge/chat_types.h"
#include "ui/chat/composer.h"
#include "ui/chat/message_view.h"

class QStackedWidget;

namespace commonplace::ui {

class ChatBridge;
class ChatHeader;
class ConsentBar;
class EmptyChat;
class ModelBar;
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
    /// The place that was activated last is not shown any more.
    void leavePlace();
    /// Adds to the question what was typed elsewhere, where nothing takes text.
    void type(const QString& text);
    void setScopes(const QVector<Scope>& scopes);
    /// What a conversation can choose beside the default.
    void setModels(const QVector<ChatModel>& models);
    /// As ModelBar::setRestorable().
    void setRestorableModel(const QString& file);
    /// Opens the menu of the models.
    void chooseModel();
    /// 0: none, or not begun yet.
    qint64 conversation() const { return m_chat.id; }
    /// Asks the bridge again what the library holds: after indexing, and when the settings have changed.
    void refresh();

  signals:
    void placeActivated(const commonplace::ui::Place& place, const QVector<commonplace::ui::Place>& all);
    void linkActivated(const QUrl& address);
    /// Escape, and there is nothing here that it ends.
    void escaped();
    void conversationChanged(qint64 conversation);
    void statusMessage(const QString& text);
    void modelSettingsWanted();
    /// The menu of models opens: setModels() may have to follow.
    void modelsWanted();
    /// Where texts of what is shown can go outside of this computer.
    void placesElsewhereChanged(const commonplace::ui::PlacesElsewhere& places);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    void connectBridge();
    void connectParts();
    void showChat(const Chat& chat);
    void fillComposer(const Chat& chat);
    void finishAnswer(qint64 conversation, const ChatMessage& answer);
    void putBack(qint64 conversation, const QString& question, const QString& reason);
    void stayHere(qint64 conversation);
    void showState();
    void showFacts(const LibraryFacts& facts);
    void connectModel();
    void showModel(const ChatModel& model);
    void noteModel();
    void keepModel(const ChatModel& model);
    void useUsualModel(qint64 failedAnswer);
    void ask();
    void stop();
    void keepDraft();
    void saveDraft();
    void edit(const ChatMessage& question);
    void noteEdit();
    void endEdit();
    void act(const ChatMessage& message, MessageAction action);
    void answerAgain(qint64 answer, MessageAction how);
    void sayWhatGoes(qint64 answer);
    void searchAgain(qint64 answer, const QString& query);
    void switchVersion(const ChatMessage& message, int step);
    void copy(const ChatMessage& message);
    void copyQuotes(const ChatAnswer& answer);
    void popUpExportMenu(const QPoint& at);
    void exportChat(ExportFormat format, const QString& name, const QString& suffix);
    void alignColumn();
    qint64 lastAnswer() const;

    ChatBridge& m_bridge;
    ChatHeader* m_header = nullptr;
    QStackedWidget* m_stack = nullptr;
    Transcript* m_transcript = nullptr;
    EmptyChat* m_empty = nullptr;
    ConsentBar* m_consent = nullptr;
    ModelBar* m_modelBar = nullptr;
    Composer* m_composer = nullptr;
    QWidget* m_bottom = nullptr;
    QTimer m_draftTimer;
    /// Which question is edited (0: none), and what it followed when the editing began.
    struct Editing {
        qint64 question = 0;
        qint64 parent = 0;
    };
    /// How a new conversation begins.
    struct Beginning {
        QStringList scope;
        QString prefill;
    };
    /// What the person did while a conversation was on its way: it must not be overwritten.
    struct Meanwhile {
        bool typed = false;
        bool choseScope = false;
        bool choseModel = false;
        bool wantsToAsk = false;
    };

    bool m_consentDecided = false;  ///< since the last answer was finished
    QStringList m_meaning;          ///< hosts elsewhere that make vectors
    Chat m_chat;                    ///< what is shown
    qint64 m_wanted = -1;    ///< the conversation that was asked for last: the composer's; -1: none yet
    bool m_opening = false;  ///< m_wanted has not come yet
    bool m_isFresh = false;  ///< its draft and scope belong into the composer
    Meanwhile m_meanwhile;
    qint64 m_answering =
        0;  ///< the answer of m_chat that is being written; 0: none; -1: on its way to the store
    Editing m_editing, m_asked;            ///< m_asked: of the question that is on its way to the store
    std::optional<Beginning> m_beginning;  ///< for conversation 0
};

}  // namespace commonplace::ui
