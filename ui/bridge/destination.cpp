#include "ui/bridge/destination.h"

#include <QUrl>
#include <algorithm>

#include "engine/llm/endpoint.h"
#include "engine/net/http.h"

namespace commonplace::ui {

Destination destinationOf(const QString& baseUrl) {
    const QString address = baseUrl.trimmed();
    if (address.isEmpty()) return Destination::Nowhere;
    // Nothing that an endpoint's address needs, and all that two readers ever disagreed on.
    const bool isDoubtful = std::any_of(address.begin(), address.end(),
                                        [](QChar c) { return QStringLiteral("#?@\\").contains(c); });
    const bool isHere = !isDoubtful && net::isLoopbackUrl(address.toStdString());
    return isHere ? Destination::ThisComputer : Destination::Remote;
}

Destination destinationOf(const QString& baseUrl, const QString& model) {
    const Destination server = destinationOf(baseUrl);
    const bool goesOn = server == Destination::ThisComputer && llm::isForwarded(model.toStdString());
    return goesOn ? Destination::Remote : server;
}

QString hostOf(const QString& baseUrl) {
    const QUrl url(baseUrl.trimmed());
    return url.port() < 0 ? url.host() : url.host() + QLatin1Char(':') + QString::number(url.port());
}

QString serverOf(const QString& baseUrl) {
    return QUrl(baseUrl.trimmed())
        .adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::RemoveFragment)
        .toString();
}

QString accountOf(const QString& baseUrl) {
    return QString::fromStdString(net::originOf(baseUrl.trimmed().toStdString()).value_or(std::string()));
}

}  // namespace commonplace::ui
