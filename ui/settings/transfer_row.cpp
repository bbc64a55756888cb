#include "ui/settings/transfer_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/bridge/paths.h"
#include "ui/settings/fields.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kWhole = 1000;

}  // namespace

QString progressText(const ModelTransfer& transfer) {
    using State = ModelTransfer::State;
    QStringList parts;
    if (transfer.state == State::Waiting) parts << TransferRow::tr("waits for the one before");
    if (transfer.state == State::Paused) parts << TransferRow::tr("paused");
    if (!transfer.step.isEmpty()) parts << transfer.step;
    if (transfer.done > 0 && transfer.total > 0) {
        parts << TransferRow::tr("%1 of %2").arg(bytesText(transfer.done), bytesText(transfer.total));
        parts << TransferRow::tr("%1 %").arg(transfer.done * 100 / transfer.total);
    } else if (transfer.done > 0) {
        parts << bytesText(transfer.done);
    }
    // Nothing moves while the model is tried, which takes its time.
    const bool isAll = transfer.total > 0 && transfer.done >= transfer.total;
    if (transfer.state == State::Running &&
        (isAll || (parts.isEmpty() && transfer.kind == ModelTransfer::Kind::File)))
        return TransferRow::tr("trying it…");
    return parts.isEmpty() ? TransferRow::tr("connecting…") : parts.join(QStringLiteral(" · "));
}

TransferRow::TransferRow(QWidget* parent)
    : QFrame(parent),
      m_name(textLabel({}, LabelTone::Ink, this)),
      m_state(noteLabel(QStringLiteral("settingsTransferState"), this)),
      m_bar(new QProgressBar(this)),
      m_hold(iconButton(QStringLiteral("pause"), tr("Pause"), this)),
      m_cancel(iconButton(QStringLiteral("close"), tr("Cancel"), this)) {
    setObjectName(QStringLiteral("settingsTransfer"));
    setProperty("kind", QStringLiteral("card"));
    setTextFont(*m_name, TextSize::Body, TextWeight::Medium);
    m_bar->setRange(0, kWhole);
    m_bar->setTextVisible(false);
    m_hold->setObjectName(QStringLiteral("settingsTransferHold"));
    m_cancel->setObjectName(QStringLiteral("settingsTransferCancel"));
    auto* words = new QVBoxLayout;
    words->setSpacing(kGrid / 2);
    words->addWidget(m_name);
    words->addWidget(m_bar);
    words->addWidget(m_state);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid + kGrid / 2, kGrid, kGrid, kGrid);
    row->addLayout(words, 1);
    row->addWidget(m_hold);
    row->addWidget(m_cancel);
    connect(m_hold, &QToolButton::clicked, this,
            [this] { m_isPaused ? emit resumeWanted() : emit pauseWanted(); });
    connect(m_cancel, &QToolButton::clicked, this, &TransferRow::cancelWanted);
}

void TransferRow::show(const ModelTransfer& transfer) {
    const QString name = readable(transfer.name);
    const bool isPaused = transfer.state == ModelTransfer::State::Paused;
    if (isPaused != std::exchange(m_isPaused, isPaused))
        setThemedIcon(*m_hold, isPaused ? QStringLiteral("play") : QStringLiteral("pause"));
    m_name->setText(name);
    setAccessibleName(tr("%1 is being fetched").arg(name));
    m_bar->setAccessibleName(tr("Progress of %1").arg(name));
    m_bar->setValue(transfer.total > 0 ? static_cast<int>(transfer.done * kWhole / transfer.total) : 0);
    const QString problem = transfer.problem;
    say(*m_state, problem.isEmpty() ? progressText(transfer) : problem, problem.isEmpty() ? "muted" : "bad");
    const QString hold = m_isPaused ? tr("Go on") : tr("Pause");
    m_hold->setToolTip(hold);
    m_hold->setAccessibleName(tr("%1: %2").arg(hold, name));
    m_cancel->setAccessibleName(tr("Cancel %1").arg(name));
}

}  // namespace commonplace::ui
