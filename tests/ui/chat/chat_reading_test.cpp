// What is said before the first word of an answer.
#include "tests/support/hang.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/chat/message_view.h"
#include "ui/chat/receipt.h"
#include "ui/chat/transcript.h"

namespace commonplace::ui {

constexpr int kHangMs = static_cast<int>(test::kHangSeconds * 1000);

class ChatReadingTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void saysThatTheModelReadsAndStops();
    void aReopenedConversationSaysSoToo();
    void nobodyIsNamedWhereAnotherMayRead();
    void theWordsEndIt();
    void countsTheSeconds();
    void quotationsAreReadByNobody();

  private:
    QLabel* waiting() { return child<QLabel>("answerWaiting"); }
    /// A server that takes the question and does not answer it; a case of its own ends before its patience.
    fakes::HttpServer m_silent{{{fakes::send(fakes::streamHead()), fakes::stall()}}};
    void askTheSilent() {
        config::Settings settings;
        settings.model.baseUrl = m_silent.url() + "/v1";
        settings.model.model = "slow-reader";
        m_world.write(settings);
        openPage();
        ask(kQuestion);
    }
};

void ChatReadingTest::saysThatTheModelReadsAndStops() {
    QSignalSpy reading(m_bridge.get(), &ChatBridge::answerReading);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    askTheSilent();
    QTRY_COMPARE_WITH_TIMEOUT(reading.size(), 1, kHangMs);
    const auto told = reading.first().at(1).value<PromptReading>();
    QCOMPARE(told.model, QStringLiteral("slow-reader"));
    QVERIFY(told.passages > 0);
    QTRY_VERIFY_WITH_TIMEOUT(waiting() && waiting()->isVisible(), 30000);
    QVERIFY2(
        waiting()->text().startsWith(QStringLiteral("slow-reader is reading %1 passage").arg(told.passages)),
        qPrintable(waiting()->text()));
    QTest::keyClick(child<QPlainTextEdit>("composerText"), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kHangMs);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    QVERIFY(!waiting()->isVisible());
    const auto* state = child<QLabel>("answerState");
    QCOMPARE(state->text(), QStringLiteral("Stopped before the first word."));
    QCOMPARE(state->property("tone").toString(), QStringLiteral("muted"));  // the person wanted it
    const ChatAnswer answer = finished.first().at(1).value<ChatMessage>().answer;
    QVERIFY(answer.filesRead > 0 && answer.filesRead <= told.passages);
    QVERIFY(answer.totalMs > 0);
    QVERIFY(answer.totalMs >= answer.retrieveMs);
    const QString receipt = child<ReceiptLine>("receipt")->accessibleName();
    QVERIFY2(receipt.contains(QStringLiteral("%1 file").arg(answer.filesRead)), qPrintable(receipt));
}

void ChatReadingTest::aReopenedConversationSaysSoToo() {
    QSignalSpy reading(m_bridge.get(), &ChatBridge::answerReading);
    askTheSilent();
    QTRY_COMPARE_WITH_TIMEOUT(reading.size(), 1, kHangMs);
    const qint64 answer = reading.first().at(0).toLongLong();
    const Chat chat = opened(*m_bridge, newest());
    QCOMPARE(chat.messages.last().id, answer);
    QVERIFY(chat.messages.last().answer.reading.has_value());
    QCOMPARE(chat.messages.last().answer.reading->model, QStringLiteral("slow-reader"));
    m_bridge->stop(answer);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kHangMs);
}

void ChatReadingTest::nobodyIsNamedWhereAnotherMayRead() {
    for (const char* model : {"usual", ""}) {  // with a stand-in; by whatever the server chooses
        fakes::HttpServer silent({{fakes::send(fakes::streamHead()), fakes::stall()}});
        config::Settings settings;
        settings.model.model = model;
        settings.model.baseUrl = silent.url() + "/v1";
        if (*model != 0) {
            settings.model.baseUrl = "http://127.0.0.1:9/v1";  // nobody is there
            config::ModelPlace place;
            place.baseUrl = silent.url() + "/v1";
            place.model = "stand-in";
            settings.model.fallbacks = {{place, false}};
        }
        m_world.write(settings);
        QSignalSpy reading(m_bridge.get(), &ChatBridge::answerReading);
        openPage();
        ask(kQuestion);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.isEmpty(), kHangMs);
        QCOMPARE(reading.first().at(1).value<PromptReading>().model, QString());
        QTRY_VERIFY_WITH_TIMEOUT(waiting() && waiting()->text().startsWith(QLatin1String("The model is")),
                                 kHangMs);
        m_bridge->stop(reading.first().at(0).toLongLong());
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kHangMs);
    }
}

void ChatReadingTest::theWordsEndIt() {
    fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + fakes::contentChunk("Half of it ")), fakes::stall()}});
    m_world.answerFrom(server.url() + "/v1");
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    openPage();
    ask(kQuestion);
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), kHangMs);
    QVERIFY(!waiting()->isVisible());
    QVERIFY(!opened(*m_bridge, newest()).messages.last().answer.reading.has_value());
    m_bridge->stop(text.first().at(0).toLongLong());
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kHangMs);
}

void ChatReadingTest::countsTheSeconds() {
    AnswerView view(nullptr);
    view.resize(600, 100);
    ChatMessage message;
    message.id = 1;
    message.speaker = Speaker::Program;
    message.answer.state = AnswerState::Writing;
    view.setMessage(message);
    view.show();
    auto* label = view.findChild<QLabel*>(QStringLiteral("answerWaiting"));
    QCOMPARE(label->text(), QStringLiteral("Looking through your documents…"));
    PromptReading reading{QStringLiteral("qwen"), 1};
    reading.since.start();
    view.setReading(reading);
    QCOMPARE(label->text(), QStringLiteral("qwen is reading 1 passage…"));
    QTRY_VERIFY_WITH_TIMEOUT(label->text().endsWith(QLatin1String(" s")), kHangMs);  // it counts by itself
    QVERIFY(label->text().startsWith(QStringLiteral("qwen is reading 1 passage… ")));
    view.setTextSoFar(QStringLiteral("A word"));
    QVERIFY(!label->isVisible());
}

void ChatReadingTest::quotationsAreReadByNobody() {
    QSignalSpy reading(m_bridge.get(), &ChatBridge::answerReading);
    openPage();
    ask(kQuestion);
    QTRY_VERIFY_WITH_TIMEOUT(lastAnswer() && isIdle(), kHangMs);
    QVERIFY(reading.isEmpty());
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatReadingTest)
#include "chat_reading_test.moc"
