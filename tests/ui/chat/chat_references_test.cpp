// What the window says of bare references: supported, not supported, not judged; with and without a sentence
// to show, and beside a quotation of the same page.
#include <QtTest>

#include "ui/bridge/chat_citations.h"
#include "ui/bridge/chat_copy.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"
#include "ui/chat/receipt.h"

namespace commonplace::ui {

class ChatReferencesTest : public QObject {
    Q_OBJECT
  private slots:
    void aReferenceWithoutASentenceIsJudgedAllTheSame();
    void aSourceTellsEveryKindOfLack();
    void whatCannotBeJudgedIsNotHeldAgainstAnybody();
    void theThirdStateIsStored();
    void oneNumberHasAReferenceForEachFinding();
};

namespace {

ChatCitation citation(document::CitationKind kind, const QString& quote) {
    ChatCitation one;
    one.place.number = 1;
    one.place.title = QStringLiteral("Handbook");
    one.place.path = QStringLiteral("/lib/handbook.pdf");
    one.place.quote = quote;
    one.kind = kind;
    return one;
}
ChatCitation reference(const QString& quote = {}) {
    return citation(document::CitationKind::Reference, quote);
}

QString copied(const QVector<ChatCitation>& citations) {
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral("It is so [1].");
    message.answer.citations = citations;
    return copyOf(message).markdown;
}

}  // namespace

void ChatReferencesTest::aReferenceWithoutASentenceIsJudgedAllTheSame() {
    QVERIFY2(footnote(reference()).contains(QLatin1String("NOT supported")),
             qPrintable(footnote(reference())));
    QVERIFY(copied({reference()}).contains(QLatin1String("NOT supported")));
    ChatCitation whole = citation(document::CitationKind::Quotation, {});  // the passage as a whole
    QVERIFY(!footnote(whole).contains(QLatin1String("NOT")));
    QVERIFY(!copied({whole}).contains(QLatin1String("NOT")));
}

void ChatReferencesTest::aSourceTellsEveryKindOfLack() {
    const ChatCitation quote =
        citation(document::CitationKind::Quotation, QStringLiteral("never said by any"));
    for (const QVector<ChatCitation>& both : {QVector<ChatCitation>{quote, reference(QStringLiteral("a b"))},
                                              QVector<ChatCitation>{reference(), quote}}) {
        const QString text = copied(both);
        QVERIFY2(text.contains(QLatin1String("NOT supported")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("NOT found")), qPrintable(text));
        QCOMPARE(text.count(QLatin1String("handbook.pdf")), 1);
    }
    QCOMPARE(copied({reference(), reference()}).count(QLatin1String("NOT supported")), 1);
}

void ChatReferencesTest::whatCannotBeJudgedIsNotHeldAgainstAnybody() {
    ChatCitation unjudged = reference(QStringLiteral("ein Satz"));
    unjudged.judged = false;
    QVERIFY(!unjudged.lacksSupport());
    QVERIFY(footnote(unjudged).contains(QLatin1String("not judged")));
    QVERIFY(copied({unjudged}).contains(QLatin1String("not judged")));
    QVERIFY(!copied({unjudged}).contains(QLatin1String("NOT supported")));
    ChatAnswer answer;
    answer.citations = {unjudged, reference()};
    const QString line = receiptOf(answer).line();
    QVERIFY2(line.contains(QLatin1String("2 references")), qPrintable(line));
    QVERIFY2(line.contains(QLatin1String("1 not supported")), qPrintable(line));
    QVERIFY2(line.contains(QLatin1String("1 not judged")), qPrintable(line));
}

void ChatReferencesTest::theThirdStateIsStored() {
    document::Citation bare;
    bare.number = 1;
    bare.kind = document::CitationKind::Reference;
    bare.judged = false;
    answer::Answer given;
    given.citations = {bare};
    QVERIFY(!fromDetails(toDetails(given, {})).citations.first().judged);
    // What was stored before there was a third state was judged.
    QVERIFY(fromDetails(R"({"citations":[{"n":1,"kind":"reference"}]})").citations.first().judged);
}

void ChatReferencesTest::oneNumberHasAReferenceForEachFinding() {
    document::Citation supported;
    supported.number = 1;
    supported.kind = document::CitationKind::Reference;
    document::Citation lacking = supported;
    supported.verified = true;
    supported.claims = {"Leave is **25 days**"};
    lacking.claims = {"The canteen serves lasagne"};
    answer::Answer given;
    given.citations = {supported, lacking};
    const QVector<ChatCitation> both = fromDetails(toDetails(given, {})).citations;
    QCOMPARE(both.last().claims, QStringList{QStringLiteral("The canteen serves lasagne")});
    const CitationMatcher matcher(both);
    const auto indices = [&](const QString& text) {
        QVector<int> all;
        for (const auto& marker : matcher.match(text, citationMarkers(text)))
            all.append(marker.first().index);
        return all;
    };
    QCOMPARE(indices(QStringLiteral("Leave is 25 days [1]. The canteen serves lasagne [1].")),
             (QVector<int>{0, 1}));
    QCOMPARE(
        indices(QStringLiteral("The canteen serves lasagne [1], and leave is 25 days. Leave is 25 days [1]")),
        (QVector<int>{1, 0}));
    QCOMPARE(indices(QStringLiteral("[1] Leave is 25 days")), QVector<int>{0});
    // Whatever is not found is shown as what has the least support.
    QCOMPARE(indices(QStringLiteral("Something else [1].")), QVector<int>{1});
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatReferencesTest)
#include "chat_references_test.moc"
