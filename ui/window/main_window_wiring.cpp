// Who listens to whom in the window.
#include <QAction>
#include <QDateTime>
#include <QDesktopServices>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>
#include <utility>

#include "ui/bridge/paths.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/conversation_list.h"
#include "ui/library/library_page.h"
#include "ui/reader/reader_pane.h"
#include "ui/search/search_page.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/controls.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/command_palette.h"
#include "ui/window/indexing_text.h"
#include "ui/window/main_window.h"
#include "ui/window/network_light.h"
#include "ui/window/notifier.h"
#include "ui/window/status_line.h"
#include "ui/window/undo_history.h"
#include "ui/window/welcome.h"
#include "ui/window/window_state.h"

namespace commonplace::ui {
namespace {

constexpr qint64 kLongWorkMs = 30'000;  // worth a notification

}  // namespace

void MainWindow::connectAsking() {
    connectConversations();
    connectAnswering();
    connectWelcome();
}

void MainWindow::connectConversations() {
    connect(m_sidebar, &Sidebar::newRequested, this, [this] {
        m_chat->newConversation();
        go(WindowPlace::Ask);
    });
    connect(m_sidebar, &Sidebar::sectionRequested, this, &MainWindow::go);
    connect(m_conversations, &ConversationList::activated, this, [this](qint64 conversation) {
        m_welcomed = true;
        m_chat->openConversation(conversation);
        go(WindowPlace::Ask);
    });
    connect(m_chat, &ChatPage::conversationChanged, this, [this](qint64 conversation) {
        m_reader->showPlaces({}, -1);  // the passages of another answer
        m_conversations->setCurrent(conversation);
        m_state.setValue(QStringLiteral("window/conversation"), conversation);
    });
    connect(m_conversations, &ConversationList::currentRemoved, m_chat, &ChatPage::newConversation);
}

void MainWindow::connectAnswering() {
    connect(&m_bridges.chat, &ChatBridge::answerStarted, this, [this] { m_reader->showPlaces({}, -1); });
    connect(m_chat, &ChatPage::placeActivated, this, &MainWindow::openPlace);
    connect(m_chat, &ChatPage::linkActivated, this, &MainWindow::askBeforeOpening);
    connect(m_reader, &ReaderPane::linkActivated, this, &MainWindow::askBeforeOpening);
    connect(m_chat, &ChatPage::statusMessage, m_status, &StatusLine::say);
    connect(m_chat, &ChatPage::modelSettingsWanted, this, [this] { openModels(); });
    connect(m_chat, &ChatPage::modelsWanted, &m_bridges.offers, &ModelsOffers::look);
    connect(&m_bridges.offers, &ModelsOffers::changed, m_chat, &ChatPage::setModels);
    m_chat->setModels(m_bridges.offers.models());
    connect(m_chat, &ChatPage::placesElsewhereChanged, &m_status->network(), &NetworkLight::setPlaces);
    // A helper elsewhere is in use, or is not any more.
    connect(&m_bridges.consents, &ConsentBridge::changed, m_chat, &ChatPage::refresh);
    connect(&m_bridges.embedding, &EmbeddingBridge::switched, m_chat, &ChatPage::refresh);
    connect(&m_bridges.chat, &ChatBridge::failed, m_status, &StatusLine::say);
}

void MainWindow::connectWelcome() {
    connect(m_welcome, &Welcome::addFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_welcome, &Welcome::sampleRequested, this, &MainWindow::addSample);
    connect(m_welcome, &Welcome::modelRequested, this, [this] {
        m_welcomed = true;
        openModels();
    });
    connect(m_welcome, &Welcome::quotesOnlyRequested, this, [this] {
        m_welcomed = true;
        go(WindowPlace::Ask);
    });
}

void MainWindow::connectSearch() {
    connect(m_search, &SearchPage::placeActivated, this, &MainWindow::openPlace);
    connect(m_search, &SearchPage::askAbout, this, [this](const QStringList& paths, const QString& query) {
        m_chat->askAbout(paths, query);
        go(WindowPlace::Ask);
    });
}

void MainWindow::connectLibrary() {
    connect(m_library, &LibraryPage::placeActivated, this,
            [this](const Place& place) { openPlace(place, {}); });
    connect(m_library, &LibraryPage::sampleRequested, this, &MainWindow::addSample);
    connect(m_library, &LibraryPage::openExternally, this, &MainWindow::openInDesktop);
    connect(m_library, &LibraryPage::reveal, this,
            [this](const QString& path) { openInDesktop(path.section(QLatin1Char('/'), 0, -2)); });
    connect(m_sidebar, &Sidebar::folderActivated, this, [this](const QString& path) {
        m_library->showFolder(path);
        go(WindowPlace::Library);
    });
    connect(&m_bridges.ledger, &LedgerBridge::rootsChanged, this, [this](const QVector<WatchedRoot>& roots) {
        QVector<SidebarFolder> folders;
        QStringList paths;
        QVector<Scope> scopes;
        for (const WatchedRoot& root : roots) {
            const bool offline = root.state == WatchedRoot::State::Offline;
            folders.push_back({root.path, root.documents,
                               offline ? SidebarFolder::State::Offline : SidebarFolder::State::Online});
            paths << root.path;
            scopes.push_back({fileName(root.path), {root.path}});
        }
        m_sidebar->setFolders(folders);
        m_search->setFolders(paths);
        m_chat->setScopes(scopes);
        m_hasFolders = !roots.isEmpty();
        if (m_hasFolders) m_welcomed = true;
        showWelcomeIfNew();
    });
}

void MainWindow::connectReader() {
    connect(m_reader, &ReaderPane::closed, this, &MainWindow::closeReader);
    connect(m_reader, &ReaderPane::closed, m_chat, &ChatPage::leavePlace);
    connect(m_chat, &ChatPage::escaped, this, [this] {
        if (m_reader->isVisible()) emit m_reader->closed();
    });
    connect(m_reader, &ReaderPane::typed, this, [this](const QString& text) {
        if (m_chat->isVisible()) m_chat->type(text);
    });
    connect(m_reader, &ReaderPane::askAbout, this, [this](const Place& place) {
        m_chat->askAbout(place);
        go(WindowPlace::Ask);
    });
    connect(m_reader, &ReaderPane::openExternally, this, &MainWindow::openInDesktop);
}

void MainWindow::connectSettings() {
    connect(m_settings, &SettingsPage::themeChanged, &m_appearance, &Appearance::setMode);
    connect(m_settings, &SettingsPage::fontScaleChanged, &m_appearance, &Appearance::setFontScale);
    connect(m_settings, &SettingsPage::settingsChanged, this, [this](const AppSettings& settings) {
        m_bridges.search.setLimit(settings.results);
        m_chat->refresh();
    });
    connect(m_settings, &SettingsPage::reveal, this, &MainWindow::openInDesktop);
    connect(m_settings, &SettingsPage::libraryFolderChosen, this,
            [this](const QString& path) { m_state.setValue(QStringLiteral("window/library"), path); });
    connect(&m_appearance, &Appearance::changed, this,
            [this] { m_settings->setAppearance(m_appearance.mode(), m_appearance.fontScale()); });
    m_settings->setAppearance(m_appearance.mode(), m_appearance.fontScale());
}

void MainWindow::connectNetwork() {
    NetworkBridge& network = m_bridges.network;
    auto* action = findChild<QAction*>(QStringLiteral("actionOffline"));
    const auto show = [this, action](const NetworkState& state) {
        m_status->network().setState(state);
        m_settings->setOffline(state.offline);
        action->setText(state.offline == Offline::Yes ? tr("Go online again (end working offline)")
                                                      : tr("Work offline (nothing goes online)"));
    };
    connect(&network, &NetworkBridge::changed, this, show);
    connect(&m_status->network(), &NetworkLight::offlineWanted, &network, &NetworkBridge::setOffline);
    connect(&network, &NetworkBridge::switched, m_chat, &ChatPage::refresh);  // a consent may be out of date
    connect(&network, &NetworkBridge::switched, this, [this](Offline offline) {
        m_status->say(offline == Offline::Yes ? tr("Offline: nothing leaves this computer")
                                              : tr("Online: a remote model may be asked"));
    });
    connect(action, &QAction::triggered, &network, [&network] {
        network.setOffline(network.state().offline == Offline::Yes ? Offline::No : Offline::Yes);
    });
    show(network.state());
}

void MainWindow::connectPalette() {
    connect(&m_bridges.chat, &ChatBridge::listed, m_palette, &CommandPalette::setConversations);
    connect(&m_bridges.ledger, &LedgerBridge::changed, m_palette, &CommandPalette::updateDocuments);
    connect(m_palette, &CommandPalette::conversationChosen, m_conversations, &ConversationList::activated);
    connect(m_palette, &CommandPalette::documentChosen, this,
            [this](const Place& place) { openPlace(place, {}); });
}

/// Files and folders of the person's own, that they have clicked on.
void MainWindow::openInDesktop(const QString& path) {
    QDesktopServices::openUrl(fileUrl(path));
}

/// What was removed is kept by the engine for a while: until then Ctrl+Z brings it back.
void MainWindow::connectUndo() {
    LedgerBridge& ledger = m_bridges.ledger;
    ChatBridge& chat = m_bridges.chat;
    connect(&ledger, &LedgerBridge::rootRemoved, this, [this, &ledger](const QString& path) {
        m_undo->record({QStringLiteral("folder:") + path, tr("Remove folder %1").arg(fileName(path)),
                        [&ledger, path] { ledger.undoRemove(path); },
                        [&ledger, path] { ledger.removeRoot(path); }});
    });
    connect(&ledger, &LedgerBridge::rootRestored, this,
            [this](const QString& path) { m_undo->forget(QStringLiteral("folder:") + path); });
    connect(&ledger, &LedgerBridge::exclusionChanged, this,
            [this, &ledger](const QString& path, FileChoice choice) {
                const QString key = QStringLiteral("file:") + path;
                if (choice == FileChoice::Include) return m_undo->forget(key);
                m_undo->record({key, tr("Exclude %1").arg(fileName(path)),
                                [&ledger, path] { ledger.include(path); },
                                [&ledger, path] { ledger.exclude(path); }});
            });
    connect(m_conversations, &ConversationList::removed, this,
            [this, &chat](qint64 conversation, const QString& title) {
                const auto back = [this, &chat, conversation] {
                    chat.restore(conversation);
                    m_chat->openConversation(conversation);
                    go(WindowPlace::Ask);
                };
                m_undo->record({QStringLiteral("conversation:%1").arg(conversation),
                                tr("Delete conversation “%1”").arg(title), back,
                                [&chat, conversation] { chat.remove(conversation); }});
            });
    connect(&chat, &ChatBridge::restored, this, [this](qint64 conversation) {
        m_undo->forget(QStringLiteral("conversation:%1").arg(conversation));
    });
}

void MainWindow::connectSettingsUndo() {
    ModelsBridge& models = m_bridges.models;
    const auto keyOf = [](const QString& name) { return QStringLiteral("model:") + name; };
    connect(&models, &ModelsBridge::removed, this, [this, &models, keyOf](const QString& name) {
        m_removedModels << name;
        m_undo->record({keyOf(name), tr("Remove model %1").arg(readable(name)),
                        [&models, name] { models.undoRemove(name); },
                        [&models, name] { models.remove(name); }});
    });
    connect(&models, &ModelsBridge::restored, this,
            [this, keyOf](const QString& name) { m_undo->forget(keyOf(name)); });
    connect(&models, &ModelsBridge::removedDeleted, this, [this, keyOf] {
        for (const QString& name : std::exchange(m_removedModels, {})) m_undo->forget(keyOf(name));
    });
    connect(m_undo, &UndoHistory::changed, m_chat, [this] {
        QString next;
        for (const QString& name : m_removedModels)
            if (m_undo->undoText() == tr("Remove model %1").arg(readable(name))) next = name;
        m_chat->setRestorableModel(next);
    });
    connect(m_settings, &SettingsPage::removed, this, [this](const SettingsRemoval& removal) {
        SettingsPage* page = m_settings;
        m_undo->record({removal.key, removal.text, [page, removal] { page->change(removal.back); },
                        [page, removal] { page->change(removal.again); }});
    });
}

void MainWindow::connectIndexing() {
    IndexBridge& index = m_bridges.index;
    connect(&index, &IndexBridge::started, this,
            [this] { m_runBegan = QDateTime::currentMSecsSinceEpoch(); });
    connect(&index, &IndexBridge::progress, this, [this](const IndexProgress& progress) {
        m_status->show(indexingState(progress));
        m_bridges.ledger.refreshSoon();
    });
    connect(&index, &IndexBridge::finished, this, [this](const IndexOutcome& outcome) {
        m_status->show(indexedState(outcome));
        m_bridges.ledger.refresh();
        m_chat->refresh();
        m_search->refresh();
        if (QDateTime::currentMSecsSinceEpoch() - m_runBegan > kLongWorkMs)
            notifyUnlessActive(*this, tr("Indexing has ended"), indexedState(outcome).text);
    });
    connect(&index, &IndexBridge::failed, m_status, &StatusLine::say);
    connect(m_status, &StatusLine::pauseClicked, this,
            [&index] { index.isPaused() ? index.resume() : index.pause(); });
    connect(m_status, &StatusLine::problemsClicked, this, [this] {
        m_library->showProblems();
        go(WindowPlace::Library);
    });
    connect(&m_bridges.host, &Host::failed, this, [this](const QString& reason) {
        auto* problem = new QMessageBox(QMessageBox::Critical, tr("The library does not open"), reason,
                                        QMessageBox::Ok, this);
        problem->setObjectName(QStringLiteral("libraryProblem"));
        problem->setTextFormat(Qt::PlainText);
        openDialog(problem);
    });
}

void MainWindow::askBeforeOpening(const QUrl& url) {
    auto* question =
        new QMessageBox(QMessageBox::Question, tr("Open a link?"),
                        tr("This address comes from a document or a model. Open it in your browser?"),
                        QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("linkQuestion"));
    question->setInformativeText(url.toDisplayString(QUrl::FullyEncoded));
    question->setTextFormat(Qt::PlainText);
    const QPushButton* open = question->addButton(tr("Open"), QMessageBox::AcceptRole);
    connect(question, &QDialog::finished, this, [question, open, url] {
        if (question->clickedButton() == open) QDesktopServices::openUrl(url);
    });
    openDialog(question);
}

void MainWindow::openModels() {
    m_settings->open(SettingsPage::Place::Models);
    go(WindowPlace::Settings);
}

}  // namespace commonplace::ui
