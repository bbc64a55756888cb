#include "ui/window/command_palette.h"

#include <QAction>
#include <QApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QHash>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/ledger_bridge.h"
#include "ui/bridge/paths.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"
#include "ui/window/palette_delegate.h"
#include "ui/window/palette_item_model.h"

namespace commonplace::ui {
namespace {

constexpr int kWidth = 620;
constexpr int kMostHeight = 460;
constexpr int kCorner = 12;
constexpr int kShadow = 24;

QString titleOf(const QAction& action) {
    return QString(action.text()).remove(QLatin1Char('&'));
}

/// Actions carry no icons of their own: the window shows them in menus nowhere else.
QString iconOf(const QAction& action) {
    static const QHash<QString, QString> icons{{QStringLiteral("actionNew"), QStringLiteral("edit")},
                                               {QStringLiteral("actionAsk"), QStringLiteral("ask")},
                                               {QStringLiteral("actionSearch"), QStringLiteral("search")},
                                               {QStringLiteral("actionFind"), QStringLiteral("search")},
                                               {QStringLiteral("actionLibrary"), QStringLiteral("library")},
                                               {QStringLiteral("actionSettings"), QStringLiteral("settings")},
                                               {QStringLiteral("actionAddFolder"), QStringLiteral("folder")},
                                               {QStringLiteral("actionAddFiles"), QStringLiteral("file")},
                                               {QStringLiteral("actionSample"), QStringLiteral("book")},
                                               {QStringLiteral("actionRescan"), QStringLiteral("retry")},
                                               {QStringLiteral("actionPause"), QStringLiteral("pause")},
                                               {QStringLiteral("actionPaste"), QStringLiteral("note")},
                                               {QStringLiteral("actionReader"), QStringLiteral("reader")},
                                               {QStringLiteral("actionSidebar"), QStringLiteral("sidebar")},
                                               {QStringLiteral("actionLarger"), QStringLiteral("plus")},
                                               {QStringLiteral("actionSmaller"), QStringLiteral("minus")},
                                               {QStringLiteral("actionUndo"), QStringLiteral("undo")},
                                               {QStringLiteral("actionOffline"), QStringLiteral("link")},
                                               {QStringLiteral("actionQuit"), QStringLiteral("close")}};
    return icons.value(action.objectName(), QStringLiteral("right"));
}

PaletteItem documentItem(const LedgerEntry& entry) {
    PaletteItem item{PaletteGroup::Documents, {}, {}, QStringLiteral("file")};
    item.place.sha256 = entry.sha256;
    item.place.path = entry.paths.value(0, entry.key);
    item.place.title = entry.title;
    const QString name = fileName(item.place.path);
    item.title = entry.title.isEmpty() ? name : entry.title;
    item.detail = entry.title.isEmpty() ? readable(item.place.path).chopped(name.size()) : name;
    return item;
}

}  // namespace

/// By the ledger's keys, with the order in which they came kept: 20,000 rows are looked through at each key
/// pressed.
struct CommandPalette::Documents {
    QHash<QString, qsizetype> at;
    QVector<PaletteItem> items;  ///< removed ones are empty
};

CommandPalette::CommandPalette(const QVector<QAction*>& actions, QWidget* parent)
    : QWidget(parent),
      m_documents(std::make_unique<Documents>()),
      m_card(new QFrame(this)),
      m_field(new QLineEdit(m_card)),
      m_list(new QListView(m_card)),
      m_nothing(textLabel({}, LabelTone::Muted, m_card)),
      m_model(new PaletteItemModel(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Commands"));
    for (QAction* action : actions) m_actions.append(action);
    build();
    hide();
    parent->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { run(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::build() {
    m_field->setObjectName(QStringLiteral("commandField"));
    m_field->setAccessibleName(tr("Command, conversation or document"));
    m_field->setPlaceholderText(tr("Type a command, or a part of a conversation’s or document’s name…"));
    m_field->setProperty("kind", QStringLiteral("palette"));
    m_field->setFrame(false);
    m_field->installEventFilter(this);
    setTextFont(*m_field, TextSize::Heading);
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("What matches"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setProperty("kind", QStringLiteral("palette"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_nothing->setObjectName(QStringLiteral("commandNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(2 * kGrid, 3 * kGrid, 2 * kGrid, 3 * kGrid);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(kGrid, 6, kGrid, 6);
    fieldRow->addWidget(m_field);
    auto* listRow = new QHBoxLayout;
    listRow->setContentsMargins(kGrid, 0, kGrid, kGrid);
    listRow->addWidget(m_list);
    column->addLayout(fieldRow);
    column->addWidget(hairline(m_card));
    column->addLayout(listRow, 1);
    column->addWidget(m_nothing);
}

void CommandPalette::setConversations(const QVector<ChatSummary>& chats, const QString& search) {
    if (!search.trimmed().isEmpty()) return;
    m_conversations.clear();
    for (const ChatSummary& chat : chats) {
        PaletteItem item{PaletteGroup::Conversations, chat.title, {}, QStringLiteral("ask")};
        item.conversation = chat.id;
        m_conversations.append(item);
    }
    if (isVisible()) filter();
}

void CommandPalette::updateDocuments(const LedgerChanges& changes) {
    for (const QString& key : changes.removed)
        if (const auto at = m_documents->at.constFind(key); at != m_documents->at.constEnd())
            m_documents->items[*at] = {PaletteGroup::Documents, {}, {}, {}};
    for (const LedgerEntry& entry : changes.changed) {
        const auto known = m_documents->at.constFind(entry.key);
        if (known != m_documents->at.constEnd()) {
            m_documents->items[*known] = documentItem(entry);
        } else {
            m_documents->at.insert(entry.key, m_documents->items.size());
            m_documents->items.append(documentItem(entry));
        }
    }
}

void CommandPalette::popUp() {
    if (!isVisible()) m_focusBefore = QApplication::focusWidget();
    m_commands.clear();
    for (const QPointer<QAction>& action : m_actions)  // their names change: "Undo: …"
        if (action)
            m_commands.append({PaletteGroup::Commands, titleOf(*action), {}, iconOf(*action), action});
    m_field->clear();
    filter();
    setGeometry(parentWidget()->rect());
    fit();
    raise();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::filter() {
    const QString typed = m_field->text().simplified();
    m_model->setMatches(matching(m_commands + m_conversations + m_documents->items, typed));
    const bool found = m_model->rowCount() > 0;
    m_list->setCurrentIndex(m_model->next(-1, 1));
    m_list->scrollToTop();
    m_list->setVisible(found);
    m_nothing->setVisible(!found);
    m_nothing->setText(tr("Nothing matches “%1”").arg(typed));
    fit();
}

/// As high as its rows, in the upper part of the window, where it does not jump while somebody types.
void CommandPalette::fit() {
    const int width = std::min(kWidth, this->width() - 4 * kGrid);
    int rows = 0;
    for (int i = 0; i < m_model->rowCount() && rows < kMostHeight; ++i) rows += m_list->sizeHintForRow(i);
    const int top = std::max(3 * kGrid, height() / 8);
    const int most = std::min(kMostHeight, height() - top - 4 * kGrid);
    const int field = m_field->sizeHint().height() + 13;
    const int below = m_model->rowCount() > 0 ? rows + kGrid : m_nothing->fontMetrics().height() + 6 * kGrid;
    m_card->setGeometry((this->width() - width) / 2, top, width, std::min(most, field + below + 4));
    update();
}

void CommandPalette::move(int direction) {
    const QModelIndex next = m_model->next(m_list->currentIndex().row(), direction);
    if (!next.isValid()) return;
    m_list->setCurrentIndex(next);
    if (!m_model->next(next.row(), -1).isValid()) m_list->scrollToTop();  // with the heading above it
}

void CommandPalette::run(const QModelIndex& index) {
    const PaletteMatch* match = m_model->matchAt(index);
    if (!match) return;
    const PaletteItem item = match->item;  // what runs may change the rows
    hide();
    if (item.action)
        item.action->trigger();
    else if (item.conversation != 0)
        emit conversationChosen(item.conversation);
    else if (item.group == PaletteGroup::Documents)
        emit documentChosen(item.place);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        setGeometry(parentWidget()->rect());
        fit();
    }
    if (watched == m_field && event->type() == QEvent::FocusOut && !m_list->hasFocus() &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        hide();
    if (watched != m_field || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
        case Qt::Key_Tab:
            move(1);
            return true;
        case Qt::Key_Up:
        case Qt::Key_Backtab:
            move(-1);
            return true;
        case Qt::Key_Escape:
            hide();
            return true;
        default:
            return QWidget::eventFilter(watched, event);
    }
}

void CommandPalette::mousePressEvent(QMouseEvent* event) {
    if (!m_card->geometry().contains(event->pos())) hide();
}

void CommandPalette::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    const QWidget* now = QApplication::focusWidget();
    const bool isMine = !now || now == m_field || isAncestorOf(now);
    if (isMine && m_focusBefore) m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) fit();
    QWidget::changeEvent(event);
}

void CommandPalette::paintEvent(QPaintEvent*) {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor shade = Qt::black;
    shade.setAlphaF(colours.dark ? 0.35F : 0.08F);
    painter.fillRect(rect(), shade);
    const QRectF card = m_card->geometry();
    shade.setAlphaF(colours.dark ? 0.03F : 0.006F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shade);
    for (int ring = kShadow; ring > 0; ring -= 2)  // a soft shadow that falls a little downwards
        painter.drawRoundedRect(card.adjusted(-ring, -ring + 6, ring, ring + 6), kCorner + ring,
                                kCorner + ring);
    painter.setPen(colours.line);
    painter.setBrush(colours.raised);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
}

}  // namespace commonplace::ui
