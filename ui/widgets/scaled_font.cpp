#include "ui/widgets/scaled_font.h"

#include <QEvent>
#include <QWidget>

namespace commonplace::ui {
namespace {

/// Lives in its widget.
class FontKeeper final : public QObject {
  public:
    FontKeeper(QWidget& widget, TextSize size, TextWeight weight)
        : QObject(&widget), m_widget(widget), m_size(size), m_weight(weight) {
        setObjectName(QStringLiteral("fontKeeper"));
        widget.installEventFilter(this);
        apply();
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::ApplicationFontChange) apply();
        return QObject::eventFilter(watched, event);
    }

  private:
    void apply() { m_widget.setFont(textFont(m_size, m_weight)); }

    QWidget& m_widget;
    TextSize m_size;
    TextWeight m_weight;
};

}  // namespace

void setTextFont(QWidget& widget, TextSize size, TextWeight weight) {
    delete widget.findChild<QObject*>(QStringLiteral("fontKeeper"), Qt::FindDirectChildrenOnly);
    new FontKeeper(widget, size, weight);
}

}  // namespace commonplace::ui
