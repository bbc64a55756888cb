// What stands in the messages of a conversation: chips, copies, receipts, and nothing that loads by itself.
#include <QClipboard>
#include <QElapsedTimer>
#include <QMimeData>
#include <QScrollBar>
#include <QToolButton>

#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/safe_document.h"
#include "ui/chat/conversation_item_model.h"
#include "ui/chat/message_view.h"
#include "ui/chat/receipt.h"
#include "ui/chat/transcript.h"

namespace commonplace::ui {

class ChatPageMessagesTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() {
        begin();
        openPage();
    }
    void cleanup() { end(); }

    void copiesTheSourcesToo();
    void chipsLeadToTheirOwnQuote();
    void toolTipsAreNoMarkup();
    void aThousandMessagesOpenQuickly();
    void hostileMessagesLoadNothing();
    void missingQuotesAreToldInTheReceipt();
    void bareNumbersAreNotCountedAsQuotes();
    void chipsAreGreyUntilTheyAreJudged();
    void placesTellWhatBecameOfTheirWords();
};

void ChatPageMessagesTest::copiesTheSourcesToo() {
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(isIdle() && lastAnswer(), 30000);
    child<QToolButton>("copyAnswer")->click();
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    QVERIFY2(copied->text().contains(QStringLiteral("Sources")), qPrintable(copied->text()));
    QVERIFY(copied->text().contains(QStringLiteral("resources/sample-library/")));
    QVERIFY(copied->hasHtml());
    QVERIFY(copied->html().contains(QStringLiteral("resources/sample-library/")));
    QVERIFY(copied->hasFormat(QStringLiteral("text/markdown")));
}

void ChatPageMessagesTest::chipsLeadToTheirOwnQuote() {
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

void ChatPageMessagesTest::toolTipsAreNoMarkup() {
    ConversationItemModel model;
    ChatSummary chat;
    chat.id = 1;
    chat.title = QStringLiteral("<img src=file:///etc/passwd>");
    model.setChats({chat}, ConversationItemModel::Grouping::None, QDate::currentDate());
    QVERIFY(!model.index(0).data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")));
}

void ChatPageMessagesTest::aThousandMessagesOpenQuickly() {
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
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30000);
    qInfo("1,000 messages: %lld ms", time.elapsed());
    auto* transcript = child<Transcript>("transcript");
    QVERIFY(transcript->viewCount() < 40);
    QVERIFY(lastAnswer()->toPlainText().endsWith(QLatin1String("999")));
    transcript->verticalScrollBar()->setValue(0);
    QVERIFY(transcript->viewCount() < 40);
    QTest::keyClick(transcript, Qt::Key_End);
    QCOMPARE(transcript->verticalScrollBar()->value(), transcript->verticalScrollBar()->maximum());
}

void ChatPageMessagesTest::hostileMessagesLoadNothing() {
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
    QVERIFY2(time.elapsed() < 20'000, qPrintable(QString::number(time.elapsed())));
    QVERIFY(text.toPlainText().size() < 2 * SafeDocument::kMaxShown);
    QVERIFY(canary.requests().empty());
}

void ChatPageMessagesTest::missingQuotesAreToldInTheReceipt() {
    ChatAnswer answer;
    ChatCitation good, bad;
    good.place.quote = bad.place.quote = QStringLiteral("some words");
    good.verified = true;
    answer.citations = {good, bad};
    const ReceiptText text = receiptOf(answer);
    QVERIFY(!text.proven);
    QVERIFY(text.proof.contains(QLatin1String("1 of 2")));
}

void ChatPageMessagesTest::bareNumbersAreNotCountedAsQuotes() {
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

/// Of the chips, in their order.
QVector<ChipTone> tonesOf(const QTextDocument& document) {
    QVector<ChipTone> tones;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (CitationChip::numberOf(it.fragment().charFormat()) > 0)
                tones.append(CitationChip::toneOf(it.fragment().charFormat()));
    return tones;
}

void ChatPageMessagesTest::chipsAreGreyUntilTheyAreJudged() {
    const QString text = QStringLiteral("It is \u201Cbrushed every single week\u201D [1].");
    ChatCitation quote;
    quote.place.number = 1;
    quote.place.quote = QStringLiteral("brushed every single week");
    MessageText shown(nullptr);
    shown.showAnswer({text, {}, Writing::Yes});
    QCOMPARE(tonesOf(*shown.document()), QVector<ChipTone>{ChipTone::Open});
    shown.showAnswer({text, {quote}, Writing::No});
    QCOMPARE(tonesOf(*shown.document()), QVector<ChipTone>{ChipTone::Missing});
    quote.verified = true;
    shown.showAnswer({text, {quote}, Writing::No});
    QCOMPARE(tonesOf(*shown.document()), QVector<ChipTone>{ChipTone::Plain});
}

void ChatPageMessagesTest::placesTellWhatBecameOfTheirWords() {
    ChatAnswer answer;
    answer.citations.resize(4);
    for (ChatCitation& citation : answer.citations) {
        citation.place.number = 1;
        citation.place.quote = QStringLiteral("some words");
    }
    answer.citations[0].verified = true;
    for (int i : {2, 3}) answer.citations[i].kind = document::CitationKind::Reference;
    answer.citations[3].better = 2;
    QVector<PlaceFinding> findings;
    for (const Place& place : placesOf(answer)) findings.append(place.finding);
    QCOMPARE(findings, (QVector<PlaceFinding>{PlaceFinding::None, PlaceFinding::Failed, PlaceFinding::Failed,
                                              PlaceFinding::Open}));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatPageMessagesTest)
#include "chat_page_messages_test.moc"
