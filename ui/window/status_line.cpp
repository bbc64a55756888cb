#include "ui/window/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"
#include "ui/window/network_light.h"

namespace commonplace::ui {
namespace {

constexpr int kHeight = 28;
constexpr int kBarWidth = 152;
constexpr int kMessageMs = 6000;

QLabel* smallLabel(const char* objectName, QWidget* parent) {
    QLabel* label = textLabel({}, LabelTone::Muted, parent);
    label->setObjectName(QString::fromLatin1(objectName));
    label->setWordWrap(false);
    setTextFont(*label, TextSize::Small);
    return label;
}

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent),
      m_text(smallLabel("statusText", this)),
      m_bar(new QProgressBar(this)),
      m_detail(smallLabel("statusDetail", this)),
      m_pause(iconButton(QStringLiteral("pause"), tr("Pause indexing"), this)),
      m_problems(new QPushButton(this)),
      m_message(smallLabel("statusMessage", this)),
      m_messageEnds(this),
      m_network(new NetworkLight(this)) {
    setObjectName(QStringLiteral("statusLine"));
    setFixedHeight(kHeight);
    m_bar->setObjectName(QStringLiteral("statusBar"));
    m_bar->setAccessibleName(tr("Indexing"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(kBarWidth);
    m_pause->setObjectName(QStringLiteral("statusPause"));
    m_pause->setIconSize({14, 14});
    m_problems->setObjectName(QStringLiteral("statusProblems"));
    m_problems->setFlat(true);
    m_problems->setProperty("kind", QStringLiteral("warningLink"));
    m_problems->setCursor(Qt::PointingHandCursor);
    setTextFont(*m_problems, TextSize::Small);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * kGrid, 0, 2 * kGrid, 0);
    row->setSpacing(2 * kGrid);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(m_pause);
    row->addWidget(m_detail, 1);
    row->addWidget(m_problems);
    row->addWidget(m_message);
    row->addWidget(m_network);
    m_messageEnds.setObjectName(QStringLiteral("statusMessageEnds"));
    m_messageEnds.setSingleShot(true);
    m_messageEnds.setInterval(kMessageMs);
    connect(&m_messageEnds, &QTimer::timeout, m_message, &QLabel::clear);
    connect(m_problems, &QPushButton::clicked, this, &StatusLine::problemsClicked);
    connect(m_pause, &QToolButton::clicked, this, &StatusLine::pauseClicked);
    show(IndexingState());
}

void StatusLine::show(const IndexingState& state) {
    const bool idle = state.run == IndexingState::Run::Idle;
    const bool paused = state.run == IndexingState::Run::Paused;
    m_text->setText(state.text);
    m_detail->setText(state.detail);
    m_detail->setToolTip(plainToolTip(m_detail->text()));
    m_bar->setVisible(!idle);
    m_bar->setValue(state.permille);
    m_pause->setVisible(!idle);
    const QString pauseText = paused ? tr("Resume indexing") : tr("Pause indexing");
    if (m_pause->accessibleName() != pauseText) {
        m_pause->setToolTip(pauseText);
        m_pause->setAccessibleName(pauseText);
        setThemedIcon(*m_pause, paused ? QStringLiteral("play") : QStringLiteral("pause"));
    }
    m_problems->setVisible(state.problems > 0);
    m_problems->setText(state.problems == 1 ? tr("1 problem") : tr("%1 problems").arg(state.problems));
    m_problems->setAccessibleName(m_problems->text());
}

void StatusLine::say(const QString& message) {
    m_message->setText(message);
    m_messageEnds.start();  // anew: the same words said twice stay as long as others
}

void StatusLine::paintEvent(QPaintEvent*) {
    const Tokens& t = tokensFor(*this);
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    painter.fillRect(QRect(0, 0, width(), 1), t.line);
}

}  // namespace commonplace::ui
