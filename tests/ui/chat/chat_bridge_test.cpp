// Conversations and their answers, as the bridge makes, keeps and lists them.
#include <QElapsedTimer>

#include "engine/net/traffic.h"
#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_citations.h"

namespace commonplace::ui {

using fakes::pause;
using fakes::send;

class ChatBridgeTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void quotesWithoutAModel();
    void abstainsWithTheNearestPassages();
    void streamsAndCoalesces();
    void stopKeepsWhatHasCome();
    void brokenAndRefusedAreTold();
    void branchesInsteadOfErasing();
    void listSearchRenamePinRemove();
    void keepsDrafts();
    void aQuestionThatIsNotStoredComesBack();
    void anAnswerThatCannotBeStoredEndsNevertheless();
    void unfinishedAnswersAreMarkedAfterACrash();
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
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 30000);
    m_bridge->stop(text.first().at(0).toLongLong());
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 30000);
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
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 30000);
    Chat chat = opened(*m_bridge, id);
    QCOMPARE(chat.messages.size(), 2);  // the new branch has no follow-up yet
    QCOMPARE(chat.messages[1].siblings.size(), 2);
    (void)answered(*m_bridge, {id, 0, QStringLiteral("How is the dome cleaned?"), {}});  // edited
    chat = opened(*m_bridge, id);
    QCOMPARE(chat.messages[0].siblings.size(), 2);
    QSignalSpy switched(m_bridge.get(), &ChatBridge::chatOpened);
    m_bridge->switchBranch(id, first.id);
    QTRY_VERIFY_WITH_TIMEOUT(!switched.isEmpty(), 30000);
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
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
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

void ChatBridgeTest::aQuestionThatIsNotStoredComesBack() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    (void)answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    m_bridge->setDraft(id, QStringLiteral("kept"));
    QSignalSpy failed(m_bridge.get(), &ChatBridge::askFailed);
    m_bridge->ask({id, 987654, QStringLiteral("And the dome?"), {}});  // below no message at all
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    QCOMPARE(failed.first().at(0).toLongLong(), id);
    QCOMPARE(failed.first().at(1).toString(), QStringLiteral("And the dome?"));
    QVERIFY(!failed.first().at(2).toString().isEmpty());
    const Chat chat = opened(*m_bridge, id);
    QCOMPARE(chat.draft, QStringLiteral("kept"));
    QCOMPARE(chat.messages.size(), 2);
    QSignalSpy notOpened(m_bridge.get(), &ChatBridge::openFailed);
    m_bridge->open(987654);
    QTRY_COMPARE_WITH_TIMEOUT(notOpened.size(), 1, 30000);
}

void ChatBridgeTest::anAnswerThatCannotBeStoredEndsNevertheless() {
    m_world.answerFrom("http://third.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    const qint64 id = started.first().at(0).value<Chat>().id;
    QCOMPARE(opened(*m_bridge, id).messages.last().answer.state, AnswerState::Writing);
    auto store =
        store::LibraryStore::open(library::libraryFile(m_world.host().folder()), store::Access::Guest);
    QVERIFY(store.has_value());
    store::Database::Handle& handle = (*store)->database().handle();
    store::Query(handle, "UPDATE conversation SET leaf_id = NULL WHERE id = ?").run(id);
    store::Query(handle, "DELETE FROM conversation WHERE id = ?").run(id);
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    QCOMPARE(answer.id, needed.first().at(2).toLongLong());
    QVERIFY(!answer.answer.error.isEmpty());
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

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatBridgeTest)
#include "chat_bridge_test.moc"
