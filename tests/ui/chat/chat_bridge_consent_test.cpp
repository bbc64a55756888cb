// Nothing leaves this computer before somebody has allowed it.
#include "engine/net/traffic.h"
#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_citations.h"
#include "ui/bridge/destination.h"

namespace commonplace::ui {

class ChatBridgeConsentTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void asksBeforeAnythingLeavesTheComputer();
    void aLateConsentIsNotKeptForTheNextQuestion();
    void aConsentIsForTheEndpointItWasAskedFor();
    void theGateStaysShutWhileNothingChanges();
    void offlineSendsNothingAndAsksForNothing();
    void knowsThisComputer();
};

void ChatBridgeConsentTest::asksBeforeAnythingLeavesTheComputer() {
    m_world.answerFrom("http://model.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    QCOMPARE(needed.first().at(0).toString(), QStringLiteral("http://model.invalid"));
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 30000);  // a refusal is not remembered
    m_bridge.reset();                                    // leaving while it waits does not hang
}

void ChatBridgeConsentTest::aLateConsentIsNotKeptForTheNextQuestion() {
    m_world.answerFrom("http://other.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    const qint64 first = needed.first().at(2).toLongLong();
    m_bridge->stop(first);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    m_bridge->consent(first, Consent::Given);  // nobody waits for it any more
    m_bridge->ask({0, 0, QStringLiteral("How is the dome turned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 30000);
    m_bridge->consent(first, Consent::Given);
    m_bridge->consent(needed.last().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    QCOMPARE(finished.last().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
}

void ChatBridgeConsentTest::aConsentIsForTheEndpointItWasAskedFor() {
    m_world.answerFrom("http://first.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy over(m_bridge.get(), &ChatBridge::remoteConsentOver);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    const qint64 answer = needed.first().at(2).toLongLong();

    m_world.answerFrom("http://second.invalid/v1");
    m_bridge->consent(answer, Consent::Given);  // to what was shown, but it is not what would be asked now
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 2, 30000);
    QCOMPARE(needed.last().at(0).toString(), QStringLiteral("http://second.invalid"));
    QCOMPARE(finished.size(), 0);

    m_world.answerFrom("http://third.invalid/v1");
    m_bridge->refreshFacts();  // the window does this when settings are saved
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 3, 30000);
    QCOMPARE(needed.last().at(0).toString(), QStringLiteral("http://third.invalid"));
    m_bridge->refreshFacts();  // nothing has changed: the question stands
    (void)listed(*m_bridge);   // the store's lane has been through that

    m_world.answerFrom("");  // no model any more: nothing is left to ask
    m_bridge->refreshFacts();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(needed.size(), 3);
    QCOMPARE(over.last().at(0).toLongLong(), answer);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
}

void ChatBridgeConsentTest::theGateStaysShutWhileNothingChanges() {
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

void ChatBridgeConsentTest::offlineSendsNothingAndAsksForNothing() {
    m_world.answerFrom("http://model.invalid/v1");
    m_world.host().traffic().setReach(net::Reach::LoopbackOnly);
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    const ChatMessage answer = answered(*m_bridge, {0, 0, QStringLiteral("How is the rail cleaned?"), {}});
    m_world.host().traffic().setReach(net::Reach::Anywhere);
    QCOMPARE(needed.size(), 0);
    QCOMPARE(answer.answer.citations.size(), 0);
    QVERIFY2(answer.answer.error.contains(QStringLiteral("offline switch")), qPrintable(answer.answer.error));
}

void ChatBridgeConsentTest::knowsThisComputer() {
    for (const char* local : {"http://127.0.0.1:8080/v1", "https://localhost/v1", "http://[::1]:1234"})
        QVERIFY2(destinationOf(QLatin1String(local)) == Destination::ThisComputer, local);
    QCOMPARE(destinationOf({}), Destination::Nowhere);
    for (const char* remote : {"http://localhost@evil.example/v1", "http://localhost.evil.example",
                               "http://127.0.0.1.evil.example", "http://localhost\\@evil.example",
                               "http://10.0.0.1/v1", "file:///etc", "http://localhost#@evil.example"})
        QVERIFY2(destinationOf(QLatin1String(remote)) == Destination::Remote, remote);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatBridgeConsentTest)
#include "chat_bridge_consent_test.moc"
