#include "ui/reader/find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kPauseMs = 120;  ///< after a key, before the document is searched

}  // namespace

FindBar::FindBar(QWidget* parent) : QWidget(parent), m_field(new QLineEdit(this)) {
    setObjectName(QStringLiteral("readerFindBar"));
    m_field->setObjectName(QStringLiteral("readerFindField"));
    m_field->setAccessibleName(tr("Find in this document"));
    m_field->setPlaceholderText(tr("Find in this document"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_count = textLabel(QString(), LabelTone::Muted, this);
    m_count->setObjectName(QStringLiteral("readerFindCount"));
    m_count->setWordWrap(false);
    auto* previous = iconButton(QStringLiteral("up"), tr("Previous (Shift+Enter)"), this);
    previous->setObjectName(QStringLiteral("readerFindPrevious"));
    auto* next = iconButton(QStringLiteral("down"), tr("Next (Enter)"), this);
    next->setObjectName(QStringLiteral("readerFindNext"));
    auto* close = iconButton(QStringLiteral("close"), tr("Close (Esc)"), this);
    close->setObjectName(QStringLiteral("readerFindClose"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kGrid * 2, kGrid / 2, kGrid, kGrid / 2);
    row->setSpacing(kGrid / 2);
    row->addWidget(m_field, 1);
    for (QWidget* each : {static_cast<QWidget*>(m_count), static_cast<QWidget*>(previous),
                          static_cast<QWidget*>(next), static_cast<QWidget*>(close)})
        row->addWidget(each);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] { emit queryChanged(query()); });
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(previous, &QToolButton::clicked, this, &FindBar::previousWanted);
    connect(next, &QToolButton::clicked, this, &FindBar::nextWanted);
    connect(close, &QToolButton::clicked, this, &FindBar::closed);
}

void FindBar::start(const QString& text) {
    show();
    if (!text.isEmpty()) m_field->setText(text);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    if (!query().isEmpty()) emit queryChanged(query());
}

QString FindBar::query() const {
    return m_field->text().simplified();
}

void FindBar::showCount(int current, int total, bool more) {
    if (query().isEmpty())
        m_count->clear();
    else if (total == 0)
        m_count->setText(tr("Not found"));
    else if (more)
        m_count->setText(tr("%L1 of more than %L2").arg(current + 1).arg(total));
    else
        m_count->setText(tr("%L1 of %L2").arg(current + 1).arg(total));
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            // What was typed a moment ago is searched first; Enter then needs no second press.
            if (m_pause.isActive()) {
                m_pause.stop();
                emit queryChanged(query());
            } else if (key->modifiers() & Qt::ShiftModifier) {
                emit previousWanted();
            } else {
                emit nextWanted();
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace commonplace::ui
