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
    /// The model reads; the first reading says since when.
    void setReading(PromptReading reading);
    /// Nothing while it is still searched, and again once words have come.
    std::optional<PromptReading> reading() const;
    /// The same, when it is not what the last call said.
    std::optional<PromptReading> readingNews();

    void stop() { m_stop.request_stop(); }
    bool isStopped() const { return m_stop.stop_requested(); }
    std::stop_source& stopSource() { return m_stop; }

  private:
    mutable std::mutex m_mutex;
    std::string m_text;                      // guarded by m_mutex
    bool m_hasNews = false;                  // guarded by m_mutex
    std::optional<PromptReading> m_reading;  // guarded by m_mutex
    bool m_hasReadingNews = false;           // guarded by m_mutex
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
    /// Before the person is asked whether `answer` may be written by `server`, which the choice of a model of
    /// its conversation leads to.
    void open(store::MessageId answer, const QString& server, const QString& choice = {},
              store::ConversationId conversation = 0);
    void give(store::MessageId answer, Consent consent);
    /// The settings have changed: `serverOf` says whom a conversation with this choice of a model asks now
    /// (empty: nobody elsewhere). Who waits for another one is told.
    void settingsAre(const std::function<QString(const QString& choice)>& serverOf);
    /// The person has chosen (stored already) who answers this conversation: what waits there asks anew.
    void choiceIs(store::ConversationId conversation, const QString& choice);
    /// Closes the gate. Refused when `stop` comes first.
    ConsentOutcome wait(std::stop_token stop);

  private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    store::MessageId m_waiting = 0;            // guarded by m_mutex; 0: nobody
    store::ConversationId m_conversation = 0;  // guarded by m_mutex
    QString m_server, m_choice;                // guarded by m_mutex
    std::optional<ConsentOutcome> m_outcome;   // guarded by m_mutex
};

/// What a job needs to know to answer a stored question.
struct Asking {
    store::ConversationId conversation = 0;
    store::MessageId question = 0;
    store::MessageId answer = 0;
    QStringList scope;
    QString model;  ///< the conversation's choice when it was asked, as ChatModel::choice
    std::shared_ptr<LiveAnswer> live;
    enum class Fixed { No, Yes };
    Fixed fixed = Fixed::No;  ///< Yes: `model` is for this answer alone, whatever the conversation's is
    QString searchFor = {};   ///< instead of the question or its rewriting; empty: the program decides
};

/// What a person is asked before it leaves this computer.
struct Leaving {
    QString server, model;  ///< where to
    QString choice;         ///< of the conversation, that leads there
};

struct AskingParts {
    const Host& host;
    std::function<std::string(const std::string& baseUrl)>
        key;  ///< called on the lane's thread; may be empty
    std::function<ConsentOutcome(const Leaving& leaving, std::stop_token)> askConsent;
};

/// Answers, saving what has come about once a second and the whole at the end. An Error is one of the store:
/// whatever happens to the answer itself is told by its stored details. Thread: a lane's.
Result<void> answerQuestion(const Asking& asking, const AskingParts& parts, library::Session& session,
                            const std::stop_token& stop);

/// A title by a model for a young conversation whose title is still the words of its question, after an
/// answer that was neither stopped nor broke off, as far as that is possible without asking anybody for
/// leave; false: it keeps the one it has. Thread: a lane's; blocks for some seconds at most.
Result<bool> titleConversation(const Asking& asking, const AskingParts& parts, library::Session& session,
                               const std::stop_token& stop);

}  // namespace commonplace::ui
