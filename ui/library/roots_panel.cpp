#include "ui/library/roots_panel.h"

#include <QAction>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/paths.h"
#include "ui/library/ledger_text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

enum Role { PathRole = Qt::UserRole, DetailRole, OfflineRole };

class RootDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        const int text = QFontMetrics(textFont(TextSize::Body)).height() +
                         QFontMetrics(textFont(TextSize::Small)).height();
        return {100, text + 2 * kGrid};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Tokens& t = tokensFor(*option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect card = option.rect.adjusted(0, 1, 0, -1);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.accentSoft);
            painter->drawRoundedRect(card, kRadius, kRadius);
        }
        const bool offline = index.data(OfflineRole).toBool();
        paintLines(*painter, card.adjusted(kGrid, kGrid - 1, -kGrid, -kGrid + 1), index,
                   offline ? t.muted : t.ink, t.muted);
        painter->restore();
    }

  private:
    static void paintLines(QPainter& painter, const QRect& room, const QModelIndex& index, const QColor& ink,
                           const QColor& muted) {
        const auto line = [&](const QFont& font, const QColor& colour, Qt::Alignment at,
                              const QString& text) {
            painter.setFont(font);
            painter.setPen(colour);
            painter.drawText(room, at, QFontMetrics(font).elidedText(text, Qt::ElideMiddle, room.width()));
        };
        line(textFont(TextSize::Body), ink, Qt::AlignTop | Qt::AlignLeft, index.data().toString());
        line(textFont(TextSize::Small), muted, Qt::AlignBottom | Qt::AlignLeft,
             index.data(DetailRole).toString());
    }
};

}  // namespace

RootsPanel::RootsPanel(QWidget* parent) : QWidget(parent), m_list(new QListWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, kGrid, 0);
    column->setSpacing(kGrid / 2);
    auto* head = new QHBoxLayout;
    QLabel* title = textLabel(tr("Watched folders"), LabelTone::Muted, this);
    title->setWordWrap(false);
    setTextFont(*title, TextSize::Small);
    m_rescan = iconButton(QStringLiteral("retry"), tr("Look again for new and changed files"), this);
    m_rescan->setObjectName(QStringLiteral("libraryRescan"));
    m_remove =
        iconButton(QStringLiteral("trash"), tr("Remove this folder from the library (the files stay)"), this);
    m_remove->setObjectName(QStringLiteral("libraryRemoveRoot"));
    head->addWidget(title, 1);
    head->addWidget(m_rescan);
    head->addWidget(m_remove);
    column->addLayout(head);
    m_list->setObjectName(QStringLiteral("libraryRoots"));
    m_list->setAccessibleName(tr("Watched folders"));
    m_list->setItemDelegate(new RootDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_list, 1);
    auto* remove = new QAction(tr("Remove folder"), m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, m_remove, &QToolButton::click);
    connect(m_rescan, &QToolButton::clicked, this, &RootsPanel::rescanRequested);
    connect(m_remove, &QToolButton::clicked, this, [this] {
        if (!current().isEmpty()) emit removeRequested(current());
    });
    connect(m_list, &QListWidget::currentItemChanged, this, [this] {
        updateButtons();
        emit currentChanged(current());
    });
    updateButtons();
}

void RootsPanel::setRoots(const QVector<WatchedRoot>& roots) {
    const QString chosen = current();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    auto* all = new QListWidgetItem(tr("All folders"), m_list);
    all->setData(PathRole, QString());
    m_list->setCurrentItem(all);
    for (const WatchedRoot& root : roots) {
        const bool offline = root.state == WatchedRoot::State::Offline;
        auto* item = new QListWidgetItem(fileName(root.path), m_list);
        item->setData(PathRole, root.path);
        item->setData(OfflineRole, offline);
        const QString count = documentsText(root.documents);
        item->setData(DetailRole, offline ? tr("offline · %1").arg(count) : count);
        item->setToolTip(plainToolTip(
            offline ? tr("%1\nIt is not there, or stands empty: is the drive connected? Its documents stay "
                         "searchable. Remove the folder if it is gone for good.")
                          .arg(readable(root.path))
                    : readable(root.path)));
        item->setData(Qt::AccessibleDescriptionRole, item->data(DetailRole));
        if (root.path == chosen) m_list->setCurrentItem(item);
    }
    all->setData(DetailRole, roots.size() == 1 ? tr("1 folder") : tr("%L1 folders").arg(roots.size()));
    updateButtons();
    if (current() != chosen) emit currentChanged(current());
}

QString RootsPanel::current() const {
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(PathRole).toString() : QString();
}

void RootsPanel::setCurrent(const QString& path) {
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(PathRole).toString() == path) m_list->setCurrentRow(row);
}

void RootsPanel::updateButtons() {
    m_remove->setEnabled(!current().isEmpty());
    m_rescan->setEnabled(m_list->count() > 1);
}

}  // namespace commonplace::ui
