// The window under keys and letters of every size: focus, text size, names that are edited, questions.
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <cmath>

#include "tests/ui/window/main_window_fixture.h"
#include "ui/reader/reader_pane.h"
#include "ui/settings/settings_page.h"

namespace commonplace::ui {

class MainWindowKeysTest final : public MainWindowFixture {
    Q_OBJECT

  private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void questionsDoNotStopTheWindow();
    void theFocusIsInTheComposerAtTheStart();
    void theFocusIsInTheLibraryAfterAStartWithAFolder();
    void textSizeKeysOfEveryKeyboard();
    void everyLetterFollowsTheSizeAtOnce();
    void settingsNeverScrollSideways();
    void renamingAConversationIsQuiet();
};

/// Each call returns at once; with an event loop of its own inside, it would wait for a click that never
/// comes.
void MainWindowKeysTest::questionsDoNotStopTheWindow() {
    MainWindow& window = m_program->window;
    QTest::keyClick(&window, Qt::Key_F1);
    QPointer<QDialog> sheet = window.findChild<QDialog*>(QStringLiteral("shortcutSheet"));
    QVERIFY(sheet && sheet->isVisible());
    sheet->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!sheet, kPatienceMs);
    emit m_program->find<ReaderPane>("readerPane")
        ->linkActivated(QUrl(QStringLiteral("https://example.org/?a=b")));
    QPointer<QMessageBox> question = window.findChild<QMessageBox*>(QStringLiteral("linkQuestion"));
    QVERIFY(question && question->isVisible());
    QCOMPARE(question->informativeText(), QStringLiteral("https://example.org/?a=b"));
    question->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!question, kPatienceMs);
    emit m_program->bridges.host.failed(QStringLiteral("the disk is gone"));
    QPointer<QMessageBox> problem = window.findChild<QMessageBox*>(QStringLiteral("libraryProblem"));
    QVERIFY(problem && problem->isVisible());
    problem->close();
    QTRY_VERIFY_WITH_TIMEOUT(!problem, kPatienceMs);
}

void MainWindowKeysTest::theFocusIsInTheLibraryAfterAStartWithAFolder() {
    m_program->window.add({fromPath(*m_home / "papers")});  // as run_window.cpp does, right after the start
    auto* table = m_program->find<QTableView>("libraryTable");
    auto* add = m_program->find<QPushButton>("libraryAddFolder");
    QVERIFY2(table->hasFocus() || add->hasFocus(), qPrintable(QApplication::focusWidget()->objectName()));
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->hasFocus(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_program->bridges.index.isRunning(), kPatienceMs);
    QVERIFY(table->hasFocus());
}

void MainWindowKeysTest::theFocusIsInTheComposerAtTheStart() {
    drop(fromPath(*m_home / "papers"));
    m_program->window.go(WindowPlace::Ask);
    m_program->window.close();
    m_program.reset();
    m_program = std::make_unique<Program>(*m_home);
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QPlainTextEdit>("composerText")->isVisible(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QPlainTextEdit>("composerText")->hasFocus(), 30000);
    QTest::qWait(300);  // and nothing that arrives later takes it away
    QVERIFY(m_program->find<QPlainTextEdit>("composerText")->hasFocus());
}

void MainWindowKeysTest::textSizeKeysOfEveryKeyboard() {
    const auto grown = [this](int key, Qt::KeyboardModifiers with) {
        m_program->appearance.setFontScale(1);
        QTest::keyClick(&m_program->window, static_cast<Qt::Key>(key), with);
        return m_program->appearance.fontScale();
    };
    const auto both = Qt::ControlModifier | Qt::ShiftModifier;
    for (const int key : {Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Asterisk})  // US, US by its lower key, German
        QVERIFY2(grown(key, both) > 1, QByteArray::number(key));
    for (const int key : {Qt::Key_Minus, Qt::Key_Underscore})
        QVERIFY2(grown(key, both) < 1, QByteArray::number(key));
    QVERIFY(grown(Qt::Key_Plus, both | Qt::KeypadModifier) > 1);
    QVERIFY(grown(Qt::Key_Minus, both | Qt::KeypadModifier) < 1);
    m_program->appearance.setFontScale(1);
}

void MainWindowKeysTest::everyLetterFollowsTheSizeAtOnce() {
    QHash<const QWidget*, double> before;
    for (const QWidget* widget : m_program->window.findChildren<QWidget*>())
        before.insert(widget, widget->font().pointSizeF());
    m_program->appearance.setFontScale(1.5);
    m_program->appearance.setMode(ThemeMode::Dark);  // and other colours leave it so
    m_program->appearance.setMode(ThemeMode::Light);
    for (const QWidget* widget : m_program->window.findChildren<QWidget*>()) {
        if (!before.contains(widget)) continue;
        const double now = widget->font().pointSizeF();
        QVERIFY2(
            std::abs(now - 1.5 * before.value(widget)) < 0.5,
            qPrintable(QStringLiteral("%1 %2: %3 of %4")
                           .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                           .arg(now)
                           .arg(before.value(widget))));
    }
    m_program->appearance.setFontScale(1);
}

static QStringList g_warnings;  // NOLINT: a message handler has no context
static void collect(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtWarningMsg) g_warnings << message;
}
/// The largest letters in the smallest window.
void MainWindowKeysTest::settingsNeverScrollSideways() {
    MainWindow& window = m_program->window;
    window.resize(1024, 700);
    window.go(WindowPlace::Settings);
    auto* page = m_program->find<SettingsPage>("settingsPage");
    for (const double scale : {1.0, 1.5, 2.0}) {
        m_program->appearance.setFontScale(scale);
        QCoreApplication::processEvents();
        auto* sections = m_program->find<QListWidget>("settingsSections");
        for (int row = 0; row < sections->count(); ++row) {
            sections->setCurrentRow(row);
            const auto scroll = page->findChild<QStackedWidget*>()->currentWidget();
            auto* bar = qobject_cast<QScrollArea*>(scroll)->horizontalScrollBar();
            QTest::qWait(0);
            QTRY_VERIFY2(bar->maximum() == 0, qPrintable(QStringLiteral("%1 at %2 by %3 px")
                                                             .arg(sections->item(row)->text())
                                                             .arg(scale)
                                                             .arg(bar->maximum())));
        }
    }
    m_program->appearance.setFontScale(1);
}

void MainWindowKeysTest::renamingAConversationIsQuiet() {
    drop(fromPath(*m_home / "papers"));
    ask(QStringLiteral("When was the roof tiled again?"));
    auto* list = m_program->find<QListView>("conversationView");
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, kPatienceMs);
    g_warnings.clear();
    const QtMessageHandler before = qInstallMessageHandler(collect);
    for (const Qt::Key end : {Qt::Key_Return, Qt::Key_Tab, Qt::Key_Escape}) {
        list->setCurrentIndex(list->model()->index(1, 0));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_F2);
        auto* field = list->viewport()->findChild<QLineEdit*>();
        QVERIFY(field);
        field->setText(QStringLiteral("Roof %1").arg(static_cast<int>(end)));
        QTest::keyClick(field, end);
        QTRY_VERIFY_WITH_TIMEOUT(!list->viewport()->findChild<QLineEdit*>(), 30000);
        QTest::qWait(200);  // the list comes anew with the new name
    }
    list->setCurrentIndex(list->model()->index(0, 0));  // a heading
    QTest::keyClick(list, Qt::Key_F2);
    qInstallMessageHandler(before);
    QVERIFY2(g_warnings.isEmpty(), qPrintable(g_warnings.join(QLatin1Char('\n'))));
    QVERIFY(list->model()->index(1, 0).data(Qt::EditRole).toString().startsWith(QStringLiteral("Roof ")));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::MainWindowKeysTest)
#include "main_window_keys_test.moc"
