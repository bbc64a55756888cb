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

}  // namespace

QString networkText(const NetworkState& state, const QString& remoteModel, const QString& helper) {
    const bool offline = state.offline == Offline::Yes;
    if (state.sent() == 0) {
        const QString nothing = NetworkLight::tr("0 bytes sent to other computers");
        if (offline) return NetworkLight::tr("Offline: %1").arg(nothing);
        if (!remoteModel.isEmpty())
            return NetworkLight::tr("Answers by %1 · nothing sent yet").arg(remoteModel);
        return helper.isEmpty() ? nothing : NetworkLight::tr("Titles by %1 · nothing sent yet").arg(helper);
    }
    const QString sent =
        NetworkLight::tr("%1 sent to %2 since the start")
            .arg(QLocale().formattedDataSize(static_cast<qint64>(state.sent()), 1), whereTo(state));
    return offline ? NetworkLight::tr("Offline: %1").arg(sent) : sent;
}

NetworkLight::NetworkLight(QWidget* parent) : QPushButton(parent) {
    setObjectName(QStringLiteral("statusNetwork"));
    setFlat(true);
    setProperty("kind", QStringLiteral("statusLink"));
    setCursor(Qt::PointingHandCursor);
    setTextFont(*this, TextSize::Small);
    connect(this, &QPushButton::clicked, this, &NetworkLight::openPopover);
    showState();
}

void NetworkLight::setState(const NetworkState& state) {
    m_state = state;
    showState();
}

void NetworkLight::setRemoteModel(const QString& host, const QString& helper) {
    m_remoteModel = host;
    m_helper = helper;
    showState();
}

void NetworkLight::showState() {
    const QString text = networkText(m_state, m_remoteModel, m_helper);
    setText(QLatin1Char(' ') + QString(text).replace(QLatin1Char('&'), QLatin1String("&&")));
    setAccessibleName(text);
    setToolTip(plainToolTip(about()));
    paintLight();
}

QString NetworkLight::about() const {
    const bool offline = m_state.offline == Offline::Yes;
    if (!m_remoteModel.isEmpty() && !offline)
        return tr("Your question and the passages found for it are sent to %1. Click for the offline switch.")
            .arg(m_remoteModel);
    if (!m_helper.isEmpty() && !offline)
        return tr("Answers are made on this computer; questions and answers are sent to %1 for titles and "
                  "follow-ups. Click for the offline switch.")
            .arg(m_helper);
    return tr("Search and answers are made on this computer. Click for the offline switch.");
}

void NetworkLight::paintLight() {
    const Tokens& colours = tokensFor(*this);
    const bool offline = m_state.offline == Offline::Yes;
    const bool isSet = !m_remoteModel.isEmpty() || !m_helper.isEmpty();
    const bool leaves = !offline && (isSet || m_state.sent() > 0);
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
    auto* popover = new NetworkPopover(m_state, this);
    connect(popover, &NetworkPopover::offlineWanted, this, &NetworkLight::offlineWanted);
    popover->showAbove(*this);
}

void NetworkLight::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) paintLight();
    QPushButton::changeEvent(event);
}

}  // namespace commonplace::ui
