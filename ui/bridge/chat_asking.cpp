#include "ui/bridge/chat_asking.h"

#include <QRegularExpression>
#include <QUrl>

#include "engine/base/clock.h"
#include "engine/config/settings.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_tree.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr double kSecondsBetweenSaves = 0.8;

struct WiredModel {
    std::unique_ptr<document::ChatModel> model;
    ModelReach reach = ModelReach::None;
    int maxAnswerTokens = 0;
};

/// Null when none is configured, and when the person does not want the question to leave this computer.
Result<WiredModel> wire(const AskingParts& parts, library::Session& session, const std::stop_token& stop) {
    TRY(const config::Settings settings, config::loadSettings(parts.host.settingsFile()));
    const QString url = QString::fromStdString(settings.model.baseUrl);
    WiredModel wired;
    wired.maxAnswerTokens = settings.model.maxAnswerTokens;
    if (url.isEmpty() || !parts.host.options().wireModel) return wired;
    wired.reach = isOnThisComputer(url) ? ModelReach::ThisComputer : ModelReach::Remote;
    if (wired.reach == ModelReach::Remote) {
        const QString server =
            QUrl(url)
                .adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::RemoveFragment)
                .toString();
        const std::string setting = "remote_consent:" + server.toStdString();
        TRY(const auto known, session.library().setting(setting));
        if (!known) {
            const QString model = QString::fromStdString(settings.model.model);
            if (parts.askConsent(server, model, stop) == Consent::Refused) return WiredModel();
            TRY_VOID(session.library().setSetting(setting, "given"));
        }
    }
    TRY(wired.model, parts.host.options().wireModel(
                         settings, parts.key ? parts.key(settings.model.baseUrl) : std::string()));
    if (!wired.model) wired.reach = ModelReach::None;
    return wired;
}

/// Takes the pieces of an answer, and stores them before too many are at stake.
class Saver final {
  public:
    Saver(store::Conversations& conversations, const Asking& asking)
        : m_conversations(conversations), m_asking(asking) {}

    void take(std::string_view piece) {
        m_asking.live->append(piece);
        if (m_sinceSave.seconds() < kSecondsBetweenSaves) return;
        m_sinceSave = base::Stopwatch();
        // A save that fails is made up for by the next one; the last one, with the details, is checked.
        (void)m_conversations.saveText(m_asking.answer, m_asking.live->text());
    }

  private:
    store::Conversations& m_conversations;
    const Asking& m_asking;
    base::Stopwatch m_sinceSave;
};

const store::MessageRow* rowOf(const std::vector<store::MessageRow>& rows, store::MessageId id) {
    for (const store::MessageRow& row : rows)
        if (row.id == id) return &row;
    return nullptr;
}

/// What is left of an answer that failed: the words that had come, and why there are no more.
answer::Answer broken(const Error& error, const Asking& asking, const WiredModel& wired) {
    answer::Answer answer;
    answer.text = asking.live->text();
    answer.mode = wired.model ? answer::AnswerMode::Generative : answer::AnswerMode::Extractive;
    answer.model = wired.model ? wired.model->id() : "extractive";
    answer.error = error.message();
    return answer;
}

}  // namespace

void LiveAnswer::append(std::string_view piece) {
    const std::lock_guard lock(m_mutex);
    m_text += piece;
    m_hasNews = true;
}

std::string LiveAnswer::text() const {
    const std::lock_guard lock(m_mutex);
    return m_text;
}

std::optional<std::string> LiveAnswer::news() {
    const std::lock_guard lock(m_mutex);
    if (!m_hasNews) return std::nullopt;
    m_hasNews = false;
    return m_text;
}

void ConsentGate::open(store::MessageId answer) {
    const std::lock_guard lock(m_mutex);
    m_waiting = answer;
    m_consent.reset();
}

void ConsentGate::give(store::MessageId answer, Consent consent) {
    {
        const std::lock_guard lock(m_mutex);
        if (answer == 0 || answer != m_waiting) return;
        m_consent = consent;
    }
    m_changed.notify_all();
}

Consent ConsentGate::wait(std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return m_consent.has_value(); });
    const Consent consent = stop.stop_requested() ? Consent::Refused : m_consent.value_or(Consent::Refused);
    m_waiting = 0;
    m_consent.reset();
    return consent;
}

bool isOnThisComputer(const QString& baseUrl) {
    // Strict on purpose: the HTTP client and this check must never read the same text in two ways, so
    // anything but the plain spelling counts as remote, and is asked about.
    static const QRegularExpression plain(
        QStringLiteral(
            R"(\Ahttps?://(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?\z)"),
        QRegularExpression::CaseInsensitiveOption);
    return plain.match(baseUrl).hasMatch();
}

Result<void> answerQuestion(const Asking& asking, const AskingParts& parts, library::Session& session,
                            const std::stop_token& stop) {
    const std::stop_callback forward(stop, [&asking] { asking.live->stop(); });
    store::Conversations conversations(session.library().database());
    TRY(const auto rows, conversations.messages(asking.conversation));
    const store::MessageRow* row = rowOf(rows, asking.question);
    if (!row) return Error(ErrorCode::NotFound, "the question is not there any more");

    const std::stop_token mine = asking.live->stopSource().get_token();
    WiredModel wired;
    Saver saver(conversations, asking);
    const auto ask = [&]() -> Result<answer::Answer> {
        TRY(wired, wire(parts, session, mine));
        if (mine.stop_requested()) return Error(ErrorCode::Cancelled, "stopped");
        answer::Question question;
        question.text = row->text;
        question.within = nativePaths(asking.scope);
        question.history = turnsBefore(rows, asking.question);
        const library::AskWith with{wired.model.get(), nullptr, wired.maxAnswerTokens};
        return session.ask(
            question, with, [&](std::string_view piece) { saver.take(piece); }, mine);
    };
    const auto asked = ask();
    const answer::Answer answer = asked ? *asked : broken(asked.error(), asking, wired);
    return conversations.finish(asking.answer, answer.text,
                                toDetails(answer, {wired.reach, asking.live->isStopped()}).toStdString());
}

}  // namespace commonplace::ui
