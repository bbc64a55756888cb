#include "ui/library/progress_card.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "ui/library/ledger_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kBarSteps = 1000;

}  // namespace

QString progressHeading(const IndexProgress& progress) {
    if (!progress.notice.isEmpty()) return progress.notice;
    const bool paused = progress.flow == IndexProgress::Flow::Paused;
    switch (progress.phase) {
        case IndexProgress::Phase::Starting:
            return paused ? ProgressCard::tr("Paused")
                          : ProgressCard::tr("Looking for new and changed files…");
        case IndexProgress::Phase::Reading:
            return (paused ? ProgressCard::tr("Paused after %L1 of %L2 files")
                           : ProgressCard::tr("Reading %L1 of %L2 files"))
                .arg(progress.done)
                .arg(progress.total);
        case IndexProgress::Phase::Meaning:
            return (paused ? ProgressCard::tr("Paused: the meaning of %L1 of %L2 passages is known")
                           : ProgressCard::tr("Learning the meaning of %L1 of %L2 passages"))
                .arg(progress.done)
                .arg(progress.total);
    }
    return {};
}

QString progressDetail(const IndexProgress& progress) {
    QStringList parts;
    if (progress.phase == IndexProgress::Phase::Reading && progress.perSecond > 0)
        parts << ProgressCard::tr("%L1 pages/s").arg(qRound64(progress.perSecond));
    if (progress.phase == IndexProgress::Phase::Meaning)
        parts << ProgressCard::tr("everything can be found by its words already");
    if (const QString left = durationText(progress.secondsLeft); !left.isEmpty()) parts << left;
    if (progress.problems == 1) parts << ProgressCard::tr("1 problem");
    if (progress.problems > 1) parts << ProgressCard::tr("%L1 problems").arg(progress.problems);
    return parts.join(QStringLiteral(" · "));
}

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
    m_detail->setText(progressDetail(progress));
    m_current->setText(QFileInfo(progress.current).fileName());
    m_current->setToolTip(plainToolTip(progress.current));
    const bool known = progress.total > 0;
    m_bar->setRange(0, known ? kBarSteps : 0);
    if (known) m_bar->setValue(static_cast<int>(kBarSteps * progress.done / progress.total));
    const bool paused = progress.flow == IndexProgress::Flow::Paused;
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    setVisible(true);
}

}  // namespace commonplace::ui
