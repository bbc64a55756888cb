#include "ui/settings/destination_text.h"

#include <QCoreApplication>

namespace commonplace::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("DestinationText", text);
}

/// To a computer elsewhere, when nobody has said no.
QString sentText(const QString& baseUrl) {
    const QString what =
        tr("your question, the conversation so far, and the passages that were found for it");
    if (destinationOf(baseUrl) == Destination::ThisComputer)
        return tr("This is a cloud model: the server on this computer sends %1 on to its maker.").arg(what);
    return tr("With every question, these are sent to %1: %2.").arg(hostOf(baseUrl), what);
}

/// The same, as long as nothing is sent.
QString keptText(const QString& baseUrl) {
    if (destinationOf(baseUrl) == Destination::ThisComputer)
        return tr(
            "This is a cloud model: the server on this computer would send your questions, and the "
            "passages that were found for them, on to its maker, once you allow it. You are asked with "
            "the first question.");
    return tr("Your questions, and the passages that were found for them, are sent to %1 once you allow it. "
              "You are asked with the first question; nothing is sent before.")
        .arg(hostOf(baseUrl));
}

QString remoteText(const QString& baseUrl, const Leave& leave) {
    if (leave.offline == Offline::Yes)
        return tr("The program is offline: nothing is sent to %1, and answers are quotations from your "
                  "documents, unless a model on this computer stands in.")
            .arg(hostOf(baseUrl));
    const bool isAllowed = leave.servers.contains(serverOf(baseUrl));
    return (isAllowed ? sentText(baseUrl) : keptText(baseUrl)) + QLatin1Char(' ') +
           tr("Searching and reading stay on this computer.");
}

}  // namespace

QString destinationText(const QString& baseUrl, const QString& model, const Leave& leave) {
    switch (destinationOf(baseUrl, model)) {
        case Destination::Nowhere:
            return tr(
                "Answers are quotations from your documents, found and put together on this computer. "
                "Nothing leaves it.");
        case Destination::ThisComputer:
            return tr("This address is on this computer. Nothing leaves it.");
        case Destination::Remote:
            break;
    }
    return remoteText(baseUrl, leave);
}

}  // namespace commonplace::ui
