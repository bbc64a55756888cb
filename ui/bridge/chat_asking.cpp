#include "ui/bridge/chat_asking.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "engine/base/clock.h"
#include "engine/config/settings.h"
#include "engine/library/library.h"
#include "engine/net/http.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_models.h"
#include "ui/bridge/chat_tree.h"
#include "ui/bridge/consents.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/reading_model.h"

namespace commonplace::ui {
namespace {

constexpr double kSecondsBetweenSaves = 0.8;
constexpr std::size_t kYoungTurns = 3;  // a title that did not come by then is not tried for any more

struct WiredModel {
    std::unique_ptr<document::ChatModel> model;
    std::unique_ptr<document::ChatModel> small;
    int maxAnswerTokens = 0;
    answer::LongHistory longHistory = answer::LongHistory::Summarise;
    config::TraceSettings trace;
    std::vector<std::string> keys;
    std::vector<std::string> localOnly;
    QString choice;  ///< that led to them: the person may have changed it while something waited
};

enum class Leave { Granted, Refused };

/// The settings as they are now, and as the conversation has them.
struct CurrentSettings {
    config::Settings settings;
    std::string usualUrl;  ///< of the model that the file names
    QString choice;
};

Result<CurrentSettings> currentSettings(const Host& host, const QString& choice) {
    TRY(config::Settings usual, config::loadSettings(host.settingsFile()));
    CurrentSettings current{{}, usual.model.baseUrl, choice};
    TRY(current.settings, settingsFor(std::move(usual), choice));
    return current;
}

/// The conversation's choice as it is stored by now, or the one that was made for this answer alone.
Result<QString> choiceNow(const Asking& asking, library::Session& session) {
    if (asking.fixed == Asking::Fixed::Yes) return asking.model;
    TRY(const auto row, store::Conversations(session.library().database()).conversation(asking.conversation));
    return windowPath(row.model);
}

/// Asks the person, the first time, whether questions may go to the server that the settings and the
/// conversation's choice name; when one of them has changed by then, about the server that they name now.
/// `current` are those that the leave is for.
Result<Leave> leaveFor(CurrentSettings& current, const Asking& asking, const AskingParts& parts,
                       library::Session& session, const std::stop_token& stop) {
    for (;;) {
        const config::Settings& settings = current.settings;
        const QString url = QString::fromStdString(settings.model.baseUrl);
        const QString model = QString::fromStdString(settings.model.model);
        if (destinationOf(url, model) != Destination::Remote) return Leave::Granted;
        const QString server = serverOf(url);
        TRY(const Consent known, consentTo(server, session.library()));
        if (known == Consent::Given) return Leave::Granted;
        // Nobody is asked while nothing can leave; and the switch may be turned before the question is sent.
        if (parts.host.permit().isOffline())
            return Error(ErrorCode::Refused, "the offline switch is on, and " + server.toStdString() +
                                                 " is another computer; go online, or choose a model here");
        const auto outcome = parts.askConsent({server, model, current.choice}, stop);
        if (outcome == ConsentOutcome::Refused) return Leave::Refused;
        TRY(const QString choice, choiceNow(asking, session));
        TRY(current, currentSettings(parts.host, choice));
        const bool isSame = serverOf(QString::fromStdString(settings.model.baseUrl)) == server;
        if (outcome == ConsentOutcome::Given && isSame)
            TRY_VOID(keepConsent(server, Consent::Given, session.library()));
    }
}

/// Without the models elsewhere that the person was never asked about: leave is given to the model that
/// answers, once, and not by the way to those that stand in for it.
Result<void> keepPermitted(config::Settings& settings, library::Session& session) {
    const auto isKnown = [&session](const config::ModelPlace& place) -> Result<bool> {
        const QString url = QString::fromStdString(place.baseUrl);
        if (url.isEmpty() || destinationOf(url, QString::fromStdString(place.model)) != Destination::Remote)
            return true;
        TRY(const Consent known, consentTo(serverOf(url), session.library()));
        return known == Consent::Given;
    };
    std::vector<config::FallbackSettings> permitted;
    for (config::FallbackSettings& fallback : settings.model.fallbacks) {
        TRY(const bool known, isKnown(fallback.place));
        if (known) permitted.push_back(std::move(fallback));
    }
    settings.model.fallbacks = std::move(permitted);
    TRY(const bool isSmallKnown, isKnown(settings.model.small));
    if (!isSmallKnown) settings.model.small = {};
    return {};
}

/// A file that was chosen for a conversation may be gone years later: said before anybody tries to load it.
Result<void> isThere(const config::ModelPlace& place) {
    std::error_code failed;
    if (place.api != "local" || place.model.empty() || std::filesystem::exists(place.model, failed))
        return {};
    return Error(ErrorCode::NotFound,
                 "its model file is not there any more: " + shownPath(place.model).toStdString() +
                     "; choose another model for this conversation");
}

/// Which of several models reads is only known when its first word has come.
QString readersName(const config::Settings& settings, const document::ChatModel* model) {
    const bool isCertain = settings.model.fallbacks.empty() && !settings.model.model.empty();
    return model && isCertain ? shownModelName(QString::fromStdString(model->id())) : QString();
}

/// Null when none is configured, and when the person does not want the question to leave this computer.
Result<WiredModel> wire(const Asking& asking, const AskingParts& parts, library::Session& session,
                        const std::stop_token& stop) {
    TRY(CurrentSettings current, currentSettings(parts.host, asking.model));
    WiredModel wired;
    wired.choice = asking.model;
    if (!parts.host.options().wireModels) return wired;
    TRY(const Leave leave, leaveFor(current, asking, parts, session, stop));
    if (leave == Leave::Refused) return wired;
    wired.choice = current.choice;
    config::Settings& settings = current.settings;
    if (!current.choice.isEmpty()) TRY_VOID(isThere(settings.model.place()));
    wired.maxAnswerTokens = settings.model.maxAnswerTokens;
    wired.trace = settings.trace;
    if (!settings.model.summariseHistory) wired.longHistory = answer::LongHistory::LeaveOut;
    wired.localOnly = settings.privacy.localOnly;
    TRY_VOID(keepPermitted(settings, session));
    const KeyProvider key = [&](const std::string& url) {
        wired.keys.push_back(parts.key ? parts.key(url) : std::string());
        return wired.keys.back();
    };
    TRY(document::ChatModels models,
        parts.host.options().wireModels({settings, current.usualUrl, key, parts.host.folder()}));
    const QString reader = readersName(settings, models.answering.get());
    wired.model =
        tellingItsReading(std::move(models.answering), reader,
                          [live = asking.live](const PromptReading& reading) { live->setReading(reading); });
    wired.small = std::move(models.small);
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

/// Not one that the person stopped, or that broke off.
bool isWhole(const std::vector<store::MessageRow>& rows, store::MessageId id) {
    const QVector<ChatMessage> branch = branchTo(rows, id);
    if (branch.isEmpty() || branch.last().id != id) return false;
    const ChatAnswer& answer = branch.last().answer;
    return answer.state == AnswerState::Finished && !answer.stopped && answer.error.isEmpty();
}

const store::MessageRow* rowOf(const std::vector<store::MessageRow>& rows, store::MessageId id) {
    for (const store::MessageRow& row : rows)
        if (row.id == id) return &row;
    return nullptr;
}

library::AskWith askWith(const WiredModel& wired, const Asking& asking, const Host& host) {
    library::AskWith with{wired.model.get(), nullptr, wired.maxAnswerTokens, wired.small.get()};
    with.longHistory = wired.longHistory;
    with.trace = wired.trace;
    with.secrets = wired.keys;
    if (const auto& known = host.options().knownSecrets)
        for (const std::string& key : known()) with.secrets.push_back(key);
    with.conversation = std::to_string(asking.conversation);
    return with;
}

/// What is left of an answer that failed: the words that had come, why there are no more, and what had been
/// done until then.
answer::Answer broken(const Error& error, const Asking& asking, const WiredModel& wired, double tookMs) {
    answer::Answer answer;
    answer.text = asking.live->text();
    answer.mode = wired.model ? answer::AnswerMode::Generative : answer::AnswerMode::Extractive;
    answer.model = wired.model ? wired.model->id() : "extractive";
    answer.error = error.message();
    answer.timings.totalMs = answer.timings.retrieveMs = tookMs;
    if (const auto reading = asking.live->reading()) {
        const auto readMs = static_cast<double>(reading->since.elapsed());
        answer.timings.retrieveMs = std::max(0.0, tookMs - readMs);
        answer.filesRead = reading->files;
    }
    return answer;
}

}  // namespace

void LiveAnswer::append(std::string_view piece) {
    const std::lock_guard lock(m_mutex);
    m_text += piece;
    m_hasNews = true;
    m_reading.reset();
    m_hasReadingNews = false;
}

void LiveAnswer::setReading(PromptReading reading) {
    const std::lock_guard lock(m_mutex);
    if (m_reading) reading.since = m_reading->since;
    m_reading = std::move(reading);
    m_hasReadingNews = true;
}

std::optional<PromptReading> LiveAnswer::reading() const {
    const std::lock_guard lock(m_mutex);
    return m_reading;
}

std::optional<PromptReading> LiveAnswer::readingNews() {
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(m_hasReadingNews, false)) return std::nullopt;
    return m_reading;
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

void ConsentGate::open(store::MessageId answer, const QString& server, const QString& choice,
                       store::ConversationId conversation) {
    const std::lock_guard lock(m_mutex);
    m_waiting = answer;
    m_conversation = conversation;
    m_server = server;
    m_choice = choice;
    m_outcome.reset();
}

void ConsentGate::give(store::MessageId answer, Consent consent) {
    {
        const std::lock_guard lock(m_mutex);
        if (answer == 0 || answer != m_waiting || m_outcome) return;
        m_outcome = consent == Consent::Given ? ConsentOutcome::Given : ConsentOutcome::Refused;
    }
    m_changed.notify_all();
}

void ConsentGate::settingsAre(const std::function<QString(const QString& choice)>& serverOf) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting == 0 || m_outcome || serverOf(m_choice) == m_server) return;
        m_outcome = ConsentOutcome::OutOfDate;
    }
    m_changed.notify_all();
}

void ConsentGate::choiceIs(store::ConversationId conversation, const QString& choice) {
    {
        const std::lock_guard lock(m_mutex);
        const bool isMeant = m_waiting != 0 && conversation != 0 && conversation == m_conversation;
        if (!isMeant || m_outcome || choice == m_choice) return;
        m_outcome = ConsentOutcome::OutOfDate;
    }
    m_changed.notify_all();
}

ConsentOutcome ConsentGate::wait(std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return m_outcome.has_value(); });
    const ConsentOutcome refused = ConsentOutcome::Refused;
    const ConsentOutcome outcome = stop.stop_requested() ? refused : m_outcome.value_or(refused);
    m_waiting = 0;
    m_outcome.reset();
    return outcome;
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
        wired.choice = asking.model;
        TRY(wired, wire(asking, parts, session, mine));
        if (mine.stop_requested()) return Error(ErrorCode::Cancelled, "stopped");
        answer::Question question;
        question.text = row->text;
        question.searchFor = asking.searchFor.toStdString();
        question.within = nativePaths(asking.scope);
        question.history = turnsBefore(rows, asking.question);
        question.historySummary = summaryBefore(rows, asking.question);
        question.localOnly = wired.localOnly;
        return session.ask(
            question, askWith(wired, asking, parts.host), [&](std::string_view piece) { saver.take(piece); },
            mine);
    };
    const base::Stopwatch clock;
    const auto asked = ask();
    const answer::Answer answer = asked ? *asked : broken(asked.error(), asking, wired, clock.milliseconds());
    const ModelReach reach = !wired.model ? ModelReach::None
                             : wired.model->place() == document::Place::ThisComputer
                                 ? ModelReach::ThisComputer
                                 : ModelReach::Remote;
    return conversations.finish(
        asking.answer, answer.text,
        toDetails(answer, {reach, asking.live->isStopped(), wired.choice}).toStdString());
}

Result<bool> titleConversation(const Asking& asking, const AskingParts& parts, library::Session& session,
                               const std::stop_token& stop) {
    store::Conversations conversations(session.library().database());
    TRY(const auto row, conversations.conversation(asking.conversation));
    if (row.titledBy != store::TitledBy::Question) return false;
    const bool isChosenAnew = asking.fixed == Asking::Fixed::No && windowPath(row.model) != asking.model;
    if (isChosenAnew) return false;  // the helper of the earlier choice is not the present one's
    TRY(const auto rows, conversations.messages(asking.conversation));
    const std::vector<answer::Turn> turns = turnsTo(rows, asking.answer);
    if (turns.empty() || turns.size() > kYoungTurns || !isWhole(rows, asking.answer)) return false;
    // Nobody is asked for leave because of a title.
    const AskingParts quietly{parts.host, parts.key,
                              [](const Leaving&, std::stop_token) { return ConsentOutcome::Refused; }};
    TRY(const WiredModel wired, wire(asking, quietly, session, stop));
    const auto title =
        session.title(turns.front(), wired.localOnly, askWith(wired, asking, parts.host), stop);
    if (!title || stop.stop_requested()) return false;
    return conversations.retitle(asking.conversation, *title);
}

}  // namespace commonplace::ui
