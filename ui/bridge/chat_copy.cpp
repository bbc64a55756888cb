#include "ui/bridge/chat_copy.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/bridge/chat_export.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/safe_document.h"

namespace commonplace::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ChatCopy", text);
}

bool isSamePlace(const Place& a, const Place& b) {
    return a.number == b.number && a.path == b.path && a.page == b.page;
}

/// Several quotes of one page are one source; what one of them lacks is said of it.
QVector<ChatCitation> sourcesOf(const QVector<ChatCitation>& citations) {
    QVector<ChatCitation> sources;
    for (const ChatCitation& citation : citations) {
        if (citation.place.number == 0) continue;  // a quotation of nothing: it has no source
        const auto known = std::find_if(sources.begin(), sources.end(), [&](const ChatCitation& one) {
            return isSamePlace(one.place, citation.place);
        });
        if (known == sources.end())
            sources.append(citation);
        else if (known->verified && !citation.verified)
            *known = citation;
    }
    std::stable_sort(sources.begin(), sources.end(), [](const ChatCitation& a, const ChatCitation& b) {
        return a.place.number < b.place.number;
    });
    return sources;
}

QString line(const ChatCitation& source) {
    const QString text = QStringLiteral("[%1] %2: %3")
                             .arg(source.place.number)
                             .arg(describe(source.place), readable(source.place.path));
    if (source.verified || source.place.quote.isEmpty()) return text;
    return text + QStringLiteral(" — ") +
           (source.isReference() ? tr("NOT supported by this passage")
                                 : tr("quote NOT found in the document"));
}

}  // namespace

CopiedAnswer copyOf(const ChatMessage& message) {
    const ChatAnswer& answer = message.answer;
    const bool abstained = answer.abstained && !answer.nearest.isEmpty();
    const QVector<ChatCitation> sources = sourcesOf(abstained ? answer.nearest : answer.citations);
    CopiedAnswer copied;
    copied.markdown = message.text;
    if (!sources.isEmpty()) {
        copied.markdown +=
            QStringLiteral("\n\n**%1**\n\n").arg(abstained ? tr("Nearest passages") : tr("Sources"));
        for (const ChatCitation& source : sources)
            copied.markdown += QStringLiteral("- %1\n").arg(markdownText(line(source)));
    }
    SafeDocument document;
    document.setSafeMarkdown(copied.markdown);
    copied.html = document.toHtml();
    return copied;
}

}  // namespace commonplace::ui
