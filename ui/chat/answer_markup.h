// An answer's Markdown as it is shown: chips for [n], hairlines in tables, coloured code, quotations that
// stand apart.
#pragma once

#include <QString>
#include <QTextBlock>
#include <QVector>

#include "ui/bridge/chat_types.h"

class QTextDocument;

namespace commonplace::ui {

class SafeDocument;
struct Tokens;

enum class Writing { No, Yes };

struct AnswerMarkup {
    QString text;
    QVector<ChatCitation>
        citations;  ///< empty while it is being written: nothing is judged yet, and every chip is open
    Writing writing = Writing::No;  ///< Yes: ends with a caret
};

/// Replaces the document's content.
void showAnswer(SafeDocument& document, const AnswerMarkup& answer, const Tokens& colours);
/// 0: no quotation.
int quoteLevel(const QTextBlock& block);
bool isCode(const QTextBlock& block);

/// The document's words, chips as [n].
QString plainText(const QTextDocument& document);

}  // namespace commonplace::ui
