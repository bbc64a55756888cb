#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "ui/chat/message_text.h"
#include "ui/chat/message_view.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kPaddingX = 14, kPaddingY = 10;
constexpr int kBubbleRadius = 12;
constexpr double kWidest = 0.85;  // of the column

}  // namespace

QuestionView::QuestionView(QWidget* parent)
    : MessageView(parent), m_text(new MessageText(this)), m_actions(new QWidget(this)) {
    setObjectName(QStringLiteral("question"));
    m_text->setObjectName(QStringLiteral("questionText"));
    auto* row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addStretch();
    addVersions(*row);
    addAction(*row, QStringLiteral("edit"), tr("Edit and ask again"), QStringLiteral("editQuestion"),
              MessageAction::Edit);
    addAction(*row, QStringLiteral("copy"), tr("Copy question"), QStringLiteral("copyQuestion"),
              MessageAction::Copy);
    connect(m_text, &MessageText::linkActivated, this, &MessageView::linkActivated);
}

void QuestionView::setMessage(const ChatMessage& message) {
    m_message = message;
    m_text->showQuestion(message.text);
    m_ideal = m_text->idealWidth() + 1;
    showVersions();
    updateGeometry();
}

QRect QuestionView::bubbleFor(int width) const {
    const int widest = static_cast<int>(width * kWidest) - 2 * kPaddingX;
    const int text = std::clamp(m_ideal, 24, std::max(24, widest));
    return {width - text - 2 * kPaddingX, 0, text + 2 * kPaddingX,
            m_text->heightForWidth(text) + 2 * kPaddingY};
}

int QuestionView::heightForWidth(int width) const {
    return bubbleFor(width).height() + kGrid / 4 + m_actions->sizeHint().height();
}

void QuestionView::resizeEvent(QResizeEvent*) {
    const QRect bubble = bubbleFor(width());
    m_text->setGeometry(bubble.adjusted(kPaddingX, kPaddingY, -kPaddingX, -kPaddingY));
    m_actions->setGeometry(0, bubble.bottom() + 1 + kGrid / 4, width(), m_actions->sizeHint().height());
}

void QuestionView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) update();
    MessageView::changeEvent(event);
}

void QuestionView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokensFor(*this).panel);
    painter.drawRoundedRect(bubbleFor(width()), kBubbleRadius, kBubbleRadius);
}

}  // namespace commonplace::ui
