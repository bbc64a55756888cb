#include "ui/library/progress_card.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>

#include "ui/bridge/progress_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kBarSteps = 1000;

/// What stands under the bar: rate and remaining time, and what a person should know besides.
QString detailOf(const IndexProgress& progress) {
    QStringList parts{progressRate(progress)};
    if (progress.phase == IndexProgress::Phase::Meaning)
        parts << ProgressCard::tr("everything can be found by its words already");
    if (progress.problems == 1) parts << ProgressCard::tr("1 problem");
    if (progress.problems > 1) parts << ProgressCard::tr("%L1 problems").arg(progress.problems);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

ProgressCard::ProgressCard(QWidget* parent)
    : QFrame(parent),
      m_heading(textLabel({}, LabelTone::Ink, this)),
      m_detail(textLabel({}, LabelTone::Muted, this)),
      m_current(textLabel({}, LabelTone::Muted, this)),
      m_bar(new QProgressBar(this)),
      m_pause(quietButton(tr("Pause"), this)),
      m_stop(quietButton(tr("Stop"), this)) {
    setObjectName(QStringLiteral("libraryProgress"));
    setProperty("kind", QStringLiteral("card"));
    m_heading->setObjectName(QStringLiteral("libraryProgressHeading"));
    setTextFont(*m_heading, TextSize::Body, TextWeight::Medium);
    m_current->setWordWrap(false);
    m_current->setMinimumWidth(0);
    m_current->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_current->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of reading"));
    m_pause->setObjectName(QStringLiteral("libraryPause"));
    m_stop->setObjectName(QStringLiteral("libraryStop"));
    m_stop->setToolTip(tr("What is read stays; the rest goes on with the next look"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(2 * kGrid, kGrid + 4, 2 * kGrid, kGrid + 4);
    grid->setHorizontalSpacing(kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    grid->addWidget(m_heading, 0, 0, 1, 2);
    grid->addWidget(m_bar, 1, 0, 1, 2);
    grid->addWidget(m_detail, 2, 0);
    grid->addWidget(m_current, 2, 1);
    grid->addWidget(m_pause, 0, 2, 3, 1, Qt::AlignVCenter);
    grid->addWidget(m_stop, 0, 3, 3, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_progress.flow == IndexProgress::Flow::Paused)
            emit resumeRequested();
        else
            emit pauseRequested();
    });
    connect(m_stop, &QPushButton::clicked, this, &ProgressCard::stopRequested);
}

void ProgressCard::setProgress(const IndexProgress& progress) {
    m_progress = progress;
    m_heading->setText(progressHeading(progress));
    m_detail->setText(detailOf(progress));
    const bool paused = progress.flow == IndexProgress::Flow::Paused;
    m_current->setText(paused ? QString() : QFileInfo(progress.current).fileName());
    m_current->setToolTip(plainToolTip(progress.current));
    const int permille = progressPermille(progress);
    // A bar of no range moves to and fro: not while nothing happens.
    m_bar->setRange(0, permille < 0 && !paused ? 0 : kBarSteps);
    m_bar->setValue(std::max(0, permille));
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    setVisible(true);
}

}  // namespace commonplace::ui
