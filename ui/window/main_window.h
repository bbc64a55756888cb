// MainWindow: composes sidebar, places, reader and status line, and connects them; nothing more.
//
// Thread: GUI. The bridges, the appearance and the settings file must outlive it.
#pragma once

#include <QMainWindow>
#include <QStringList>
#include <QVector>

#include "ui/bridge/types.h"
#include "ui/window/sidebar.h"

class QAction;
class QSplitter;
class QStackedWidget;
class QUrl;

namespace commonplace::ui {

class Appearance;
struct Bridges;
class ChatPage;
class CommandPalette;
class ConversationList;
class DropOverlay;
class LibraryPage;
class ReaderPane;
class SearchPage;
class SettingsPage;
class StatusLine;
class UndoHistory;
class Welcome;
class WindowState;

class MainWindow final : public QMainWindow {
    Q_OBJECT
  public:
    MainWindow(Bridges& bridges, Appearance& appearance, WindowState& state, const QString& sampleLibrary);
    ~MainWindow() override;

    /// Watches and reads files and folders; shows the library. Nothing for no paths.
    void add(const QStringList& paths);
    void comeForward();
    void go(WindowPlace section);
    void openPlace(const Place& place, const QVector<Place>& all);

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

  private:
    void buildPlaces();
    void buildActions();
    void buildPlaceActions();
    void buildFileActions();
    void buildViewActions();
    void buildHelpActions();
    template <class Work>
    void command(const char* objectName, const QString& text, const char* keys, Work work);
    QAction* addCommand(const QString& objectName, const QString& text, const QString& keys);
    void connectAsking();
    void connectConversations();
    void connectAnswering();
    void connectWelcome();
    void connectSearch();
    void connectLibrary();
    void connectReader();
    void connectSettings();
    void connectNetwork();
    void connectPalette();
    void connectIndexing();
    void chooseFolder();
    void chooseFiles();
    void addSample();
    void paste();
    void shareFindKey();
    void buildUndo();
    void showUndo();
    void connectUndo();
    void connectSettingsUndo();
    void askBeforeOpening(const QUrl& url);
    void openModels();
    void showWelcomeIfNew();
    void restoreState();
    void saveState();
    void closeReader();
    void openInDesktop(const QString& path);

    Bridges& m_bridges;
    Appearance& m_appearance;
    WindowState& m_state;
    QString m_sampleLibrary;
    UndoHistory* m_undo = nullptr;
    QVector<QAction*> m_commands;

    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_places = nullptr;
    Sidebar* m_sidebar = nullptr;
    ConversationList* m_conversations = nullptr;
    Welcome* m_welcome = nullptr;
    ChatPage* m_chat = nullptr;
    SearchPage* m_search = nullptr;
    LibraryPage* m_library = nullptr;
    SettingsPage* m_settings = nullptr;
    ReaderPane* m_reader = nullptr;
    StatusLine* m_status = nullptr;
    DropOverlay* m_overlay = nullptr;
    CommandPalette* m_palette = nullptr;
    QStringList m_removedModels;  ///< files that an undo brings back
    bool m_welcomed = false;
    bool m_hasFolders = false;
    bool m_reading = false;  ///< something is open in the reader
    qint64 m_runBegan = 0;   ///< ms since 1970, of the present run of indexing
};

}  // namespace commonplace::ui
