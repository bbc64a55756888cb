// Desktop notifications at the end of long work (freedesktop.org Desktop Notifications 1.2), only while the
// window is not in front. Without a notification service nothing happens. Thread: GUI; never waits.
#pragma once

#include <QString>

class QWidget;

namespace commonplace::ui {

void notifyUnlessActive(const QWidget& window, const QString& summary, const QString& body);

}  // namespace commonplace::ui
