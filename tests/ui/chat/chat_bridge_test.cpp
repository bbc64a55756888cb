#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "engine/net/traffic.h"
#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "tests/ui/chat/chat_world.h"
#include "ui/bridge/chat_citations.h"
#include "ui/bridge/chat_copy.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/destination.h"

namespace commonplace::ui {

using fakes::HttpServer;
using fakes::pause;
using fakes::send;

class ChatBridgeTest final : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() {
        m_world.answerFrom("");
        m_bridge = std::make_unique<ChatBridge>(m_world.host());
    }
    void cleanup() { m_bridge.reset(); }

    void quotesWithoutAModel();
    void abstainsWithTheNearestPassages();
    void streamsAndCoalesces();
    void stopKeepsWhatHasCome();
    void brokenAndRefusedAreTold();
    void branchesInsteadOfErasing();
    void listSearchRenamePinRemove();
    void keepsDrafts();
    void asksBeforeAnythingLeavesTheComputer();
    void aLateConsentIsNotKeptForTheNextQuestion();
    void aConsentIsForTheEndpointItWasAskedFor();
    void theGateStaysShutWhileNothingChanges();
    void offlineSendsNothingAndAsksForNothing();
    void aQuestionThatIsNotStoredComesBack();
    void copiesAnAnswerWithItsSources();
    void referencesKeepTheirKind();
    void exportsEverything();
    void anAnswerThatCannotBeStoredEndsNevertheless();
    void exportsEveryProofOfANumber();
    void matchesMarkersWithTheirOwnQuotes();
    void unfinishedAnswersAreMarkedAfterACrash();
    void knowsThisComputer();

  private:
    ChatWorld m_world;
    std::unique_ptr<ChatBridge> m_bridge;
};

void ChatBridgeTest::quotesWithoutAModel() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    const ChatMessage answer = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QCOMPARE(answer.answer.mode, AnswerMode::Extractive);
    QCOMPARE(answer.answer.state, AnswerState::Finished);
    QVERIFY(!answer.answer.citations.isEmpty());
    QVERIFY(answer.answer.citations.first().verified);
    QVERIFY(answer.answer.citations.first().place.begin >= 0);
    const Chat chat = started.first().at(0).value<Chat>();
    QCOMPARE(chat.title, QStringLiteral("How is the rail cleaned?"));

    ChatBridge later(m_world.host());  // as after a restart
    const Chat again = opened(later, chat.id);
    QCOMPARE(again.messages.size(), 2);
    QCOMPARE(again.messages[1].text, answer.text);
    QCOMPARE(again.messages[1].answer.citations.size(), answer.answer.citations.size());
    QCOMPARE(again.messages[1].answer.parts.size(), answer.answer.parts.size());
}

void ChatBridgeTest::abstainsWithTheNearestPassages() {
    const ChatMessage answer =
        answered(*m_bridge, {0, 0, QStringLiteral("What is the capital of Mongolia?"), {}});
    QVERIFY(answer.answer.abstained);
    QVERIFY(!answer.answer.nearest.isEmpty());
}

void ChatBridgeTest::streamsAndCoalesces() {
    constexpr int kPieces = 2000;
    fakes::Script script{send(fakes::streamHead())};
    for (int i = 0; i < kPieces; ++i) {
        script.push_back(send(fakes::contentChunk("w" + std::to_string(i % 100) + " ")));
        if (i % 200 == 199) script.push_back(pause(std::chrono::milliseconds(100)));
    }
    script.push_back(send(fakes::finishChunk() + fakes::doneEvent()));
    config::Settings settings;
    HttpServer server({script});
    settings.model.baseUrl = server.url() + "/v1";
    settings.model.maxAnswerTokens = 2 * kPieces;
    QVERIFY(config::saveSettings(m_world.path("settings.json"), settings).has_value());
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    QElapsedTimer time;
    time.start();
    const ChatMessage answer = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QCOMPARE(answer.answer.mode, AnswerMode::Generative);
    QCOMPARE(answer.answer.reach, ModelReach::ThisComputer);
    QVERIFY2(answer.answer.error.isEmpty(), qPrintable(answer.answer.error));
    QCOMPARE(answer.text.count(QLatin1Char('w')), kPieces);
    QVERIFY(text.size() > 1);
    QVERIFY2(text.size() <= time.elapsed() * 30 / 1000 + 2, qPrintable(QString::number(text.size())));
}

void ChatBridgeTest::stopKeepsWhatHasCome() {
    HttpServer server({{send(fakes::streamHead() + fakes::contentChunk("The rail is ")), fakes::stall()}});
    m_world.answerFrom(server.url() + "/v1");
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 10000);
    m_bridge->stop(text.first().at(0).toLongLong());
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 3000);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    QVERIFY(answer.answer.stopped);
    QCOMPARE(answer.text.trimmed(), QStringLiteral("The rail is"));
    QCOMPARE(opened(*m_bridge, finished.first().at(0).toLongLong()).messages.last().text, answer.text);
}

void ChatBridgeTest::brokenAndRefusedAreTold() {
    HttpServer server({{send(fakes::streamHead() + fakes::contentChunk("Half an ")), fakes::reset()}});
    m_world.answerFrom(server.url() + "/v1");
    const ChatMessage broken = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QCOMPARE(broken.text.trimmed(), QStringLiteral("Half an"));
    QVERIFY(!broken.answer.error.isEmpty());
    QVERIFY(!broken.answer.stopped);
    const fakes::LoopbackPort closed;
    m_world.answerFrom(closed.url() + "/v1");
    const ChatMessage refused = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QVERIFY(refused.text.isEmpty());
    QVERIFY(!refused.answer.error.isEmpty());
    QCOMPARE(refused.answer.state, AnswerState::Finished);
}

void ChatBridgeTest::branchesInsteadOfErasing() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    const ChatMessage first = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    const ChatMessage follow =
        answered(*m_bridge, {id, first.id, QStringLiteral("And how often are the lamps?"), {}});
    QCOMPARE(opened(*m_bridge, id).messages.size(), 4);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->retry(id, first.id);
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 10000);
    Chat chat = opened(*m_bridge, id);
    QCOMPARE(chat.messages.size(), 2);  // the new branch has no follow-up yet
    QCOMPARE(chat.messages[1].siblings.size(), 2);
    (void)answered(*m_bridge, {id, 0, QStringLiteral("How is the dome cleaned?"), {}});  // edited
    chat = opened(*m_bridge, id);
    QCOMPARE(chat.messages[0].siblings.size(), 2);
    QSignalSpy switched(m_bridge.get(), &ChatBridge::chatOpened);
    m_bridge->switchBranch(id, first.id);
    QTRY_VERIFY(!switched.isEmpty());
    chat = switched.first().at(0).value<Chat>();
    QCOMPARE(chat.messages.size(), 4);
    QCOMPARE(chat.messages.last().id, follow.id);
}

void ChatBridgeTest::listSearchRenamePinRemove() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    (void)answered(*m_bridge, {0, 0, QStringLiteral("Where is the heliograph kept?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    QCOMPARE(listed(*m_bridge, QStringLiteral("heliogr")).size(), 1);
    m_bridge->rename(id, QStringLiteral("  Signal \n mirror "));
    QCOMPARE(listed(*m_bridge, QStringLiteral("signal mirror")).first().title,
             QStringLiteral("Signal mirror"));
    m_bridge->setPin(id, Pin::Yes);
    QCOMPARE(listed(*m_bridge).first().id, id);
    const auto before = listed(*m_bridge).size();
    m_bridge->remove(id);
    QCOMPARE(listed(*m_bridge).size(), before - 1);
    m_bridge->restore(id);
    QCOMPARE(listed(*m_bridge).size(), before);
    QSignalSpy failed(m_bridge.get(), &ChatBridge::failed);
    m_bridge->rename(987654, QStringLiteral("x"));
    QTRY_COMPARE(failed.size(), 1);
}

void ChatBridgeTest::keepsDrafts() {
    m_bridge->setDraft(0, QStringLiteral("half a question"));
    QCOMPARE(opened(*m_bridge, 0).draft, QStringLiteral("half a question"));
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    const QStringList scope{QString::fromStdString((sampleLibrary() / "notes").string())};
    const ChatMessage answer = answered(*m_bridge, {0, 0, QStringLiteral("When is the house open?"), scope});
    for (const ChatCitation& citation : answer.answer.citations)
        QVERIFY(citation.place.path.contains(QLatin1String("/notes/")));
    const qint64 id = started.first().at(0).value<Chat>().id;
    QCOMPARE(opened(*m_bridge, 0).draft, QString());
    m_bridge->setDraft(id, QStringLiteral("ünd"));
    QCOMPARE(opened(*m_bridge, id).draft, QStringLiteral("ünd"));
    QCOMPARE(opened(*m_bridge, id).scope, scope);
}

void ChatBridgeTest::asksBeforeAnythingLeavesTheComputer() {
    m_world.answerFrom("http://model.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 10000);
    QCOMPARE(needed.first().at(0).toString(), QStringLiteral("http://model.invalid"));
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 10000);  // a refusal is not remembered
    m_bridge.reset();                                    // leaving while it waits does not hang
}

void ChatBridgeTest::aLateConsentIsNotKeptForTheNextQuestion() {
    m_world.answerFrom("http://other.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 10000);
    const qint64 first = needed.first().at(2).toLongLong();
    m_bridge->stop(first);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    m_bridge->consent(first, Consent::Given);  // nobody waits for it any more
    m_bridge->ask({0, 0, QStringLiteral("How is the dome turned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 10000);
    m_bridge->consent(first, Consent::Given);
    m_bridge->consent(needed.last().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 10000);
    QCOMPARE(finished.last().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
}

void ChatBridgeTest::aConsentIsForTheEndpointItWasAskedFor() {
    m_world.answerFrom("http://first.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy over(m_bridge.get(), &ChatBridge::remoteConsentOver);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 10000);
    const qint64 answer = needed.first().at(2).toLongLong();

    m_world.answerFrom("http://second.invalid/v1");
    m_bridge->consent(answer, Consent::Given);  // to what was shown, but it is not what would be asked now
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 10000);
    QCOMPARE(needed.last().at(0).toString(), QStringLiteral("http://second.invalid"));
    QCOMPARE(finished.size(), 0);

    m_world.answerFrom("http://third.invalid/v1");
    m_bridge->refreshFacts();  // the window does this when settings are saved
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 3, 10000);
    QCOMPARE(needed.last().at(0).toString(), QStringLiteral("http://third.invalid"));
    m_bridge->refreshFacts();  // nothing has changed: the question stands
    (void)listed(*m_bridge);   // the store's lane has been through that

    m_world.answerFrom("");  // no model any more: nothing is left to ask
    m_bridge->refreshFacts();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QCOMPARE(needed.size(), 3);
    QCOMPARE(over.last().at(0).toLongLong(), answer);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
}

void ChatBridgeTest::theGateStaysShutWhileNothingChanges() {
    const auto outcomeWhenNamed = [](const char* now) {
        ConsentGate gate;
        gate.open(1, QStringLiteral("https://a.invalid"));
        gate.settingsAre([now](const QString&) { return QString::fromLatin1(now); });
        gate.give(1, Consent::Given);
        return gate.wait({});
    };
    QVERIFY(outcomeWhenNamed("https://a.invalid") == ConsentOutcome::Given);
    QVERIFY(outcomeWhenNamed("https://b.invalid") == ConsentOutcome::OutOfDate);
    QVERIFY(outcomeWhenNamed("") == ConsentOutcome::OutOfDate);
}

void ChatBridgeTest::offlineSendsNothingAndAsksForNothing() {
    m_world.answerFrom("http://model.invalid/v1");
    m_world.host().traffic().setReach(net::Reach::LoopbackOnly);
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    const ChatMessage answer = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    m_world.host().traffic().setReach(net::Reach::Anywhere);
    QCOMPARE(needed.size(), 0);
    QCOMPARE(answer.answer.citations.size(), 0);
    QVERIFY2(answer.answer.error.contains(QStringLiteral("offline switch")), qPrintable(answer.answer.error));
}

void ChatBridgeTest::copiesAnAnswerWithItsSources() {
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral("The **dome** leaks [1] and turns [2], so [1].");
    message.answer.citations.resize(3);
    for (int i = 0; i < 3; ++i) {
        Place& place = message.answer.citations[i].place;
        place.number = i < 2 ? i + 1 : 1;
        place.path = i == 1 ? QStringLiteral("/notes/<b>turn</b>.md") : QStringLiteral("/papers/survey.pdf");
        place.title = i == 1 ? QString() : QStringLiteral("The survey");
        place.page = i == 1 ? 0 : 6;
        place.pageLabel = i == 1 ? QString() : QStringLiteral("iv");
        place.quote = QStringLiteral("quote %1").arg(i);
        message.answer.citations[i].verified = i != 1;
    }
    const CopiedAnswer copied = copyOf(message);
    QVERIFY(copied.markdown.startsWith(message.text));
    QVERIFY2(copied.markdown.contains(QStringLiteral("\\[1\\] The survey, p. iv (6): /papers/survey.pdf")),
             qPrintable(copied.markdown));
    QCOMPARE(copied.markdown.count(QStringLiteral("/papers/survey.pdf")), 1);  // one source, cited twice
    QVERIFY(copied.markdown.contains(QStringLiteral("NOT found")));
    QVERIFY(!copied.markdown.contains(QStringLiteral("<b>turn")));  // a file's name is no markup
    QVERIFY(copied.html.contains(QStringLiteral("dome</span>")) ||
            copied.html.contains(QStringLiteral("<b>dome")));
    QVERIFY(copied.html.contains(QStringLiteral("[1] The survey, p. iv (6): /papers/survey.pdf")));
    QVERIFY(!copied.html.contains(QStringLiteral("<b>turn")));
    QVERIFY(copied.html.contains(QStringLiteral("&lt;b&gt;turn")));
    message.answer.citations.clear();
    QCOMPARE(copyOf(message).markdown, message.text);
}

void ChatBridgeTest::aQuestionThatIsNotStoredComesBack() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    (void)answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    m_bridge->setDraft(id, QStringLiteral("kept"));
    QSignalSpy failed(m_bridge.get(), &ChatBridge::askFailed);
    m_bridge->ask({id, 987654, QStringLiteral("And the dome?"), {}});  // below no message at all
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(0).toLongLong(), id);
    QCOMPARE(failed.first().at(1).toString(), QStringLiteral("And the dome?"));
    QVERIFY(!failed.first().at(2).toString().isEmpty());
    const Chat chat = opened(*m_bridge, id);
    QCOMPARE(chat.draft, QStringLiteral("kept"));
    QCOMPARE(chat.messages.size(), 2);
    QSignalSpy notOpened(m_bridge.get(), &ChatBridge::openFailed);
    m_bridge->open(987654);
    QTRY_COMPARE(notOpened.size(), 1);
}

void ChatBridgeTest::anAnswerThatCannotBeStoredEndsNevertheless() {
    m_world.answerFrom("http://third.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 10000);
    const qint64 id = started.first().at(0).value<Chat>().id;
    QCOMPARE(opened(*m_bridge, id).messages.last().answer.state, AnswerState::Writing);
    auto store =
        store::LibraryStore::open(library::libraryFile(m_world.host().folder()), store::Access::Guest);
    QVERIFY(store.has_value());
    store::Database::Handle& handle = (*store)->database().handle();
    store::Query(handle, "UPDATE conversation SET leaf_id = NULL WHERE id = ?").run(id);
    store::Query(handle, "DELETE FROM conversation WHERE id = ?").run(id);
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    QCOMPARE(answer.id, needed.first().at(2).toLongLong());
    QVERIFY(!answer.answer.error.isEmpty());
}

void ChatBridgeTest::exportsEveryProofOfANumber() {
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral(
        "It is \u201Cbrushed every single week\u201D [1] and \u201Coiled once a "
        "year only\u201D [1].");
    for (const char* quote : {"brushed every single week", "oiled once a year only"}) {
        ChatCitation citation;
        citation.place.number = 1;
        citation.place.title = QStringLiteral("Handbook");
        citation.place.quote = QLatin1String(quote);
        citation.verified = true;
        message.answer.citations.append(citation);
    }
    Chat chat;
    chat.messages = {message};
    const QString text = QString::fromUtf8(exportChat(chat, ExportFormat::Markdown));
    for (const char* part :
         {"week\u201D [^1-1] and", "only\u201D [^1-2].", "[^1-1]: Handbook", "[^1-2]: Handbook"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    const QString html = QString::fromUtf8(exportChat(chat, ExportFormat::Html));
    QVERIFY(html.contains(QLatin1String("[2] Handbook")));
}

void ChatBridgeTest::matchesMarkersWithTheirOwnQuotes() {
    QVector<ChatCitation> citations(3);
    const char* const quotes[] = {"the rail is never cleaned", "The rail is brushed weekly",
                                  "a dome of copper"};
    for (int i = 0; i < 3; ++i) {
        citations[i].place.number = i < 2 ? 1 : 2;
        citations[i].place.quote = QLatin1String(quotes[i]);
        citations[i].verified = i > 0;
    }
    const QString text = QStringLiteral(
        "The rail is never cleaned [1]. \u201CThe **rail** is brushed\nweekly.\u201D [1] It says \"the rail "
        "is "
        "never cleaned\" [1, 2] and \u201Ca dome of copper\u201D. And more [2] [7].");
    const auto cited = CitationMatcher(citations).match(text, citationMarkers(text));
    QCOMPARE(cited.size(), 5);
    QCOMPARE(cited[0][0].index, 1);  // a plain claim: not another quote's red
    QCOMPARE(cited[0][0].relation, CitationRelation::Number);
    QCOMPARE(cited[1][0].index, 1);
    QCOMPARE(cited[1][0].relation, CitationRelation::OwnQuote);
    QCOMPARE(cited[2][0].index, 0);
    QCOMPARE(cited[2][0].relation, CitationRelation::OwnQuote);
    QCOMPARE(cited[2][1].relation, CitationRelation::Number);
    QCOMPARE(cited[3][0].relation, CitationRelation::Number);  // a sentence ends between
    QCOMPARE(cited[4][0].index, -1);
}

void ChatBridgeTest::referencesKeepTheirKind() {
    document::Citation bare;
    bare.number = 1;
    bare.kind = document::CitationKind::Reference;
    answer::Answer given;
    given.citations = {bare};
    const ChatAnswer stored = fromDetails(toDetails(given, {}));
    QVERIFY(stored.citations.first().isReference());
    // What was stored before there were kinds.
    const ChatAnswer old =
        fromDetails(R"({"citations":[{"n":1,"quote":"four words of it","verified":true}]})");
    QVERIFY(!old.citations.first().isReference());
    QVERIFY(old.citations.first().verified);
    // A plain claim is the reference's, whatever else has the number.
    QVector<ChatCitation> both(2);
    for (ChatCitation& citation : both) citation.place.number = 1;
    both[0].verified = true;
    both[1].kind = document::CitationKind::Reference;
    const QString text = QStringLiteral("It is so [1].");
    QCOMPARE(CitationMatcher(both).match(text, citationMarkers(text))[0][0].index, 1);
}

void ChatBridgeTest::exportsEverything() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    (void)answered(*m_bridge, {0, 0, QStringLiteral("How is the rail *cleaned*?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    QSignalSpy exported(m_bridge.get(), &ChatBridge::exported);
    const QVector<QPair<ExportFormat, QByteArray>> formats{{ExportFormat::Markdown, "[^1-1]: "},
                                                           {ExportFormat::Html, "quote proven"},
                                                           {ExportFormat::Pdf, "%PDF"},
                                                           {ExportFormat::Json, "\"verified\": true"}};
    for (const auto& [format, expected] : formats) {
        const QString file = QString::fromStdString(m_world.path("export").string());
        exported.clear();
        m_bridge->exportTo(id, format, file);
        QTRY_VERIFY_WITH_TIMEOUT(!exported.isEmpty(), 10000);  // it may have come before anybody waits
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY2(written.readAll().contains(expected), expected.constData());
    }
    QSignalSpy failed(m_bridge.get(), &ChatBridge::failed);
    m_bridge->exportTo(id, ExportFormat::Json, QStringLiteral("/nowhere/at/all"));
    QTRY_COMPARE(failed.size(), 1);
}

void ChatBridgeTest::unfinishedAnswersAreMarkedAfterACrash() {
    const auto file = library::libraryFile(m_world.host().folder());
    auto store = store::LibraryStore::open(file, store::Access::Guest);
    QVERIFY(store.has_value());
    store::Conversations all((*store)->database());
    const auto id = all.create("Crashed", "[]").value_or(0);
    const auto question = all.append(id, 0, store::Author::Person, "Why?").value_or(0);
    const auto answer = all.append(id, question, store::Author::Program, "").value_or(0);
    QVERIFY(all.saveText(answer, "Because of").has_value());
    const Chat chat = opened(*m_bridge, id);
    QCOMPARE(chat.messages.last().answer.state, AnswerState::Interrupted);
    QCOMPARE(chat.messages.last().text, QStringLiteral("Because of"));
}

void ChatBridgeTest::knowsThisComputer() {
    for (const char* local : {"http://127.0.0.1:8080/v1", "https://localhost/v1", "http://[::1]:1234"})
        QVERIFY2(destinationOf(QLatin1String(local)) == Destination::ThisComputer, local);
    QCOMPARE(destinationOf({}), Destination::Nowhere);
    for (const char* remote : {"http://localhost@evil.example/v1", "http://localhost.evil.example",
                               "http://127.0.0.1.evil.example", "http://localhost\\@evil.example",
                               "http://10.0.0.1/v1", "file:///etc", "http://localhost#@evil.example"})
        QVERIFY2(destinationOf(QLatin1String(remote)) == Destination::Remote, remote);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatBridgeTest)
#include "chat_bridge_test.moc"
