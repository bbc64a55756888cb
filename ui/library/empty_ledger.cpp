#include "ui/library/empty_ledger.h"

#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kLongestFilter = 60;  // characters of it that are repeated

struct Words {
    QString icon, heading, explanation;
};

Words wordsFor(EmptyLedger::Why why, const QString& filter) {
    switch (why) {
        case EmptyLedger::Why::Reading:
            return {
                QStringLiteral("library"), EmptyLedger::tr("Reading your documents…"),
                EmptyLedger::tr("Each one appears here as soon as it is read, and can be searched at once. "
                                "You can use the rest of the window meanwhile.")};
        case EmptyLedger::Why::Paused:
            return {QStringLiteral("pause"), EmptyLedger::tr("Reading is paused"),
                    EmptyLedger::tr("Choose Resume, and your documents appear here.")};
        case EmptyLedger::Why::NoDocuments:
            return {
                QStringLiteral("folder"), EmptyLedger::tr("No documents yet"),
                EmptyLedger::tr("The watched folders hold no PDF, Markdown, HTML or text file. What you put "
                                "into them is read with the next look.")};
        case EmptyLedger::Why::NoProblems:
            return {QStringLiteral("check"), EmptyLedger::tr("No problems"),
                    EmptyLedger::tr("Every document that was found could be read.")};
        case EmptyLedger::Why::NoMatch: {
            const QString shown = filter.left(kLongestFilter);
            return {
                QStringLiteral("search"),
                filter.isEmpty() ? EmptyLedger::tr("No document matches the filter")
                                 : EmptyLedger::tr("No document matches “%1”").arg(shown),
                EmptyLedger::tr("The filter looks at names and paths. To search in the text, use Search.")};
        }
        case EmptyLedger::Why::None:
            break;
    }
    return {};
}

}  // namespace

EmptyLedger::EmptyLedger(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("libraryNothing"));
    m_column->setContentsMargins(0, 0, 0, 0);
}

void EmptyLedger::explain(Why why, const QString& filter) {
    if (m_shown && why == m_why && filter == m_filter) return;
    m_why = why;
    m_filter = filter;
    delete std::exchange(m_shown, nullptr);
    QVector<QAbstractButton*> buttons;
    if (why == Why::NoMatch || why == Why::NoProblems) {
        QPushButton* clear =
            quietButton(why == Why::NoMatch ? tr("Clear filter") : tr("Show all documents"), this);
        clear->setObjectName(QStringLiteral("libraryClearFilter"));
        connect(clear, &QPushButton::clicked, this, &EmptyLedger::clearRequested, Qt::QueuedConnection);
        buttons << clear;
    }
    const Words words = wordsFor(why, filter);
    m_shown = emptyState(words.icon, words.heading, words.explanation, buttons, this);
    m_shown->setAccessibleName(words.heading);
    m_column->addWidget(m_shown);
    m_shown->show();  // at once: the layout would do it with the next turn of the event loop
}

}  // namespace commonplace::ui
