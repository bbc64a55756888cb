#include "ui/settings/appearance_section.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

constexpr int kLeastPercent = 80;
constexpr int kMostPercent = 200;
constexpr int kStepPercent = 5;

}  // namespace

AppearanceSection::AppearanceSection(QWidget* parent)
    : Section(tr("Appearance"), {}, parent),
      m_modes(new QButtonGroup(this)),
      m_size(new QSlider(Qt::Horizontal, this)),
      m_percent(textLabel({}, LabelTone::Muted, this)) {
    auto* modes = new QWidget(this);
    auto* row = new QHBoxLayout(modes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    const auto add = [&](ThemeMode mode, const QString& text, const char* objectName) {
        QPushButton* button = quietButton(text, modes);
        button->setProperty("kind", QStringLiteral("chip"));
        button->setObjectName(QString::fromLatin1(objectName));
        button->setCheckable(true);
        m_modes->addButton(button, static_cast<int>(mode));
        row->addWidget(button);
    };
    add(ThemeMode::System, tr("As the system"), "settingsThemeSystem");
    add(ThemeMode::Light, tr("Light"), "settingsThemeLight");
    add(ThemeMode::Dark, tr("Dark"), "settingsThemeDark");
    row->addStretch();
    addRow(tr("Colours"), modes, {});
    auto* size = new QWidget(this);
    auto* sizeRow = new QHBoxLayout(size);
    sizeRow->setContentsMargins(0, 0, 0, 0);
    m_size->setObjectName(QStringLiteral("settingsFontSize"));
    m_size->setAccessibleName(tr("Size of the letters"));
    m_size->setRange(kLeastPercent / kStepPercent, kMostPercent / kStepPercent);
    m_percent->setObjectName(QStringLiteral("settingsFontPercent"));
    m_percent->setWordWrap(false);
    sizeRow->addWidget(m_size, 1);
    sizeRow->addWidget(m_percent);
    addRow(tr("Size of the letters"), size, tr("In proportion to the size the desktop is set to."));
    finish();
    setValues(ThemeMode::System, 1);
    connect(m_modes, &QButtonGroup::idClicked, this,
            [this](int id) { emit themeChanged(static_cast<ThemeMode>(id)); });
    connect(m_size, &QSlider::valueChanged, this, [this](int step) {
        showPercent(step * kStepPercent);
        if (!m_size->isSliderDown()) emit fontScaleChanged(step * kStepPercent / 100.0);
    });
    connect(m_size, &QSlider::sliderReleased, this,
            [this] { emit fontScaleChanged(m_size->value() * kStepPercent / 100.0); });
}

void AppearanceSection::setValues(ThemeMode mode, double fontScale) {
    const QSignalBlocker quiet(m_size);
    m_modes->button(static_cast<int>(mode))->setChecked(true);
    m_size->setValue(qRound(fontScale * 100 / kStepPercent));
    showPercent(m_size->value() * kStepPercent);
}

void AppearanceSection::showPercent(int percent) {
    m_percent->setText(tr("%1 %").arg(percent));
}

}  // namespace commonplace::ui
