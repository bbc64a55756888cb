#include "ui/bridge/types.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace commonplace::ui {

QString titleOf(const Place& place) {
    return place.title.isEmpty() ? QFileInfo(place.path).fileName() : place.title;
}

QString pageText(const Place& place) {
    if (place.page <= 0) return {};
    const QString index = QString::number(place.page);
    if (place.pageLabel.isEmpty() || place.pageLabel == index)
        return QCoreApplication::translate("Place", "p. %1").arg(index);
    return QCoreApplication::translate("Place", "p. %1 (%2)").arg(place.pageLabel, index);
}

QString describe(const Place& place) {
    const QString page = pageText(place);
    return page.isEmpty() ? titleOf(place) : titleOf(place) + QStringLiteral(", ") + page;
}

}  // namespace commonplace::ui
