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
      m_store(host, [this](const QString& reason) { emit failed(reason); }) {
    m_newsTimer.setInterval(kNewsMilliseconds);
    connect(&m_newsTimer, &QTimer::timeout, this, &ChatBridge::tellNews);
    connect(this, &ChatBridge::answerStarted, &m_newsTimer, qOverload<>(&QTimer::start));
    post([](library::Session&, store::Conversations& all) -> Result<void> {
        TRY([[maybe_unused]] const int erased, all.purge(kDaysUntilErased));
        return {};
    });
}

ChatBridge::~ChatBridge() = default;

void ChatBridge::post(Work work) {
    m_store.post([this, work = std::move(work)](library::Session& session, const std::stop_token&) {
        store::Conversations all(session.library().database());
        const auto done = work(session, all);
        if (!done) emit failed(qt(done.error().message()));
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
    TRY(const auto row, all.conversation(conversation));
    TRY(const auto rows, all.messages(conversation));
    Chat chat = chatOf(row, rows);
    for (ChatMessage& message : chat.messages) {
        const auto writing = message.speaker == Speaker::Program ? live(message.id) : nullptr;
        if (!writing) continue;
        message.answer.state = AnswerState::Writing;
        message.text = qt(writing->text());
    }
    return chat;
}

void ChatBridge::open(qint64 conversation) {
    post([this, conversation](library::Session& session, store::Conversations& all) -> Result<void> {
        if (conversation == 0) {
            TRY(const auto draft, session.library().setting(kDraftSetting));
            Chat chat;
            chat.draft = qt(draft.value_or(""));
            emit chatOpened(chat);
            return {};
        }
        TRY(const Chat chat, load(conversation, all));
        emit chatOpened(chat);
        return {};
    });
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
        TRY(const Chat chat, load(conversation, all));
        emit chatOpened(chat);
        return {};
    });
}

void ChatBridge::ask(const AskRequest& request) {
    if (request.question.trimmed().isEmpty()) return;
    post([this, request](library::Session& session, store::Conversations& all) {
        return begin(request, session, all);
    });
}

Result<void> ChatBridge::begin(const AskRequest& request, library::Session& session,
                               store::Conversations& all) {
    qint64 conversation = request.conversation;
    const std::string text = request.question.trimmed().toStdString();
    if (conversation == 0) {
        const std::string scope = toScope(request.scope).toStdString();
        TRY(conversation, all.create(titleFor(request.question).toStdString(), scope));
        TRY_VOID(session.library().setSetting(kDraftSetting, ""));
    }
    TRY_VOID(all.setDraft(conversation, ""));
    TRY(const auto question, all.append(conversation, request.parent, store::Author::Person, text));
    return start(conversation, question, request.scope, all);
}

void ChatBridge::retry(qint64 conversation, qint64 answer) {
    post([this, conversation, answer](library::Session&, store::Conversations& all) -> Result<void> {
        TRY(const auto row, all.conversation(conversation));
        TRY(const auto rows, all.messages(conversation));
        for (const auto& message : rows)
            if (message.id == answer)
                return start(conversation, message.parent, fromScope(QByteArray::fromStdString(row.scope)),
                             all);
        return Error(ErrorCode::NotFound, "the answer is not there any more");
    });
}

Result<void> ChatBridge::start(qint64 conversation, qint64 question, const QStringList& scope,
                               store::Conversations& all) {
    Asking asking{conversation, question, 0, scope, std::make_shared<LiveAnswer>()};
    TRY(asking.answer, all.append(conversation, question, store::Author::Program, ""));
    {
        const std::lock_guard lock(m_liveMutex);
        m_live.insert(asking.answer, asking.live);
    }
    TRY(const Chat chat, load(conversation, all));
    emit answerStarted(chat, asking.answer);
    emit listChanged();
    m_answers.post([this, asking](library::Session& session, const std::stop_token& stop) {
        answerNow(asking, session, stop);
    });
    return {};
}

void ChatBridge::answerNow(const Asking& asking, library::Session& session, const std::stop_token& stop) {
    const AskingParts parts{m_host, m_key,
                            [this](const QString& server, const QString& model, std::stop_token ended) {
                                return askConsent(server, model, std::move(ended));
                            }};
    const auto done = answerQuestion(asking, parts, session, stop);
    {
        const std::lock_guard lock(m_liveMutex);
        m_live.remove(asking.answer);
    }
    if (!done) emit failed(qt(done.error().message()));
    store::Conversations all(session.library().database());
    const auto rows = all.messages(asking.conversation);
    if (!rows) return;
    emit answerFinished(asking.conversation, branchTo(*rows, asking.answer).last());
}

Consent ChatBridge::askConsent(const QString& server, const QString& model, std::stop_token stop) {
    const QString what =
        model.isEmpty()
            ? tr("your question, the passages found for it and the earlier turns")
            : tr("your question, the passages found for it and the earlier turns, to %1").arg(model);
    emit remoteConsentNeeded(server, what);
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

void ChatBridge::consent(Consent consent) {
    m_consent->give(consent);
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
