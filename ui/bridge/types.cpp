#include "ui/bridge/types.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace commonplace::ui {

QString titleOf(const Place& place) {
    return place.title.isEmpty() ? QFileInfo(place.path).fileName() : place.title;
}

QString describe(const Place& place) {
    if (place.page <= 0) return titleOf(place);
    const QString index = QString::number(place.page);
    if (place.pageLabel.isEmpty() || place.pageLabel == index)
        return QCoreApplication::translate("Place", "%1, p. %2").arg(titleOf(place), index);
    return QCoreApplication::translate("Place", "%1, p. %2 (%3)").arg(titleOf(place), place.pageLabel, index);
}

}  // namespace commonplace::ui
