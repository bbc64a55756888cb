// ChatBridge: the conversations of a library, and the answers to new questions.
//
// Two lanes: one for the short work of lists and trees, one on which answers are made, one after the other.
// Every call returns at once; a signal tells the outcome. Thread: lives in the GUI thread; signals arrive
// there.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "ui/bridge/chat_types.h"
#include "ui/bridge/host.h"
#include "ui/bridge/lane.h"

namespace commonplace::store {
class Conversations;
}

namespace commonplace::ui {

class ConsentGate;
enum class ConsentOutcome;
class Host;
class LiveAnswer;
struct Asking;
struct AskingParts;
struct Leaving;

class ChatBridge final : public QObject {
    Q_OBJECT
  public:
    explicit ChatBridge(Host& host, KeyProvider key = {}, QObject* parent = nullptr);
    ~ChatBridge() override;

    /// All conversations, or those that hold the words of `search`: listed() follows. Only the newest call
    /// counts.
    void list(const QString& search = {});
    /// chatOpened() follows; 0: the conversation that is not begun yet, with its draft.
    void open(qint64 conversation);
    void rename(qint64 conversation, const QString& title);
    void setPin(qint64 conversation, Pin pin);
    /// Hides it; restore() undoes that, within 30 days.
    void remove(qint64 conversation);
    void restore(qint64 conversation);
    void setDraft(qint64 conversation, const QString& draft);
    void setScope(qint64 conversation, const QStringList& scope);
    /// Who answers its next questions, as ChatModel::choice; modelChanged() follows. Nothing is stored for 0.
    void setModel(qint64 conversation, const QString& choice);
    /// Shows the branch that `message` is on, at its newest end: chatOpened() follows.
    void switchBranch(qint64 conversation, qint64 message);

    /// answerStarted(), answerReading() when a model does, answerText() at most 30 times a second,
    /// answerFinished(). Editing a question is asking with the parent of the old one: it becomes its sibling.
    void ask(const AskRequest& request);
    /// Another answer to the question that `answer` answered, by the conversation's present model; the old
    /// one stays as a sibling. `searchFor`: what to search with instead of what the program would (empty).
    void retry(qint64 conversation, qint64 answer, const QString& searchFor = {});
    /// The same with quotations only, this once.
    void quote(qint64 conversation, qint64 answer);
    /// What has come stays. An answer that is not being written is left alone.
    void stop(qint64 answer);
    /// The answer to remoteConsentNeeded(): given once, it is remembered for that server. It counts only
    /// while `answer` waits for it.
    void consent(qint64 answer, Consent consent);

    /// Writes the shown branch to a file: exported() follows.
    void exportTo(qint64 conversation, ExportFormat format, const QString& file);
    /// factsChanged() follows. Also for a changed endpoint: who waits for the consent to another one asks
    /// anew.
    void refreshFacts();

  signals:
    void listed(const QVector<commonplace::ui::ChatSummary>& chats, const QString& search);
    /// Something in the list is not as it was: ask for it again.
    void listChanged();
    void chatOpened(const commonplace::ui::Chat& chat);
    void modelChanged(qint64 conversation, const commonplace::ui::ChatModel& model);
    /// A conversation asks the server at this address: its key may be needed soon.
    void endpointInUse(const QString& baseUrl);
    void removed(qint64 conversation);
    void restored(qint64 conversation);
    /// `answer` is the last message of the chat, being written.
    void answerStarted(const commonplace::ui::Chat& chat, qint64 answer);
    /// The passages are found, and the model reads them: words may take a while.
    void answerReading(qint64 answer, const commonplace::ui::PromptReading& reading);
    void answerText(qint64 answer, const QString& textSoFar);
    void answerFinished(qint64 conversation, const commonplace::ui::ChatMessage& answer);
    /// A question would leave this computer for the first time: `server`, what would be sent, and the answer
    /// that waits.
    void remoteConsentNeeded(const QString& server, const QString& what, qint64 answer);
    /// `answer` does not wait for a consent any more: it was given or refused, or there is nothing to ask.
    /// Another remoteConsentNeeded() follows when the endpoint has changed and is a remote one, too.
    void remoteConsentOver(qint64 answer);
    /// Nothing of the question was stored.
    void askFailed(qint64 conversation, const QString& question, const QString& reason);
    void openFailed(qint64 conversation, const QString& reason);
    void exported(const QString& file);
    void factsChanged(const commonplace::ui::LibraryFacts& facts);
    void failed(const QString& reason);

  private:
    enum class Earlier { Turns, None };  ///< what goes along with a question
    using Work = std::function<Result<void>(library::Session&, store::Conversations&)>;
    using OnFailure = std::function<void(const QString& reason)>;
    using Change = std::function<Result<void>(store::Conversations&)>;
    void post(Work work);
    /// Of the list: `then`, and listChanged(), follow when it worked.
    void change(Change change, std::function<void()> then = {});
    /// `onFailure` also hears of work that never ran.
    void post(Work work, OnFailure onFailure);
    Result<void> begin(const AskRequest& request, library::Session& session, store::Conversations& all);
    /// `choice`: for this answer alone; nothing: the conversation's.
    void answerAgain(qint64 conversation, qint64 answer, const QString& searchFor,
                     const std::optional<QString>& choice);
    /// Stores the (empty) answer to `question`, in the caller's transaction, and shows it as being written.
    Result<Chat> prepare(Asking& asking, library::Session& session);
    /// start() once the question is stored; else nothing of it stays.
    Result<void> startIf(const Result<void>& stored, const Asking& asking, const Chat& chat);
    void start(const Asking& asking, const Chat& chat);
    /// Of an answer that will not be written: what came is kept, with the reason there is no more.
    void giveUp(const Asking& asking, const QString& reason, store::Conversations& all);
    void tellFinished(const Asking& asking, const QString& reason, store::Conversations& all);
    void forget(qint64 answer);
    void answerNow(const Asking& asking, library::Session& session, const std::stop_token& stop);
    /// Gives way to the next question.
    void titleNow(const Asking& asking, const AskingParts& parts, library::Session& session,
                  const std::stop_token& stop);
    Result<void> openNow(qint64 conversation, library::Session& session);
    Result<Chat> load(qint64 conversation, library::Session& session);
    /// Looks whether a file is still there, and where texts go.
    ChatModel modelNow(const QString& choice, library::Session& session) const;
    std::shared_ptr<LiveAnswer> live(qint64 answer) const;
    void tellNews();
    ConsentOutcome askConsent(const Asking& asking, const Leaving& leaving, Earlier earlier,
                              std::stop_token stop);

    static constexpr const char* kDraftSetting = "chat.draft";  ///< of the conversation that is not begun yet

    Host& m_host;
    KeyProvider m_key;
    std::unique_ptr<ConsentGate> m_consent;
    QTimer m_newsTimer;
    std::atomic<int> m_newestList = 0;
    std::atomic<bool> m_closing = false;
    mutable std::mutex m_liveMutex;
    QHash<qint64, std::shared_ptr<LiveAnswer>> m_live;  // guarded by m_liveMutex
    std::stop_source m_titling;                         // guarded by m_liveMutex; of the title being made
    Lane m_answers;
    Lane m_store;  // posts to m_answers, so it ends first
};

}  // namespace commonplace::ui
