#include "ui/bridge/chat_bridge.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "engine/base/file.h"
#include "engine/config/settings.h"
#include "engine/library/logs.h"
#include "engine/net/http.h"
#include "ui/bridge/chat_asking.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_models.h"
#include "ui/bridge/chat_tree.h"
#include "ui/bridge/consents.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/host.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/places_elsewhere.h"
#include "ui/bridge/ticket.h"

namespace commonplace::ui {
namespace {

constexpr int kNewsMilliseconds = 34;  // at most 30 signals a second, however fast the model is
constexpr std::size_t kMostHits = 200;
constexpr int kDaysUntilErased = 30;
constexpr std::chrono::milliseconds kLogPatience{100};

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}

/// Its folder is called the same wherever the program is installed.
bool isSampleLibrary(const std::string& root) {
    return std::filesystem::path(root).filename() == "sample-library";
}

/// Whom questions go to outside of this computer; empty: nobody.
QString serverAsked(const config::Settings& usual, const QString& choice, const Host& host) {
    const auto chosen = settingsFor(usual, choice);
    if (!chosen) return {};
    const config::Settings& settings = *chosen;
    const QString url = qt(settings.model.baseUrl);
    const bool isRemote =
        destinationOf(url, qt(settings.model.model)) == Destination::Remote && !host.permit().isOffline();
    return isRemote ? serverOf(url) : QString();
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
    post([this](library::Session&, store::Conversations& all) -> Result<void> {
        TRY(const int erased, all.purge(kDaysUntilErased));
        if (erased > 0) library::emptyLogs(m_host.folder(), kLogPatience);
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

Result<void> ChatBridge::openNow(qint64 conversation, library::Session& session) {
    // An answer may finish between the look and the signal; then answerFinished() has gone out before.
    for (bool stale = true; stale;) {
        TRY(const Chat chat, load(conversation, session));
        if (!chat.model.baseUrl.isEmpty()) emit endpointInUse(chat.model.baseUrl);
        emit chatOpened(chat);
        stale = std::any_of(chat.messages.begin(), chat.messages.end(), [this](const ChatMessage& message) {
            return message.answer.state == AnswerState::Writing && !live(message.id);
        });
    }
    return {};
}

void ChatBridge::open(qint64 conversation) {
    const auto work = [this, conversation](library::Session& session, store::Conversations&) -> Result<void> {
        if (conversation != 0) return openNow(conversation, session);
        TRY(const auto draft, session.library().setting(kDraftSetting));
        Chat chat;
        chat.draft = qt(draft.value_or(""));
        emit chatOpened(chat);
        return {};
    };
    post(work, [this, conversation](const QString& reason) { emit openFailed(conversation, reason); });
}

void ChatBridge::change(Change change, std::function<void()> then) {
    post([this, change = std::move(change), then = std::move(then)](
             library::Session&, store::Conversations& all) -> Result<void> {
        TRY_VOID(change(all));
        if (then) then();
        emit listChanged();
        return {};
    });
}

void ChatBridge::rename(qint64 conversation, const QString& title) {
    change([conversation, name = title.simplified().toStdString()](store::Conversations& all) {
        return all.rename(conversation, name);
    });
}

void ChatBridge::setPin(qint64 conversation, Pin pin) {
    const auto pinned = pin == Pin::Yes ? store::Pinned::Yes : store::Pinned::No;
    change([conversation, pinned](store::Conversations& all) { return all.setPinned(conversation, pinned); });
}

void ChatBridge::remove(qint64 conversation) {
    change([conversation](store::Conversations& all) { return all.remove(conversation); },
           [this, conversation] { emit removed(conversation); });
}

void ChatBridge::restore(qint64 conversation) {
    change([conversation](store::Conversations& all) { return all.restore(conversation); },
           [this, conversation] { emit restored(conversation); });
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

void ChatBridge::setModel(qint64 conversation, const QString& choice) {
    post([this, conversation, choice](library::Session& session, store::Conversations& all) -> Result<void> {
        if (conversation != 0) TRY_VOID(all.setModel(conversation, nativePath(choice)));
        m_consent->choiceIs(conversation, choice);
        const ChatModel model = modelNow(choice, session);
        if (!model.baseUrl.isEmpty()) emit endpointInUse(model.baseUrl);
        emit modelChanged(conversation, model);
        return {};
    });
}

ChatModel ChatBridge::modelNow(const QString& choice, library::Session& session) const {
    const auto settings = config::loadSettings(m_host.settingsFile());
    if (choice.isEmpty() || !settings) return {};
    ChatModel model = chatModelOf(*settings, choice);
    const auto chosen = settingsFor(*settings, choice);
    std::error_code failed;
    if (chosen && chosen->model.api == "local" && !chosen->model.model.empty() &&
        !std::filesystem::exists(chosen->model.model, failed))
        model.problem =
            tr("its file %1 is not there").arg(shownPath(chosen->model.model).section(QLatin1Char('/'), -1));
    if (!chosen) return model;
    return withPlaces(model, *chosen, session.library()).value_or(model);
}

void ChatBridge::switchBranch(qint64 conversation, qint64 message) {
    post([this, conversation, message](library::Session& session, store::Conversations& all) -> Result<void> {
        TRY(const auto rows, all.messages(conversation));
        TRY_VOID(all.setLeaf(conversation, newestBelow(rows, message)));
        return openNow(conversation, session);
    });
}

void ChatBridge::exportTo(qint64 conversation, ExportFormat format, const QString& file) {
    post(
        [this, conversation, format, file](library::Session& session, store::Conversations&) -> Result<void> {
            TRY(const Chat chat, load(conversation, session));
            const QByteArray bytes = exportChat(chat, format);
            TRY_VOID(base::writeFileAtomically(nativePath(file),
                                               std::string_view(bytes.constData(), bytes.size())));
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
        if (const auto settings = config::loadSettings(m_host.settingsFile())) {
            TRY(facts.model, withPlaces(chatModelOf(*settings, {}), *settings, session.library()));
            facts.meaning = meaningHosts(status.embedding, *settings);
            m_consent->settingsAre(
                [&](const QString& choice) { return serverAsked(*settings, choice, m_host); });
        }
        emit factsChanged(facts);
        return {};
    });
}

}  // namespace commonplace::ui
