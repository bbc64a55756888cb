#include "ui/chat/receipt.h"

#include <QCoreApplication>
#include <QEnterEvent>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/chat/search_edit.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kGap = 14;
constexpr int kPopoverWidth = 440;
constexpr int kPopoverHeight = 480;

QString tr(const char* text) {
    return QCoreApplication::translate("Receipt", text);
}

QString number(qint64 value) {
    return QLocale().toString(value);
}

QString seconds(double milliseconds) {
    constexpr double kShort = 100;
    if (milliseconds < kShort) return tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 0));
    return tr("%1 s").arg(QLocale().toString(milliseconds / 1000, 'f', 1));
}

/// Stopped before a model was asked anything, and before anything could be quoted.
bool endedEarly(const ChatAnswer& answer) {
    return answer.stopped && answer.mode == AnswerMode::Extractive && answer.filesRead == 0;
}

QString originOf(const ChatAnswer& answer) {
    if (endedEarly(answer)) return tr("nothing was sent");
    if (answer.mode == AnswerMode::Extractive) return tr("quoted, no model · on this computer");
    return answer.reach == ModelReach::Remote ? tr("%1 · remote").arg(answer.model)
                                              : tr("%1 · on this computer").arg(answer.model);
}

QString tokensOf(const ReceiptPart& part) {
    return part.exact ? number(part.tokens) : tr("≈ %1").arg(number(part.tokens));
}

/// Rows of a grid: what, how much.
class Rows final {
  public:
    explicit Rows(QWidget* parent) : m_parent(parent), m_grid(new QGridLayout(parent)) {
        m_grid->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
        m_grid->setHorizontalSpacing(2 * kGrid);
        m_grid->setVerticalSpacing(kGrid / 2);
        m_grid->setColumnStretch(0, 1);
    }
    void heading(const QString& text) {
        auto* label = textLabel(text, LabelTone::Ink, m_parent);
        setTextFont(*label, TextSize::Body, TextWeight::Bold);
        label->setContentsMargins(0, m_row == 0 ? 0 : kGrid, 0, 0);
        m_grid->addWidget(label, m_row++, 0, 1, 2);
    }
    void row(const QString& what, const QString& value) {
        auto* name = textLabel(what, LabelTone::Muted, m_parent);
        auto* amount = textLabel(value, LabelTone::Ink, m_parent);
        amount->setWordWrap(false);
        for (QLabel* label : {name, amount}) setTextFont(*label, TextSize::Small);
        m_grid->addWidget(name, m_row, 0);
        m_grid->addWidget(amount, m_row++, 1, Qt::AlignRight | Qt::AlignTop);
    }
    void widget(QWidget* widget) { m_grid->addWidget(widget, m_row++, 0, 1, 2); }
    void note(const QString& text, LabelTone tone) {
        auto* label = textLabel(text, tone, m_parent);
        setTextFont(*label, TextSize::Small);
        m_grid->addWidget(label, m_row++, 0, 1, 2);
    }

  private:
    QWidget* m_parent;
    QGridLayout* m_grid;
    int m_row = 0;
};

void addContext(Rows& rows, const ChatAnswer& answer) {
    rows.heading(answer.window > 0 ? tr("What the model was given") : tr("What was looked at"));
    for (const ReceiptPart& part : answer.parts) rows.row(part.name, tokensOf(part));
    if (answer.window > 0)
        rows.row(tr("together, of the window of %1 tokens").arg(number(answer.window)), number(answer.used));
    else if (answer.mode == AnswerMode::Generative)
        rows.note(answer.filesRead == 0
                      ? tr("It ended before the model was asked.")
                      : tr("It ended while the model read its passages: they are not listed."),
                  LabelTone::Muted);
    else
        rows.note(tr("Nothing was sent anywhere. Figures are tokens; ≈ is an estimate."), LabelTone::Muted);
    if (answer.dropped.isEmpty()) return;
    rows.heading(tr("Left out"));
    for (const ReceiptDrop& drop : answer.dropped)
        rows.note(drop.name + QStringLiteral(": ") + drop.why, LabelTone::Warning);
}

void addCosts(Rows& rows, const ChatAnswer& answer) {
    rows.heading(tr("Time and cost"));
    rows.row(tr("search"), seconds(answer.retrieveMs));
    if (answer.mode == AnswerMode::Generative && answer.firstTokenMs > 0)
        rows.row(tr("until the first word"), seconds(answer.firstTokenMs));
    rows.row(tr("altogether"), seconds(answer.totalMs));
    if (answer.promptTokens) rows.row(tr("tokens read, as the server counted"), number(*answer.promptTokens));
    if (answer.completionTokens)
        rows.row(tr("tokens written, as the server counted"), number(*answer.completionTokens));
    if (answer.costUsd) rows.row(tr("cost"), tr("%1 US$").arg(QLocale().toString(*answer.costUsd, 'f', 4)));
}

void addCoverage(Rows& rows, const ChatAnswer& answer) {
    rows.heading(tr("Coverage"));
    rows.row(tr("documents with text in the library"), number(answer.documents));
    rows.row(tr("of them findable by meaning too"), number(answer.withVectors));
    if (answer.withVectors < answer.documents)
        rows.note(tr("Indexing was not finished when this was asked: ask again later for the rest."),
                  LabelTone::Warning);
}

/// The popover is gone before the question is asked again.
void addSearch(Rows& rows, const ChatAnswer& answer, QWidget& content, QFrame& popover,
               const std::function<void(const QString& query)>& onSearch) {
    rows.heading(tr("Searched for"));
    auto* edit = new SearchEdit(answer, &content);
    rows.widget(edit);
    QObject::connect(edit, &SearchEdit::wanted, &popover, [&popover, onSearch](const QString& query) {
        popover.close();
        onSearch(query);
    });
}

}  // namespace

QString ReceiptText::line() const {
    QStringList all = facts;
    if (!proof.isEmpty()) all.prepend(proof);
    all.append(origin);
    return all.join(QStringLiteral(" · "));
}

ReceiptText receiptOf(const ChatAnswer& answer) {
    ReceiptText text;
    int quoted = 0, proven = 0, references = 0, unsupported = 0, contested = 0, unjudged = 0;
    for (const ChatCitation& one : answer.citations) {
        const bool isQuotation = !one.isReference() && !one.place.quote.isEmpty();
        quoted += isQuotation ? 1 : 0;
        proven += isQuotation && one.verified ? 1 : 0;
        references += one.isReference() ? 1 : 0;
        unsupported += one.lacksSupport() ? 1 : 0;
        contested += one.isContested() ? 1 : 0;
        unjudged += one.isUnjudged() ? 1 : 0;
    }
    text.proven = proven == quoted;
    if (quoted > 0)
        text.proof = (text.proven ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) +
                     (quoted == 1 ? tr("%1 of 1 quote proven").arg(proven)
                                  : tr("%1 of %2 quotes proven").arg(proven).arg(quoted));
    if (references > 0)
        text.facts.append(references == 1 ? tr("1 reference") : tr("%1 references").arg(references));
    if (unsupported > 0) text.facts.append(tr("%1 not supported").arg(unsupported));
    if (contested > 0) text.facts.append(tr("%1 said more fully elsewhere").arg(contested));
    if (unjudged > 0) text.facts.append(tr("%1 not judged").arg(unjudged));
    text.facts.append(answer.filesRead == 1 ? tr("1 file read") : tr("%1 files read").arg(answer.filesRead));
    if (answer.window > 0)
        text.facts.append(tr("%1 of %2 tokens").arg(number(answer.used), number(answer.window)));
    text.facts.append(seconds(answer.totalMs));
    if (answer.withVectors < answer.documents) text.facts.append(tr("while indexing"));
    text.origin = originOf(answer);
    return text;
}

ReceiptLine::ReceiptLine(QWidget* parent) : QAbstractButton(parent) {
    setObjectName(QStringLiteral("receipt"));
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("What went into this answer"));
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(this, &QAbstractButton::clicked, this, &ReceiptLine::openDetails);
}

void ReceiptLine::setAnswer(const ChatAnswer& answer) {
    m_answer = answer;
    m_text = receiptOf(answer);
    setAccessibleName(tr("Receipt: %1").arg(m_text.line()));
    update();
}

int ReceiptLine::rowHeight() const {
    return QFontMetrics(textFont(TextSize::Small)).height() + kGrid / 2;
}

bool ReceiptLine::fitsOneRow(int width) const {
    const QFontMetrics small(textFont(TextSize::Small)), bold(textFont(TextSize::Small, TextWeight::Bold));
    int all = bold.horizontalAdvance(m_text.proof) + small.horizontalAdvance(m_text.origin) + kGap;
    for (const QString& fact : m_text.facts) all += small.horizontalAdvance(fact) + kGap;
    return all <= width - kGrid;
}

int ReceiptLine::heightForWidth(int width) const {
    return rowHeight() * (fitsOneRow(width) ? 1 : 2) + kGrid;
}

QSize ReceiptLine::sizeHint() const {
    return {200, heightForWidth(width())};
}

QSize ReceiptLine::minimumSizeHint() const {
    return {60, rowHeight() + kGrid};
}

void ReceiptLine::enterEvent(QEnterEvent*) {
    update();
}

void ReceiptLine::leaveEvent(QEvent*) {
    update();
}

void ReceiptLine::paintEvent(QPaintEvent*) {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours.line);
    painter.drawLine(QLineF(0, 0.5, width(), 0.5));
    if (hasFocus()) {
        painter.setPen(colours.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 3.5, -0.5, -0.5), 6, 6);
    }
    const int inset = hasFocus() ? kGrid / 2 : 0;
    const int right = width() - inset;
    QRect row(inset, kGrid / 2 + 1, right - inset, rowHeight());
    const auto write = [&](const QString& text, const QColor& colour, const QFont& font) {
        const int advance = QFontMetrics(font).horizontalAdvance(text);
        if (text.isEmpty() || row.left() + advance > right) return;
        painter.setFont(font);
        painter.setPen(colour);
        const QRect place(row.left(), row.top(), advance, row.height());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), place), Qt::AlignCenter, text);
        row.setLeft(row.left() + advance + kGap);
    };
    const QFont small = textFont(TextSize::Small);
    write(m_text.proof, m_text.proven ? colours.good : colours.bad,
          textFont(TextSize::Small, TextWeight::Bold));
    for (const QString& fact : m_text.facts) write(fact, underMouse() ? colours.ink : colours.muted, small);
    const bool oneRow = fitsOneRow(width());
    if (!oneRow) row = QRect(inset, row.bottom() + 1, right - inset, rowHeight());
    painter.setFont(small);
    painter.setPen(colours.muted);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), row),
                     Qt::AlignVCenter | (oneRow ? Qt::AlignRight : Qt::AlignLeft),
                     QFontMetrics(small).elidedText(m_text.origin, Qt::ElideRight, row.width()));
}

void ReceiptLine::openDetails() {
    QFrame* popover =
        receiptPopover(m_answer, this, [this](const QString& query) { emit searchWanted(query); });
    const QRect screen = this->screen()->availableGeometry();
    QPoint at = mapToGlobal(QPoint(0, -popover->height() - kGrid / 2));
    if (at.y() < screen.top()) at = mapToGlobal(QPoint(0, height() + kGrid / 2));
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - popover->width())));
    at.setY(std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - popover->height())));
    popover->move(at);
    popover->show();
}

QFrame* receiptPopover(const ChatAnswer& answer, QWidget* parent,
                       const std::function<void(const QString& query)>& onSearch) {
    auto* popover = new QFrame(parent, Qt::Popup);
    popover->setAttribute(Qt::WA_DeleteOnClose);
    popover->setObjectName(QStringLiteral("receiptPopover"));
    popover->setAccessibleName(tr("Receipt"));
    popover->setProperty("kind", QStringLiteral("card"));
    auto* content = new QWidget;
    Rows rows(content);
    if (onSearch && !searchedWith(answer).isEmpty()) addSearch(rows, answer, *content, *popover, onSearch);
    addContext(rows, answer);
    if (!answer.carriedWords.isEmpty())
        rows.note(
            tr("Carried over from the previous question: %1").arg(answer.carriedWords.join(QLatin1Char(' '))),
            LabelTone::Muted);
    if (!onSearch && !answer.searchedFor.isEmpty())
        rows.note(tr("Searched for: %1").arg(answer.searchedFor), LabelTone::Muted);
    if (const EarlierTurns& earlier = answer.historySummary; !earlier.text.isEmpty())
        rows.note(tr("In place of %1 earlier questions, a summary: %2")
                      .arg(number(earlier.turns - earlier.skipped), earlier.text),
                  LabelTone::Muted);
    for (const QString& note : answer.notes) rows.note(note, LabelTone::Muted);
    addCosts(rows, answer);
    addCoverage(rows, answer);
    auto* scroll = new QScrollArea(popover);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::StrongFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(popover);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(scroll);
    const int wanted = content->heightForWidth(kPopoverWidth) > 0 ? content->heightForWidth(kPopoverWidth)
                                                                  : content->sizeHint().height();
    popover->resize(kPopoverWidth, std::min(kPopoverHeight, wanted + 2));
    return popover;
}

}  // namespace commonplace::ui
