// An answer outside of the window: copied, exported, read back.
#include <QFile>

#include "engine/net/traffic.h"
#include "engine/store/handle.h"
#include "engine/store/library_store.h"
#include "engine/store/query.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_citations.h"
#include "ui/bridge/chat_copy.h"
#include "ui/bridge/chat_export.h"
#include "ui/bridge/chat_json.h"

namespace commonplace::ui {

class ChatBridgeExportTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void copiesAnAnswerWithItsSources();
    void referencesKeepTheirKind();
    void exportsEverything();
    void theTitleIsNotSaidTwice();
    void exportsEveryProofOfANumber();
    void matchesMarkersWithTheirOwnQuotes();
};

void ChatBridgeExportTest::copiesAnAnswerWithItsSources() {
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral("The **dome** leaks [1] and turns [2], so [1].");
    message.answer.citations.resize(3);
    for (int i = 0; i < 3; ++i) {
        Place& place = message.answer.citations[i].place;
        place.number = i < 2 ? i + 1 : 1;
        place.path = i == 1 ? QStringLiteral("/notes/<b>turn</b>.md") : QStringLiteral("/papers/survey.pdf");
        place.title = i == 1 ? QString() : QStringLiteral("The survey");
        place.page = i == 1 ? 0 : 6;
        place.pageLabel = i == 1 ? QString() : QStringLiteral("iv");
        place.quote = QStringLiteral("quote %1").arg(i);
        message.answer.citations[i].verified = i != 1;
    }
    const CopiedAnswer copied = copyOf(message);
    QVERIFY(copied.markdown.startsWith(message.text));
    QVERIFY2(copied.markdown.contains(QStringLiteral("\\[1\\] The survey, p. iv (6): /papers/survey.pdf")),
             qPrintable(copied.markdown));
    QCOMPARE(copied.markdown.count(QStringLiteral("/papers/survey.pdf")), 1);  // one source, cited twice
    QVERIFY(copied.markdown.contains(QStringLiteral("NOT found")));
    QVERIFY(!copied.markdown.contains(QStringLiteral("<b>turn")));  // a file's name is no markup
    QVERIFY(copied.html.contains(QStringLiteral("dome</span>")) ||
            copied.html.contains(QStringLiteral("<b>dome")));
    QVERIFY(copied.html.contains(QStringLiteral("[1] The survey, p. iv (6): /papers/survey.pdf")));
    QVERIFY(!copied.html.contains(QStringLiteral("<b>turn")));
    QVERIFY(copied.html.contains(QStringLiteral("&lt;b&gt;turn")));
    message.answer.citations.clear();
    QCOMPARE(copyOf(message).markdown, message.text);
}

void ChatBridgeExportTest::referencesKeepTheirKind() {
    document::Citation bare;
    bare.number = 1;
    bare.kind = document::CitationKind::Reference;
    answer::Answer given;
    given.citations = {bare};
    const ChatAnswer stored = fromDetails(toDetails(given, {}));
    QVERIFY(stored.citations.first().isReference());
    // What was stored before there were kinds.
    const ChatAnswer old =
        fromDetails(R"({"citations":[{"n":1,"quote":"four words of it","verified":true}]})");
    QVERIFY(!old.citations.first().isReference());
    QVERIFY(old.citations.first().verified);
    // A plain claim is the reference's, whatever else has the number.
    QVector<ChatCitation> both(2);
    for (ChatCitation& citation : both) citation.place.number = 1;
    both[0].verified = true;
    both[1].kind = document::CitationKind::Reference;
    const QString text = QStringLiteral("It is so [1].");
    QCOMPARE(CitationMatcher(both).match(text, citationMarkers(text))[0][0].index, 1);
}

void ChatBridgeExportTest::exportsEverything() {
    QSignalSpy started(m_bridge.get(), &ChatBridge::answerStarted);
    (void)answered(*m_bridge, {0, 0, QStringLiteral("How is the rail *cleaned*?"), {}});
    const qint64 id = started.first().at(0).value<Chat>().id;
    QSignalSpy exported(m_bridge.get(), &ChatBridge::exported);
    const QVector<QPair<ExportFormat, QByteArray>> formats{{ExportFormat::Markdown, "[^1-1]: "},
                                                           {ExportFormat::Html, "quote proven"},
                                                           {ExportFormat::Pdf, "%PDF"},
                                                           {ExportFormat::Json, "\"verified\": true"}};
    for (const auto& [format, expected] : formats) {
        const QString file = QString::fromStdString(m_world.path("export").string());
        exported.clear();
        m_bridge->exportTo(id, format, file);
        QTRY_VERIFY_WITH_TIMEOUT(!exported.isEmpty(), 30000);  // it may have come before anybody waits
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY2(written.readAll().contains(expected), expected.constData());
    }
    QSignalSpy failed(m_bridge.get(), &ChatBridge::failed);
    m_bridge->exportTo(id, ExportFormat::Json, QStringLiteral("/nowhere/at/all"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
}

void ChatBridgeExportTest::theTitleIsNotSaidTwice() {
    ChatMessage question;
    question.text = QStringLiteral("How is the rail cleaned?");
    Chat chat;
    chat.title = question.text;
    chat.messages = {question, question};  // asked again: that is no title
    QCOMPARE(exportChat(chat, ExportFormat::Markdown),
             QByteArray("# How is the rail cleaned?\n\n## How is the rail cleaned?\n\n"));
    QCOMPARE(exportChat(chat, ExportFormat::Html).count("How is the rail cleaned?</span>"), 2);
    chat.title = QStringLiteral("The rail");
    chat.messages = {question};
    QCOMPARE(exportChat(chat, ExportFormat::Markdown),
             QByteArray("# The rail\n\n## How is the rail cleaned?\n\n"));
}

void ChatBridgeExportTest::exportsEveryProofOfANumber() {
    ChatMessage message;
    message.speaker = Speaker::Program;
    message.text = QStringLiteral(
        "It is \u201Cbrushed every single week\u201D [1] and \u201Coiled once a "
        "year only\u201D [1].");
    for (const char* quote : {"brushed every single week", "oiled once a year only"}) {
        ChatCitation citation;
        citation.place.number = 1;
        citation.place.title = QStringLiteral("Handbook");
        citation.place.quote = QLatin1String(quote);
        citation.verified = true;
        message.answer.citations.append(citation);
    }
    Chat chat;
    chat.messages = {message};
    const QString text = QString::fromUtf8(exportChat(chat, ExportFormat::Markdown));
    for (const char* part :
         {"week\u201D [^1-1] and", "only\u201D [^1-2].", "[^1-1]: Handbook", "[^1-2]: Handbook"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    const QString html = QString::fromUtf8(exportChat(chat, ExportFormat::Html));
    QVERIFY(html.contains(QLatin1String("[2] Handbook")));
}

void ChatBridgeExportTest::matchesMarkersWithTheirOwnQuotes() {
    QVector<ChatCitation> citations(3);
    const char* const quotes[] = {"the rail is never cleaned", "The rail is brushed weekly",
                                  "a dome of copper"};
    for (int i = 0; i < 3; ++i) {
        citations[i].place.number = i < 2 ? 1 : 2;
        citations[i].place.quote = QLatin1String(quotes[i]);
        citations[i].verified = i > 0;
    }
    const QString text = QStringLiteral(
        "The rail is never cleaned [1]. \u201CThe **rail** is brushed\nweekly.\u201D [1] It says \"the rail "
        "is "
        "never cleaned\" [1, 2] and \u201Ca dome of copper\u201D. And more [2] [7].");
    const auto cited = CitationMatcher(citations).match(text, citationMarkers(text));
    QCOMPARE(cited.size(), 5);
    QCOMPARE(cited[0][0].index, 1);  // a plain claim: not another quote's red
    QCOMPARE(cited[0][0].relation, CitationRelation::Number);
    QCOMPARE(cited[1][0].index, 1);
    QCOMPARE(cited[1][0].relation, CitationRelation::OwnQuote);
    QCOMPARE(cited[2][0].index, 0);
    QCOMPARE(cited[2][0].relation, CitationRelation::OwnQuote);
    QCOMPARE(cited[2][1].relation, CitationRelation::Number);
    QCOMPARE(cited[3][0].relation, CitationRelation::Number);  // a sentence ends between
    QCOMPARE(cited[4][0].index, -1);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatBridgeExportTest)
#include "chat_bridge_export_test.moc"
