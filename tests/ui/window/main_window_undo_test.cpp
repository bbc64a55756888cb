// What the window takes back with Ctrl+Z.
#include <QAction>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>

#include "tests/ui/window/main_window_fixture.h"
#include "ui/library/undo_bar.h"
#include "ui/settings/settings_page.h"

namespace commonplace::ui {

class MainWindowUndoTest final : public MainWindowFixture {
    Q_OBJECT

  private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatWasRemovedComesBackWithCtrlZ();
    void aDeletedConversationComesBackWithCtrlZ();
    void whatSettingsLoseComesBackWithCtrlZ();
    void everyRemovedModelComesBackWithCtrlZ();
    void anEmptyComposerLeavesCtrlZToTheWindow();
    void escapeClosesTheReaderFromEverywhere();
};

void MainWindowUndoTest::whatWasRemovedComesBackWithCtrlZ() {
    drop(fromPath(*m_home / "papers"));
    auto* table = m_program->find<QTableView>("libraryTable");
    const auto* undo = m_program->find<QAction>("actionUndo");
    QVERIFY(!undo->isEnabled());
    auto* roots = m_program->find<QListWidget>("libraryRoots");
    QTRY_COMPARE_WITH_TIMEOUT(roots->count(), 2, kPatienceMs);
    roots->setCurrentRow(1);
    roots->setFocus();
    QTest::keyClick(roots, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(undo->text(), QStringLiteral("Undo: Remove folder papers"), kPatienceMs);
    m_program->window.findChild<UndoBar*>()->settle();  // the offer is over
    QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    QVERIFY(!undo->isEnabled());
    QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, kPatienceMs);
    QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_program->bridges.index.isRunning(), kPatienceMs);

    table->setFocus();
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(undo->text().startsWith(QStringLiteral("Undo: Exclude ")), kPatienceMs);
    auto* filter = m_program->find<QLineEdit>("libraryFilter");
    filter->setFocus();
    QTest::keyClicks(filter, QStringLiteral("x"));
    QTest::keyClick(filter, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(filter->text().isEmpty());  // what is typed comes first
    QVERIFY(undo->isEnabled());
    m_program->find<QPushButton>("libraryUndo")->click();  // the offer and the history agree
    QTRY_VERIFY_WITH_TIMEOUT(!undo->isEnabled(), kPatienceMs);
}

void MainWindowUndoTest::aDeletedConversationComesBackWithCtrlZ() {
    drop(fromPath(*m_home / "papers"));
    ask(QStringLiteral("When was the roof tiled again?"));
    auto* list = m_program->find<QListView>("conversationView");
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, kPatienceMs);  // with its heading
    list->setCurrentIndex(list->model()->index(1, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 0, kPatienceMs);
    const auto* undo = m_program->find<QAction>("actionUndo");
    QVERIFY(undo->text().contains(QStringLiteral("When was the roof")));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(lastAnswer() && lastAnswer()->toPlainText().contains(QStringLiteral("1988")),
                             kPatienceMs);
    QVERIFY(!m_program->find<QWidget>("undoBar")->isVisible());
    QVERIFY(!undo->isEnabled());
}

void MainWindowUndoTest::whatSettingsLoseComesBackWithCtrlZ() {
    QDir().mkpath(fromPath(*m_home / "models"));
    m_home->write("models/chat.gguf", "no model, but a file");
    m_program->window.go(WindowPlace::Settings);
    auto* page = m_program->find<SettingsPage>("settingsPage");
    page->open(SettingsPage::Place::ModelFiles);
    QTRY_VERIFY_WITH_TIMEOUT(page->findChild<QAbstractButton*>("settingsFileRemove"), kPatienceMs);
    page->findChild<QAbstractButton*>("settingsFileRemove")->click();
    const auto* undo = m_program->find<QAction>("actionUndo");
    QTRY_COMPARE_WITH_TIMEOUT(undo->text(), QStringLiteral("Undo: Remove model chat.gguf"), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!page->findChild<QAbstractButton*>("settingsFileRemove"), kPatienceMs);
    QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(page->findChild<QAbstractButton*>("settingsFileRemove"), kPatienceMs);
    QVERIFY(!undo->isEnabled());

    QSignalSpy saved(&m_program->bridges.settings, &SettingsBridge::saved);
    page->change([](AppSettings now) {
        now.localOnly = QStringList{QStringLiteral("/home/me/private")};
        return now;
    });
    page->open(SettingsPage::Place::Privacy);
    page->findChild<QListWidget*>("settingsLocalOnly")->setCurrentRow(0);
    page->findChild<QPushButton*>("settingsLocalOnlyRemove")->click();
    QVERIFY(undo->isEnabled());
    QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 3, kPatienceMs);
    QCOMPARE(saved.last().at(0).value<AppSettings>().localOnly.size(), 1);
}

void MainWindowUndoTest::everyRemovedModelComesBackWithCtrlZ() {
    const QString folder = fromPath(*m_home / "models");
    m_home->write("models/first.gguf", "GGUF");
    m_home->write("models/second.gguf", "GGUF");
    ModelsBridge& models = m_program->bridges.models;
    QSignalSpy removed(&models, &ModelsBridge::removed);
    models.remove(QStringLiteral("first.gguf"));
    models.remove(QStringLiteral("second.gguf"));
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 2, kPatienceMs);
    const auto* undo = m_program->find<QAction>("actionUndo");
    for (const char* name : {"second.gguf", "first.gguf"}) {
        const QString file = QLatin1String(name);
        QTRY_COMPARE_WITH_TIMEOUT(undo->text(), QStringLiteral("Undo: Remove model ") + file, kPatienceMs);
        QVERIFY(!QFile::exists(folder + u'/' + file));
        QTest::keyClick(&m_program->window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + u'/' + file), kPatienceMs);
    }
    QSignalSpy gone(&models, &ModelsBridge::removedDeleted);
    models.remove(QStringLiteral("first.gguf"));
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 3, kPatienceMs);
    models.deleteRemoved();
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!undo->isEnabled(), kPatienceMs);  // what is deleted is not offered
}

void MainWindowUndoTest::anEmptyComposerLeavesCtrlZToTheWindow() {
    m_home->write("models/first.gguf", "GGUF");
    m_program->window.go(WindowPlace::Ask);
    auto* text = m_program->find<QPlainTextEdit>("composerText");
    auto* undo = m_program->find<QAction>("actionUndo");
    auto* redo = m_program->find<QAction>("actionRedo");
    QSignalSpy undone(undo, &QAction::triggered), redone(redo, &QAction::triggered);
    m_program->bridges.models.remove(QStringLiteral("first.gguf"));
    QTRY_VERIFY_WITH_TIMEOUT(undo->isEnabled(), kPatienceMs);
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("x"));
    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(text->toPlainText().isEmpty());  // what is typed comes first
    QVERIFY(undone.isEmpty());
    QTest::keyClick(text, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(text->toPlainText(), QStringLiteral("x"));
    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(redo->isEnabled(), kPatienceMs);
    text->clear();  // nothing to do again in the text either
    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(redone.size(), 1);
}

void MainWindowUndoTest::escapeClosesTheReaderFromEverywhere() {
    drop(fromPath(*m_home / "papers"));
    ask(QStringLiteral("When was the roof tiled again?"));
    auto* reader = m_program->find<QWidget>("readerPane");
    auto* text = m_program->find<QPlainTextEdit>("composerText");
    const auto open = [&] {
        emit lastAnswer()->chipActivated(1);
        QTRY_VERIFY_WITH_TIMEOUT(reader->isVisible(), kPatienceMs);
        lastAnswer()->setFocus();
    };
    open();
    QTest::keyClick(lastAnswer(), Qt::Key_Escape);
    QVERIFY(!reader->isVisible());
    QVERIFY(m_program->window.focusWidget() == text);
    open();
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(!reader->isVisible());
    open();
    reader->setFocus();
    QTest::keyClick(reader, 'n');
    QCOMPARE(text->toPlainText(), QStringLiteral("n"));
    QTest::keyClick(reader, Qt::Key_Escape);
    QVERIFY(!reader->isVisible());
    QVERIFY(m_program->window.focusWidget() == text);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::MainWindowUndoTest)
#include "main_window_undo_test.moc"
