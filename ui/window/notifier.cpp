#include "ui/window/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>
#include <QWidget>

namespace commonplace::ui {

void notifyUnlessActive(const QWidget& window, const QString& summary, const QString& body) {
    if (window.isActiveWindow()) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.commonplace.Commonplace")}};
    constexpr uint kNew = 0;
    constexpr int kServersChoice = -1;
    call << QStringLiteral("Commonplace") << kNew << QStringLiteral("org.commonplace.Commonplace") << summary
         << body.toHtmlEscaped() << QStringList() << hints << kServersChoice;
    bus.send(call);
}

}  // namespace commonplace::ui
