#include "ui/widgets/controls.h"

#include <QDialog>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kIconPixels = 20;
constexpr int kEmptyIconPixels = 40;
constexpr int kReadingWidth = 460;

QPushButton* button(const QString& text, const char* kind, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setProperty("kind", QString::fromLatin1(kind));
    made->setAccessibleName(text);
    made->setCursor(Qt::PointingHandCursor);
    return made;
}

const char* toneName(LabelTone tone) {
    switch (tone) {
        case LabelTone::Ink:
            return "ink";
        case LabelTone::Muted:
            return "muted";
        case LabelTone::Good:
            return "good";
        case LabelTone::Bad:
            return "bad";
        case LabelTone::Warning:
            return "warning";
    }
    return "ink";
}

/// A picture in the faint token, drawn anew when the theme changes.
class Symbol final : public QLabel {
  public:
    Symbol(QString name, QWidget* parent) : QLabel(parent), m_name(std::move(name)) {
        setAlignment(Qt::AlignCenter);
        draw();
    }

  protected:
    void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::PaletteChange) draw();
        QLabel::changeEvent(event);
    }

  private:
    void draw() {
        setPixmap(icon(m_name, tokensFor(*this).faint).pixmap(kEmptyIconPixels, kEmptyIconPixels));
    }

    QString m_name;
};

class ButtonText final : public QLabel {
  public:
    ButtonText(const QString& text, QAbstractButton* button, QWidget* parent)
        : QLabel(text, parent), m_button(button) {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
    }

  protected:
    void mousePressEvent(QMouseEvent* event) override { event->accept(); }
    void mouseReleaseEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton && rect().contains(event->pos())) m_button->click();
    }

  private:
    QAbstractButton* m_button;
};

}  // namespace

QToolButton* iconButton(const QString& iconName, const QString& text, QWidget* parent) {
    auto* made = new QToolButton(parent);
    made->setAutoRaise(true);
    made->setIconSize({kIconPixels, kIconPixels});
    made->setToolTip(text);
    made->setAccessibleName(text);
    made->setFocusPolicy(Qt::TabFocus);
    setThemedIcon(*made, iconName);
    return made;
}

QPushButton* primaryButton(const QString& text, QWidget* parent) {
    return button(text, "primary", parent);
}

QPushButton* quietButton(const QString& text, QWidget* parent) {
    return button(text, "quiet", parent);
}

QLabel* textLabel(const QString& text, LabelTone tone, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("tone", QString::fromLatin1(toneName(tone)));
    return label;
}

QWidget* withText(QAbstractButton* button, const QString& text, QWidget* parent, TextWeight weight) {
    auto* place = new QWidget(parent);
    button->setParent(place);
    button->setAccessibleName(text);
    auto* words = new ButtonText(text, button, place);
    setTextFont(*words, TextSize::Body, weight);
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);  // the button leaves room for a text
    row->addWidget(button, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    return place;
}

QFrame* hairline(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("kind", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    return line;
}

QString plainToolTip(const QString& text) {
    if (!text.contains(QLatin1Char('<')) && !text.contains(QLatin1Char('&'))) return text;
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

void openDialog(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QWidget* emptyState(const QString& iconName, const QString& heading, const QString& explanation,
                    const QVector<QAbstractButton*>& buttons, QWidget* parent) {
    auto* place = new QWidget(parent);
    auto* column = new QVBoxLayout(place);
    column->setSpacing(kGrid);
    column->addStretch(2);
    column->addWidget(new Symbol(iconName, place));
    QLabel* head = textLabel(heading, LabelTone::Ink, place);
    setTextFont(*head, TextSize::Title, TextWeight::Medium);
    head->setProperty("size", QStringLiteral("title"));
    QLabel* text = textLabel(explanation, LabelTone::Muted, place);
    for (QLabel* label : {head, text}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setFixedWidth(kReadingWidth);
        label->setMinimumHeight(label->heightForWidth(kReadingWidth));  // a centred item is not asked for it
        column->addWidget(label, 0, Qt::AlignHCenter);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    row->addStretch();
    for (QAbstractButton* each : buttons) {
        each->setParent(place);
        row->addWidget(each);
    }
    row->addStretch();
    column->addSpacing(kGrid);
    column->addLayout(row);
    column->addStretch(3);
    return place;
}

}  // namespace commonplace::ui
