// One answer on its way: what the lane's thread writes and the GUI thread looks at, and the job that makes
// it.
#pragma once

#include <QString>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/library/session.h"
#include "engine/store/conversations.h"
#include "ui/bridge/chat_types.h"
#include "ui/bridge/host.h"

namespace commonplace::ui {

/// Thread: any.
class LiveAnswer final {
  public:
    void append(std::string_view piece);
    std::string text() const;
    /// The text, when it has grown since the last call.
    std::optional<std::string> news();

    void stop() { m_stop.request_stop(); }
    bool isStopped() const { return m_stop.stop_requested(); }
    std::stop_source& stopSource() { return m_stop; }

  private:
    mutable std::mutex m_mutex;
    std::string m_text;      // guarded by m_mutex
    bool m_hasNews = false;  // guarded by m_mutex
    std::stop_source m_stop;
};

/// What came of asking a person whether a question may leave this computer.
enum class ConsentOutcome {
    Refused,
    Given,
    OutOfDate,  ///< the endpoint has changed meanwhile: there is something else to ask, or nothing
};

/// Where the lane waits until the person has said whether a question may leave this computer. A consent
/// counts for the answer it was asked for, while that waits, and for nothing else. Thread: any.
class ConsentGate final {
  public:
    /// Before the person is asked whether `answer` may be written by `server`, which the conversation's
    /// choice of a model leads to.
    void open(store::MessageId answer, const QString& server, const QString& choice = {});
    void give(store::MessageId answer, Consent consent);
    /// The settings have changed: `serverOf` says whom a conversation with this choice of a model asks now
    /// (empty: nobody elsewhere). Who waits for another one is told.
    void settingsAre(const std::function<QString(const QString& choice)>& serverOf);
    /// Closes the gate. Refused when `stop` comes first.
    ConsentOutcome wait(std::stop_token stop);

  private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    store::MessageId m_waiting = 0;           // guarded by m_mutex; 0: nobody
    QString m_server, m_choice;               // guarded by m_mutex
    std::optional<ConsentOutcome> m_outcome;  // guarded by m_mutex
};

/// What a job needs to know to answer a stored question.
struct Asking {
    store::ConversationId conversation = 0;
    store::MessageId question = 0;
    store::MessageId answer = 0;
    QStringList scope;
    QString model;  ///< the conversation's choice when it was asked, as ChatModel::choice
    std::shared_ptr<LiveAnswer> live;
    QString searchFor = {};  ///< instead of the question or its rewriting; empty: the program decides
};

struct AskingParts {
    const Host& host;
    std::function<std::string(const std::string& baseUrl)>
        key;  ///< called on the lane's thread; may be empty
    std::function<ConsentOutcome(const QString& server, const QString& model, std::stop_token)> askConsent;
};

/// Answers, saving what has come about once a second and the whole at the end. An Error is one of the store:
/// whatever happens to the answer itself is told by its stored details. Thread: a lane's.
Result<void> answerQuestion(const Asking& asking, const AskingParts& parts, library::Session& session,
                            const std::stop_token& stop);

/// A title by a model for a young conversation whose title is still the words of its question, as far as that
/// is possible without asking anybody for leave; false: it keeps the one it has. Thread: a lane's; blocks for
/// some seconds at most.
Result<bool> titleConversation(const Asking& asking, const AskingParts& parts, library::Session& session,
                               const std::stop_token& stop);

}  // namespace commonplace::ui
