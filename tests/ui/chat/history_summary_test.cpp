// The summary of a long conversation's beginning: kept with the answer it was made for, handed on to the next
// question, and told in the receipt.
#include <QLabel>
#include <QTest>

#include "ui/bridge/chat_json.h"
#include "ui/bridge/chat_tree.h"
#include "ui/chat/receipt.h"

namespace commonplace::ui {
namespace {

store::MessageRow row(store::MessageId id, store::MessageId parent, store::Author author,
                      const std::string& text, const std::string& details = {}) {
    store::MessageRow result;
    result.id = id;
    result.parent = parent;
    result.author = author;
    result.text = text;
    result.details = details;
    return result;
}

std::string detailsWith(const std::optional<answer::HistorySummary>& summary) {
    answer::Answer answer;
    answer.historySummary = summary;
    return toDetails(answer, {}).toStdString();
}

}  // namespace

class HistorySummaryTest final : public QObject {
    Q_OBJECT

  private slots:
    void isKeptWithItsAnswer() {
        const ChatAnswer kept = fromDetails(
            QByteArray::fromStdString(detailsWith(answer::HistorySummary{"They spoke of leave.", 12, 3})));
        QCOMPARE(kept.historySummary.text, QStringLiteral("They spoke of leave."));
        QCOMPARE(kept.historySummary.turns, 12);
        QCOMPARE(kept.historySummary.skipped, 3);
        QVERIFY(
            fromDetails(QByteArray::fromStdString(detailsWith(std::nullopt))).historySummary.text.isEmpty());
        QCOMPARE(
            fromDetails(R"({"history_summary":{"text":"x","turns":-4,"skipped":"y"}})").historySummary.turns,
            0);
        QVERIFY(fromDetails(R"({"history_summary":7})").historySummary.text.isEmpty());
    }

    void theNewestOfTheBranchIsHandedOn() {
        using store::Author;
        const std::vector<store::MessageRow> rows{
            row(1, 0, Author::Person, "a"),
            row(2, 1, Author::Program, "b", detailsWith(answer::HistorySummary{"old", 1, 0})),
            row(3, 2, Author::Person, "c"),
            row(4, 3, Author::Program, "d", detailsWith(answer::HistorySummary{"new", 2, 0})),
            row(5, 4, Author::Person, "e"),
            row(6, 5, Author::Program, "f", detailsWith(std::nullopt)),
            row(7, 6, Author::Person, "g"),
            row(8, 2, Author::Person, "another branch"),
        };
        QCOMPARE(summaryBefore(rows, 7)->text, std::string("new"));
        QCOMPARE(summaryBefore(rows, 7)->turns, std::size_t(2));
        QCOMPARE(summaryBefore(rows, 8)->text, std::string("old"));
        QVERIFY(!summaryBefore(rows, 1));
    }

    void theReceiptTellsIt() {
        ChatAnswer answer;
        answer.historySummary = {QStringLiteral("They <b>spoke</b> of leave."), 12, 3};
        QWidget parent;
        QFrame* popover = receiptPopover(answer, &parent);
        bool told = false;
        for (const QLabel* label : popover->findChildren<QLabel*>())
            told = told || (label->text().contains(QStringLiteral("9 earlier")) &&
                            label->text().contains(QStringLiteral("<b>spoke</b>")) &&
                            label->textFormat() == Qt::PlainText);
        QVERIFY(told);
    }
};

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::HistorySummaryTest)
#include "history_summary_test.moc"
