#include "ui/settings/fallback_row.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/destination.h"
#include "ui/settings/fields.h"
#include "ui/settings/model_picker.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

FallbackRow::FallbackRow(ConsentBridge& consents, QWidget* parent)
    : QFrame(parent),
      m_picker(
          new ModelPicker(QStringLiteral("settingsFallback"), tr("Model that stands in"), consents, this)),
      m_any(new QCheckBox(this)),
      m_elsewhere(new QWidget(this)),
      m_up(iconButton(QStringLiteral("up"), tr("Ask it earlier"), this)),
      m_remove(iconButton(QStringLiteral("trash"), tr("Remove"), this)) {
    setProperty("kind", QStringLiteral("card"));
    m_any->setObjectName(QStringLiteral("settingsFallbackAny"));
    m_up->setObjectName(QStringLiteral("settingsFallbackUp"));
    m_remove->setObjectName(QStringLiteral("settingsFallbackRemove"));
    QLabel* why = noteLabel(QStringLiteral("settingsFallbackWhy"), this);
    why->setText(tr(
        "Otherwise a remote model answers only for another remote one: what you meant to stay here stays."));
    auto* row = new QHBoxLayout;
    row->addWidget(m_picker, 1);
    row->addWidget(m_up, 0, Qt::AlignTop);
    row->addWidget(m_remove, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kGrid + kGrid / 2, kGrid, kGrid, kGrid);
    column->setSpacing(kGrid / 2);
    column->addLayout(row);
    column->addWidget(m_elsewhere);
    QVBoxLayout* leave = tightColumn(m_elsewhere);
    leave->addWidget(
        withText(m_any, tr("May also stand in for a model on this computer, or a free one"), m_elsewhere));
    leave->addWidget(why);
    connect(m_picker, &ModelPicker::edited, this, [this] {
        showLeave();
        emit edited();
    });
    connect(m_any, &QCheckBox::toggled, this, &FallbackRow::edited);
    connect(m_up, &QToolButton::clicked, this, &FallbackRow::upWanted);
    connect(m_remove, &QToolButton::clicked, this, &FallbackRow::removeWanted);
}

FallbackSpot FallbackRow::value() const {
    return {m_picker->spot(), m_any->isChecked() ? StandIn::ForAny : StandIn::OnlyAlike};
}

void FallbackRow::setValue(const FallbackSpot& value) {
    const QSignalBlocker quiet(this);
    m_picker->setSpot(value.spot);
    m_any->setChecked(value.standIn == StandIn::ForAny);
    showLeave();
}

/// For a model on this computer there is nothing to ask: it may stand in for every other.
void FallbackRow::showLeave() {
    const ModelSpot spot = m_picker->spot();
    m_elsewhere->setVisible(destinationOf(spot.baseUrl, spot.model) == Destination::Remote);
}

void FallbackRow::offer(const QVector<LocalModel>& files) {
    m_picker->offer(files);
}

void FallbackRow::setNumber(int number) {
    setAccessibleName(tr("Model %1 that stands in").arg(number));
    m_up->setEnabled(number > 1);
}

}  // namespace commonplace::ui
