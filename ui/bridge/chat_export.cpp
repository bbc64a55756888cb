#include "ui/bridge/chat_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFont>
#include <QJsonDocument>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextBlockFormat>
#include <QTextCursor>
#include <QTextDocumentFragment>

#include "ui/bridge/chat_citations.h"
#include "ui/bridge/chat_json.h"
#include "ui/bridge/safe_document.h"

namespace commonplace::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ChatExport", text);
}

/// Footnotes are numbered through the whole file ("[1]" of the second answer is not that of the first), and
/// by citation: a number that stands for several quotes has a footnote for each.
QString label(int answerNumber, qsizetype citation) {
    return QStringLiteral("%1-%2").arg(answerNumber).arg(citation + 1);
}

/// Where it is not clear which of the findings on a number is meant, the reader gets them all.
QVector<int> notedFor(const MarkerCitation& cited, const QVector<ChatCitation>& all) {
    if (cited.index < 0) return {};
    if (cited.relation != CitationRelation::Unclear) return {cited.index};
    QVector<int> noted;
    for (int i = 0; i < all.size(); ++i)
        if (all[i].isReference() && all[i].place.number == all[cited.index].place.number) noted.append(i);
    return noted;
}

/// The text with `note` of each citation's index in the place of its marker.
template <class Note>
QString withNotes(const ChatMessage& message, const Note& note) {
    QString text = message.text;
    const auto markers = citationMarkers(text);
    const auto cited = CitationMatcher(message.answer.citations).match(text, markers);
    for (qsizetype i = markers.size() - 1; i >= 0; --i) {
        QString notes;
        for (const MarkerCitation& one : cited[i])
            for (const int index : notedFor(one, message.answer.citations)) notes += note(index);
        if (!notes.isEmpty()) text.replace(markers[i].begin, markers[i].length, notes);
    }
    return text;
}

QString withFootnotes(const ChatMessage& message, int answerNumber) {
    return withNotes(message, [answerNumber](int citation) {
        return QStringLiteral("[^%1]").arg(label(answerNumber, citation));
    });
}

QString state(const ChatAnswer& answer) {
    if (answer.stopped) return tr("Stopped before it was complete.");
    if (!answer.error.isEmpty()) return tr("Not complete: %1").arg(answer.error);
    return answer.state == AnswerState::Interrupted ? tr("Not complete.") : QString();
}

QString provenance(const ChatMessage& message) {
    const QString when = QLocale().toString(message.created.toLocalTime(), QLocale::ShortFormat);
    if (message.answer.mode == AnswerMode::Extractive)
        return tr("%1 · quoted word for word from the documents, not written by a model").arg(when);
    return tr("%1 · written by %2").arg(when, message.answer.model);
}

QString nearestHeading() {
    return tr("Nearest passages:");
}

void appendAnswer(QString& out, const ChatMessage& message, int answerNumber) {
    out += withFootnotes(message, answerNumber) + QLatin1String("\n\n");
    if (const QString why = state(message.answer); !why.isEmpty())
        out += QStringLiteral("**%1**\n\n").arg(markdownText(why));
    if (message.answer.abstained && !message.answer.nearest.isEmpty()) {
        out += nearestHeading() + QLatin1String("\n\n");
        for (const ChatCitation& near : message.answer.nearest)
            out += QLatin1String("- ") + markdownText(footnote(near)) + QLatin1Char('\n');
        out += QLatin1Char('\n');
    }
    out += QStringLiteral("*%1*\n\n").arg(markdownText(provenance(message)));
    const QVector<ChatCitation>& citations = message.answer.citations;
    for (qsizetype i = 0; i < citations.size(); ++i)
        out +=
            QStringLiteral("[^%1]: %2\n").arg(label(answerNumber, i), markdownText(footnote(citations[i])));
    if (!message.answer.citations.isEmpty()) out += QLatin1Char('\n');
}

/// A conversation is named by its first question until it has a better name: that is not said twice.
bool isTitle(const ChatMessage& message, const Chat& chat) {
    return &message == &chat.messages.first() && message.speaker == Speaker::Person &&
           message.text.simplified() == chat.title.simplified();
}

QByteArray markdown(const Chat& chat) {
    QString out = QStringLiteral("# %1\n\n").arg(markdownText(chat.title));
    int answers = 0;
    for (const ChatMessage& message : chat.messages) {
        if (isTitle(message, chat)) continue;
        if (message.speaker == Speaker::Person)
            out += QStringLiteral("## %1\n\n").arg(markdownText(message.text));
        else
            appendAnswer(out, message, ++answers);
    }
    return out.toUtf8();
}

QTextCharFormat format(double points, QFont::Weight weight = QFont::Normal) {
    QTextCharFormat format;
    format.setFontPointSize(points);
    format.setFontWeight(weight);
    return format;
}

constexpr double kTitlePoints = 18, kQuestionPoints = 13, kTextPoints = 10.5, kNotePoints = 8.5;

void addParagraph(QTextCursor& cursor, const QString& text, const QTextCharFormat& charFormat) {
    QTextBlockFormat block;
    block.setTopMargin(charFormat.fontPointSize());
    block.setBottomMargin(charFormat.fontPointSize() / 3);
    cursor.insertBlock(block, charFormat);
    cursor.insertText(text, charFormat);
}

void addAnswer(QTextCursor& cursor, const ChatMessage& message) {
    SafeDocument body;
    body.setDefaultFont(cursor.document()->defaultFont());
    body.setSafeMarkdown(
        withNotes(message, [](int citation) { return QStringLiteral("[%1]").arg(citation + 1); }));
    cursor.insertBlock(QTextBlockFormat(), format(kTextPoints));
    cursor.insertFragment(QTextDocumentFragment(&body));
    if (const QString why = state(message.answer); !why.isEmpty())
        addParagraph(cursor, why, format(kTextPoints, QFont::DemiBold));
    const QVector<ChatCitation>& citations = message.answer.citations;
    for (qsizetype i = 0; i < citations.size(); ++i)
        addParagraph(cursor, QStringLiteral("[%1] %2").arg(i + 1).arg(footnote(citations[i])),
                     format(kNotePoints));
    if (message.answer.abstained && !message.answer.nearest.isEmpty()) {
        addParagraph(cursor, nearestHeading(), format(kTextPoints));
        for (const ChatCitation& near : message.answer.nearest)
            addParagraph(cursor, footnote(near), format(kNotePoints));
    }
    addParagraph(cursor, provenance(message), format(kNotePoints));
}

void fill(QTextDocument& document, const Chat& chat) {
    QFont font;
    font.setPointSizeF(kTextPoints);
    document.setDefaultFont(font);
    document.setMetaInformation(QTextDocument::DocumentTitle, chat.title);
    QTextCursor cursor(&document);
    cursor.insertText(chat.title, format(kTitlePoints, QFont::DemiBold));
    for (const ChatMessage& message : chat.messages) {
        if (isTitle(message, chat)) continue;
        if (message.speaker == Speaker::Person)
            addParagraph(cursor, message.text, format(kQuestionPoints, QFont::DemiBold));
        else
            addAnswer(cursor, message);
    }
}

QByteArray pdf(const QTextDocument& document, const QString& title) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout::Millimeter);
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("Commonplace"));
        document.print(&writer);
    }
    return buffer.data();
}

QString verdictOn(const ChatCitation& citation) {
    if (!citation.isReference())
        return citation.verified ? tr("quote proven") : tr("quote NOT found in the document");
    if (citation.verified) return tr("reference, supported by this passage");
    if (citation.isContested()) return tr("reference, passage [%1] says more of it").arg(citation.better);
    return citation.judged ? tr("reference, NOT supported by this passage") : tr("reference, not judged");
}

}  // namespace

QString markdownText(const QString& text) {
    QString safe;
    for (const QChar c : text.simplified()) {
        if (QStringLiteral("\\`*_[]<>#|!~").contains(c)) safe += QLatin1Char('\\');
        safe += c;
    }
    return safe;
}

QString quoteWithSource(const ChatCitation& citation) {
    const QString quote = QChar(0x201C) + citation.place.quote + QChar(0x201D);
    return citation.place.number == 0 ? quote
                                      : QStringLiteral("%1 (%2)").arg(quote, describe(citation.place));
}

QString footnote(const ChatCitation& citation) {
    const QString proof = verdictOn(citation);
    if (citation.place.number == 0) return quoteWithSource(citation) + QStringLiteral(" — ") + proof;
    if (citation.place.quote.isEmpty())
        return citation.isReference() ? QStringLiteral("%1 — %2").arg(describe(citation.place), proof)
                                      : describe(citation.place);
    return QStringLiteral("%1: %2%3%4 — %5")
        .arg(describe(citation.place), QChar(0x201C), citation.place.quote, QChar(0x201D), proof);
}

QByteArray exportChat(const Chat& chat, ExportFormat format) {
    if (format == ExportFormat::Markdown) return markdown(chat);
    if (format == ExportFormat::Json) return QJsonDocument(toJson(chat)).toJson();
    SafeDocument document;
    fill(document, chat);
    return format == ExportFormat::Html ? document.toHtml().toUtf8() : pdf(document, chat.title);
}

}  // namespace commonplace::ui
