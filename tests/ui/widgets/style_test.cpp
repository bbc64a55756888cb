// The style sheet as it is painted: what has to be seen is there, in light and in dark.
#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

#include "ui/widgets/theme.h"

using namespace commonplace::ui;

class StyleTest final : public QObject {
    Q_OBJECT
  private slots:
    void aCheckedBoxHasATick();
    void aTextFieldHasABorder();
    void aNumberFieldHasArrows();
    void aListOfCompletionsIsNotBlack();

  private:
    /// In light, then in dark; `look` is called with the colours that count.
    template <class Look>
    void inBoth(Look look) {
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            applyTheme(*qApp, mode, 1);
            look(tokens(mode));
        }
    }
    static int count(const QImage& image, const QColor& colour) {
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == colour ? 1 : 0;
        return found;
    }
};

void StyleTest::aCheckedBoxHasATick() {
    inBoth([](const Tokens& colours) {
        QCheckBox box;
        box.setChecked(true);
        box.resize(40, 24);
        const QImage image = box.grab().toImage();
        QVERIFY(count(image, colours.accent) > 20);
        const QColor centre = colours.onAccent;
        int tick = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 2; x < 14; ++x)
                tick += qAbs(image.pixelColor(x, y).lightness() - centre.lightness()) < 24 ? 1 : 0;
        const QImage before = [] {
            QCheckBox empty;
            empty.setChecked(false);
            empty.resize(40, 24);
            return empty.grab().toImage();
        }();
        QVERIFY(before != image);
        QVERIFY2(tick >= 6, qPrintable(QString::number(tick)));
    });
}

void StyleTest::aTextFieldHasABorder() {
    inBoth([](const Tokens& colours) {
        QPlainTextEdit field;
        field.resize(200, 80);
        field.setFrameShape(QFrame::StyledPanel);
        QVERIFY(count(field.grab().toImage(), colours.line) > 300);
    });
}

void StyleTest::aNumberFieldHasArrows() {
    inBoth([](const Tokens&) {
        QSpinBox field;
        field.resize(200, 32);
        field.ensurePolished();
        const auto right = [](const QImage& image) { return image.copy(176, 2, 20, 28); };
        const QImage with = right(field.grab().toImage());
        field.setButtonSymbols(QSpinBox::NoButtons);
        QVERIFY(with != right(field.grab().toImage()));
        field.setButtonSymbols(QSpinBox::UpDownArrows);
        QTest::mouseClick(&field, Qt::LeftButton, Qt::NoModifier, QPoint(188, 8));
        QCOMPARE(field.value(), 1);
        QTest::mouseClick(&field, Qt::LeftButton, Qt::NoModifier, QPoint(188, 24));
        QCOMPARE(field.value(), 0);
    });
}

/// It is a window of its own: what is transparent in it is black.
void StyleTest::aListOfCompletionsIsNotBlack() {
    inBoth([](const Tokens& colours) {
        QCompleter completer(QStringList{QStringLiteral("one"), QStringLiteral("two")});
        QAbstractItemView* list = completer.popup();
        list->resize(200, 80);
        const QImage image = list->grab().toImage();
        QVERIFY(count(image, colours.raised) > 200 * 80 / 2);
    });
}

QTEST_MAIN(StyleTest)
#include "style_test.moc"
