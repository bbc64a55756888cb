// What the window says of bare references: supported, not supported, not judged; with and without a sentence
// to show, and beside a quotation of the same page.
#include <QLabel>
#include <QtTest>

#include "ui/bridge/chat_citations.h"
#include "ui/bridge/chat_copy.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"
#include "ui/chat/citation_card.h"
#include "ui/chat/message_text.h"
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
    void claimsAreFoundWhateverTheMarkdownBetween();
    void noVerdictIsShownWhereNoClaimWasFound();
    void whatAnotherPassageSaysBetterIsNotRed();
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
    // Where nothing of it is found, neither finding is shown.
    const QString other = QStringLiteral("Something else [1].");
    const MarkerCitation unclear = matcher.match(other, citationMarkers(other)).first().first();
    QCOMPARE(unclear.relation, CitationRelation::Unclear);
    QVERIFY(unclear.index >= 0);  // its passage can be opened all the same
    // Nor that of another place of the number.
    const QString thrice = QStringLiteral("So it is [1]. The canteen serves lasagne [1]. And so it is [1].");
    const auto found = matcher.match(thrice, citationMarkers(thrice));
    QCOMPARE(found[0].first().relation, CitationRelation::Unclear);
    QCOMPARE(found[1].first().index, 1);
    QCOMPARE(found[2].first().relation, CitationRelation::Unclear);
}

void ChatReferencesTest::claimsAreFoundWhateverTheMarkdownBetween() {
    ChatCitation supported = reference(), lacking = reference();
    supported.verified = true;
    supported.claims = {
        QStringLiteral("Leave is [25 days](https://intern.example.org/wiki/Leave_(paid) \"Rules\") a year"),
        QStringLiteral("These rules hold:\n\n- Lunch is **free**")};
    lacking.claims = {QStringLiteral("The canteen serves lasagne")};
    const CitationMatcher matcher({supported, lacking});
    const auto cited = [&](const QString& text) {
        return matcher.match(text, citationMarkers(text)).first().first();
    };
    for (const char* shown :
         {"Leave is 25 days a year [1].", "Lunch is free [1]", "- Lunch is **free** [1]",
          "Leave is [25 days](https://intern.example.org/wiki/Leave_(paid) \"Rules\") a year [1]."}) {
        const MarkerCitation found = cited(QString::fromLatin1(shown));
        QVERIFY2(found.index == 0 && found.relation == CitationRelation::Number, shown);
    }
    QCOMPARE(cited(QStringLiteral("So it is: The canteen serves lasagne [1].")).index, 1);
}

void ChatReferencesTest::noVerdictIsShownWhereNoClaimWasFound() {
    ChatCitation supported = reference(), lacking = reference();
    supported.verified = true;
    supported.claims = {QStringLiteral("Leave is 25 days")};
    lacking.claims = {QStringLiteral("The canteen serves lasagne")};
    MessageText shown(nullptr);
    QSignalSpy hovered(&shown, &MessageText::chipHovered);
    AnswerMarkup answer;
    answer.text = QStringLiteral("Something else [1].");
    answer.citations = {supported, lacking};
    shown.showAnswer(answer);
    const QString html = shown.document()->toHtml();
    QVERIFY2(html.contains(QLatin1String("cite-unclear:1")), qPrintable(html));
    emit shown.highlighted(QUrl(QStringLiteral("cite-unclear:1")));
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(hovered.first().at(0).toInt(), 1);
    QCOMPARE(hovered.first().at(1).value<ChipTone>(), ChipTone::Unclear);
    CitationCard card(&shown);
    const auto words = [&](const ChatCitation& citation, ChipTone tone) {
        card.showFor(citation, tone, {});
        QString all;
        for (const QLabel* label : card.findChildren<QLabel*>()) all += label->text() + QLatin1Char('\n');
        return all;
    };
    QVERIFY(words(lacking, ChipTone::Missing).contains(QLatin1String("does not support")));
    QVERIFY(!words(lacking, ChipTone::Unclear).contains(QLatin1String("does not support")));
    QVERIFY(words(lacking, ChipTone::Unclear).contains(QLatin1String("no finding")));
    // An export names both findings, and neither alone.
    Chat chat;
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = answer.text;
    message.answer.citations = answer.citations;
    chat.messages = {message};
    const QByteArray exported = exportChat(chat, ExportFormat::Markdown);
    QVERIFY2(exported.contains("else [^1-1][^1-2]") || exported.contains("else[^1-1][^1-2]"), exported);
}

void ChatReferencesTest::whatAnotherPassageSaysBetterIsNotRed() {
    document::Citation bare;
    bare.number = 1;
    bare.kind = document::CitationKind::Reference;
    bare.better = 3;
    answer::Answer given;
    given.citations = {bare};
    const ChatCitation stored = fromDetails(toDetails(given, {})).citations.first();
    QCOMPARE(stored.better, 3);
    QVERIFY(stored.isContested() && !stored.lacksSupport() && !stored.isUnjudged());
    QVERIFY2(footnote(stored).contains(QLatin1String("[3] says more")), qPrintable(footnote(stored)));
    QVERIFY(copied({stored}).contains(QLatin1String("says more of it")));
    QVERIFY(!copied({stored}).contains(QLatin1String("NOT")));
    ChatAnswer answer;
    answer.citations = {stored};
    const QString line = receiptOf(answer).line();
    QVERIFY2(line.contains(QLatin1String("1 said more fully elsewhere")), qPrintable(line));
    QVERIFY2(!line.contains(QLatin1String("not ")), qPrintable(line));
    // What was stored before, and what cannot be, names no passage.
    for (const char* details : {R"({"citations":[{"n":1,"kind":"reference"}]})",
                                R"({"citations":[{"n":1,"kind":"reference","better":-4}]})"})
        QVERIFY(fromDetails(details).citations.first().lacksSupport());
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatReferencesTest)
#include "chat_references_test.moc"
