#include "ui/bridge/chat_bridge.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/config/settings.h"
#include "ui/bridge/chat_asking.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_tree.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr int kNewsMilliseconds = 34;  // at most 30 signals a second, however fast the model is
constexpr std::size_t kMostHits = 200;
constexpr int kDaysUntilErased = 30;
constexpr const char* kDraftSetting = "chat.draft";  // of the conversation that is not begun yet

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

/// Says so when the job it travels with goes away without having run.
class Ticket final {
  public:
    explicit Ticket(std::function<void()> onLoss) : m_onLoss(std::move(onLoss)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
        if (!m_isUsed) m_onLoss();
    }
    void use() { m_isUsed = true; }

  private:
    std::function<void()> m_onLoss;
    bool m_isUsed = false;
};

bool isUnfinished(const ChatMessage& message) {
    return message.speaker == Speaker::Program && message.answer.state != AnswerState::Finished;
}

/// Its folder is called the same wherever the program is installed.
bool isSampleLibrary(const std::string& root) {
    return std::filesystem::path(root).filename() == "sample-library";
}

}  // namespace

ChatBridge::ChatBridge(Host& host, KeyProvider key, QObject* parent)
    : QObject(parent),
      m_host(host),
      m_key(std::move(key)),
      m_consent(std::make_unique<ConsentGate>()),
      m_answers(host, [this](const QString& reason) { emit failed(reason); }),
      m_store(
          host, [this](const QString& reason) { emit failed(reason); }, Lane::AtEnd::Finish) {
    m_newsTimer.setInterval(kNewsMilliseconds);
    connect(&m_newsTimer, &QTimer::timeout, this, &ChatBridge::tellNews);
    connect(this, &ChatBridge::answerStarted, &m_newsTimer, qOverload<>(&QTimer::start));
    post([](library::Session&, store::Conversations& all) -> Result<void> {
        TRY([[maybe_unused]] const int erased, all.purge(kDaysUntilErased));
        return {};
    });
}

ChatBridge::~ChatBridge() {
    m_closing = true;  // what the lanes still drop is told to nobody
}

void ChatBridge::post(Work work) {
    m_store.post([this, work = std::move(work)](library::Session& session, const std::stop_token&) {
        store::Conversations all(session.library().database());
        const auto done = work(session, all);
        if (!done) emit failed(qt(done.error().message()));
    });
}

void ChatBridge::post(Work work, OnFailure onFailure) {
    const auto ticket = std::make_shared<Ticket>([this, onFailure] {
        if (!m_closing) onFailure(tr("the library does not open"));
    });
    m_store.post(
        [ticket, work = std::move(work), onFailure](library::Session& session, const std::stop_token&) {
            ticket->use();
            store::Conversations all(session.library().database());
            const auto done = work(session, all);
            if (!done) onFailure(qt(done.error().message()));
        });
}

void ChatBridge::list(const QString& search) {
    const int number = ++m_newestList;
    post([this, search, number](library::Session&, store::Conversations& all) -> Result<void> {
        if (number != m_newestList) return {};
        QVector<ChatSummary> chats;
        if (search.trimmed().isEmpty()) {
            TRY(const auto rows, all.list());
            for (const auto& row : rows) chats.append(summaryOf(row));
        } else {
            TRY(const auto hits, all.search(search.toStdString(), kMostHits));
            for (const auto& hit : hits) {
                chats.append(summaryOf(hit.conversation));
                chats.last().excerpt = qt(hit.excerpt);
            }
        }
        emit listed(chats, search);
        return {};
    });
}

Result<Chat> ChatBridge::load(qint64 conversation, store::Conversations& all) {
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
        bool changed = false;
        for (ChatMessage& message : chat.messages) {
            if (!isUnfinished(message)) continue;
            if (const auto writing = live(message.id)) {
                message.answer.state = AnswerState::Writing;
                message.text = qt(writing->text());
            } else {
                changed = changed || before.contains(message.id);
            }
        }
        if (!changed || reading == kMostReadings) return chat;
    }
}

Result<void> ChatBridge::openNow(qint64 conversation, store::Conversations& all) {
    // An answer may finish between the look and the signal; then answerFinished() has gone out before.
    for (bool stale = true; stale;) {
        TRY(const Chat chat, load(conversation, all));
        emit chatOpened(chat);
        stale = std::any_of(chat.messages.begin(), chat.messages.end(), [this](const ChatMessage& message) {
            return message.answer.state == AnswerState::Writing && !live(message.id);
        });
    }
    return {};
}

void ChatBridge::open(qint64 conversation) {
    const auto work = [this, conversation](library::Session& session,
                                           store::Conversations& all) -> Result<void> {
        if (conversation != 0) return openNow(conversation, all);
        TRY(const auto draft, session.library().setting(kDraftSetting));
        Chat chat;
        chat.draft = qt(draft.value_or(""));
        emit chatOpened(chat);
        return {};
    };
    post(work, [this, conversation](const QString& reason) { emit openFailed(conversation, reason); });
}

void ChatBridge::rename(qint64 conversation, const QString& title) {
    post([this, conversation, title](library::Session&, store::Conversations& all) -> Result<void> {
        TRY_VOID(all.rename(conversation, title.simplified().toStdString()));
        emit listChanged();
        return {};
    });
}

void ChatBridge::setPin(qint64 conversation, Pin pin) {
    post([this, conversation, pin](library::Session&, store::Conversations& all) -> Result<void> {
        TRY_VOID(all.setPinned(conversation, pin == Pin::Yes ? store::Pinned::Yes : store::Pinned::No));
        emit listChanged();
        return {};
    });
}

void ChatBridge::remove(qint64 conversation) {
    post([this, conversation](library::Session&, store::Conversations& all) -> Result<void> {
        TRY_VOID(all.remove(conversation));
        emit removed(conversation);
        emit listChanged();
        return {};
    });
}

void ChatBridge::restore(qint64 conversation) {
    post([this, conversation](library::Session&, store::Conversations& all) -> Result<void> {
        TRY_VOID(all.restore(conversation));
        emit restored(conversation);
        emit listChanged();
        return {};
    });
}

void ChatBridge::setDraft(qint64 conversation, const QString& draft) {
    post([conversation, draft](library::Session& session, store::Conversations& all) -> Result<void> {
        if (conversation == 0) return session.library().setSetting(kDraftSetting, draft.toStdString());
        return all.setDraft(conversation, draft.toStdString());
    });
}

void ChatBridge::setScope(qint64 conversation, const QStringList& scope) {
    if (conversation == 0) return;
    post([conversation, scope](library::Session&, store::Conversations& all) {
        return all.setScope(conversation, toScope(scope).toStdString());
    });
}

void ChatBridge::switchBranch(qint64 conversation, qint64 message) {
    post([this, conversation, message](library::Session&, store::Conversations& all) -> Result<void> {
        TRY(const auto rows, all.messages(conversation));
        TRY_VOID(all.setLeaf(conversation, newestBelow(rows, message)));
        return openNow(conversation, all);
    });
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
    Asking asking{request.conversation, 0, 0, request.scope, nullptr};
    Chat chat;
    // All or nothing: a question that is not stored is still in the composer's draft.
    const auto stored = session.library().database().transact([&]() -> Result<void> {
        if (asking.conversation == 0) {
            const std::string scope = toScope(request.scope).toStdString();
            TRY(asking.conversation, all.create(titleFor(request.question).toStdString(), scope));
            TRY_VOID(session.library().setSetting(kDraftSetting, ""));
        }
        TRY_VOID(all.setDraft(asking.conversation, ""));
        TRY(asking.question, all.append(asking.conversation, request.parent, store::Author::Person,
                                        request.question.trimmed().toStdString()));
        TRY(chat, prepare(asking, all));
        return {};
    });
    if (stored)
        start(asking, chat);
    else
        forget(asking.answer);
    return stored;
}

void ChatBridge::retry(qint64 conversation, qint64 answer) {
    post([this, conversation, answer](library::Session& session, store::Conversations& all) -> Result<void> {
        TRY(const auto row, all.conversation(conversation));
        TRY(const auto rows, all.messages(conversation));
        const auto old = std::find_if(rows.begin(), rows.end(),
                                      [answer](const store::MessageRow& one) { return one.id == answer; });
        if (old == rows.end()) return Error(ErrorCode::NotFound, "the answer is not there any more");
        Asking asking{conversation, old->parent, 0, fromScope(QByteArray::fromStdString(row.scope)), nullptr};
        Chat chat;
        const auto stored = session.library().database().transact([&]() -> Result<void> {
            TRY(chat, prepare(asking, all));
            return {};
        });
        if (stored)
            start(asking, chat);
        else
            forget(asking.answer);
        return stored;
    });
}

Result<Chat> ChatBridge::prepare(Asking& asking, store::Conversations& all) {
    TRY(asking.answer, all.append(asking.conversation, asking.question, store::Author::Program, ""));
    asking.live = std::make_shared<LiveAnswer>();
    {
        const std::lock_guard lock(m_liveMutex);
        m_live.insert(asking.answer, asking.live);
    }
    return load(asking.conversation, all);
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
    const AskingParts parts{
        m_host, m_key, [this, &asking](const QString& server, const QString& model, std::stop_token ended) {
            return askConsent(asking.answer, server, model, std::move(ended));
        }};
    const auto done = answerQuestion(asking, parts, session, stop);
    store::Conversations all(session.library().database());
    if (!done) {
        emit failed(qt(done.error().message()));
        giveUp(asking, qt(done.error().message()), all);
        return;
    }
    forget(asking.answer);
    tellFinished(asking, {}, all);
}

Consent ChatBridge::askConsent(qint64 answer, const QString& server, const QString& model,
                               std::stop_token stop) {
    const QString what =
        model.isEmpty()
            ? tr("your question, the passages found for it and the earlier turns")
            : tr("your question, the passages found for it and the earlier turns, to %1").arg(model);
    m_consent->open(answer);
    emit remoteConsentNeeded(server, what, answer);
    return m_consent->wait(std::move(stop));
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
    for (auto it = writing.cbegin(); it != writing.cend(); ++it)
        if (const auto text = it.value()->news()) emit answerText(it.key(), qt(*text));
}

void ChatBridge::stop(qint64 answer) {
    if (const auto writing = live(answer)) writing->stop();
}

void ChatBridge::consent(qint64 answer, Consent consent) {
    m_consent->give(answer, consent);
}

void ChatBridge::exportTo(qint64 conversation, ExportFormat format, const QString& file) {
    post([this, conversation, format, file](library::Session&, store::Conversations& all) -> Result<void> {
        TRY(const Chat chat, load(conversation, all));
        const QByteArray bytes = exportChat(chat, format);
        TRY_VOID(
            base::writeFileAtomically(nativePath(file), std::string_view(bytes.constData(), bytes.size())));
        emit exported(file);
        return {};
    });
}

void ChatBridge::refreshFacts() {
    post([this](library::Session& session, store::Conversations&) -> Result<void> {
        TRY(const auto status, session.status());
        LibraryFacts facts;
        facts.files = status.counts.documents + status.pendingText;
        facts.filesRead = status.counts.indexed;
        facts.hasSampleLibrary = std::any_of(status.roots.begin(), status.roots.end(), isSampleLibrary);
        const auto settings = config::loadSettings(m_host.settingsFile());
        if (settings && !settings->model.baseUrl.empty())
            facts.model =
                settings->model.model.empty() ? tr("the server's model") : qt(settings->model.model);
        emit factsChanged(facts);
        return {};
    });
}

}  // namespace commonplace::ui
