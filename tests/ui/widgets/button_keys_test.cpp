// ButtonKeys: Return and Enter press the button that has the focus, and mean what they meant elsewhere.
#include "ui/widgets/button_keys.h"

#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace commonplace::ui;

class ButtonKeysTest final : public QObject {
    Q_OBJECT
  private slots:
    void returnAndEnterPress();
    void heldDownIsOnePress();
    void disabledButtonsAndOtherControlsAreLeftAlone();
    void aToolButtonShowsItsMenu();
    void dialogsKeepTheirOwnDefault();
};

void ButtonKeysTest::returnAndEnterPress() {
    QWidget window;
    ButtonKeys keys(&window);
    for (QAbstractButton* button : {static_cast<QAbstractButton*>(new QPushButton(&window)),
                                    static_cast<QAbstractButton*>(new QToolButton(&window))}) {
        QSignalSpy clicked(button, &QAbstractButton::clicked);
        QTest::keyClick(button, Qt::Key_Return);
        QCOMPARE(clicked.count(), 1);
        QTest::keyClick(button, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(clicked.count(), 2);
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(clicked.count(), 3);
        QTest::keyClick(button, Qt::Key_Return, Qt::ControlModifier);  // a shortcut of somebody
        QCOMPARE(clicked.count(), 3);
    }
}

void ButtonKeysTest::heldDownIsOnePress() {
    QPushButton button;
    ButtonKeys keys(&button);
    QSignalSpy clicked(&button, &QPushButton::clicked);
    for (const bool again : {false, true, true}) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), again);
        QCoreApplication::sendEvent(&button, &press);
    }
    QCOMPARE(clicked.count(), 1);
}

void ButtonKeysTest::disabledButtonsAndOtherControlsAreLeftAlone() {
    QWidget window;
    ButtonKeys keys(&window);
    QPushButton off(&window);
    off.setEnabled(false);
    QCheckBox box(&window);
    QLineEdit field(&window);
    QSignalSpy clicked(&off, &QPushButton::clicked);
    QSignalSpy entered(&field, &QLineEdit::returnPressed);
    QTest::keyClick(&off, Qt::Key_Return);
    QTest::keyClick(&box, Qt::Key_Return);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(clicked.count(), 0);
    QVERIFY(!box.isChecked());
    QCOMPARE(entered.count(), 1);
}

void ButtonKeysTest::aToolButtonShowsItsMenu() {
    QToolButton button;
    ButtonKeys keys(&button);
    QMenu menu;
    menu.addAction(QStringLiteral("An entry"));
    button.setMenu(&menu);
    button.setPopupMode(QToolButton::InstantPopup);
    QSignalSpy shown(&menu, &QMenu::aboutToShow);
    QObject::connect(&menu, &QMenu::aboutToShow, &menu, &QMenu::close, Qt::QueuedConnection);
    button.show();
    QTest::keyClick(&button, Qt::Key_Return);
    QCOMPARE(shown.count(), 1);
}

void ButtonKeysTest::dialogsKeepTheirOwnDefault() {
    QDialog dialog;
    ButtonKeys keys(&dialog);
    auto* accept = new QPushButton(&dialog);
    accept->setDefault(true);
    auto* tool = new QToolButton(&dialog);
    QSignalSpy accepted(accept, &QPushButton::clicked);
    QSignalSpy pressed(tool, &QToolButton::clicked);
    dialog.show();
    QTest::keyClick(tool, Qt::Key_Return);
    QCOMPARE(pressed.count(), 0);
    QCOMPARE(accepted.count(), 1);
}

QTEST_MAIN(ButtonKeysTest)
#include "button_keys_test.moc"
