// Where the keyboard is: after a key that goes somewhere, and when what had the focus goes away.
#include <QLabel>
#include <QListWidget>

#include "tests/ui/window/main_window_fixture.h"

namespace commonplace::ui {

class MainWindowFocusTest final : public MainWindowFixture {
    Q_OBJECT

  private slots:
    void init() {
        begin();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
    }
    void cleanup() { end(); }

    void returnPressesTheFirstButton();
    void settingsHaveTheFocusOnceTheyAreOpen();
    void addingTheFirstFolderKeepsItInTheLibrary();
    void aClickOnTheLightTakesItNotAway();
};

void MainWindowFocusTest::returnPressesTheFirstButton() {
    auto* sample = m_program->find<QPushButton>("welcomeSample");
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QPushButton>("welcomeFolder")->hasFocus(), kPatienceMs);
    sample->setFocus();
    QTest::keyClick(sample, Qt::Key_Return);  // this program has no samples, and says so
    QVERIFY(!m_program->find<QLabel>("statusMessage")->text().isEmpty());
}

void MainWindowFocusTest::settingsHaveTheFocusOnceTheyAreOpen() {
    QTest::keyClick(&m_program->window, Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QListWidget>("settingsSections")->hasFocus(), kPatienceMs);
}

void MainWindowFocusTest::addingTheFirstFolderKeepsItInTheLibrary() {
    drop(fromPath(*m_home / "papers"));
    const auto* page = m_program->find<QWidget>("libraryPage");
    QTRY_VERIFY_WITH_TIMEOUT(page->isVisible(), kPatienceMs);
    const QWidget* focus = QApplication::focusWidget();
    QVERIFY(focus);
    QVERIFY2(page->isAncestorOf(focus) || page == focus, qPrintable(focus->objectName()));
}

void MainWindowFocusTest::aClickOnTheLightTakesItNotAway() {
    drop(fromPath(*m_home / "papers"));
    m_program->window.go(WindowPlace::Ask);
    auto* composer = m_program->find<QPlainTextEdit>("composerText");
    QTRY_VERIFY_WITH_TIMEOUT(composer->hasFocus(), kPatienceMs);
    auto* light = m_program->find<QPushButton>("statusNetwork");
    QTest::mouseClick(light, Qt::LeftButton);
    auto* popover = light->findChild<QWidget*>(QStringLiteral("networkPopover"));
    QVERIFY(popover && popover->isVisible());
    QTest::keyClick(popover, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!light->findChild<QWidget*>(QStringLiteral("networkPopover")), kPatienceMs);
    // Without a window manager nobody makes the window active again.
    QTRY_COMPARE_WITH_TIMEOUT(m_program->window.focusWidget(), static_cast<QWidget*>(composer), kPatienceMs);
    QVERIFY(!light->hasFocus());
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::MainWindowFocusTest)
#include "main_window_focus_test.moc"
