// Asking in the Ask place: by keyboard, with branches, drafts, scopes and consents.
#include <QAccessible>
#include <QClipboard>
#include <QToolButton>

#include "tests/ui/chat/chat_fixture.h"
#include "ui/chat/receipt.h"
#include "ui/chat/transcript.h"

namespace commonplace::ui {

class ChatPageTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() {
        begin();
        openPage();
    }
    void cleanup() { end(); }

    void asksByKeyboardAndOpensACitation();
    void branchesAndEdits();
    void stopsWithEscape();
    void draftsStayWithTheirConversation();
    void asksInTheConversationThatIsOpening();
    void aQuestionThatWasNotStoredIsBackInTheComposer();
    void anEditedQuestionKeepsItsPlace();
    void newConversationsHaveTheirOwnScope();
    void aStoppedAnswerAsksForNoConsent();
    void theConsentCardFollowsItsEndpoint();
    void keysThatNothingTakesAreTheComposers();
};

void ChatPageTest::asksByKeyboardAndOpensACitation() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    QSignalSpy activated(m_page.get(), &ChatPage::placeActivated);
    QSignalSpy changed(m_page.get(), &ChatPage::conversationChanged);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(child<QLabel>("chatTitle")->text(), QStringLiteral("How is the rail cleaned?"));
    QVERIFY(child<QPlainTextEdit>("composerText")->toPlainText().isEmpty());
    MessageText* answer = lastAnswer();
    QVERIFY(answer);
    QVERIFY(answer->accessibleDescription().contains(QLatin1String("[1]")));
    QVERIFY(QAccessible::queryAccessibleInterface(answer)->textInterface() != nullptr);
    answer->setFocus();
    QTest::keyClick(answer, Qt::Key_Tab);  // to the first chip
    QTest::keyClick(answer, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().at(0).value<Place>().number, 1);
    QVERIFY(child<ReceiptLine>("receipt")->accessibleName().contains(QLatin1String(" proven")));
    child<QToolButton>("copyQuote")->click();
    QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("(")));
}

void ChatPageTest::branchesAndEdits() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    child<QToolButton>("retryAnswer")->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    child<QToolButton>("editQuestion")->click();
    QCOMPARE(child<QPlainTextEdit>("composerText")->toPlainText(),
             QStringLiteral("How is the rail cleaned?"));
    ask(QStringLiteral("How is the dome turned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 30000);
    auto* transcript = child<Transcript>("transcript");
    QVERIFY(transcript->message(finished.last().at(1).value<ChatMessage>().id));
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>("version")->text(), QStringLiteral("2 of 2"), 30000);
    child<QToolButton>("olderVersion")->click();
    QTRY_VERIFY_WITH_TIMEOUT(transcript->message(finished.at(1).at(1).value<ChatMessage>().id), 30000);
}

void ChatPageTest::stopsWithEscape() {
    fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + fakes::contentChunk("Half of it ")), fakes::stall()}});
    m_world.answerFrom(server.url() + "/v1");
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 30000);
    QVERIFY(child<QPushButton>("stopButton")->isVisible());
    QTest::keyClick(child<QPlainTextEdit>("composerText"), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("askButton")->isVisible(), 30000);
    QVERIFY(lastAnswer()->toPlainText().contains(QLatin1String("Half of it")));
    QVERIFY(child<QLabel>("answerState")->text().contains(QLatin1String("Stopped")));
}

void ChatPageTest::draftsStayWithTheirConversation() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    const qint64 id = m_page->conversation();
    auto* text = child<QPlainTextEdit>("composerText");
    text->setPlainText(QStringLiteral("and then"));
    m_page->newConversation();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->conversation(), 0, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().isEmpty(), 30000);
    m_page->openConversation(id);
    QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("and then"), 30000);
}

void ChatPageTest::asksInTheConversationThatIsOpening() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    const qint64 id = m_page->conversation();
    m_page->newConversation();
    ask(QStringLiteral("How is the dome turned?"));  // the old conversation is still shown
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    QVERIFY(finished.last().at(0).toLongLong() != id);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    m_bridge->setDraft(id, QStringLiteral("an old draft"));
    auto* text = child<QPlainTextEdit>("composerText");
    m_page->openConversation(id);
    text->setPlainText(QStringLiteral("typed meanwhile"));
    QTRY_COMPARE_WITH_TIMEOUT(m_page->conversation(), id, 30000);
    QCOMPARE(text->toPlainText(), QStringLiteral("typed meanwhile"));
    QSignalSpy notOpened(m_bridge.get(), &ChatBridge::openFailed);
    m_page->openConversation(987654);  // is not there
    QTest::keyClick(text, Qt::Key_X);
    QTRY_COMPARE_WITH_TIMEOUT(notOpened.size(), 1, 30000);
    QCoreApplication::sendPostedEvents();  // the spy hears it on the bridge's thread, before the page does
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    ask(QStringLiteral("How are the lamps cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 30000);
    QCOMPARE(finished.last().at(0).toLongLong(), id);
}

void ChatPageTest::aQuestionThatWasNotStoredIsBackInTheComposer() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the dome turned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    ask(QStringLiteral("How is the rail cleaned?"));
    QVERIFY(!isIdle());
    emit m_bridge->failed(QStringLiteral("something else"));
    QVERIFY(!isIdle());
    emit m_bridge->askFailed(m_page->conversation(), QStringLiteral("How is the rail cleaned?"),
                             QStringLiteral("no space"));
    QVERIFY(isIdle());
    QCOMPARE(child<QPlainTextEdit>("composerText")->toPlainText(),
             QStringLiteral("How is the rail cleaned?"));
}

void ChatPageTest::anEditedQuestionKeepsItsPlace() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    child<QToolButton>("retryAnswer")->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    ask(QStringLiteral("And the dome?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    auto* transcript = child<Transcript>("transcript");
    const qint64 second = finished.at(1).at(1).value<ChatMessage>().id;
    qint64 follow = finished.at(2).at(1).value<ChatMessage>().parent;
    emit transcript->actionWanted(*transcript->message(follow), MessageAction::Edit);
    emit transcript->actionWanted(*transcript->message(second), MessageAction::OlderVersion);
    QTRY_VERIFY_WITH_TIMEOUT(!transcript->message(follow), 30000);
    ask(QStringLiteral("And the lamps?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 4, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(transcript->message(follow = finished.last().at(1).value<ChatMessage>().parent),
                             30000);
    QCOMPARE(transcript->message(follow)->parent, second);
}

void ChatPageTest::newConversationsHaveTheirOwnScope() {
    const auto* scope = child<QPushButton>("scopeButton");
    auto* text = child<QPlainTextEdit>("composerText");
    QSignalSpy opened(m_bridge.get(), &ChatBridge::chatOpened);
    m_page->askAbout(QStringList{QStringLiteral("/papers/lease.pdf")}, QStringLiteral("In this lease: "));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(scope->text().contains(QLatin1String("lease.pdf")), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("In this lease: "), 30000);
    m_page->newConversation();
    QTRY_VERIFY_WITH_TIMEOUT(!scope->text().contains(QLatin1String("lease.pdf")), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().isEmpty(), 30000);
}

void ChatPageTest::aStoppedAnswerAsksForNoConsent() {
    m_world.answerFrom("http://model.invalid/v1");
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    const auto* bar = child<QWidget>("consentBar");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 30000);
    const auto* waiting = child<QLabel>("answerWaiting");
    QTRY_VERIFY_WITH_TIMEOUT(waiting->text().startsWith(QStringLiteral("Waiting for your choice")), 30000);
    child<QPushButton>("stopButton")->click();
    QVERIFY(!bar->isVisible());
    QVERIFY(!waiting->text().startsWith(QStringLiteral("Waiting for your choice")));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), 30000);
    const QString receipt = child<ReceiptLine>("receipt")->accessibleName();
    QVERIFY2(receipt.contains(QStringLiteral("nothing was sent")), qPrintable(receipt));
}

void ChatPageTest::theConsentCardFollowsItsEndpoint() {
    m_world.answerFrom("http://first.invalid/v1");
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    const auto* bar = child<QWidget>("consentBar");
    const auto* text = child<QLabel>("consentText");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible() && text->text().contains(QStringLiteral("first.invalid")),
                             10000);
    m_world.answerFrom("http://second.invalid/v1");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QStringLiteral("second.invalid")), 30000);
    QVERIFY(bar->isVisible());
    m_world.answerFrom("");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
}

void ChatPageTest::keysThatNothingTakesAreTheComposers() {
    ask(kQuestion);
    QTRY_VERIFY_WITH_TIMEOUT(lastAnswer() && isIdle(), 30000);
    QSignalSpy escaped(m_page.get(), &ChatPage::escaped);
    MessageText* answer = lastAnswer();
    auto* text = child<QPlainTextEdit>("composerText");
    answer->setFocus();
    QTest::keyClick(answer, Qt::Key_Escape);
    QCOMPARE(escaped.size(), 1);
    QTest::keyClick(answer, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(text->toPlainText().isEmpty());
    QTest::keyClick(answer, 'a');
    QCOMPARE(text->toPlainText(), QStringLiteral("a"));
    QVERIFY(m_page->focusWidget() == text);
    QTest::keyClick(text, Qt::Key_Escape);
    QCOMPARE(escaped.size(), 2);

    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(text->toPlainText().isEmpty());
    QTest::keyClick(text, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(text->toPlainText(), QStringLiteral("a"));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatPageTest)
#include "chat_page_test.moc"
