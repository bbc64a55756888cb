#include "ui/chat/message_text.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QTextDocumentFragment>
#include <QWheelEvent>
#include <cmath>
#include <memory>

#include "ui/bridge/safe_document.h"
#include "ui/chat/citation_chip.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {

MessageText::MessageText(QWidget* parent)
    : QTextBrowser(parent), m_document(new SafeDocument(this)), m_chip(new CitationChip(*this, this)) {
    setProperty("kind", QStringLiteral("message"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setLineWrapMode(QTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    viewport()->setAutoFillBackground(false);
    m_document->setDocumentMargin(0);
    m_document->setDefaultFont(textFont(TextSize::Body));
    m_document->documentLayout()->registerHandler(CitationChip::kType, m_chip);
    setDocument(m_document);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& address) {
        if (const int citation = CitationChip::citationOf(address.toString()); citation > 0)
            emit chipActivated(citation);
        else
            emit linkActivated(address);
    });
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl& address) {
        const QString chip = address.toString();
        emit chipHovered(CitationChip::citationOf(chip), CitationChip::toneOf(chip), QCursor::pos());
    });
}

void MessageText::showQuestion(const QString& text) {
    m_isAnswer = false;
    m_document->setPlainText(text.left(SafeDocument::kMaxShown));
    setAccessibleName(tr("Question"));
    describeForReaders();
}

void MessageText::showAnswer(const AnswerMarkup& answer) {
    m_isAnswer = true;
    m_answer = answer;
    render(answer);
    setAccessibleName(tr("Answer"));
    describeForReaders();
}

void MessageText::render(const AnswerMarkup& answer) {
    setUpdatesEnabled(false);
    ui::showAnswer(*m_document, answer, tokensFor(*this));
    setUpdatesEnabled(true);
    updateGeometry();
}

void MessageText::describeForReaders() {
    constexpr int kMostForReaders = 10000;
    setAccessibleDescription(plainText(*m_document).left(kMostForReaders));
}

void MessageText::setActiveChip(int citation) {
    m_chip->setActive(citation);
    viewport()->update();
}

int MessageText::idealWidth() const {
    const double before = m_document->textWidth();
    m_document->setTextWidth(-1);
    const int width = static_cast<int>(std::ceil(m_document->idealWidth()));
    m_document->setTextWidth(before);
    return width;
}

int MessageText::heightForWidth(int width) const {
    if (width <= 0) return 0;
    if (std::abs(m_document->textWidth() - width) > 0.5) m_document->setTextWidth(width);
    return static_cast<int>(std::ceil(m_document->size().height()));
}

QSize MessageText::sizeHint() const {
    return {200, heightForWidth(width() > 0 ? width() : 200)};
}

QSize MessageText::minimumSizeHint() const {
    return {40, 0};
}

QVariant MessageText::loadResource(int, const QUrl&) {
    return {};
}

QMimeData* MessageText::createMimeDataFromSelection() const {
    SafeDocument selected;
    QTextCursor(&selected).insertFragment(textCursor().selection());
    auto* data = new QMimeData;
    data->setText(plainText(selected));
    return data;
}

void MessageText::paintBackgrounds() {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QRectF code;
    const auto flush = [&] {
        if (code.isNull()) return;
        painter.setBrush(colours.panel);
        painter.drawRoundedRect(code.adjusted(0, -4, 0, 4), 6, 6);
        code = QRectF();
    };
    for (QTextBlock block = m_document->begin(); block.isValid(); block = block.next()) {
        QRectF area = m_document->documentLayout()->blockBoundingRect(block);
        area.setLeft(0);
        area.setRight(viewport()->width());
        if (isCode(block)) {
            code = code.isNull() ? area : code.united(area);
            continue;
        }
        flush();
        if (quoteLevel(block) == 0) continue;
        painter.setBrush(colours.accentSoft);
        painter.drawRoundedRect(QRectF(0, area.top(), 3, area.height()), 1.5, 1.5);
    }
    flush();
}

void MessageText::paintEvent(QPaintEvent* event) {
    if (m_isAnswer) paintBackgrounds();
    QTextBrowser::paintEvent(event);
}

void MessageText::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_isAnswer) render(m_answer);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        m_document->setDefaultFont(textFont(TextSize::Body));
}

void MessageText::wheelEvent(QWheelEvent* event) {
    event->ignore();  // the transcript scrolls, never a message
}

void MessageText::leaveEvent(QEvent* event) {
    emit chipHovered(0, ChipTone::Plain, QPoint());
    QTextBrowser::leaveEvent(event);
}

void MessageText::contextMenuEvent(QContextMenuEvent* event) {
    // No event loop of its own: the transcript may drop this message while the menu is open.
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copySelection = menu->addAction(tr("Copy"), this, &QTextEdit::copy);
    copySelection->setEnabled(textCursor().hasSelection());
    menu->addAction(tr("Select all"), this, &QTextEdit::selectAll);
    menu->popup(event->globalPos());
}

}  // namespace commonplace::ui
