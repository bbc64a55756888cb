#include "ui/window/network_popover.h"

#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kWidth = 360;
constexpr int kMostHosts = 6;

QString amount(quint64 bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

QString linesOf(const NetworkState& state) {
    if (state.hosts.isEmpty())
        return NetworkPopover::tr("Nothing has been sent to another computer since the start.");
    QStringList lines;
    for (const HostBytes& one : state.hosts.mid(0, kMostHosts))
        lines << NetworkPopover::tr("%1: %2 sent, %3 received")
                     .arg(one.host, amount(one.sent), amount(one.received));
    if (state.hosts.size() > kMostHosts)
        lines << NetworkPopover::tr("and %1 more").arg(state.hosts.size() - kMostHosts);
    return lines.join(QLatin1Char('\n'));
}

QString whereText(const QStringList& places, Offline offline) {
    if (places.isEmpty()) return NetworkPopover::tr("Nothing is set up to leave this computer.");
    const QString head = offline == Offline::Yes
                             ? NetworkPopover::tr("Set up, but nothing goes there while you are offline:")
                             : NetworkPopover::tr("What can leave this computer, and where it goes:");
    const QString bullet = QStringLiteral("\n• ");
    return head + bullet + places.join(bullet);
}

}  // namespace

NetworkPopover::NetworkPopover(const NetworkState& state, const QStringList& places, QWidget* parent)
    : QFrame(parent, Qt::Popup) {
    setObjectName(QStringLiteral("networkPopover"));
    setAccessibleName(tr("What leaves this computer"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* offline = new QCheckBox(tr("Work offline"), this);
    offline->setObjectName(QStringLiteral("offlineSwitch"));
    offline->setAccessibleName(offline->text());
    offline->setChecked(state.offline == Offline::Yes);
    setTextFont(*offline, TextSize::Body, TextWeight::Medium);
    auto* what =
        textLabel(tr("No request goes to another computer, and those that run are ended. Models on this "
                     "computer go on working. The switch is remembered."),
                  LabelTone::Muted, this);
    auto* hosts = textLabel(linesOf(state), LabelTone::Ink, this);
    hosts->setObjectName(QStringLiteral("networkHosts"));
    auto* where = textLabel(whereText(places, state.offline), LabelTone::Ink, this);
    where->setObjectName(QStringLiteral("networkPlaces"));
    for (QLabel* label : {what, where, hosts}) setTextFont(*label, TextSize::Small);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    column->addWidget(offline);
    column->addWidget(what);
    column->addWidget(hairline(this));
    column->addWidget(where);
    column->addWidget(hairline(this));
    column->addWidget(hosts);
    setFixedWidth(kWidth);
    connect(offline, &QCheckBox::toggled, this,
            [this](bool on) { emit offlineWanted(on ? Offline::Yes : Offline::No); });
    offline->setFocus();
}

void NetworkPopover::showAbove(const QWidget& anchor) {
    ensurePolished();
    resize(kWidth, layout()->totalHeightForWidth(kWidth));  // adjustSize() would count too few lines
    const QRect screen = anchor.screen()->availableGeometry();
    const QPoint corner = anchor.mapToGlobal(QPoint(anchor.width(), 0));
    const int left =
        std::clamp(corner.x() - width(), screen.left(), std::max(screen.left(), screen.right() - width()));
    move(left, std::max(screen.top(), corner.y() - height() - kGrid / 2));
    show();
}

void NetworkPopover::paintEvent(QPaintEvent*) {
    const Tokens& colours = tokensFor(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colours.raised);
    painter.setPen(colours.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace commonplace::ui
