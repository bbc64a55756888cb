#include "ui/window/appearance.h"

#include <QApplication>
#include <QDBusConnection>
#include <algorithm>

#include "ui/window/window_state.h"

namespace commonplace::ui {
namespace {

const QString kThemeKey = QStringLiteral("appearance/theme");
const QString kScaleKey = QStringLiteral("appearance/fontScale");
constexpr double kSmallest = 0.8;
constexpr double kLargest = 2.0;

double bounded(double scale) {
    return scale >= kSmallest && scale <= kLargest ? scale : std::clamp(scale, kSmallest, kLargest);
}

}  // namespace

Appearance::Appearance(QApplication& application, WindowState& settings, QObject* parent)
    : QObject(parent),
      m_application(application),
      m_settings(settings),
      m_mode(parseThemeMode(settings.value(kThemeKey).toString())),
      m_system(systemTheme()),
      m_fontScale(bounded(settings.value(kScaleKey, 1.0).toDouble())) {
    QDBusConnection::sessionBus().connect({}, QStringLiteral("/org/freedesktop/portal/desktop"),
                                          QStringLiteral("org.freedesktop.portal.Settings"),
                                          QStringLiteral("SettingChanged"), this,
                                          SLOT(portalChanged(QString, QString, QDBusVariant)));
    apply();
}

void Appearance::setMode(ThemeMode mode) {
    m_mode = mode;
    m_settings.setValue(kThemeKey, name(mode));
    apply();
}

void Appearance::setFontScale(double scale) {
    m_fontScale = bounded(scale);
    m_settings.setValue(kScaleKey, m_fontScale);
    apply();
}

void Appearance::portalChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    const bool ours =
        group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme");
    if (!ours) return;
    m_system = value.variant().toUInt() == 1 ? ThemeMode::Dark : ThemeMode::Light;
    if (m_mode == ThemeMode::System) apply();
}

void Appearance::apply() {
    applyTheme(m_application, m_mode == ThemeMode::System ? m_system : m_mode, m_fontScale);
    emit changed();
}

}  // namespace commonplace::ui
