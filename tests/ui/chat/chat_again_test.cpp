// Asking again with other search words, and titles that a model gives afterwards.
#include <QElapsedTimer>
#include <QFrame>
#include <QLineEdit>
#include <memory>
#include <vector>

#include "engine/library/session.h"
#include "engine/store/library_store.h"
#include "engine/store/traces.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/chat/receipt.h"
#include "ui/chat/search_edit.h"

namespace commonplace::ui {

class ChatAgainTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void searchesWithTheWordsOfThePerson();
    void theReceiptAsksAgain();
    void onlyFollowUpsHaveWordsToEdit();
    void theSmallModelGivesTheTitle();
    void aPersonsTitleStays();
    void nobodyIsAskedForLeaveBecauseOfATitle();
    void aTitleGivesWayToTheNextQuestion();

  private:
    QString titleNow() { return listed(*m_bridge).first().title; }
};

void ChatAgainTest::searchesWithTheWordsOfThePerson() {
    const ChatMessage first = answered(*m_bridge, {0, 0, kQuestion, {}});
    const qint64 conversation = newest();
    const ChatMessage second = answered(*m_bridge, {conversation, first.id, kFollowUp, {}});
    QCOMPARE(second.answer.question, kFollowUp);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->retry(conversation, second.id, QStringLiteral("  spare key\n of the dome "));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    const auto again = finished.first().at(1).value<ChatMessage>();
    QCOMPARE(again.answer.searchedFor, QStringLiteral("spare key of the dome"));
    QCOMPARE(again.siblings.size(), 2);
    QCOMPARE(again.parent, second.parent);
    QVERIFY(again.answer.carriedWords.isEmpty());
    QVERIFY(again.text != second.text);
    const Chat chat = opened(*m_bridge, conversation);
    QCOMPARE(chat.messages.size(), 4);  // the shown branch ends with the new one
    QCOMPARE(chat.messages.last().id, again.id);
}

void ChatAgainTest::theReceiptAsksAgain() {
    ChatPage page(*m_bridge);
    page.resize(760, 700);
    page.show();
    auto* composer = page.findChild<QPlainTextEdit*>(QStringLiteral("composerText"));
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    for (const QString& question : {kQuestion, kFollowUp}) {
        QTRY_VERIFY_WITH_TIMEOUT(!page.findChild<QPushButton*>(QStringLiteral("askButton"))->isHidden(),
                                 30000);
        const auto before = finished.size();
        composer->setPlainText(question);
        QTest::keyClick(composer, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), before + 1, 30000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!page.findChild<QPushButton*>(QStringLiteral("askButton"))->isHidden(), 30000);
    ReceiptLine* receipt = nullptr;
    for (auto* one : page.findChildren<ReceiptLine*>())
        if (!receipt || one->mapTo(&page, QPoint()).y() > receipt->mapTo(&page, QPoint()).y()) receipt = one;
    const auto openField = [&]() -> QLineEdit* {
        QTest::keyClick(receipt, Qt::Key_Space);
        auto* popover = receipt->findChild<QFrame*>(QStringLiteral("receiptPopover"));
        return popover ? popover->findChild<QLineEdit*>(QStringLiteral("searchedFor")) : nullptr;
    };
    QLineEdit* field = openField();
    QVERIFY(field);
    QVERIFY2(field->text().startsWith(kFollowUp) && field->text().size() > kFollowUp.size(),
             qPrintable(field->text()));
    field->setText(QStringLiteral("thrown away"));
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!receipt->findChild<QFrame*>(QStringLiteral("receiptPopover")), 30000);
    (void)listed(*m_bridge);  // what Escape had asked would have been begun before
    QCOMPARE(started.size(), 2);

    field = openField();
    QVERIFY(field);
    QVERIFY(!field->text().contains(QStringLiteral("thrown")));
    field->setText(QStringLiteral("spare key of the dome"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 30000);
    const auto again = finished.last().at(1).value<ChatMessage>();
    QCOMPARE(again.answer.searchedFor, QStringLiteral("spare key of the dome"));
    QCOMPARE(again.siblings.size(), 2);
}

void ChatAgainTest::onlyFollowUpsHaveWordsToEdit() {
    ChatAnswer answer;
    answer.question = kQuestion;
    QCOMPARE(searchedWith(answer), QString());
    answer.carriedWords = QStringList{QStringLiteral("rail")};
    QCOMPARE(searchedWith(answer), kQuestion + QStringLiteral(" rail"));
    answer.searchedFor = QStringLiteral("rail cleaning");
    QCOMPARE(searchedWith(answer), QStringLiteral("rail cleaning"));
    QWidget parent;
    QVERIFY(receiptPopover(answer, &parent, [](const QString&) {})->findChild<SearchEdit*>());
    answer.searchedFor.clear();
    answer.carriedWords.clear();
    QVERIFY(!receiptPopover(answer, &parent, [](const QString&) {})->findChild<SearchEdit*>());
}

void ChatAgainTest::theSmallModelGivesTheTitle() {
    HttpServer small({fakes::chatReply({"**Keeping the rail ", "clean.**"})});
    m_world.answerFrom("", small.url() + "/v1");
    QSignalSpy changed(m_bridge.get(), &ChatBridge::listChanged);
    (void)answered(*m_bridge, {0, 0, kQuestion, {}});
    QTRY_COMPARE_WITH_TIMEOUT(titleNow(), QStringLiteral("Keeping the rail clean"), 30000);
    QCOMPARE(small.requests().size(), std::size_t(1));
    QVERIFY(small.requests()[0].body.find("How is the rail cleaned?") != std::string::npos);
    QCOMPARE(listed(*m_bridge, QStringLiteral("keeping")).size(), 1);
    const auto store =
        store::LibraryStore::open(m_world.path("library") / "library.db", store::Access::Guest);
    QVERIFY(store.has_value());
    const auto traces = store::Traces((*store)->database()).list(1);
    QVERIFY(traces.has_value() && traces->size() == 1);
    QCOMPARE(traces->front().root.name, std::string("invoke_workflow title"));
    QCOMPARE(traces->front().spent.calls, 1);
}

void ChatAgainTest::aPersonsTitleStays() {
    (void)answered(*m_bridge, {0, 0, kQuestion, {}});
    const qint64 conversation = newest();
    m_bridge->rename(conversation, QStringLiteral("Mine"));
    QTRY_COMPARE_WITH_TIMEOUT(titleNow(), QStringLiteral("Mine"), 30000);
    HttpServer small({fakes::chatReply({"Another title"})});
    m_world.answerFrom("", small.url() + "/v1");
    const Chat chat = opened(*m_bridge, conversation);
    const ChatMessage second = answered(
        *m_bridge, {conversation,
                    chat.messages.last().id,
                    QStringLiteral("Where does the spare key to the dome hang and who keeps the list of all "
                                   "of the other keys that are in use there every night of the year?"),
                    {}});
    QVERIFY(second.answer.error.isEmpty());
    // The lane is through with the conversation when it answers the next one.
    (void)answered(*m_bridge,
                   {conversation,
                    second.id,
                    QStringLiteral("Where does the spare key to the dome hang and who keeps the list of all "
                                   "of the other keys that are in use there every night of the year?"),
                    {}});
    QCOMPARE(titleNow(), QStringLiteral("Mine"));
    QVERIFY(small.requests().empty());
}

void ChatAgainTest::nobodyIsAskedForLeaveBecauseOfATitle() {
    m_world.answerFrom("https://model.invalid/v1");
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, kQuestion, {}});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    const auto answer = finished.first().at(1).value<ChatMessage>();
    const Titled titled = titledNow(m_world, newest(), answer);
    QVERIFY(!titled.worked);
    QCOMPARE(titled.asked, 0);
    QCOMPARE(needed.size(), 1);
    QCOMPARE(titleNow(), kQuestion);
}

void ChatAgainTest::aTitleGivesWayToTheNextQuestion() {
    std::vector<std::unique_ptr<HttpServer>> silent;
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < 5; ++i) {
        silent.push_back(std::make_unique<HttpServer>(std::vector<fakes::Script>{
            {fakes::send(fakes::streamHead() + fakes::contentChunk("Keeping")), fakes::stall()}}));
        const HttpServer& small = *silent.back();
        m_world.answerFrom("", small.url() + "/v1");
        QVERIFY(answered(*m_bridge, {0, 0, kQuestion, {}}).answer.error.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(small.requests().size(), std::size_t(1), 30000);
        QCOMPARE(titleNow(), kQuestion);
    }
    // Five titles that are waited for would take 75 s.
    QVERIFY2(time.elapsed() < 20'000, qPrintable(QString::number(time.elapsed())));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatAgainTest)
#include "chat_again_test.moc"
