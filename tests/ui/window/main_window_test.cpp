// The main job as a person does it, with the mouse and by keyboard alone.
#include <QLineEdit>
#include <QListView>

#include "tests/ui/window/main_window_fixture.h"
#include "ui/reader/reader_pane.h"

namespace commonplace::ui {

class MainWindowTest final : public MainWindowFixture {
    Q_OBJECT

  private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void aFirstStartSaysHowToBegin();
    void aDroppedFolderIsSearchedAskedAndCited();
    void theMainPathByKeyboardAlone();
    void aRestartFindsEverythingAgain();
    void quittingWhileIndexingIsInstant();
};

void MainWindowTest::aFirstStartSaysHowToBegin() {
    QVERIFY(m_program->find<QWidget>("welcome")->isVisible());
    QTest::mouseClick(m_program->find<QPushButton>("welcomeQuotes"), Qt::LeftButton);
    QVERIFY(!m_program->find<QWidget>("welcome")->isVisible());
    QVERIFY(m_program->find<QWidget>("chatPage")->isVisible());
}

void MainWindowTest::aDroppedFolderIsSearchedAskedAndCited() {
    drop(fromPath(*m_home / "papers"));
    m_program->window.go(WindowPlace::Search);
    QSignalSpy found(&m_program->bridges.search, &SearchBridge::finished);
    QTest::keyClicks(m_program->find<QLineEdit>("searchField"), QStringLiteral("spare oars"));
    QTRY_VERIFY_WITH_TIMEOUT(found.count() > 0, kPatienceMs);
    auto* results = m_program->find<QListView>("searchResults");
    QTRY_VERIFY_WITH_TIMEOUT(results->model()->rowCount() > 0, 30000);

    ask(QStringLiteral("Where do the spare oars lie?"));
    QVERIFY(lastAnswer()->toPlainText().contains(QStringLiteral("upper rack")));
    auto* reader = m_program->find<ReaderPane>("readerPane");
    QVERIFY(reader->isHidden());
    emit lastAnswer()->chipActivated(1);
    QTRY_VERIFY_WITH_TIMEOUT(reader->isVisible(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(
        reader->litText().contains(QStringLiteral("The spare oars lie on the upper rack")), kPatienceMs);
    QVERIFY(!reader->litText().contains(QStringLiteral("1931")));
}

void MainWindowTest::theMainPathByKeyboardAlone() {
    drop(fromPath(*m_home / "papers"));
    QTest::keyClick(&m_program->window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QPlainTextEdit>("composerText")->hasFocus(), 30000);
    QSignalSpy finished(&m_program->bridges.chat, &ChatBridge::answerFinished);
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClicks(focus, QStringLiteral("Who built the boathouse?"));
    QTest::keyClick(focus, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QTest::keyClick(&m_program->window, Qt::Key_F, Qt::ControlModifier);
    auto* field = m_program->find<QLineEdit>("searchField");
    QTRY_VERIFY_WITH_TIMEOUT(field->hasFocus(), 30000);
    QTest::keyClicks(field, QStringLiteral("kettle"));
    auto* results = m_program->find<QListView>("searchResults");
    QTRY_VERIFY_WITH_TIMEOUT(results->model()->rowCount() > 0, kPatienceMs);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Return);
    auto* reader = m_program->find<ReaderPane>("readerPane");
    QTRY_VERIFY_WITH_TIMEOUT(reader->isVisible() && reader->litText().contains(QStringLiteral("kettle")),
                             kPatienceMs);
}

void MainWindowTest::aRestartFindsEverythingAgain() {
    drop(fromPath(*m_home / "papers"));
    ask(QStringLiteral("When was the roof tiled again?"));
    m_program->appearance.setMode(ThemeMode::Dark);
    m_program->window.close();
    m_program.reset();
    m_program = std::make_unique<Program>(*m_home);
    QCOMPARE(m_program->appearance.mode(), ThemeMode::Dark);
    QTRY_VERIFY_WITH_TIMEOUT(lastAnswer() && lastAnswer()->toPlainText().contains(QStringLiteral("1988")),
                             kPatienceMs);
    auto* list = m_program->find<QListView>("conversationView");
    QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 0, kPatienceMs);
    auto* table = m_program->find<QTableView>("libraryTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    QVERIFY(!m_program->find<QWidget>("welcome")->isVisible());
    m_program->appearance.setMode(ThemeMode::Light);
}

void MainWindowTest::quittingWhileIndexingIsInstant() {
    for (int i = 0; i < 300; ++i)
        m_home->write("many/" + std::to_string(i) + ".md", kNote + std::to_string(i) + " is another one.\n");
    QSignalSpy progress(&m_program->bridges.index, &IndexBridge::progress);
    m_program->window.add({fromPath(*m_home / "many")});
    QTRY_VERIFY_WITH_TIMEOUT(progress.count() > 0, kPatienceMs);
    m_program.reset();  // what is stored stays; nothing may hang or crash
    m_program = std::make_unique<Program>(*m_home);
    auto* table = m_program->find<QTableView>("libraryTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 300, kPatienceMs);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::MainWindowTest)
#include "main_window_test.moc"
