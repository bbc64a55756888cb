// The answers of ChatBridge: from a question that is stored to the last word, and who is being written
// meanwhile.
#include <algorithm>

#include "engine/library/library.h"
#include "ui/bridge/chat_asking.h"
#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_tree.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/ticket.h"

namespace commonplace::ui {
namespace {

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

bool isUnfinished(const ChatMessage& message) {
    return message.speaker == Speaker::Program && message.answer.state != AnswerState::Finished;
}

}  // namespace

Result<Chat> ChatBridge::load(qint64 conversation, library::Session& session) {
    store::Conversations all(session.library().database());
    constexpr int kMostReadings = 4;
    for (int reading = 1;; ++reading) {
        // First who is being written, then the rows: an answer is stored before it leaves the list, so one
        // that leaves it meanwhile stands whole in the next reading.
        QHash<qint64, std::shared_ptr<LiveAnswer>> before;
        {
            const std::lock_guard lock(m_liveMutex);
            before = m_live;
        }
        TRY(const auto row, all.conversation(conversation));
        TRY(const auto rows, all.messages(conversation));
        Chat chat = chatOf(row, rows);
        chat.model = modelNow(windowPath(row.model), session);
        bool changed = false;
        for (ChatMessage& message : chat.messages) {
            if (!isUnfinished(message)) continue;
            if (const auto writing = live(message.id)) {
                message.answer.state = AnswerState::Writing;
                message.answer.reading = writing->reading();  // before the text: words end it
                message.text = qt(writing->text());
            } else {
                changed = changed || before.contains(message.id);
            }
        }
        if (!changed || reading == kMostReadings) return chat;
    }
}

void ChatBridge::ask(const AskRequest& request) {
    if (request.question.trimmed().isEmpty()) return;
    const auto work = [this, request](library::Session& session, store::Conversations& all) {
        return begin(request, session, all);
    };
    post(work, [this, request](const QString& reason) {
        emit askFailed(request.conversation, request.question, reason);
    });
}

Result<void> ChatBridge::begin(const AskRequest& request, library::Session& session,
                               store::Conversations& all) {
    Asking asking{request.conversation, 0, 0, request.scope, request.model, nullptr};
    Chat chat;
    // All or nothing: a question that is not stored is still in the composer's draft.
    const auto stored = session.library().database().transact([&]() -> Result<void> {
        if (asking.conversation == 0) {
            const std::string scope = toScope(request.scope).toStdString();
            TRY(asking.conversation,
                all.create(titleFor(request.question).toStdString(), scope, nativePath(request.model)));
            TRY_VOID(session.library().setSetting(kDraftSetting, ""));
        }
        TRY(const auto row, all.conversation(asking.conversation));
        asking.model = windowPath(row.model);
        TRY_VOID(all.setDraft(asking.conversation, ""));
        TRY(asking.question, all.append(asking.conversation, request.parent, store::Author::Person,
                                        request.question.trimmed().toStdString()));
        TRY(chat, prepare(asking, session));
        return {};
    });
    return startIf(stored, asking, chat);
}

void ChatBridge::retry(qint64 conversation, qint64 answer, const QString& searchFor) {
    answerAgain(conversation, answer, searchFor, std::nullopt);
}

void ChatBridge::quote(qint64 conversation, qint64 answer) {
    answerAgain(conversation, answer, {}, QStringLiteral("none"));
}

void ChatBridge::answerAgain(qint64 conversation, qint64 answer, const QString& searchFor,
                             const std::optional<QString>& choice) {
    post([this, conversation, answer, searchFor, choice](library::Session& session,
                                                         store::Conversations& all) -> Result<void> {
        TRY(const auto row, all.conversation(conversation));
        TRY(const auto rows, all.messages(conversation));
        const auto old = std::find_if(rows.begin(), rows.end(),
                                      [answer](const store::MessageRow& one) { return one.id == answer; });
        if (old == rows.end()) return Error(ErrorCode::NotFound, "the answer is not there any more");
        Asking asking{conversation,
                      old->parent,
                      0,
                      fromScope(QByteArray::fromStdString(row.scope)),
                      choice.value_or(windowPath(row.model)),
                      nullptr,
                      choice ? Asking::Fixed::Yes : Asking::Fixed::No,
                      searchFor.simplified()};
        Chat chat;
        const auto stored = session.library().database().transact([&]() -> Result<void> {
            TRY(chat, prepare(asking, session));
            return {};
        });
        return startIf(stored, asking, chat);
    });
}

Result<Chat> ChatBridge::prepare(Asking& asking, library::Session& session) {
    store::Conversations all(session.library().database());
    TRY(asking.answer, all.append(asking.conversation, asking.question, store::Author::Program, ""));
    asking.live = std::make_shared<LiveAnswer>();
    std::stop_source titling;
    {
        const std::lock_guard lock(m_liveMutex);
        m_live.insert(asking.answer, asking.live);
        titling = m_titling;
    }
    titling.request_stop();
    return load(asking.conversation, session);
}

Result<void> ChatBridge::startIf(const Result<void>& stored, const Asking& asking, const Chat& chat) {
    if (stored)
        start(asking, chat);
    else
        forget(asking.answer);
    return stored;
}

void ChatBridge::start(const Asking& asking, const Chat& chat) {
    emit answerStarted(chat, asking.answer);
    emit listChanged();
    const auto ticket = std::make_shared<Ticket>([this, asking] {
        if (m_closing) return;
        post([this, asking](library::Session&, store::Conversations& all) -> Result<void> {
            giveUp(asking, tr("the library does not open"), all);
            return {};
        });
    });
    m_answers.post([this, asking, ticket](library::Session& session, const std::stop_token& stop) {
        ticket->use();
        answerNow(asking, session, stop);
    });
}

void ChatBridge::forget(qint64 answer) {
    const std::lock_guard lock(m_liveMutex);
    m_live.remove(answer);
}

void ChatBridge::giveUp(const Asking& asking, const QString& reason, store::Conversations& all) {
    answer::Answer broken;
    broken.text = asking.live->text();
    broken.error = reason.toStdString();
    const auto kept = all.finish(asking.answer, broken.text, toDetails(broken, {}).toStdString());
    if (!kept) emit failed(qt(kept.error().message()));
    forget(asking.answer);
    tellFinished(asking, reason, all);
}

void ChatBridge::tellFinished(const Asking& asking, const QString& reason, store::Conversations& all) {
    const auto rows = all.messages(asking.conversation);
    const auto branch = rows ? branchTo(*rows, asking.answer) : QVector<ChatMessage>();
    if (!branch.isEmpty() && !isUnfinished(branch.last())) {
        emit answerFinished(asking.conversation, branch.last());
        return;
    }
    ChatMessage message;  // the store is silent, yet nobody shall wait for this answer
    message.id = asking.answer;
    message.parent = asking.question;
    message.speaker = Speaker::Program;
    message.text = qt(asking.live->text());
    message.siblings = {asking.answer};
    message.answer.error = reason.isEmpty() ? tr("it could not be read back") : reason;
    emit answerFinished(asking.conversation, message);
}

void ChatBridge::answerNow(const Asking& asking, library::Session& session, const std::stop_token& stop) {
    store::Conversations all(session.library().database());
    const auto rows = all.messages(asking.conversation);
    const bool isFirst = rows && turnsBefore(*rows, asking.question).empty();
    const AskingParts parts{m_host, m_key,
                            [this, &asking, earlier = isFirst ? Earlier::None : Earlier::Turns](
                                const Leaving& leaving, std::stop_token ended) {
                                return askConsent(asking, leaving, earlier, std::move(ended));
                            }};
    const auto done = answerQuestion(asking, parts, session, stop);
    if (!done) {
        emit failed(qt(done.error().message()));
        giveUp(asking, qt(done.error().message()), all);
        return;
    }
    forget(asking.answer);
    tellFinished(asking, {}, all);
    titleNow(asking, parts, session, stop);
}

void ChatBridge::titleNow(const Asking& asking, const AskingParts& parts, library::Session& session,
                          const std::stop_token& stop) {
    std::stop_source titling;
    {
        const std::lock_guard lock(m_liveMutex);
        if (!m_live.isEmpty()) return;  // somebody waits already
        m_titling = titling;
    }
    const std::stop_callback forward(stop, [&titling] { titling.request_stop(); });
    const auto titled = titleConversation(asking, parts, session, titling.get_token());
    if (titled && *titled) emit listChanged();  // a title is no promise: nobody hears why there is none
}

ConsentOutcome ChatBridge::askConsent(const Asking& asking, const Leaving& leaving, Earlier earlier,
                                      std::stop_token stop) {
    const QString texts = earlier == Earlier::None
                              ? tr("your question and the passages found for it")
                              : tr("your question, the passages found for it and the earlier turns");
    const QString what = leaving.model.isEmpty() ? texts : tr("%1, to %2").arg(texts, leaving.model);
    m_consent->open(asking.answer, leaving.server, leaving.choice, asking.conversation);
    emit remoteConsentNeeded(leaving.server, what, asking.answer);
    const ConsentOutcome outcome = m_consent->wait(std::move(stop));
    emit remoteConsentOver(asking.answer);
    return outcome;
}

std::shared_ptr<LiveAnswer> ChatBridge::live(qint64 answer) const {
    const std::lock_guard lock(m_liveMutex);
    return m_live.value(answer);
}

void ChatBridge::tellNews() {
    QHash<qint64, std::shared_ptr<LiveAnswer>> writing;
    {
        const std::lock_guard lock(m_liveMutex);
        writing = m_live;
    }
    if (writing.isEmpty()) m_newsTimer.stop();
    for (auto it = writing.cbegin(); it != writing.cend(); ++it) {
        if (const auto reading = it.value()->readingNews()) emit answerReading(it.key(), *reading);
        if (const auto text = it.value()->news()) emit answerText(it.key(), qt(*text));
    }
}

void ChatBridge::stop(qint64 answer) {
    if (const auto writing = live(answer)) writing->stop();
}

void ChatBridge::consent(qint64 answer, Consent consent) {
    m_consent->give(answer, consent);
}

}  // namespace commonplace::ui
