#include "ui/reader/passage_list.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kRowHeight = 36;
constexpr int kMostRows = 4;
constexpr int kChip = 20;
constexpr int kNumberRole = Qt::UserRole;
constexpr int kFindingRole = Qt::UserRole + 1;

/// As the chips of an answer: red is wrong, grey is open.
QColor strongOf(PlaceFinding finding, const Tokens& colours) {
    if (finding == PlaceFinding::Failed) return colours.bad;
    return finding == PlaceFinding::Open ? colours.muted : colours.accent;
}

QColor softOf(PlaceFinding finding, const Tokens& colours) {
    if (finding == PlaceFinding::None) return colours.accentSoft;
    QColor soft = strongOf(finding, colours);
    soft.setAlphaF(0.16F);
    return soft;
}

/// For those who do not see the colour.
QString wordsFor(PlaceFinding finding) {
    if (finding == PlaceFinding::Failed) return PassageList::tr("✗ not found there, or no support");
    return finding == PlaceFinding::Open ? PassageList::tr("not judged") : QString();
}

/// A chip with the number, then the quote in one line.
class PassageDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Tokens& colours = tokensFor(*option.widget);
        const bool current = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = QRectF(option.rect).adjusted(kGrid + 0.5, 1.5, -kGrid - 0.5, -1.5);
        if (current || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(option.state & QStyle::State_HasFocus ? colours.accent : colours.line);
            painter->setBrush(current ? QBrush(colours.raised) : QBrush(Qt::NoBrush));
            painter->drawRoundedRect(row, kRadius, kRadius);
        }
        const QRectF chip(row.left() + kGrid, row.center().y() - kChip / 2.0, kChip, kChip);
        painter->setPen(Qt::NoPen);
        const auto finding = static_cast<PlaceFinding>(index.data(kFindingRole).toInt());
        const QColor strong = strongOf(finding, colours);
        painter->setBrush(current ? strong : softOf(finding, colours));
        painter->drawRoundedRect(chip, kChip / 4.0, kChip / 4.0);
        painter->setPen(current ? colours.onAccent : strong);
        painter->setFont(textFont(TextSize::Small, TextWeight::Bold));
        painter->drawText(chip, Qt::AlignCenter, index.data(kNumberRole).toString());
        painter->setPen(current ? colours.ink : colours.muted);
        painter->setFont(textFont(TextSize::Body));
        const QRectF text = row.adjusted(kGrid * 2 + kChip, 0, -kGrid, 0);
        painter->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            static_cast<int>(text.width())));
        painter->restore();
    }
};

}  // namespace

PassageList::PassageList(QWidget* parent) : QWidget(parent), m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("readerPassages"));
    auto* heading = textLabel(tr("Passages"), LabelTone::Muted, this);
    setTextFont(*heading, TextSize::Small);
    auto* previous = iconButton(QStringLiteral("up"), tr("Previous passage (Alt+Up)"), this);
    previous->setObjectName(QStringLiteral("readerPreviousPassage"));
    auto* next = iconButton(QStringLiteral("down"), tr("Next passage (Alt+Down)"), this);
    next->setObjectName(QStringLiteral("readerNextPassage"));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kGrid * 2, kGrid / 2, kGrid, 0);
    top->addWidget(heading, 1);
    top->addWidget(previous);
    top->addWidget(next);
    m_list->setObjectName(QStringLiteral("readerPassageList"));
    m_list->setAccessibleName(tr("Passages"));
    m_list->setItemDelegate(new PassageDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, kGrid);
    column->setSpacing(0);
    column->addWidget(hairline(this));
    column->addLayout(top);
    column->addWidget(m_list);
    const auto step = [this](int by) {
        const int row = std::clamp(current() + by, 0, static_cast<int>(m_places.size()) - 1);
        if (row >= 0 && row != current()) emit activated(row);
    };
    connect(previous, &QToolButton::clicked, this, [step] { step(-1); });
    connect(next, &QToolButton::clicked, this, [step] { step(1); });
    connect(m_list, &QListWidget::itemClicked, this, [this] { emit activated(m_list->currentRow()); });
    connect(m_list, &QListWidget::itemActivated, this, [this] { emit activated(m_list->currentRow()); });
    hide();
}

void PassageList::showPlaces(const QVector<Place>& places, int current) {
    m_places = places;
    m_list->clear();
    for (int i = 0; i < places.size(); ++i) {
        auto* item = new QListWidgetItem(lineOf(places.at(i)), m_list);
        const int number = places.at(i).number > 0 ? places.at(i).number : i + 1;
        item->setData(kNumberRole, QString::number(number));
        item->setData(kFindingRole, static_cast<int>(places.at(i).finding));
        QStringList about{describe(places.at(i)), wordsFor(places.at(i).finding)};
        about.removeAll(QString());
        item->setToolTip(plainToolTip(about.join(QLatin1Char('\n'))));
        item->setData(
            Qt::AccessibleTextRole,
            tr("Passage %1: %2, %3").arg(number).arg(places.at(i).quote, about.join(QStringLiteral(", "))));
    }
    setCurrent(current);
    fitHeight();
    setVisible(!places.isEmpty());
}

int PassageList::current() const {
    return m_list->currentRow();
}

void PassageList::setCurrent(int row) {
    m_list->setCurrentRow(row);
}

void PassageList::setOpenDocument(const QString& sha256) {
    m_open = sha256;
    for (int i = 0; i < m_places.size(); ++i) m_list->item(i)->setText(lineOf(m_places.at(i)));
}

QString PassageList::lineOf(const Place& place) const {
    const QString quote = place.quote.simplified();
    const QString quoted = quote.isEmpty() ? describe(place) : tr("“%1”").arg(quote);
    if (quote.isEmpty() || place.sha256 == m_open) return quoted;
    return tr("%1 · %2").arg(titleOf(place), quoted);
}

void PassageList::fitHeight() {
    const int rows = std::clamp(static_cast<int>(m_places.size()), 1, kMostRows);
    m_list->setFixedHeight(rows * kRowHeight + (m_places.size() > kMostRows ? kRowHeight / 2 : 0));
}

}  // namespace commonplace::ui
