#include "ui/chat/citation_card.h"

#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kCardWidth = 340;
constexpr int kMostQuote = 400;
constexpr int kPointerGap = 16;

QString inQuotes(const QString& quote) {
    const QString shown = quote.size() > kMostQuote ? quote.left(kMostQuote) + QChar(0x2026) : quote;
    return QChar(0x201C) + shown + QChar(0x201D);
}

}  // namespace

CitationCard::CitationCard(QWidget* parent)
    : QFrame(parent, Qt::ToolTip),
      m_title(textLabel({}, LabelTone::Ink, this)),
      m_quote(textLabel({}, LabelTone::Ink, this)),
      m_proof(textLabel({}, LabelTone::Muted, this)) {
    setObjectName(QStringLiteral("citationCard"));
    setAccessibleName(tr("Citation"));
    setProperty("kind", QStringLiteral("card"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    setTextFont(*m_title, TextSize::Small, TextWeight::Bold);
    setTextFont(*m_proof, TextSize::Small);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(kGrid / 2);
    for (QLabel* label : {m_title, m_quote, m_proof}) layout->addWidget(label);
}

CitationCard::Verdict CitationCard::verdictOn(const ChatCitation& citation, ChipTone tone) {
    if (tone == ChipTone::Unclear)
        return {tr("What the answer says here was not found again: no finding is shown for this place"),
                "muted"};
    if (citation.isContested())
        return {tr("Another passage, [%1], says more of the sentence").arg(citation.better), "muted"};
    if (citation.lacksSupport()) return {tr("✗ This passage does not support the sentence"), "bad"};
    if (citation.isReference())
        return {citation.verified ? tr("Not a quotation: the passage supports the sentence")
                                  : tr("Not judged: the words of the sentence and of this passage cannot be "
                                       "compared"),
                "muted"};
    if (citation.verified) return {tr("✓ Stands on that page, word for word"), "good"};
    return citation.place.quote.isEmpty() ? Verdict{tr("The passage as a whole"), "muted"}
                                          : Verdict{tr("✗ This quote was not found there"), "bad"};
}

void CitationCard::showFor(const ChatCitation& citation, ChipTone tone, const QPoint& pointer) {
    m_title->setText(describe(citation.place));
    m_quote->setText(inQuotes(citation.place.quote));
    m_quote->setVisible(!citation.place.quote.isEmpty());
    const Verdict verdict = verdictOn(citation, tone);
    m_proof->setText(verdict.text);
    m_proof->setProperty("tone", QString::fromLatin1(verdict.tone));
    m_proof->setStyleSheet(QString());  // reads the property anew
    setFixedWidth(kCardWidth);
    const int height = layout()->totalHeightForWidth(kCardWidth);
    resize(kCardWidth, height);
    const QRect screen = parentWidget()->screen()->availableGeometry();
    QPoint at = pointer + QPoint(-kCardWidth / 2, kPointerGap);
    if (at.y() + height > screen.bottom()) at.setY(pointer.y() - height - kPointerGap);
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - kCardWidth)));
    move(at);
    show();
}

PassageCard::PassageCard(const ChatCitation& citation, QWidget* parent)
    : QAbstractButton(parent), m_citation(citation) {
    setObjectName(QStringLiteral("passageCard%1").arg(citation.place.number));
    setAccessibleName(describe(citation.place));
    setAccessibleDescription(citation.place.quote);
    setToolTip(plainToolTip(citation.place.path));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int PassageCard::heightForWidth(int width) const {
    const QFontMetrics title(textFont(TextSize::Small, TextWeight::Bold)), words(textFont(TextSize::Body));
    const QRect quote = words.boundingRect(QRect(0, 0, std::max(40, width - 3 * kGrid), 10000),
                                           Qt::TextWordWrap, inQuotes(m_citation.place.quote));
    return title.height() + kGrid / 2 + quote.height() + 2 * kGrid + kGrid / 2;
}

QSize PassageCard::sizeHint() const {
    return {300, heightForWidth(width() > 0 ? width() : 300)};
}

void PassageCard::paintEvent(QPaintEvent*) {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() || underMouse() ? colours.accent : colours.line);
    painter.setBrush(colours.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    const QFont titleFont = textFont(TextSize::Small, TextWeight::Bold);
    QRect area = rect().adjusted(12, 10, -12, -10);
    painter.setFont(titleFont);
    painter.setPen(colours.accent);
    painter.drawText(
        area, Qt::AlignTop,
        QFontMetrics(titleFont).elidedText(describe(m_citation.place), Qt::ElideMiddle, area.width()));
    area.setTop(area.top() + QFontMetrics(titleFont).height() + kGrid / 2);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(colours.ink);
    painter.drawText(area, Qt::TextWordWrap | Qt::AlignTop, inQuotes(m_citation.place.quote));
}

}  // namespace commonplace::ui
