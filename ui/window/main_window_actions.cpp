// The commands of the window: names, keys, and what they do.
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>

#include "ui/bridge/index_bridge.h"
#include "ui/chat/chat_page.h"
#include "ui/reader/reader_pane.h"
#include "ui/search/search_page.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/controls.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/command_palette.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/main_window.h"
#include "ui/window/shortcut_sheet.h"
#include "ui/window/status_line.h"
#include "ui/window/undo_history.h"

namespace commonplace::ui {

QAction* MainWindow::addCommand(const QString& objectName, const QString& text, const QString& keys) {
    auto* action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcuts(QKeySequence::listFromString(keys));  // "Ctrl+A; Ctrl+B": the sheet names the first
    addAction(action);
    m_commands.push_back(action);
    return action;
}

template <class Work>
void MainWindow::command(const char* objectName, const QString& text, const char* keys, Work work) {
    connect(addCommand(QString::fromLatin1(objectName), text, QString::fromLatin1(keys)), &QAction::triggered,
            this, work);
}

/// In the order of the sheet and of the palette.
void MainWindow::buildActions() {
    buildPlaceActions();
    buildFileActions();
    buildViewActions();
    buildUndo();
    buildHelpActions();
    shareFindKey();
    m_palette = new CommandPalette(m_commands, this);
    m_settings->setShortcuts(shortcutsOf(m_commands));
}

void MainWindow::buildPlaceActions() {
    command("actionNew", tr("New question"), "Ctrl+N", [this] {
        m_chat->newConversation();
        go(WindowPlace::Ask);
    });
    command("actionModel", tr("Choose the model of this conversation…"), "Ctrl+M", [this] {
        go(WindowPlace::Ask);
        m_chat->chooseModel();
    });
    command("actionAsk", tr("Go to Ask"), "Ctrl+1", [this] { go(WindowPlace::Ask); });
    command("actionSearch", tr("Go to Search"), "Ctrl+2", [this] { go(WindowPlace::Search); });
    command("actionLibrary", tr("Go to Library"), "Ctrl+L", [this] { go(WindowPlace::Library); });
    command("actionSettings", tr("Go to Settings"), "Ctrl+,", [this] { go(WindowPlace::Settings); });
    command("actionFind", tr("Search everything"), "Ctrl+F", [this] { go(WindowPlace::Search); });
}

void MainWindow::buildFileActions() {
    command("actionAddFolder", tr("Add a folder…"), "Ctrl+Shift+O", [this] { chooseFolder(); });
    command("actionAddFiles", tr("Add files…"), "Ctrl+O", [this] { chooseFiles(); });
    command("actionSample", tr("Add the sample library"), "", [this] { addSample(); });
    command("actionRescan", tr("Look at all folders again"), "F5", [this] { m_bridges.index.rescan(); });
    command("actionPause", tr("Pause or resume indexing"), "",
            [this] { m_bridges.index.isPaused() ? m_bridges.index.resume() : m_bridges.index.pause(); });
    command("actionPaste", tr("Add what was copied: files, or text as a note"), "Ctrl+Shift+V",
            [this] { paste(); });
}

void MainWindow::buildViewActions() {
    command("actionReader", tr("Show or hide the reader"), "F9", [this] {
        m_reading = m_reader->isHidden();
        m_reader->setVisible(m_reading);
    });
    command("actionSidebar", tr("Show or hide the sidebar"), "Ctrl+B",
            [this] { m_sidebar->setVisible(m_sidebar->isHidden()); });
    command("actionLight", tr("Light theme"), "", [this] { m_appearance.setMode(ThemeMode::Light); });
    command("actionDark", tr("Dark theme"), "", [this] { m_appearance.setMode(ThemeMode::Dark); });
    command("actionSystem", tr("Theme of the desktop"), "",
            [this] { m_appearance.setMode(ThemeMode::System); });
    command("actionLarger", tr("Larger text"), "Ctrl+Shift++; Ctrl+Shift+=; Ctrl+Shift+*",
            [this] { m_appearance.setFontScale(m_appearance.fontScale() + 0.1); });
    command("actionSmaller", tr("Smaller text"), "Ctrl+Shift+-; Ctrl+Shift+_",
            [this] { m_appearance.setFontScale(m_appearance.fontScale() - 0.1); });
}

void MainWindow::buildHelpActions() {
    addCommand(QStringLiteral("actionOffline"), {}, {});  // connectNetwork() gives it its work and words
    command("actionPalette", tr("All commands…"), "Ctrl+K", [this] { m_palette->popUp(); });
    command("actionShortcuts", tr("Keyboard shortcuts"), "F1",
            [this] { openDialog(new ShortcutSheet(shortcutsOf(m_commands), this)); });
    command("actionQuit", tr("Quit"), "Ctrl+Q", [this] { close(); });
}

/// A text field that has the focus keeps Ctrl+Z for what is typed in it.
void MainWindow::buildUndo() {
    m_undo = new UndoHistory(this);
    QAction* undo = addCommand(QStringLiteral("actionUndo"), {}, QStringLiteral("Ctrl+Z"));
    QAction* redo = addCommand(QStringLiteral("actionRedo"), {}, QStringLiteral("Ctrl+Shift+Z; Ctrl+Y"));
    connect(undo, &QAction::triggered, this, [this] {
        m_status->say(tr("Undone: %1").arg(m_undo->undoText()));
        m_undo->undo();
    });
    connect(redo, &QAction::triggered, this, [this] {
        m_status->say(tr("Done again: %1").arg(m_undo->redoText()));
        m_undo->redo();
    });
    connect(m_undo, &UndoHistory::changed, this, &MainWindow::showUndo);
    showUndo();
}

void MainWindow::showUndo() {
    const auto name = [this](const char* action, const QString& verb, const QString& what) {
        auto* named = findChild<QAction*>(QString::fromLatin1(action));
        named->setText(what.isEmpty() ? verb : QStringLiteral("%1: %2").arg(verb, what));
        named->setEnabled(!what.isEmpty());
    };
    name("actionUndo", tr("Undo"), m_undo->undoText());
    name("actionRedo", tr("Redo"), m_undo->redoText());
}

/// The reader has a Ctrl+F of its own: while it has the focus, the window's must not compete with it.
void MainWindow::shareFindKey() {
    auto* find = findChild<QAction*>(QStringLiteral("actionFind"));
    connect(qApp, &QApplication::focusChanged, find, [this, find](const QWidget*, const QWidget* now) {
        find->setEnabled(!now || (now != m_reader && !m_reader->isAncestorOf(now)));
    });
}

void MainWindow::paste() {
    const QMimeData* data = QApplication::clipboard()->mimeData();
    if (const QStringList paths = localPaths(*data); !paths.isEmpty()) {
        add(paths);
    } else if (const QString text = data->text().trimmed(); !text.isEmpty()) {
        m_bridges.index.addNote(text);
        m_status->say(tr("The copied text is being added as a note"));
    } else {
        m_status->say(tr("There is no text and no file to paste"));
    }
}

}  // namespace commonplace::ui
