#include "ui/chat/conversation_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/bridge/chat_bridge.h"
#include "ui/chat/conversation_delegate.h"
#include "ui/chat/conversation_item_model.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kSearchDelay = 120;  // ms after the last key
constexpr int kUndoTime = 12'000;  // ms; the store keeps it for 30 days all the same

}  // namespace

ConversationList::ConversationList(ChatBridge& bridge, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_model(new ConversationItemModel(this)),
      m_search(new QLineEdit(this)),
      m_view(new QListView(this)),
      m_empty(textLabel({}, LabelTone::Muted, this)),
      m_undoBar(new QWidget(this)),
      m_undoText(textLabel({}, LabelTone::Ink, m_undoBar)) {
    setObjectName(QStringLiteral("conversationList"));
    m_search->setObjectName(QStringLiteral("conversationSearch"));
    m_search->setAccessibleName(tr("Search conversations"));
    m_search->setPlaceholderText(tr("Search conversations"));
    m_search->setClearButtonEnabled(true);
    m_view->setObjectName(QStringLiteral("conversationView"));
    m_view->setAccessibleName(tr("Conversations"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ConversationDelegate(m_view));
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    m_search->installEventFilter(this);
    m_empty->setObjectName(QStringLiteral("conversationsEmpty"));
    m_empty->setContentsMargins(10, kGrid, 10, kGrid);
    buildUndo();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(m_search);
    layout->addWidget(m_empty);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_undoBar);
    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(kSearchDelay);
    connect(&m_searchDelay, &QTimer::timeout, this, [this] { m_bridge.list(m_search->text()); });
    connect(m_search, &QLineEdit::textChanged, &m_searchDelay, qOverload<>(&QTimer::start));
    connect(&bridge, &ChatBridge::listed, this, &ConversationList::showChats);
    connect(&bridge, &ChatBridge::listChanged, this, [this] { m_bridge.list(m_search->text()); });
    connect(m_model, &ConversationItemModel::renameWanted, &bridge, &ChatBridge::rename);
    connect(&bridge, &ChatBridge::restored, this, [this](qint64 conversation) {
        if (conversation == m_removed) m_undoBar->hide();  // also when the window's Undo has done it
    });
    connect(m_view, &QListView::clicked, this, &ConversationList::openCurrent);
    connect(m_view, &QListView::customContextMenuRequested, this, &ConversationList::openMenu);
    bridge.list();
}

void ConversationList::buildUndo() {
    auto* row = new QHBoxLayout(m_undoBar);
    row->setContentsMargins(10, 4, 0, 4);
    setTextFont(*m_undoText, TextSize::Small);
    row->addWidget(m_undoText, 1);
    auto* undo = quietButton(tr("Undo"), m_undoBar);
    undo->setObjectName(QStringLiteral("undoRemoveConversation"));
    row->addWidget(undo);
    m_undoBar->setObjectName(QStringLiteral("undoBar"));
    m_undoBar->hide();
    m_undoTime.setSingleShot(true);
    m_undoTime.setInterval(kUndoTime);
    connect(undo, &QPushButton::clicked, this, &ConversationList::undoRemove);
    connect(&m_undoTime, &QTimer::timeout, m_undoBar, &QWidget::hide);
}

void ConversationList::showChats(const QVector<ChatSummary>& chats, const QString& search) {
    if (m_view->viewport()->findChild<QLineEdit*>()) {  // a reset would throw the typed title away
        m_searchDelay.start();
        return;
    }
    const qint64 kept = currentId() > 0 ? currentId() : m_shown;
    const bool searching = !search.trimmed().isEmpty();
    m_model->setChats(
        chats, searching ? ConversationItemModel::Grouping::None : ConversationItemModel::Grouping::ByDate,
        QDate::currentDate());
    m_empty->setText(searching ? tr("No conversation has these words.")
                               : tr("Your questions and their answers are kept here."));
    m_empty->setVisible(chats.isEmpty());
    if (const int row = m_model->rowOf(kept); row >= 0) m_view->setCurrentIndex(m_model->index(row));
}

void ConversationList::setCurrent(qint64 conversation) {
    m_shown = conversation;
    const int row = m_model->rowOf(conversation);
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row));
    else
        m_view->setCurrentIndex({});
}

void ConversationList::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

qint64 ConversationList::currentId() const {
    return m_view->currentIndex().data(ConversationItemModel::IdRole).toLongLong();
}

void ConversationList::openCurrent() {
    if (const qint64 id = currentId(); id > 0) emit activated(id);
}

void ConversationList::removeCurrent() {
    const qint64 id = currentId();
    if (id <= 0) return;
    m_removed = id;
    const QString title = m_view->currentIndex().data(Qt::EditRole).toString().left(40);
    m_undoText->setText(tr("“%1” deleted").arg(title));
    m_undoBar->show();
    m_undoTime.start();
    m_bridge.remove(id);
    emit removed(id, title);
    if (id == m_shown) emit currentRemoved();
}

void ConversationList::undoRemove() {
    m_undoBar->hide();
    m_bridge.restore(m_removed);
    emit activated(m_removed);
}

void ConversationList::togglePin() {
    const bool pinned = m_view->currentIndex().data(ConversationItemModel::IsPinnedRole).toBool();
    if (const qint64 id = currentId(); id > 0) m_bridge.setPin(id, pinned ? Pin::No : Pin::Yes);
}

void ConversationList::openMenu(const QPoint& at) {
    const QModelIndex index = m_view->indexAt(at);
    if (index.isValid()) m_view->setCurrentIndex(index);
    if (currentId() <= 0) return;
    const bool pinned = m_view->currentIndex().data(ConversationItemModel::IsPinnedRole).toBool();
    auto* menu =
        new QMenu(this);  // no event loop of its own: the list may be made anew, or go, while it is open
    menu->setObjectName(QStringLiteral("conversationMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu, meant = currentId()](const QString& text, auto work) {
        menu->addAction(text, this, [this, meant, work] {
            const int row = m_model->rowOf(meant);
            if (row < 0) return;  // it has gone meanwhile
            m_view->setCurrentIndex(m_model->index(row));
            work();
        });
    };
    add(tr("Open"), [this] { openCurrent(); });
    add(tr("Rename\tF2"), [this] { m_view->edit(m_view->currentIndex()); });
    add(pinned ? tr("Unpin") : tr("Pin"), [this] { togglePin(); });
    menu->addSeparator();
    add(tr("Delete\tDel"), [this] { removeCurrent(); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

bool ConversationList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (watched == m_search && key == Qt::Key_Down) {
        m_view->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (watched != m_view) return QWidget::eventFilter(watched, event);
    if (key == Qt::Key_Return || key == Qt::Key_Enter)
        openCurrent();
    else if (key == Qt::Key_Delete)
        removeCurrent();
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

void ConversationList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_view->viewport()->update();
    QWidget::changeEvent(event);
}

}  // namespace commonplace::ui
