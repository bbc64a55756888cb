#include "ui/chat/transcript.h"

#include <QApplication>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMargin = 3 * kGrid;
constexpr int kBetween = 2 * kGrid;
constexpr int kCharacters = 72;
constexpr int kRounds =
    6;  // measuring changes heights, which brings others into view: it settles in two or three

}  // namespace

Transcript::Transcript(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("transcript"));
    setAccessibleName(tr("Conversation"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
}

int Transcript::readingWidth() {
    static const QString sample =
        QStringLiteral("The quick brown fox jumps over the lazy dog, and then it rests. ");
    return QFontMetrics(textFont(TextSize::Body)).horizontalAdvance(sample) * kCharacters /
           static_cast<int>(sample.size());
}

Transcript::Column Transcript::column() const {
    const int width = std::min(readingWidth(), std::max(120, viewport()->width() - 2 * kMargin));
    return {(viewport()->width() - width) / 2, width};
}

int Transcript::estimate(const ChatMessage& message) const {
    const QFontMetrics metrics(textFont(TextSize::Body));
    const int perLine = std::max(20, column().width / std::max(1, metrics.averageCharWidth()));
    const auto lines = message.text.size() / perLine + message.text.count(QLatin1Char('\n')) + 1;
    return static_cast<int>(lines) * metrics.lineSpacing() * 4 / 3 + 6 * kGrid;
}

MessageView* Transcript::makeView(const ChatMessage& message) {
    MessageView* view = message.speaker == Speaker::Person
                            ? static_cast<MessageView*>(new QuestionView(viewport()))
                            : new AnswerView(viewport());
    connect(view, &MessageView::actionWanted, this, [this](qint64 id, MessageAction action) {
        if (const ChatMessage* of = this->message(id)) emit actionWanted(ChatMessage(*of), action);
    });
    connect(view, &MessageView::searchWanted, this, &Transcript::searchWanted);
    connect(view, &MessageView::placeActivated, this, &Transcript::placeActivated);
    connect(view, &MessageView::linkActivated, this, &Transcript::linkActivated);
    connect(view, &MessageView::heightChanged, this, [this](qint64 id) {
        Entry* entry = find(id);
        if (!entry) return;
        const Anchor keep = anchor();
        entry->measured = false;
        arrange(keep);
    });
    view->resize(column().width, 10);
    view->setMessage(message);
    return view;
}

void Transcript::setMessages(qint64 conversation, const QVector<ChatMessage>& messages) {
    const bool same = conversation == m_conversation && conversation != 0;
    std::vector<Entry> old = std::exchange(m_entries, {});
    m_conversation = conversation;
    for (const ChatMessage& message : messages) {
        Entry entry{message, nullptr, estimate(message), false, 0};
        const auto known = std::find_if(
            old.begin(), old.end(), [&](const Entry& one) { return same && one.message.id == message.id; });
        if (known != old.end() && known->view) {
            entry.view = std::exchange(known->view, nullptr);
            entry.view->setMessage(message);
        } else if (known != old.end() && known->measured) {
            entry.height = known->height;
        }
        m_entries.push_back(entry);
    }
    for (Entry& entry : old)
        if (entry.view) entry.view->deleteLater(), entry.view->hide();
    arrange(Anchor());
}

Transcript::Entry* Transcript::find(qint64 id) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [id](const Entry& entry) { return entry.message.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

const ChatMessage* Transcript::message(qint64 id) const {
    const Entry* entry = const_cast<Transcript*>(this)->find(id);
    return entry ? &entry->message : nullptr;
}

void Transcript::updateMessage(const ChatMessage& message) {
    Entry* entry = find(message.id);
    if (!entry) return;
    const Anchor keep = anchor();
    entry->message = message;
    entry->measured = false;
    if (entry->view) entry->view->setMessage(message);
    arrange(keep);
}

void Transcript::setTextSoFar(qint64 message, const QString& text) {
    Entry* entry = find(message);
    if (!entry || entry->message.answer.state != AnswerState::Writing) return;
    const Anchor keep = anchor();
    entry->message.text = text;
    entry->measured = false;
    if (entry->view) entry->view->setTextSoFar(text);
    arrange(keep);
}

void Transcript::setReading(qint64 message, const PromptReading& reading) {
    Entry* entry = find(message);
    if (!entry || entry->message.answer.state != AnswerState::Writing) return;
    const Anchor keep = anchor();
    entry->message.answer.reading = reading;
    entry->measured = false;
    if (entry->view) entry->view->setReading(reading);
    arrange(keep);
}

void Transcript::setWaitsFor(WaitsFor who) {
    const Anchor keep = anchor();
    for (Entry& entry : m_entries) {
        ChatAnswer& answer = entry.message.answer;
        const bool isWriting =
            entry.message.speaker == Speaker::Program && answer.state == AnswerState::Writing;
        if (!isWriting || answer.waitsFor == who) continue;
        answer.waitsFor = who;
        entry.measured = false;
        if (entry.view) entry.view->setWaitsFor(who);
    }
    arrange(keep);
}

void Transcript::setActiveChip(qint64 message, int citation) {
    for (Entry& entry : m_entries)
        if (entry.view) entry.view->setActiveChip(entry.message.id == message ? citation : 0);
}

void Transcript::scrollToEnd() {
    arrange(Anchor());
}

Transcript::Anchor Transcript::anchor() const {
    const int value = verticalScrollBar()->value();
    if (value >= verticalScrollBar()->maximum() - kGrid) return {};
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].top + m_entries[i].height > value) return {i, m_entries[i].top - value, false};
    return {};
}

void Transcript::stack() {
    int top = kMargin;
    for (Entry& entry : m_entries) {
        entry.top = top;
        top += entry.height + kBetween;
    }
    m_total = m_entries.empty() ? 0 : top - kBetween + kMargin;
    verticalScrollBar()->setRange(0, std::max(0, m_total - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(QFontMetrics(font()).lineSpacing() * 2);
}

void Transcript::scrollTo(const Anchor& keep) {
    const bool atEnd = keep.atEnd || keep.entry >= m_entries.size();
    verticalScrollBar()->setValue(atEnd ? verticalScrollBar()->maximum()
                                        : m_entries[keep.entry].top - keep.offset);
}

bool Transcript::isNear(const Entry& entry) const {
    const int above = verticalScrollBar()->value(), margin = viewport()->height() / 2;
    return entry.top + entry.height >= above - margin && entry.top <= above + viewport()->height() + margin;
}

bool Transcript::measureVisible() {
    const int width = column().width;
    bool changed = false;
    for (Entry& entry : m_entries) {
        if (!isNear(entry)) continue;
        if (!entry.view) entry.view = makeView(entry.message);
        if (entry.measured) continue;
        const int height = entry.view->heightForWidth(width);
        changed = changed || height != entry.height;
        entry.height = height;
        entry.measured = true;
    }
    return changed;
}

void Transcript::arrange(const Anchor& keep) {
    if (m_arranging) return;
    m_arranging = true;
    stack();
    scrollTo(keep);
    for (int round = 0; round < kRounds && measureVisible(); ++round) {
        stack();
        scrollTo(keep);
    }
    placeViews();
    m_arranging = false;
}

void Transcript::placeViews() {
    const Column area = column();
    const QWidget* focus = QApplication::focusWidget();
    for (Entry& entry : m_entries) {
        if (!entry.view) continue;
        const bool hasFocus = focus && entry.view->isAncestorOf(focus);
        if (!isNear(entry) && !hasFocus) {
            entry.view->hide();
            entry.view->deleteLater();
            entry.view = nullptr;
            entry.measured = true;  // its height stays true until the width changes
            continue;
        }
        entry.view->setGeometry(area.left, entry.top - verticalScrollBar()->value(), area.width,
                                entry.height);
        entry.view->show();
    }
    orderFocus();
}

void Transcript::orderFocus() {
    QWidget* last = this;
    for (const Entry& entry : m_entries) {
        if (!entry.view) continue;
        for (QWidget* widget : entry.view->findChildren<QWidget*>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) == 0 || widget->isWindow()) continue;
            setTabOrder(last, widget);
            last = widget;
        }
    }
}

int Transcript::viewCount() const {
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.view; }));
}

void Transcript::resizeEvent(QResizeEvent* event) {
    const Anchor keep = event->oldSize().isValid() ? anchor() : Anchor();
    if (event->oldSize().width() != event->size().width())
        for (Entry& entry : m_entries) entry.measured = false;
    arrange(keep);
}

void Transcript::scrollContentsBy(int, int) {
    if (m_arranging) return;
    arrange(anchor());
}

void Transcript::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    for (Entry& entry : m_entries) entry.measured = false;
    arrange(anchor());
}

void Transcript::keyPressEvent(QKeyEvent* event) {
    QScrollBar* bar = verticalScrollBar();
    switch (event->key()) {
        case Qt::Key_Home:
            bar->setValue(0);
            return;
        case Qt::Key_End:
            scrollToEnd();
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

}  // namespace commonplace::ui
