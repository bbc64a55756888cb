// Appearance: theme and font size as the person chose them, remembered, following the desktop when asked to.
// Thread: GUI.
#pragma once

#include <QDBusVariant>
#include <QObject>

#include "ui/widgets/theme.h"

class QApplication;

namespace commonplace::ui {

class WindowState;

class Appearance final : public QObject {
    Q_OBJECT
  public:
    /// Applies what `settings` (which must outlive this) remembers.
    Appearance(QApplication& application, WindowState& settings, QObject* parent = nullptr);

    ThemeMode mode() const { return m_mode; }
    double fontScale() const { return m_fontScale; }

  public slots:
    void setMode(commonplace::ui::ThemeMode mode);
    void setFontScale(double scale);  ///< 0.8 to 1.5; anything else is brought into that range

  signals:
    void changed();

  private slots:
    void portalChanged(const QString& group, const QString& key, const QDBusVariant& value);

  private:
    void apply();

    QApplication& m_application;
    WindowState& m_settings;
    ThemeMode m_mode;
    ThemeMode m_system;  ///< what the desktop wants
    double m_fontScale;
};

}  // namespace commonplace::ui
