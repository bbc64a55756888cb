#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/chat/citation_card.h"
#include "ui/chat/message_text.h"
#include "ui/chat/message_view.h"
#include "ui/chat/receipt.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kTickMs = 500;
constexpr qint64 kPatienceSeconds = 2;  // from then on the seconds are counted for all to see

/// "qwen2.5-7b is reading 6 passages… 4 s"
QString readingText(const PromptReading& reading) {
    const QString who = reading.model.isEmpty() ? AnswerView::tr("The model") : reading.model;
    const QString what = reading.passages == 1
                             ? AnswerView::tr("%1 is reading 1 passage…").arg(who)
                             : AnswerView::tr("%1 is reading %L2 passages…").arg(who).arg(reading.passages);
    const qint64 seconds = reading.since.isValid() ? reading.since.elapsed() / 1000 : 0;
    return seconds < kPatienceSeconds ? what : AnswerView::tr("%1 %L2 s").arg(what).arg(seconds);
}

}  // namespace

AnswerView::AnswerView(QWidget* parent)
    : MessageView(parent),
      m_text(new MessageText(this)),
      m_waiting(textLabel({}, LabelTone::Muted, this)),
      m_state(textLabel({}, LabelTone::Bad, this)),
      m_nearest(new QWidget(this)),
      m_receipt(new ReceiptLine(this)),
      m_quote(quietButton(tr("Answer with quotations"), this)),
      m_actions(new QWidget(this)) {
    setObjectName(QStringLiteral("answer"));
    m_text->setObjectName(QStringLiteral("answerText"));
    m_state->setObjectName(QStringLiteral("answerState"));
    m_waiting->setObjectName(QStringLiteral("answerWaiting"));
    m_waitingTick.setInterval(kTickMs);
    connect(&m_waitingTick, &QTimer::timeout, this, [this] {
        showWaiting();
        if (heightForWidth(width()) != height()) emit heightChanged(m_message.id);
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    for (QWidget* widget : {static_cast<QWidget*>(m_waiting), static_cast<QWidget*>(m_text), m_nearest,
                            static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_receipt)})
        layout->addWidget(widget);
    m_quote->setObjectName(QStringLiteral("answerWithQuotes"));
    layout->addWidget(m_quote, 0, Qt::AlignLeft);
    connect(m_quote, &QPushButton::clicked, this,
            [this] { emit actionWanted(m_message.id, MessageAction::Quote); });
    auto* cards = new QVBoxLayout(m_nearest);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(kGrid);
    addActions(*layout);
    connect(m_receipt, &ReceiptLine::searchWanted, this,
            [this](const QString& query) { emit searchWanted(m_message.id, query); });
    connect(m_text, &MessageText::chipActivated, this, &AnswerView::activate);
    connect(m_text, &MessageText::chipHovered, this, &AnswerView::hoverChip);
    connect(m_text, &MessageText::linkActivated, this, &MessageView::linkActivated);
}

void AnswerView::addActions(QVBoxLayout& layout) {
    layout.setSpacing(kGrid / 2);
    auto* row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    addAction(*row, QStringLiteral("copy"), tr("Copy answer"), QStringLiteral("copyAnswer"),
              MessageAction::Copy);
    m_copyQuote = addAction(*row, QStringLiteral("note"), tr("Copy quotes with their sources"),
                            QStringLiteral("copyQuote"), MessageAction::CopyQuote);
    addAction(*row, QStringLiteral("retry"), tr("Try again"), QStringLiteral("retryAnswer"),
              MessageAction::Retry);
    addAction(*row, QStringLiteral("export"), tr("Export…"), QStringLiteral("exportAnswer"),
              MessageAction::Export);
    addVersions(*row);
    row->addStretch();
    layout.addWidget(m_actions);
}

void AnswerView::setMessage(const ChatMessage& message) {
    m_message = message;
    const bool writing = message.answer.state == AnswerState::Writing;
    if (writing) {
        setTextSoFar(message.text);
    } else {
        m_waiting->hide();
        m_waitingTick.stop();
        m_text->show();
        m_text->showAnswer({message.text, message.answer.citations, Writing::No});
        m_text->setVisible(!message.text.isEmpty());
    }
    showState();
    showNearest();
    m_receipt->setAnswer(message.answer);
    const bool isFinished = message.answer.state == AnswerState::Finished;
    const bool hasFailed = !message.answer.error.isEmpty() && !message.answer.stopped;
    // What failed before anything was looked at has nothing to show.
    m_receipt->setVisible(isFinished && (!hasFailed || message.answer.totalMs > 0));
    m_quote->setVisible(isFinished && hasFailed && message.text.isEmpty());
    m_actions->setVisible(!writing);
    m_copyQuote->setEnabled(!placesOf(message.answer).isEmpty());
    showVersions();
    updateGeometry();
}

int AnswerView::heightForWidth(int width) const {
    // Layouts remember heights until the event loop runs, and this is asked for right after the content has
    // changed.
    m_nearest->layout()->invalidate();
    m_nearest->updateGeometry();
    m_text->updateGeometry();
    layout()->invalidate();
    return layout()->totalHeightForWidth(width);
}

void AnswerView::setTextSoFar(const QString& text) {
    m_message.text = text;
    if (text.isEmpty())
        showWaiting();
    else
        m_waitingTick.stop();
    m_waiting->setVisible(text.isEmpty());
    m_text->setVisible(!text.isEmpty());
    if (!text.isEmpty()) m_text->showAnswer({text, {}, Writing::Yes});
    updateGeometry();
}

void AnswerView::setReading(const PromptReading& reading) {
    m_message.answer.reading = reading;
    showWaiting();
    updateGeometry();
}

void AnswerView::setWaitsFor(WaitsFor who) {
    m_message.answer.waitsFor = who;
    showWaiting();
    updateGeometry();
}

void AnswerView::showWaiting() {
    const auto& reading = m_message.answer.reading;
    if (m_message.answer.waitsFor == WaitsFor::Person)
        m_waiting->setText(tr("Waiting for your choice below: send it, or quote only."));
    else
        m_waiting->setText(reading ? readingText(*reading) : tr("Looking through your documents…"));
    if (reading && m_message.text.isEmpty()) m_waitingTick.start();
}

void AnswerView::showState() {
    const ChatAnswer& answer = m_message.answer;
    QStringList lines;
    for (const ChatCitation& citation : answer.citations)
        if (citation.place.number == 0)
            lines.append(tr("✗ Stands in none of the passages: “%1”").arg(citation.place.quote));
    const bool isWrong = !lines.isEmpty() || !answer.stopped;  // stopping is what the person wanted
    if (answer.stopped)
        lines.append(m_message.text.isEmpty() ? tr("Stopped before the first word.")
                                              : tr("Stopped. What had been written is kept."));
    else if (!answer.error.isEmpty())
        lines.append(answer.mode == AnswerMode::Extractive
                         ? tr("No model wrote this: %1").arg(answer.error)
                         : (m_message.text.isEmpty() ? tr("No answer: %1") : tr("The answer broke off: %1"))
                               .arg(answer.error));
    else if (answer.state == AnswerState::Interrupted)
        lines.append(tr("The program ended before this answer did. Try again for a complete one."));
    m_state->setText(lines.join(QLatin1Char('\n')));
    m_state->setProperty("tone", isWrong ? QStringLiteral("bad") : QStringLiteral("muted"));
    m_state->setStyleSheet(QString());  // reads the property anew
    m_state->setVisible(!lines.isEmpty());
    m_state->setAccessibleName(m_state->text());
}

void AnswerView::showNearest() {
    qDeleteAll(m_nearest->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    const bool wanted = m_message.answer.abstained && !m_message.answer.nearest.isEmpty();
    m_nearest->setVisible(wanted);
    if (!wanted) return;
    QLabel* heading = textLabel(tr("The nearest passages:"), LabelTone::Muted, m_nearest);
    m_nearest->layout()->addWidget(heading);
    heading->show();
    for (const ChatCitation& citation : m_message.answer.nearest) {
        auto* card = new PassageCard(citation, m_nearest);
        m_nearest->layout()->addWidget(card);
        card->show();  // now, not with the next event: the height is asked for at once
        const Place place = citation.place;
        connect(card, &QAbstractButton::clicked, this,
                [this, place] { emit placeActivated(place, placesOf(m_message.answer)); });
    }
}

const ChatCitation* AnswerView::citationAt(int citation) const {
    const auto& all = m_message.answer.citations;
    return citation > 0 && citation <= all.size() ? &all[citation - 1] : nullptr;
}

void AnswerView::hoverChip(int citation, ChipTone tone, const QPoint& pointer) {
    if (const ChatCitation* hovered = citationAt(citation)) {
        if (!m_card) m_card = new CitationCard(this);
        m_card->showFor(*hovered, tone, pointer);
    } else if (m_card) {
        m_card->hide();
    }
}

void AnswerView::activate(int citation) {
    const ChatCitation* wanted = citationAt(citation);
    if (!wanted) return;
    if (m_card) m_card->hide();
    setActiveChip(citation);
    emit placeActivated(wanted->place, placesOf(m_message.answer));
}

void AnswerView::setActiveChip(int citation) {
    m_text->setActiveChip(citation);
}

}  // namespace commonplace::ui
