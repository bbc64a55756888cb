// The real window over a real library: the main job as a person does it, with the mouse and by keyboard
// alone.
#include "ui/window/main_window.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QUrl>
#include <cmath>
#include <memory>

#include "tests/support/temp_folder.h"
#include "ui/chat/message_text.h"
#include "ui/library/undo_bar.h"
#include "ui/reader/reader_pane.h"
#include "ui/settings/settings_page.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/status_line.h"
#include "ui/window/window_state.h"

namespace commonplace::ui {
namespace {

constexpr int kPatienceMs = 30'000;
const char* const kNote =
    "# The boathouse\n\nThe boathouse was built in 1931 by the rowing club. Its roof was tiled again in "
    "1988.\n\n"
    "The spare oars lie on the upper rack, behind the lifeboat of the harbour.\n";

QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdString(path.native());
}

/// A window with everything behind it, as run_window.cpp builds it.
struct Program {
    explicit Program(const test::TempFolder& home)
        : state(fromPath(home / "window.ini")),
          appearance(*qApp, state),
          bridges(optionsFor(home)),
          window(bridges, appearance, state, {}) {
        window.show();
    }
    static HostOptions optionsFor(const test::TempFolder& home) {
        HostOptions options;
        options.libraryFolder = fromPath(home / "library");
        options.settingsFile = home / "settings.json";
        options.program = COMMONPLACE_PROGRAM;
        options.modelsFolder = home / "models";
        return options;
    }
    template <class Widget>
    Widget* find(const char* name) {
        return window.findChild<Widget*>(QString::fromLatin1(name));
    }

    WindowState state;
    Appearance appearance;
    Bridges bridges;
    MainWindow window;
};

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void aFirstStartSaysHowToBegin();
    void aDroppedFolderIsSearchedAskedAndCited();
    void theMainPathByKeyboardAlone();
    void aRestartFindsEverythingAgain();
    void quittingWhileIndexingIsInstant();
    void whatWasRemovedComesBackWithCtrlZ();
    void aDeletedConversationComesBackWithCtrlZ();
    void theFocusIsInTheComposerAtTheStart();
    void textSizeKeysOfEveryKeyboard();
    void everyLetterFollowsTheSizeAtOnce();
    void whatSettingsLoseComesBackWithCtrlZ();
    void renamingAConversationIsQuiet();
    void questionsDoNotStopTheWindow();

  private:
    void drop(const QString& path);
    void ask(const QString& question);
    MessageText* lastAnswer();

    std::unique_ptr<test::TempFolder> m_home;
    std::unique_ptr<Program> m_program;
};

void MainWindowTest::init() {
    m_home = std::make_unique<test::TempFolder>();
    m_home->write("papers/boathouse.md", kNote);
    m_home->write("papers/kitchen.txt", "The kettle in the kitchen boils in four minutes.\n");
    m_program = std::make_unique<Program>(*m_home);
    QVERIFY(QTest::qWaitForWindowExposed(&m_program->window));
}

void MainWindowTest::cleanup() {
    m_program.reset();
    m_home.reset();
}

/// Each call returns at once; with an event loop of its own inside, it would wait for a click that never
/// comes.
void MainWindowTest::questionsDoNotStopTheWindow() {
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

void MainWindowTest::drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint at = m_program->window.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_program->window, &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(m_program->find<QWidget>("dropOverlay")->isVisible());
    QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&m_program->window, &event);
    QVERIFY(!m_program->find<QWidget>("dropOverlay")->isVisible());
    auto* table = m_program->find<QTableView>("libraryTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_program->bridges.index.isRunning(), kPatienceMs);
}

void MainWindowTest::ask(const QString& question) {
    QSignalSpy finished(&m_program->bridges.chat, &ChatBridge::answerFinished);
    m_program->window.go(WindowPlace::Ask);
    m_program->find<QPlainTextEdit>("composerText")->setPlainText(question);
    QTest::mouseClick(m_program->find<QPushButton>("askButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QTRY_VERIFY(lastAnswer() && !lastAnswer()->toPlainText().isEmpty());
}

MessageText* MainWindowTest::lastAnswer() {
    const auto texts = m_program->window.findChildren<MessageText*>(QStringLiteral("answerText"));
    return texts.isEmpty() ? nullptr : texts.constLast();
}

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
    QTRY_VERIFY(results->model()->rowCount() > 0);

    ask(QStringLiteral("Where do the spare oars lie?"));
    QVERIFY(lastAnswer()->toPlainText().contains(QStringLiteral("upper rack")));
    auto* reader = m_program->find<ReaderPane>("readerPane");
    QVERIFY(reader->isHidden());
    emit lastAnswer()->chipActivated(1);
    QTRY_VERIFY(reader->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(
        reader->litText().contains(QStringLiteral("The spare oars lie on the upper rack")), kPatienceMs);
    QVERIFY(!reader->litText().contains(QStringLiteral("1931")));
}

void MainWindowTest::theMainPathByKeyboardAlone() {
    drop(fromPath(*m_home / "papers"));
    QTest::keyClick(&m_program->window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(m_program->find<QPlainTextEdit>("composerText")->hasFocus());
    QSignalSpy finished(&m_program->bridges.chat, &ChatBridge::answerFinished);
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClicks(focus, QStringLiteral("Who built the boathouse?"));
    QTest::keyClick(focus, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QTest::keyClick(&m_program->window, Qt::Key_F, Qt::ControlModifier);
    auto* field = m_program->find<QLineEdit>("searchField");
    QTRY_VERIFY(field->hasFocus());
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

void MainWindowTest::whatWasRemovedComesBackWithCtrlZ() {
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

void MainWindowTest::everyLetterFollowsTheSizeAtOnce() {
    QHash<const QWidget*, double> before;
    for (const QWidget* widget : m_program->window.findChildren<QWidget*>())
        before.insert(widget, widget->font().pointSizeF());
    m_program->appearance.setFontScale(1.5);
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

void MainWindowTest::whatSettingsLoseComesBackWithCtrlZ() {
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

void MainWindowTest::aDeletedConversationComesBackWithCtrlZ() {
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

void MainWindowTest::theFocusIsInTheComposerAtTheStart() {
    drop(fromPath(*m_home / "papers"));
    m_program->window.go(WindowPlace::Ask);
    m_program->window.close();
    m_program.reset();
    m_program = std::make_unique<Program>(*m_home);
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
    QTRY_VERIFY_WITH_TIMEOUT(m_program->find<QPlainTextEdit>("composerText")->isVisible(), kPatienceMs);
    QTRY_VERIFY(m_program->find<QPlainTextEdit>("composerText")->hasFocus());
    QTest::qWait(300);  // and nothing that arrives later takes it away
    QVERIFY(m_program->find<QPlainTextEdit>("composerText")->hasFocus());
}

void MainWindowTest::textSizeKeysOfEveryKeyboard() {
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

static QStringList g_warnings;  // NOLINT: a message handler has no context
static void collect(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtWarningMsg) g_warnings << message;
}

void MainWindowTest::renamingAConversationIsQuiet() {
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
        QTRY_VERIFY(!list->viewport()->findChild<QLineEdit*>());
        QTest::qWait(200);  // the list comes anew with the new name
    }
    list->setCurrentIndex(list->model()->index(0, 0));  // a heading
    QTest::keyClick(list, Qt::Key_F2);
    qInstallMessageHandler(before);
    QVERIFY2(g_warnings.isEmpty(), qPrintable(g_warnings.join(QLatin1Char('\n'))));
    QVERIFY(list->model()->index(1, 0).data(Qt::EditRole).toString().startsWith(QStringLiteral("Roof ")));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::MainWindowTest)
#include "main_window_test.moc"
