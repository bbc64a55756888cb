// AppearanceSection: light or dark, and how large the letters are.
#pragma once

#include "ui/settings/section.h"
#include "ui/widgets/theme.h"

class QButtonGroup;
class QLabel;
class QSlider;

namespace commonplace::ui {

class AppearanceSection final : public Section {
    Q_OBJECT
  public:
    explicit AppearanceSection(QWidget* parent = nullptr);
    void setValues(ThemeMode mode, double fontScale);

  signals:
    void themeChanged(commonplace::ui::ThemeMode mode);
    void fontScaleChanged(double scale);

  private:
    void showPercent(int percent);

    QButtonGroup* m_modes;
    QSlider* m_size;
    QLabel* m_percent;
};

}  // namespace commonplace::ui
