#include "ui/window/main_window.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/chat/chat_page.h"
#include "ui/chat/conversation_list.h"
#include "ui/library/library_page.h"
#include "ui/reader/reader_pane.h"
#include "ui/search/search_page.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/button_keys.h"
#include "ui/widgets/focus_keeper.h"
#include "ui/widgets/theme.h"
#include "ui/window/bridges.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/status_line.h"
#include "ui/window/welcome.h"
#include "ui/window/window_state.h"

namespace commonplace::ui {
namespace {

const QString kGeometryKey = QStringLiteral("window/geometry");
const QString kSplitterKey = QStringLiteral("window/splitter");
const QString kSectionKey = QStringLiteral("window/section");
const QString kConversationKey = QStringLiteral("window/conversation");
const QString kTableKey = QStringLiteral("window/ledger");
const QString kWelcomedKey = QStringLiteral("window/welcomed");

constexpr QSize kFirstSize(1280, 800);
constexpr QSize kSmallestSize(760, 520);
constexpr int kSidebarWidth = 240;
constexpr int kReaderWidth = 480;
bool isSame(const Place& a, const Place& b) {
    return a.sha256 == b.sha256 && a.page == b.page && a.begin == b.begin && a.quote == b.quote &&
           a.number == b.number;
}

constexpr int kSidebarAt = 0, kPlacesAt = 1, kReaderAt = 2;

}  // namespace

MainWindow::MainWindow(Bridges& bridges, Appearance& appearance, WindowState& state,
                       const QString& sampleLibrary)
    : m_bridges(bridges), m_appearance(appearance), m_state(state), m_sampleLibrary(sampleLibrary) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Commonplace"));
    setMinimumSize(kSmallestSize);
    setAcceptDrops(true);
    new ButtonKeys(this);
    m_welcomed = m_state.value(kWelcomedKey, false).toBool();
    buildPlaces();
    buildActions();
    connectAsking();
    connectSearch();
    connectLibrary();
    connectReader();
    connectSettings();
    connectNetwork();
    connectPalette();
    connectIndexing();
    connectUndo();
    connectSettingsUndo();
    restoreState();
    m_bridges.ledger.reload();
    m_bridges.chat.list();
    m_bridges.chat.refreshFacts();
    m_bridges.index.catchUp();  // goes on with what was left, and sees what has changed meanwhile
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPlaces() {
    m_conversations = new ConversationList(m_bridges.chat, this);
    m_sidebar = new Sidebar(*m_conversations, this);
    m_welcome = new Welcome(this);
    m_chat = new ChatPage(m_bridges.chat, this);
    m_search = new SearchPage(m_bridges.search, this);
    m_library = new LibraryPage({m_bridges.index, m_bridges.ledger}, this);
    m_settings =
        new SettingsPage(m_bridges.settings, m_bridges.models, m_bridges.embedding, m_bridges.consents, this);
    m_reader = new ReaderPane(m_bridges.reader, this);
    m_places = new QStackedWidget(this);
    for (QWidget* place :
         {static_cast<QWidget*>(m_chat), static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_library),
          static_cast<QWidget*>(m_settings), static_cast<QWidget*>(m_welcome)})
        m_places->addWidget(place);
    new FocusKeeper(*m_places);
    m_splitter = new QSplitter(this);
    m_splitter->setObjectName(QStringLiteral("splitter"));
    m_splitter->setHandleWidth(1);
    for (QWidget* part :
         {static_cast<QWidget*>(m_sidebar), static_cast<QWidget*>(m_places), static_cast<QWidget*>(m_reader)})
        m_splitter->addWidget(part);
    m_splitter->setStretchFactor(kPlacesAt, 1);
    m_splitter->setCollapsible(kPlacesAt, false);
    m_splitter->setSizes({kSidebarWidth, kFirstSize.width() - kSidebarWidth, kReaderWidth});
    m_reader->hide();
    m_status = new StatusLine(this);
    auto* whole = new QWidget(this);
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status);
    setCentralWidget(whole);
    m_overlay = new DropOverlay(this);
}

void MainWindow::add(const QStringList& paths) {
    if (paths.isEmpty()) return;
    m_welcomed = true;
    m_bridges.index.index(paths);
    go(WindowPlace::Library);
}

void MainWindow::comeForward() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::go(WindowPlace section) {
    m_sidebar->setCurrent(section);
    m_reader->setVisible(m_reading && section != WindowPlace::Settings);
    switch (section) {
        case WindowPlace::Ask:
            m_places->setCurrentWidget(m_chat);
            m_chat->focusComposer();
            showWelcomeIfNew();
            break;
        case WindowPlace::Search:
            m_places->setCurrentWidget(m_search);
            m_search->focusQuery();
            break;
        case WindowPlace::Library:
            m_places->setCurrentWidget(m_library);
            m_library->focusMain();
            break;
        case WindowPlace::Settings:
            m_places->setCurrentWidget(m_settings);
            m_settings->setFocus(Qt::OtherFocusReason);
            break;
    }
}

void MainWindow::openPlace(const Place& place, const QVector<Place>& all) {
    m_reading = true;
    if (m_reader->isHidden()) {
        m_reader->show();
        QList<int> sizes = m_splitter->sizes();
        if (sizes[kReaderAt] < kReaderWidth / 2) {
            sizes[kPlacesAt] = std::max(kReaderWidth, sizes[kPlacesAt] - kReaderWidth);
            sizes[kReaderAt] = kReaderWidth;
            m_splitter->setSizes(sizes);
        }
    }
    int current = 0;
    for (int i = static_cast<int>(all.size()) - 1; i >= 0; --i)
        if (isSame(all[i], place)) current = i;
    if (all.isEmpty())
        m_reader->open(place);
    else
        m_reader->showPlaces(all, current);
}

void MainWindow::closeReader() {
    m_reading = false;
    m_reader->hide();
}

void MainWindow::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add a folder"), QDir::homePath());
    if (!folder.isEmpty()) add({folder});
}

void MainWindow::chooseFiles() {
    add(QFileDialog::getOpenFileNames(
        this, tr("Add files"), QDir::homePath(),
        tr("Documents (*.pdf *.md *.markdown *.txt *.html *.htm);;All files (*)")));
}

void MainWindow::addSample() {
    if (m_sampleLibrary.isEmpty())
        m_status->say(tr("The sample library is not installed"));
    else
        add({m_sampleLibrary});
}

void MainWindow::showWelcomeIfNew() {
    const bool onAsk = m_places->currentWidget() == m_chat || m_places->currentWidget() == m_welcome;
    QWidget* wanted = m_welcomed ? static_cast<QWidget*>(m_chat) : m_welcome;
    if (!onAsk || m_places->currentWidget() == wanted) return;
    const QWidget* focus = focusWidget();
    const bool isElsewhere = focus && !m_places->isAncestorOf(focus) && focus->isVisible();
    m_places->setCurrentWidget(wanted);
    if (!isElsewhere) m_welcomed ? m_chat->focusComposer() : m_welcome->setFocus(Qt::OtherFocusReason);
}

void MainWindow::restoreState() {
    if (!restoreGeometry(m_state.value(kGeometryKey).toByteArray())) resize(kFirstSize);
    m_splitter->restoreState(m_state.value(kSplitterKey).toByteArray());
    m_splitter->setHandleWidth(1);
    m_library->restoreState(m_state.value(kTableKey).toByteArray());
    m_reader->hide();  // until something is opened in it
    const qint64 conversation = m_state.value(kConversationKey, 0).toLongLong();
    if (conversation > 0)
        m_chat->openConversation(conversation);
    else
        m_chat->newConversation();
    go(static_cast<WindowPlace>(
        std::clamp(m_state.value(kSectionKey, 0).toInt(), 0, static_cast<int>(WindowPlace::Settings))));
}

void MainWindow::saveState() {
    m_state.setValue(kGeometryKey, saveGeometry());
    m_state.setValue(kSplitterKey, m_splitter->saveState());
    m_state.setValue(kTableKey, m_library->saveState());
    m_state.setValue(kWelcomedKey, m_hasFolders);  // who has added nothing yet is welcomed again
    const int place = m_places->currentIndex();
    m_state.setValue(kSectionKey, place <= static_cast<int>(WindowPlace::Settings) ? place : 0);
    m_state.save();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (localPaths(*event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    m_overlay->setGeometry(rect());
    m_overlay->raise();
    m_overlay->show();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event) {
    m_overlay->hide();
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_overlay->hide();
    add(localPaths(*event->mimeData()));
    event->acceptProposedAction();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    m_overlay->setGeometry(rect());
    QMainWindow::resizeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveState();
    QMainWindow::closeEvent(event);
}

}  // namespace commonplace::ui
