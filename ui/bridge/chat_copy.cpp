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

/// What a citation lacks; empty: nothing.
QString lackOf(const ChatCitation& citation) {
    if (citation.isContested()) return tr("passage [%1] says more of it").arg(citation.better);
    if (citation.isReference())
        return citation.verified ? QString()
               : citation.judged ? tr("NOT supported by this passage")
                                 : tr("reference not judged");
    return citation.verified || citation.place.quote.isEmpty() ? QString()
                                                               : tr("quote NOT found in the document");
}

struct Source {
    Place place;
    QStringList lacks;  ///< each kind once
};

/// Several quotes of one page are one source; what any of them lacks is said of it.
QVector<Source> sourcesOf(const QVector<ChatCitation>& citations) {
    QVector<Source> sources;
    for (const ChatCitation& citation : citations) {
        if (citation.place.number == 0) continue;  // a quotation of nothing: it has no source
        auto known = std::find_if(sources.begin(), sources.end(),
                                  [&](const Source& one) { return isSamePlace(one.place, citation.place); });
        if (known == sources.end()) known = sources.insert(known, {citation.place, {}});
        const QString lack = lackOf(citation);
        if (!lack.isEmpty() && !known->lacks.contains(lack)) known->lacks.append(lack);
    }
    std::stable_sort(sources.begin(), sources.end(),
                     [](const Source& a, const Source& b) { return a.place.number < b.place.number; });
    return sources;
}

QString line(const Source& source) {
    const QString text = QStringLiteral("[%1] %2: %3")
                             .arg(source.place.number)
                             .arg(describe(source.place), readable(source.place.path));
    return source.lacks.isEmpty() ? text
                                  : text + QStringLiteral(" — ") + source.lacks.join(QStringLiteral("; "));
}

}  // namespace

CopiedAnswer copyOf(const ChatMessage& message) {
    const ChatAnswer& answer = message.answer;
    const bool abstained = answer.abstained && !answer.nearest.isEmpty();
    const QVector<Source> sources = sourcesOf(abstained ? answer.nearest : answer.citations);
    CopiedAnswer copied;
    copied.markdown = message.text;
    if (!sources.isEmpty()) {
        copied.markdown +=
            QStringLiteral("\n\n**%1**\n\n").arg(abstained ? tr("Nearest passages") : tr("Sources"));
        for (const Source& source : sources)
            copied.markdown += QStringLiteral("- %1\n").arg(markdownText(line(source)));
    }
    SafeDocument document;
    document.setSafeMarkdown(copied.markdown);
    copied.html = document.toHtml();
    return copied;
}

}  // namespace commonplace::ui
