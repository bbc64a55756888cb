#include "ui/widgets/icons.h"

#include <QAbstractButton>
#include <QEvent>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

QByteArray drawingOf(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().replace("currentColor", colour.name().toLatin1());
}

/// Renders the drawing at whatever size and scale is asked for.
class SymbolEngine final : public QIconEngine {
  public:
    SymbolEngine(QString name, const QColor& colour) : m_name(std::move(name)), m_colour(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QSvgRenderer renderer(drawingOf(m_name, m_colour));
        const qreal opacity = painter->opacity();
        if (mode == QIcon::Disabled) painter->setOpacity(opacity * 0.4);
        renderer.render(painter, rect);
        painter->setOpacity(opacity);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new SymbolEngine(m_name, m_colour); }

  private:
    QString m_name;
    QColor m_colour;
};

/// Lives in its button and draws the icon anew when the palette changes.
class IconKeeper final : public QObject {
  public:
    IconKeeper(QAbstractButton& button, QString name)
        : QObject(&button), m_button(button), m_name(std::move(name)) {
        setObjectName(QStringLiteral("iconKeeper"));
        button.installEventFilter(this);
        apply();
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) apply();
        return QObject::eventFilter(watched, event);
    }

  private:
    void apply() { m_button.setIcon(icon(m_name, tokensFor(m_button).ink)); }

    QAbstractButton& m_button;
    QString m_name;
};

}  // namespace

QIcon icon(const QString& name, const QColor& color) {
    return QIcon(new SymbolEngine(name, color));
}

void setThemedIcon(QAbstractButton& button, const QString& name) {
    delete button.findChild<QObject*>(QStringLiteral("iconKeeper"), Qt::FindDirectChildrenOnly);
    new IconKeeper(button, name);
}

}  // namespace commonplace::ui
