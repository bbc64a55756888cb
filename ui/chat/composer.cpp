#include "ui/chat/composer.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/chat/model_button.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kMostLines = 8;
constexpr int kMostCharacters = 20'000;  // longer than any question; a pasted book would only be cut later
constexpr int kCorner = 12;
constexpr int kNameCharacters = 32;

QPushButton* chipButton(const QString& name, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setObjectName(name);
    button->setProperty("kind", QStringLiteral("chip"));
    button->setCursor(Qt::PointingHandCursor);
    setTextFont(*button, TextSize::Small);
    return button;
}

bool isUndo(const QKeyEvent& key) {
    return key.matches(QKeySequence::Undo);
}

/// The window knows both; Qt only one of them on each desktop.
bool isRedo(const QKeyEvent& key) {
    const int pressed = key.keyCombination().toCombined();
    return pressed == (Qt::CTRL | Qt::Key_Y).toCombined() ||
           pressed == (Qt::CTRL | Qt::SHIFT | Qt::Key_Z).toCombined();
}

QString withArrow(const QString& text) {
    const QString shown =
        text.size() > kNameCharacters ? text.left(kNameCharacters - 1) + QChar(0x2026) : text;
    return shown + QStringLiteral(" ▾");
}

}  // namespace

ComposerText::ComposerText(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("composerText"));
    setAccessibleName(tr("Question"));
    setProperty("kind", QStringLiteral("bare"));
    setFrameShape(QFrame::NoFrame);
    setPlaceholderText(tr("Ask about your documents…"));
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(2);
    setTextFont(*this, TextSize::Body);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposerText::fitHeight);
    fitHeight();
}

void ComposerText::fitHeight() {
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < kMostLines;
         block = block.next()) {
        (void)blockBoundingRect(block);  // lays it out
        lines += std::max(1, block.layout() ? block.layout()->lineCount() : 1);
    }
    const int shown = std::clamp(lines, 1, kMostLines);
    setVerticalScrollBarPolicy(lines >= kMostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const double margin = document()->documentMargin();
    setFixedHeight(static_cast<int>(std::ceil(shown * QFontMetricsF(font()).lineSpacing() + 2 * margin)) + 4);
}

void ComposerText::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) fitHeight();
}

/// What the text cannot undo is the window's to undo.
bool ComposerText::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (isUndo(*key) || isRedo(*key)) {
            const bool mine = isUndo(*key) ? document()->isUndoAvailable() : document()->isRedoAvailable();
            event->setAccepted(mine);
            return mine;
        }
    }
    const bool done = QPlainTextEdit::event(event);
    // A change of the letters is a step for the document, and none that a person took.
    const bool isLetters = event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
                           event->type() == QEvent::Polish || event->type() == QEvent::Show;
    if (isLetters && document()->isEmpty()) document()->clearUndoRedoStacks();
    return done;
}

void ComposerText::keyPressEvent(QKeyEvent* event) {
    if (isRedo(*event)) {
        redo();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & Qt::ShiftModifier)) {
        emit askWanted();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit escapePressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

Composer::Composer(QWidget* parent)
    : QFrame(parent),
      m_text(new ComposerText(this)),
      m_noteRow(new QWidget(this)),
      m_note(textLabel({}, LabelTone::Muted, m_noteRow)),
      m_scopeButton(chipButton(QStringLiteral("scopeButton"), this)),
      m_modelButton(new ModelButton(this)),
      m_ask(primaryButton(tr("Ask"), this)),
      m_stop(quietButton(tr("Stop"), this)) {
    setObjectName(QStringLiteral("composer"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(kGrid);
    auto* noteLayout = new QHBoxLayout(m_noteRow);
    noteLayout->setContentsMargins(0, 0, 0, 0);
    noteLayout->addWidget(m_note, 1);
    auto* dismiss = iconButton(QStringLiteral("close"), tr("Do not edit"), m_noteRow);
    dismiss->setObjectName(QStringLiteral("dismissEdit"));
    noteLayout->addWidget(dismiss);
    m_noteRow->hide();
    layout->addWidget(m_noteRow);
    layout->addWidget(m_text);
    buildRow();
    setFocusProxy(m_text);
    connect(dismiss, &QToolButton::clicked, this, &Composer::noteDismissed);
    connect(m_text, &ComposerText::askWanted, m_ask, &QPushButton::click);
    connect(m_text, &ComposerText::escapePressed, this, &Composer::escape);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_ask->setEnabled(!m_text->toPlainText().trimmed().isEmpty());
        emit draftChanged();
    });
    showScope();
    setState(State::Idle);
}

void Composer::buildRow() {
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addWidget(m_scopeButton);
    row->addWidget(m_modelButton);
    row->addStretch();
    row->addWidget(m_stop);
    row->addWidget(m_ask);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    m_ask->setObjectName(QStringLiteral("askButton"));
    m_ask->setToolTip(tr("Ask (Enter)"));
    m_ask->setEnabled(false);
    m_stop->setObjectName(QStringLiteral("stopButton"));
    m_stop->setToolTip(tr("Stop the answer; what has come stays (Esc)"));
    m_scopeButton->setToolTip(tr("Which documents to look into"));
    connect(m_ask, &QPushButton::clicked, this, &Composer::askWanted);
    connect(m_stop, &QPushButton::clicked, this, &Composer::stopWanted);
    connect(m_scopeButton, &QPushButton::clicked, this, &Composer::openScopeMenu);
}

QString Composer::text() const {
    return m_text->toPlainText().left(kMostCharacters);
}

void Composer::setText(const QString& text) {
    if (text == m_text->toPlainText()) return;
    m_text->setPlainText(text);
    m_text->moveCursor(QTextCursor::End);
}

void Composer::setScopes(const QVector<Scope>& scopes) {
    m_scopes = scopes;
    showScope();
}

void Composer::setScope(const QStringList& paths) {
    m_scope = paths;
    showScope();
}

void Composer::showScope() {
    QString name;
    for (const Scope& scope : m_scopes)
        if (scope.paths == m_scope) name = scope.name;
    if (m_scope.isEmpty()) name = tr("All documents");
    if (name.isEmpty()) {
        name = QFileInfo(m_scope.first()).fileName();
        if (m_scope.size() > 1) name = tr("%1 and %2 more").arg(name).arg(m_scope.size() - 1);
    }
    m_scopeButton->setText(withArrow(name));
    m_scopeButton->setAccessibleName(tr("Looks into: %1").arg(name));
}

void Composer::chooseScope(const QStringList& paths) {
    setScope(paths);
    emit scopeChanged();
}

void Composer::openScopeMenu() {
    auto* menu = new QMenu(this);  // no event loop of its own: the page may go while it is open
    menu->setObjectName(QStringLiteral("scopeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QVector<Scope> offered{{tr("All documents"), {}}};
    for (const Scope& scope : m_scopes)
        if (!scope.paths.isEmpty()) offered.append(scope);
    for (const Scope& scope : offered) {
        QAction* action = menu->addAction(scope.name, this, [this, scope] { chooseScope(scope.paths); });
        action->setCheckable(true);
        action->setChecked(scope.paths == m_scope);
    }
    menu->popup(m_scopeButton->mapToGlobal(QPoint(0, -menu->sizeHint().height() - 4)));
}

void Composer::setState(State state) {
    m_state = state;
    m_stop->setVisible(state == State::Answering);
    m_ask->setVisible(state == State::Idle);
}

void Composer::setNote(const QString& note) {
    m_note->setText(note);
    m_noteRow->setVisible(!note.isEmpty());
}

void Composer::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
}

void Composer::type(const QString& text) {
    focusText();
    m_text->insertPlainText(text);
    m_text->ensureCursorVisible();
}

void Composer::escape() {
    if (m_state == State::Answering)
        emit stopWanted();
    else if (!m_noteRow->isHidden())
        emit noteDismissed();
    else
        emit escaped();
}

void Composer::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) update();
    QFrame::changeEvent(event);
}

void Composer::paintEvent(QPaintEvent*) {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_text->hasFocus() ? colours.accent : colours.line);
    painter.setBrush(colours.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
}

}  // namespace commonplace::ui
