// What leaves this computer: small models elsewhere that a conversation's choice leaves out, consents that
// are withdrawn, and what the light is told.

#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_models.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/bridge/destination.h"
#include "ui/bridge/places_elsewhere.h"

namespace commonplace::ui {

class ChatPrivacyTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() {
        (void)consentNow(m_farServer, Consent::Refused);
        end();
    }

    void aChoiceHereLeavesOutTheSmallModelElsewhere();
    void quotesOnlySendsNothing();
    void aServerHereSendsNothingElsewhere();
    void theLightKnowsTheSmallModel();
    void theLightKnowsEveryStandInElsewhere();
    void theLightKnowsWhereVectorsAreMade();
    void aWithdrawnConsentIsAskedForAgain();
    void aWithdrawnStandInIsLeftOut();
    void choosingAnotherModelEndsTheQuestion();
    void theCardStandsInItsConversationOnly();
    void quotationsAreOfferedForWhatFailed();
    void aStoppedAnswerGetsNoTitle();
    void aBrokenAnswerGetsNoTitle();

  private:
    /// A server that is reached here and sends questions on: another computer's, for every judge.
    config::ModelPlace forwarded(const HttpServer& server) {
        m_farServer = serverOf(QString::fromStdString(server.url()));
        return {"openai", server.url() + "/v1", "gpt-oss:120b-cloud", 8192};
    }
    void helpFrom(const HttpServer& server, const std::string& answering = {}) {
        config::Settings settings;
        settings.model.baseUrl = answering;
        settings.model.small = forwarded(server);
        m_world.write(settings);
    }
    bool consentNow(const QString& server, Consent consent) {
        if (server.isEmpty()) return false;
        ConsentBridge consents(m_world.host());
        QSignalSpy changed(&consents, &ConsentBridge::changed);
        consents.set(server, consent);
        if (consent == Consent::Given) return changed.wait(30000);
        return true;  // the bridge's lane does it before it ends
    }
    /// Two questions, so that there is a follow-up to rewrite, and a title to make, for which room is left.
    QVector<ChatMessage> converse(const QString& choice) {
        const ChatMessage first = answered(*m_bridge, {0, 0, kQuestion, {}, choice});
        const qint64 conversation = listed(*m_bridge).first().id;
        const ChatMessage second = answered(*m_bridge, {conversation, first.id, kFollowUp, {}});
        (void)titledNow(m_world, conversation, second);
        return {first, second};
    }
    QString m_farServer;
};

void ChatPrivacyTest::aChoiceHereLeavesOutTheSmallModelElsewhere() {
    config::Settings settings;
    settings.model.baseUrl = "https://model.invalid/v1";
    settings.model.small = {"openai", "https://small.invalid/v1", "s", 8192};
    for (const char* choice : {"none", "/models/a.gguf", "http://127.0.0.1:3/v1#x"}) {
        const auto own = settingsFor(settings, QString::fromLatin1(choice));
        QVERIFY2(own && !own->model.small.isSet(), choice);
    }
    for (const char* choice : {"", "https://own.invalid/v1#x", "http://127.0.0.1:11434#x:1b-cloud"})
        QVERIFY2(settingsFor(settings, QString::fromLatin1(choice))->model.small.isSet(), choice);
    settings.model.small.baseUrl = "http://127.0.0.1:4/v1";
    QVERIFY(settingsFor(settings, QStringLiteral("/models/a.gguf"))->model.small.isSet());
    QVERIFY(!settingsFor(settings, QStringLiteral("none"))->model.small.isSet());
}

void ChatPrivacyTest::quotesOnlySendsNothing() {
    HttpServer small({fakes::chatReply({"A title"}), fakes::chatReply({"B"}), fakes::chatReply({"C"})});
    helpFrom(small);
    QVERIFY(consentNow(m_farServer, Consent::Given));
    for (const ChatMessage& answer : converse(QStringLiteral("none"))) {
        QCOMPARE(answer.answer.error, QString());
        QCOMPARE(answer.answer.mode, AnswerMode::Extractive);
    }
    QCOMPARE(small.requests().size(), std::size_t(0));
    (void)converse({});  // the default uses it: else this case could not fail
    QVERIFY(!small.requests().empty());
}

void ChatPrivacyTest::aServerHereSendsNothingElsewhere() {
    HttpServer own({fakes::chatReply({"here"}), fakes::chatReply({"here"})});
    HttpServer small({fakes::chatReply({"A title"}), fakes::chatReply({"B"}), fakes::chatReply({"C"})});
    helpFrom(small);
    QVERIFY(consentNow(m_farServer, Consent::Given));
    for (const ChatMessage& answer : converse(QString::fromStdString(own.url()) + QStringLiteral("/v1#mine")))
        QCOMPARE(answer.text, QStringLiteral("here"));
    QCOMPARE(small.requests().size(), std::size_t(0));
}

void ChatPrivacyTest::theLightKnowsTheSmallModel() {
    HttpServer small({fakes::chatReply({"A title"})});
    helpFrom(small);
    ChatPage page(*m_bridge);
    QSignalSpy remote(&page, &ChatPage::placesElsewhereChanged);
    QSignalSpy facts(m_bridge.get(), &ChatBridge::factsChanged);
    page.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!facts.isEmpty(), 30000);
    const auto helper = [&remote] { return remote.last().at(0).value<PlacesElsewhere>().helper; };
    QCOMPARE(helper(), QString());  // without a consent it is left out
    QVERIFY(consentNow(m_farServer, Consent::Given));
    page.refresh();
    const QString host = hostOf(m_farServer);
    QTRY_COMPARE_WITH_TIMEOUT(helper(), host, 30000);
    QCOMPARE(remote.last().at(0).value<PlacesElsewhere>().answers, QString());  // nobody elsewhere answers
    (void)answered(*m_bridge, {0, 0, kQuestion, {}, QStringLiteral("none")});
    page.openConversation(listed(*m_bridge).first().id);
    QTRY_COMPARE_WITH_TIMEOUT(helper(), QString(), 30000);
}

void ChatPrivacyTest::theLightKnowsEveryStandInElsewhere() {
    HttpServer usual({fakes::chatReply({"usual"})}), far({fakes::chatReply({"far"})});
    config::Settings settings;
    settings.model.baseUrl = usual.url() + "/v1";
    settings.model.fallbacks = {{forwarded(far), true}};
    m_world.write(settings);
    openPage();
    QSignalSpy told(m_page.get(), &ChatPage::placesElsewhereChanged);
    QSignalSpy facts(m_bridge.get(), &ChatBridge::factsChanged);
    const auto standIns = [&told] {
        return told.isEmpty() ? QStringList() : told.last().at(0).value<PlacesElsewhere>().standIns;
    };
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!facts.isEmpty(), 30000);
    QCOMPARE(standIns(), QStringList());  // nothing goes there without a consent
    QVERIFY(consentNow(m_farServer, Consent::Given));
    m_page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(standIns(), QStringList{hostOf(m_farServer)}, 30000);
    settings.model.fallbacks.front().standsInForAny = false;  // never from here to elsewhere
    m_world.write(settings);
    m_page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(standIns(), QStringList(), 30000);
}

void ChatPrivacyTest::theLightKnowsWhereVectorsAreMade() {
    library::EmbeddingStatus status;
    status.active = library::SpaceStatus{"f", "openai:https://vectors.example.com/v1#e5", 2, 0};
    config::Settings settings;
    settings.embedding = {"openai", "e5", "https://vectors.example.com/v1",
                          config::EmbeddingReach::ThisComputer};
    QCOMPARE(meaningHosts(status, settings), QStringList());
    settings.embedding.reach = config::EmbeddingReach::Anywhere;
    QCOMPARE(meaningHosts(status, settings), QStringList{QStringLiteral("vectors.example.com")});
    // A library without vectors begins with what the settings name; another model elsewhere is not allowed.
    QCOMPARE(meaningHosts({}, settings), QStringList{QStringLiteral("vectors.example.com")});
    settings.embedding.baseUrl = "https://other.example.com/v1";
    QCOMPARE(meaningHosts(status, settings), QStringList{QStringLiteral("other.example.com")});
    settings.privacy.localOnly = {"/home/me/letters"};  // then the engine sends nothing
    QCOMPARE(meaningHosts(status, settings), QStringList());
    // What a server here hands on is not under the engine's control.
    status.active->maker = "ollama:http://127.0.0.1:11434#embed:cloud";
    QCOMPARE(meaningHosts(status, settings), QStringList{QStringLiteral("127.0.0.1:11434")});
    status.active->maker = "ollama:http://127.0.0.1:11434#embed";
    QCOMPARE(meaningHosts(status, settings), QStringList());
}

void ChatPrivacyTest::aWithdrawnConsentIsAskedForAgain() {
    HttpServer own({fakes::chatReply({"one"}), fakes::chatReply({"two"}), fakes::chatReply({"three"})});
    const config::ModelPlace place = forwarded(own);
    const AskRequest request{0, 0, kQuestion, {}, QString::fromStdString(place.baseUrl + "#" + place.model)};
    QVERIFY(consentNow(m_farServer, Consent::Given));
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QCOMPARE(answered(*m_bridge, request).text, QStringLiteral("one"));
    QCOMPARE(needed.size(), 0);
    const auto before = own.requests().size();
    QVERIFY(consentNow(m_farServer, Consent::Refused));
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask(request);
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    QCOMPARE(needed.first().at(0).toString(), m_farServer);
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
    QCOMPARE(own.requests().size(), before);
}

void ChatPrivacyTest::aWithdrawnStandInIsLeftOut() {
    HttpServer usual({fakes::chatReply({"usual"}), fakes::chatReply({"usual"})});
    HttpServer other({fakes::chatReply({"other"})});
    config::Settings settings;
    settings.model.baseUrl = usual.url() + "/v1";
    settings.model.fallbacks = {{forwarded(other), true}};
    m_world.write(settings);
    QVERIFY(consentNow(m_farServer, Consent::Given));
    (void)answered(*m_bridge, {0, 0, kQuestion, {}});
    QCOMPARE(m_world.wired().model.fallbacks.size(), std::size_t(1));
    QVERIFY(consentNow(m_farServer, Consent::Refused));
    QCOMPARE(answered(*m_bridge, {0, 0, kQuestion, {}}).text, QStringLiteral("usual"));
    QCOMPARE(m_world.wired().model.fallbacks.size(), std::size_t(0));
}

void ChatPrivacyTest::choosingAnotherModelEndsTheQuestion() {
    HttpServer own({fakes::chatReply({"one"})});
    const config::ModelPlace place = forwarded(own);
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy over(m_bridge.get(), &ChatBridge::remoteConsentOver);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, kQuestion, {}, QString::fromStdString(place.baseUrl + "#" + place.model)});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    QVERIFY(!needed.first().at(1).toString().contains(QStringLiteral("earlier")));  // there are none
    m_bridge->setModel(listed(*m_bridge).first().id, QStringLiteral("none"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(over.size(), 1);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    QCOMPARE(answer.answer.mode, AnswerMode::Extractive);
    QCOMPARE(answer.answer.choice, QStringLiteral("none"));
    QVERIFY(own.requests().empty());
}

void ChatPrivacyTest::theCardStandsInItsConversationOnly() {
    (void)answered(*m_bridge, {0, 0, kQuestion, {}, QStringLiteral("none")});
    const qint64 other = listed(*m_bridge).first().id;
    m_world.answerFrom("https://model.invalid/v1");
    ChatPage page(*m_bridge);
    page.resize(760, 700);
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(page.conversation(), 0, 30000);
    auto* bar = page.findChild<QWidget*>(QStringLiteral("consentBar"));
    auto* text = page.findChild<QPlainTextEdit*>(QStringLiteral("composerText"));
    text->setPlainText(kQuestion);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 30000);
    const qint64 asking = page.conversation();
    page.openConversation(other);
    QTRY_COMPARE_WITH_TIMEOUT(page.conversation(), other, 30000);
    QVERIFY(!bar->isVisible());
    page.openConversation(asking);
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 30000);
    auto* refuse = page.findChild<QPushButton*>(QStringLiteral("refuseConsent"));
    refuse->setFocus();
    refuse->click();
    QCOMPARE(page.focusWidget(), static_cast<QWidget*>(text));  // what is typed next is not lost
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 30000);
}

void ChatPrivacyTest::quotationsAreOfferedForWhatFailed() {
    const fakes::LoopbackPort closed;
    m_world.answerFrom(closed.url() + "/v1");
    ChatPage page(*m_bridge);
    page.resize(760, 700);
    page.show();
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    auto* text = page.findChild<QPlainTextEdit*>(QStringLiteral("composerText"));
    text->setPlainText(kQuestion);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QPushButton* quote = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((quote = page.findChild<QPushButton*>(QStringLiteral("answerWithQuotes"))),
                             30000);
    QTRY_VERIFY_WITH_TIMEOUT(quote->isVisible(), 30000);
    QVERIFY(page.findChild<QLabel*>(QStringLiteral("answerState"))
                ->text()
                .startsWith(QStringLiteral("No answer")));
    quote->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    const auto again = finished.last().at(1).value<ChatMessage>();
    QCOMPARE(again.answer.mode, AnswerMode::Extractive);
    QCOMPARE(again.answer.error, QString());
    QCOMPARE(again.siblings.size(), 2);
    QVERIFY(opened(*m_bridge, page.conversation()).model.choice.isEmpty());  // this once
}

void ChatPrivacyTest::aStoppedAnswerGetsNoTitle() {
    HttpServer slow({{fakes::send(fakes::streamHead() + fakes::contentChunk("half")), fakes::stall()}});
    HttpServer small({fakes::chatReply({"A title"}), fakes::chatReply({"B"})});
    m_world.answerFrom(slow.url() + "/v1", small.url() + "/v1");
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, kQuestion, {}});
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 30000);
    m_bridge->stop(started.first().at(1).toLongLong());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    QVERIFY(answer.answer.stopped);
    QVERIFY(!titledNow(m_world, finished.first().at(0).toLongLong(), answer).worked);
    QCOMPARE(small.requests().size(), std::size_t(0));
}

void ChatPrivacyTest::aBrokenAnswerGetsNoTitle() {
    HttpServer broken({{fakes::send(fakes::streamHead() + fakes::contentChunk("half"))}});
    HttpServer small({fakes::chatReply({"A title"}), fakes::chatReply({"B"})});
    m_world.answerFrom(broken.url() + "/v1", small.url() + "/v1");
    const ChatMessage answer = answered(*m_bridge, {0, 0, kQuestion, {}});
    QCOMPARE(answer.text, QStringLiteral("half"));
    QVERIFY(!answer.answer.error.isEmpty());
    QVERIFY(!titledNow(m_world, listed(*m_bridge).first().id, answer).worked);
    QCOMPARE(small.requests().size(), std::size_t(0));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatPrivacyTest)
#include "chat_privacy_test.moc"
