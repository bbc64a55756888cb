#include "ui/window/network_light.h"

#include <QEvent>
#include <QIcon>
#include <QLocale>
#include <QPainter>

#include "ui/widgets/controls.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"
#include "ui/window/network_popover.h"

namespace commonplace::ui {
namespace {

constexpr int kLight = 8;

QString whereTo(const NetworkState& state) {
    if (state.hosts.size() == 1) return state.hosts.first().host;
    return NetworkLight::tr("%1 other computers").arg(state.hosts.size());
}

/// What is set up, while nothing has been sent; empty: nothing is.
QString setUp(const PlacesElsewhere& places) {
    const QStringList others = places.standIns;
    if (!places.answers.isEmpty() && !others.isEmpty())
        return NetworkLight::tr("Answers by %1 or %2")
            .arg(places.answers, others.join(NetworkLight::tr(" or ")));
    if (!places.answers.isEmpty()) return NetworkLight::tr("Answers by %1").arg(places.answers);
    if (!others.isEmpty())
        return NetworkLight::tr("%1 may stand in").arg(others.join(NetworkLight::tr(" or ")));
    if (!places.meaning.isEmpty())
        return NetworkLight::tr("Vectors by %1").arg(places.meaning.join(NetworkLight::tr(" and ")));
    return places.helper.isEmpty() ? QString() : NetworkLight::tr("Titles by %1").arg(places.helper);
}

}  // namespace

QString networkText(const NetworkState& state, const PlacesElsewhere& places) {
    const bool offline = state.offline == Offline::Yes;
    if (state.sent() == 0) {
        const QString nothing = NetworkLight::tr("0 bytes sent to other computers");
        if (offline) return NetworkLight::tr("Offline: %1").arg(nothing);
        const QString where = setUp(places);
        return where.isEmpty() ? nothing : NetworkLight::tr("%1 · nothing sent yet").arg(where);
    }
    const QString sent =
        NetworkLight::tr("%1 sent to %2 since the start")
            .arg(QLocale().formattedDataSize(static_cast<qint64>(state.sent()), 1), whereTo(state));
    return offline ? NetworkLight::tr("Offline: %1").arg(sent) : sent;
}

QStringList placeLines(const PlacesElsewhere& places) {
    QStringList lines;
    if (!places.answers.isEmpty())
        lines << (places.consent == Consent::Given
                      ? NetworkLight::tr("%1: your questions and the passages found for them")
                      : NetworkLight::tr(
                            "%1: your questions and the passages found for them, once you allow it"))
                     .arg(places.answers);
    for (const QString& host : places.standIns)
        lines << NetworkLight::tr("%1: the same, when the model that answers cannot").arg(host);
    if (!places.helper.isEmpty())
        lines << NetworkLight::tr("%1: questions and answers, for titles and follow-ups").arg(places.helper);
    for (const QString& host : places.meaning)
        lines << NetworkLight::tr("%1: your questions and the text of all documents, to find by meaning")
                     .arg(host);
    return lines;
}

NetworkLight::NetworkLight(QWidget* parent) : QPushButton(parent) {
    setObjectName(QStringLiteral("statusNetwork"));
    setFlat(true);
    setProperty("kind", QStringLiteral("statusLink"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);  // a click leaves the focus where the person writes
    setTextFont(*this, TextSize::Small);
    connect(this, &QPushButton::clicked, this, &NetworkLight::openPopover);
    showState();
}

void NetworkLight::setState(const NetworkState& state) {
    m_state = state;
    showState();
}

void NetworkLight::setPlaces(const PlacesElsewhere& places) {
    m_places = places;
    showState();
}

void NetworkLight::showState() {
    const QString text = networkText(m_state, m_places);
    setText(QLatin1Char(' ') + QString(text).replace(QLatin1Char('&'), QLatin1String("&&")));
    setAccessibleName(text);
    setAccessibleDescription(about());
    setToolTip(plainToolTip(about()));
    paintLight();
}

QString NetworkLight::about() const {
    const QString click = tr("Click for the offline switch.");
    QStringList lines = placeLines(m_places);
    if (lines.isEmpty() || m_state.offline == Offline::Yes)
        return tr("Search and answers are made on this computer.") + QLatin1Char(' ') + click;
    lines.prepend(tr("What can leave this computer, and where it goes:"));
    lines << click;
    return lines.join(QLatin1Char('\n'));
}

void NetworkLight::paintLight() {
    const Tokens& colours = tokensFor(*this);
    const bool offline = m_state.offline == Offline::Yes;
    const bool leaves = !offline && (!m_places.isEmpty() || m_state.sent() > 0);
    const qreal scale = devicePixelRatioF();
    QPixmap dot(QSize(kLight, kLight) * scale);
    dot.setDevicePixelRatio(scale);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(leaves ? colours.warning : colours.good);
    painter.drawEllipse(0, 0, kLight, kLight);
    painter.end();
    setIcon(QIcon(dot));
    setIconSize({kLight, kLight});
}

void NetworkLight::openPopover() {
    auto* popover = new NetworkPopover(m_state, placeLines(m_places), this);
    connect(popover, &NetworkPopover::offlineWanted, this, &NetworkLight::offlineWanted);
    // While a popup is open, Qt paints the focus of what lies below neither here nor there.
    connect(popover, &QObject::destroyed, window(), qOverload<>(&QWidget::update));
    popover->showAbove(*this);
}

void NetworkLight::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) paintLight();
    QPushButton::changeEvent(event);
}

}  // namespace commonplace::ui
