#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/ui/chat/chat_world.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/safe_document.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/conversation_item_model.h"
#include "ui/chat/conversation_list.h"
#include "ui/chat/message_text.h"
#include "ui/chat/message_view.h"
#include "ui/chat/receipt.h"
#include "ui/chat/transcript.h"

namespace commonplace::ui {

class ChatPageTest final : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init();
    void cleanup();

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
    void copiesTheSourcesToo();
    void noMenuWaitsInALoopOfItsOwn();
    void chipsLeadToTheirOwnQuote();
    void menusOutliveNothing();
    void toolTipsAreNoMarkup();
    void listGroupsSearchesRenamesAndUndoes();
    void aThousandMessagesOpenQuickly();
    void hostileMessagesLoadNothing();
    void missingQuotesAreToldInTheReceipt();
    void bareNumbersAreNotCountedAsQuotes();

  private:
    template <class Widget>
    Widget* child(const char* name) {
        return m_page->findChild<Widget*>(QLatin1String(name));
    }
    void ask(const QString& question) {
        child<QPlainTextEdit>("composerText")->setPlainText(question);
        QTest::keyClick(child<QPlainTextEdit>("composerText"), Qt::Key_Return);
    }
    /// The page has heard of the end of an answer, too.
    bool isIdle() { return !child<QPushButton>("askButton")->isHidden(); }
    /// The text of the last answer that is shown.
    MessageText* lastAnswer() {
        MessageText* last = nullptr;
        for (auto* one : m_page->findChildren<MessageText*>(QStringLiteral("answerText")))
            if (one->isVisible() &&
                (!last || one->mapTo(m_page.get(), QPoint()).y() > last->mapTo(m_page.get(), QPoint()).y()))
                last = one;
        return last;
    }

    ChatWorld m_world;
    std::unique_ptr<ChatBridge> m_bridge;
    std::unique_ptr<ChatPage> m_page;
};

void ChatPageTest::init() {
    m_world.answerFrom("");
    m_bridge = std::make_unique<ChatBridge>(m_world.host());
    m_page = std::make_unique<ChatPage>(*m_bridge);
    m_page->resize(760, 700);
    m_page->show();
}

void ChatPageTest::cleanup() {
    m_page.reset();
    m_bridge.reset();
}

void ChatPageTest::asksByKeyboardAndOpensACitation() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    QSignalSpy activated(m_page.get(), &ChatPage::placeActivated);
    QSignalSpy changed(m_page.get(), &ChatPage::conversationChanged);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
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
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
    child<QToolButton>("retryAnswer")->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 10000);
    QTRY_VERIFY(isIdle());
    child<QToolButton>("editQuestion")->click();
    QCOMPARE(child<QPlainTextEdit>("composerText")->toPlainText(),
             QStringLiteral("How is the rail cleaned?"));
    ask(QStringLiteral("How is the dome turned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 10000);
    auto* transcript = child<Transcript>("transcript");
    QVERIFY(transcript->message(finished.last().at(1).value<ChatMessage>().id));
    QTRY_COMPARE(child<QLabel>("version")->text(), QStringLiteral("2 of 2"));
    child<QToolButton>("olderVersion")->click();
    QTRY_VERIFY(transcript->message(finished.at(1).at(1).value<ChatMessage>().id));
}

void ChatPageTest::stopsWithEscape() {
    fakes::HttpServer server(
        {{fakes::send(fakes::streamHead() + fakes::contentChunk("Half of it ")), fakes::stall()}});
    m_world.answerFrom(server.url() + "/v1");
    QSignalSpy text(m_bridge.get(), &ChatBridge::answerText);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 10000);
    QVERIFY(child<QPushButton>("stopButton")->isVisible());
    QTest::keyClick(child<QPlainTextEdit>("composerText"), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 3000);
    QTRY_VERIFY(child<QPushButton>("askButton")->isVisible());
    QVERIFY(lastAnswer()->toPlainText().contains(QLatin1String("Half of it")));
    QVERIFY(child<QLabel>("answerState")->text().contains(QLatin1String("Stopped")));
}

void ChatPageTest::draftsStayWithTheirConversation() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
    const qint64 id = m_page->conversation();
    auto* text = child<QPlainTextEdit>("composerText");
    text->setPlainText(QStringLiteral("and then"));
    m_page->newConversation();
    QTRY_COMPARE(m_page->conversation(), 0);
    QTRY_VERIFY(text->toPlainText().isEmpty());
    m_page->openConversation(id);
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("and then"));
}

void ChatPageTest::asksInTheConversationThatIsOpening() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
    const qint64 id = m_page->conversation();
    m_page->newConversation();
    ask(QStringLiteral("How is the dome turned?"));  // the old conversation is still shown
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 10000);
    QVERIFY(finished.last().at(0).toLongLong() != id);
    QTRY_VERIFY(isIdle());
    m_bridge->setDraft(id, QStringLiteral("an old draft"));
    auto* text = child<QPlainTextEdit>("composerText");
    m_page->openConversation(id);
    text->setPlainText(QStringLiteral("typed meanwhile"));
    QTRY_COMPARE(m_page->conversation(), id);
    QCOMPARE(text->toPlainText(), QStringLiteral("typed meanwhile"));
    QSignalSpy notOpened(m_bridge.get(), &ChatBridge::openFailed);
    m_page->openConversation(987654);  // is not there
    QTest::keyClick(text, Qt::Key_X);
    QTRY_COMPARE(notOpened.size(), 1);
    QCoreApplication::sendPostedEvents();  // the spy hears it on the bridge's thread, before the page does
    QTRY_VERIFY(isIdle());
    ask(QStringLiteral("How are the lamps cleaned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 10000);
    QCOMPARE(finished.last().at(0).toLongLong(), id);
}

void ChatPageTest::aQuestionThatWasNotStoredIsBackInTheComposer() {
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the dome turned?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
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
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QTRY_VERIFY(isIdle());
    child<QToolButton>("retryAnswer")->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 10000);
    QTRY_VERIFY(isIdle());
    ask(QStringLiteral("And the dome?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, 10000);
    QTRY_VERIFY(isIdle());
    auto* transcript = child<Transcript>("transcript");
    const qint64 second = finished.at(1).at(1).value<ChatMessage>().id;
    qint64 follow = finished.at(2).at(1).value<ChatMessage>().parent;
    emit transcript->actionWanted(*transcript->message(follow), MessageAction::Edit);
    emit transcript->actionWanted(*transcript->message(second), MessageAction::OlderVersion);
    QTRY_VERIFY(!transcript->message(follow));
    ask(QStringLiteral("And the lamps?"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 4, 10000);
    QTRY_VERIFY(transcript->message(follow = finished.last().at(1).value<ChatMessage>().parent));
    QCOMPARE(transcript->message(follow)->parent, second);
}

void ChatPageTest::newConversationsHaveTheirOwnScope() {
    const auto* scope = child<QPushButton>("scopeButton");
    auto* text = child<QPlainTextEdit>("composerText");
    QSignalSpy opened(m_bridge.get(), &ChatBridge::chatOpened);
    m_page->askAbout(QStringList{QStringLiteral("/papers/lease.pdf")}, QStringLiteral("In this lease: "));
    QTRY_VERIFY(!opened.isEmpty());
    QTRY_VERIFY(scope->text().contains(QLatin1String("lease.pdf")));
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("In this lease: "));
    m_page->newConversation();
    QTRY_VERIFY(!scope->text().contains(QLatin1String("lease.pdf")));
    QTRY_VERIFY(text->toPlainText().isEmpty());
}

void ChatPageTest::aStoppedAnswerAsksForNoConsent() {
    m_world.answerFrom("http://model.invalid/v1");
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ask(QStringLiteral("How is the rail cleaned?"));
    const auto* bar = child<QWidget>("consentBar");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
    child<QPushButton>("stopButton")->click();
    QVERIFY(!bar->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
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
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QStringLiteral("second.invalid")), 10000);
    QVERIFY(bar->isVisible());
    m_world.answerFrom("");
    m_page->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
}

void ChatPageTest::copiesTheSourcesToo() {
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(isIdle() && lastAnswer(), 20000);
    child<QToolButton>("copyAnswer")->click();
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    QVERIFY2(copied->text().contains(QStringLiteral("Sources")), qPrintable(copied->text()));
    QVERIFY(copied->text().contains(QStringLiteral("resources/sample-library/")));
    QVERIFY(copied->hasHtml());
    QVERIFY(copied->html().contains(QStringLiteral("resources/sample-library/")));
    QVERIFY(copied->hasFormat(QStringLiteral("text/markdown")));
}

void ChatPageTest::noMenuWaitsInALoopOfItsOwn() {
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(isIdle() && lastAnswer(), 20000);
    child<QPushButton>("scopeButton")->click();  // returns at once
    QVERIFY(m_page->findChild<QMenu*>(QStringLiteral("scopeMenu")));
    m_page->findChild<QMenu*>(QStringLiteral("scopeMenu"))->close();
    child<QToolButton>("exportChat")->click();
    const QPointer<QMenu> menu = m_page->findChild<QMenu*>(QStringLiteral("exportMenu"));
    QVERIFY(menu);
    menu->actions().first()->trigger();
    menu->close();
    const QPointer<QFileDialog> dialog = m_page->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
    QVERIFY(dialog);
    QCOMPARE(dialog->defaultSuffix(), QStringLiteral("md"));
    m_page.reset();  // everything goes with it
    QVERIFY(!menu);
    QVERIFY(!dialog);

    ConversationList list(*m_bridge);
    list.resize(240, 400);
    list.show();
    auto* view = list.findChild<QListView*>(QStringLiteral("conversationView"));
    QTRY_VERIFY_WITH_TIMEOUT(view->model()->rowCount() > 1, 10000);
    view->setCurrentIndex(view->model()->index(1, 0));
    emit view->customContextMenuRequested(view->visualRect(view->currentIndex()).center());
    const QPointer<QMenu> actions = list.findChild<QMenu*>(QStringLiteral("conversationMenu"));
    QVERIFY(actions);
    actions->close();
    QTRY_VERIFY(!actions);
}

void ChatPageTest::chipsLeadToTheirOwnQuote() {
    ChatMessage message;
    message.id = 1;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral(
        "> \u201Cthe first of the words\u201D [1]\n\n> \u201Cthe second of the "
        "words\u201D [1]");
    message.answer.citations.resize(2);
    message.answer.citations[0].place.quote = QStringLiteral("the first of the words");
    message.answer.citations[1].place.quote = QStringLiteral("the second of the words");
    for (ChatCitation& citation : message.answer.citations) citation.place.number = 1;
    AnswerView view(nullptr);
    view.setMessage(message);
    auto* text = view.findChild<MessageText*>(QStringLiteral("answerText"));
    QStringList chips;
    for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (it.fragment().charFormat().isAnchor()) chips.append(it.fragment().charFormat().anchorHref());
    QCOMPARE(chips, (QStringList{QStringLiteral("cite:1"), QStringLiteral("cite:2")}));
    QSignalSpy activated(&view, &MessageView::placeActivated);
    emit text->anchorClicked(QUrl(chips.last()));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().at(0).value<Place>().quote, QStringLiteral("the second of the words"));
}

void ChatPageTest::menusOutliveNothing() {
    auto text = std::make_unique<MessageText>(nullptr);
    text->showQuestion(QStringLiteral("words"));
    text->show();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QApplication::sendEvent(text->viewport(), &event);  // returns at once
    const QPointer<QWidget> menu = text->findChild<QWidget*>(QStringLiteral("messageMenu"));
    QVERIFY(menu);
    text.reset();
    QVERIFY(!menu);
}

void ChatPageTest::toolTipsAreNoMarkup() {
    ConversationItemModel model;
    ChatSummary chat;
    chat.id = 1;
    chat.title = QStringLiteral("<img src=file:///etc/passwd>");
    model.setChats({chat}, ConversationItemModel::Grouping::None, QDate::currentDate());
    QVERIFY(!model.index(0).data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")));
}

void ChatPageTest::listGroupsSearchesRenamesAndUndoes() {
    (void)answered(*m_bridge, {0, 0, QStringLiteral("Where is the heliograph kept?"), {}});
    ConversationList list(*m_bridge);
    list.show();
    auto* view = list.findChild<QListView*>();
    auto* model = qobject_cast<ConversationItemModel*>(view->model());
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(model->rowCount() > 1);
    QVERIFY(model->index(0).data(ConversationItemModel::IsHeadingRole).toBool());
    QSignalSpy activated(&list, &ConversationList::activated);
    list.findChild<QLineEdit*>(QStringLiteral("conversationSearch"))->setText(QStringLiteral("heliogr"));
    QTRY_COMPARE(model->rowCount(), 1);
    view->setCurrentIndex(model->index(0));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QVERIFY(model->setData(model->index(0), QStringLiteral("Heliograph"), Qt::EditRole));
    QTRY_COMPARE(listed(*m_bridge, QStringLiteral("heliograph")).first().title, QStringLiteral("Heliograph"));
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_COMPARE(model->rowCount(), 0);
    list.findChild<QPushButton*>(QStringLiteral("undoRemoveConversation"))->click();
    QTRY_COMPARE(model->rowCount(), 1);
}

void ChatPageTest::aThousandMessagesOpenQuickly() {
    auto store =
        store::LibraryStore::open(library::libraryFile(m_world.host().folder()), store::Access::Guest);
    QVERIFY(store.has_value());
    store::Conversations all((*store)->database());
    const auto id = all.create("Long", "[]").value_or(0);
    QVERIFY((*store)
                ->database()
                .transact([&]() -> Result<void> {
                    store::MessageId parent = 0;
                    for (int i = 0; i < 1000; ++i) {
                        const auto author = i % 2 == 0 ? store::Author::Person : store::Author::Program;
                        TRY(parent,
                            all.append(id, parent, author, "Some **words** of message " + std::to_string(i)));
                    }
                    return {};
                })
                .has_value());
    QSignalSpy changed(m_page.get(), &ChatPage::conversationChanged);
    QElapsedTimer time;
    time.start();
    m_page->openConversation(id);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10000);
    qInfo("1,000 messages: %lld ms", time.elapsed());
    auto* transcript = child<Transcript>("transcript");
    QVERIFY(transcript->viewCount() < 40);
    QVERIFY(lastAnswer()->toPlainText().endsWith(QLatin1String("999")));
    transcript->verticalScrollBar()->setValue(0);
    QVERIFY(transcript->viewCount() < 40);
    QTest::keyClick(transcript, Qt::Key_End);
    QCOMPARE(transcript->verticalScrollBar()->value(), transcript->verticalScrollBar()->maximum());
}

void ChatPageTest::hostileMessagesLoadNothing() {
    fakes::HttpServer canary({fakes::ok("seen")});
    const QString url = QString::fromStdString(canary.url());
    MessageText text(nullptr);
    text.resize(600, 400);
    text.showAnswer(
        {QStringLiteral(
             "![a](%1/x.png) ![](file:///etc/passwd) <img src='%1/y.png'> [js](javascript:alert(1)) "
             "[file](file:///etc/passwd) [web](%1/z) \n\n```\n<script src=x>\n```\n[1]")
             .arg(url),
         {},
         Writing::No});
    text.show();
    const QImage shown = text.grab().toImage();
    QVERIFY(!shown.isNull());
    QStringList links;
    const QTextDocument& document = *text.document();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            QVERIFY(!it.fragment().charFormat().isImageFormat());
            if (it.fragment().charFormat().isAnchor()) links.append(it.fragment().charFormat().anchorHref());
        }
    links.removeDuplicates();
    QCOMPARE(links, QStringList{url + QStringLiteral("/z")});
    QVERIFY(!document.resource(QTextDocument::HtmlResource, QUrl(QStringLiteral("file:///etc/passwd")))
                 .isValid());
    QElapsedTimer time;
    time.start();
    text.showAnswer({QString(1 << 20, QLatin1Char('x')), {}, Writing::No});
    (void)text.heightForWidth(600);
    QVERIFY2(time.elapsed() < 5000, qPrintable(QString::number(time.elapsed())));
    QVERIFY(text.toPlainText().size() < 2 * SafeDocument::kMaxShown);
    QVERIFY(canary.requests().empty());
}

void ChatPageTest::missingQuotesAreToldInTheReceipt() {
    ChatAnswer answer;
    ChatCitation good, bad;
    good.place.quote = bad.place.quote = QStringLiteral("some words");
    good.verified = true;
    answer.citations = {good, bad};
    const ReceiptText text = receiptOf(answer);
    QVERIFY(!text.proven);
    QVERIFY(text.proof.contains(QLatin1String("1 of 2")));
}

void ChatPageTest::bareNumbersAreNotCountedAsQuotes() {
    ChatAnswer answer;
    answer.citations.resize(3);
    for (ChatCitation& citation : answer.citations) {
        citation.place.quote = QStringLiteral("some words");
        citation.verified = true;
    }
    answer.citations[2].kind = document::CitationKind::Reference;
    QVERIFY(receiptOf(answer).proof.contains(QLatin1String("2 of 2")));
    QVERIFY(receiptOf(answer).line().contains(QLatin1String("1 reference")));
    answer.citations[2].verified = false;
    QVERIFY(receiptOf(answer).proven);
    QVERIFY(receiptOf(answer).line().contains(QLatin1String("1 not supported")));
    QVERIFY(footnote(answer.citations[2]).contains(QLatin1String("NOT supported")));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatPageTest)
#include "chat_page_test.moc"
