#include "ui/window/drop_overlay.h"

#include <QMimeData>
#include <QPainter>
#include <QUrl>

#include "ui/bridge/paths.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

/// A line of pasted text that names a file: "/home/…" or "file:///home/…".
QString pathIn(const QString& line) {
    if (line.startsWith(QLatin1String("file:"))) return pathOf(QUrl(line));
    return line.startsWith(QLatin1Char('/')) ? line : QString();
}

}  // namespace

QStringList localPaths(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile()) paths << pathOf(url);
    if (data.hasUrls() || !data.hasText()) return paths;
    for (const QString& line : data.text().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QString path = pathIn(line.trimmed());
        if (path.isEmpty()) return {};  // prose that happens to hold a path is prose
        paths << path;
    }
    return paths;
}

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("dropOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::paintEvent(QPaintEvent*) {
    const Tokens& t = tokensFor(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = t.background;
    veil.setAlpha(225);
    painter.fillRect(rect(), veil);
    const QRectF target = QRectF(rect()).adjusted(3 * kGrid, 3 * kGrid, -3 * kGrid, -3 * kGrid);
    painter.setPen(QPen(t.accent, 2, Qt::DashLine));
    painter.setBrush(t.accentSoft);
    painter.drawRoundedRect(target, 2 * kRadius, 2 * kRadius);
    constexpr int kSymbol = 48;
    const QRect symbol(width() / 2 - kSymbol / 2, height() / 2 - kSymbol - kGrid, kSymbol, kSymbol);
    icon(QStringLiteral("folder"), t.accent).paint(&painter, symbol);
    painter.setPen(t.ink);
    painter.setFont(textFont(TextSize::Title, TextWeight::Medium));
    painter.drawText(QRect(0, height() / 2 + kGrid, width(), 5 * kGrid), Qt::AlignCenter,
                     tr("Drop files or folders to add them"));
    painter.setPen(t.muted);
    painter.setFont(textFont(TextSize::Body));
    painter.drawText(QRect(0, height() / 2 + 6 * kGrid, width(), 4 * kGrid), Qt::AlignCenter,
                     tr("They stay where they are; Commonplace only reads them."));
}

}  // namespace commonplace::ui
