#include "ui/chat/chat_page.h"

#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/bridge/chat_bridge.h"
#include "ui/chat/chat_header.h"
#include "ui/chat/consent_bar.h"
#include "ui/chat/empty_chat.h"
#include "ui/chat/model_bar.h"
#include "ui/chat/model_button.h"
#include "ui/chat/transcript.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typing.h"

namespace commonplace::ui {
namespace {

constexpr int kDraftDelay = 600;  // ms after the last key

/// The answer that is being written; 0: none.
qint64 writingIn(const Chat& chat) {
    qint64 writing = 0;
    for (const ChatMessage& message : chat.messages)
        if (message.speaker == Speaker::Program && message.answer.state == AnswerState::Writing)
            writing = message.id;
    return writing;
}

}  // namespace

ChatPage::ChatPage(ChatBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge) {
    setObjectName(QStringLiteral("chatPage"));
    setProperty("kind", QStringLiteral("background"));
    setAttribute(Qt::WA_StyledBackground);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftDelay);
    build();
    connectBridge();
    connectParts();
    refresh();
    newConversation();
}

ChatPage::~ChatPage() {
    saveDraft();
}

void ChatPage::build() {
    m_transcript = new Transcript(this);
    m_composer = new Composer(this);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyChat(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_transcript);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new ChatHeader(this);
    layout->addWidget(m_header);
    layout->addWidget(hairline(this));
    layout->addWidget(m_stack, 1);
    m_bottom = new QWidget(this);
    auto* bottom = new QVBoxLayout(m_bottom);
    bottom->setContentsMargins(0, 0, 0, 2 * kGrid);
    bottom->setSpacing(kGrid);
    m_consent = new ConsentBar(this);
    bottom->addWidget(m_consent);
    m_modelBar = new ModelBar(this);
    bottom->addWidget(m_modelBar);
    bottom->addWidget(m_composer);
    layout->addWidget(m_bottom);
}

void ChatPage::connectBridge() {
    connect(&m_bridge, &ChatBridge::chatOpened, this, [this](const Chat& chat) {
        const bool asking = m_answering < 0;  // what was asked meanwhile is about to replace it
        if (chat.id == m_wanted && !asking) showChat(chat);
    });
    connect(&m_bridge, &ChatBridge::openFailed, this, [this](qint64 conversation, const QString& reason) {
        if (!reason.isEmpty()) emit statusMessage(reason);
        stayHere(conversation);
    });
    connect(&m_bridge, &ChatBridge::answerStarted, this, [this](const Chat& chat, qint64) {
        const bool mine = chat.id == m_wanted || (m_wanted == 0 && m_answering < 0);
        if (mine) showChat(chat);
    });
    connect(&m_bridge, &ChatBridge::askFailed, this, &ChatPage::putBack);
    connect(&m_bridge, &ChatBridge::answerReading, m_transcript, &Transcript::setReading);
    connect(&m_bridge, &ChatBridge::answerText, m_transcript, &Transcript::setTextSoFar);
    connect(&m_bridge, &ChatBridge::answerFinished, this, &ChatPage::finishAnswer);
    connect(&m_bridge, &ChatBridge::remoteConsentNeeded, this,
            [this](const QString& server, const QString& what, qint64 answer) {
                m_consent->ask(server, what, answer);
                m_consent->showIn(m_chat);
            });
    connect(&m_bridge, &ChatBridge::remoteConsentOver, m_consent, &ConsentBar::withdraw);
    connect(&m_bridge, &ChatBridge::remoteConsentOver, this, [this] { m_consentDecided = true; });
    connect(m_consent, &ConsentBar::waitingChanged, m_transcript, &Transcript::setWaitsFor);
    connect(m_consent, &ConsentBar::decided, this, [this](qint64 answer, Consent consent) {
        m_bridge.consent(answer, consent);
        focusComposer();
    });
    connect(&m_bridge, &ChatBridge::listed, this, [this](const QVector<ChatSummary>& chats) {
        for (const ChatSummary& chat : chats)  // renamed in the list
            if (chat.id == m_chat.id) m_header->setTitle(chat.title);
    });
    connect(&m_bridge, &ChatBridge::factsChanged, this, &ChatPage::showFacts);
    connect(&m_bridge, &ChatBridge::exported, this,
            [this](const QString& file) { emit statusMessage(tr("Exported to %1").arg(file)); });
    connect(&m_bridge, &ChatBridge::failed, this, [this](const QString& reason) {
        if (!reason.isEmpty()) emit statusMessage(reason);
    });
}

void ChatPage::connectParts() {
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        m_draftTimer.start();
        if (m_answering >= 0) saveDraft();  // else it is not known yet which conversation it belongs to
    });
    connect(m_composer, &Composer::askWanted, this, &ChatPage::ask);
    connect(m_composer, &Composer::stopWanted, this, &ChatPage::stop);
    connect(m_composer, &Composer::draftChanged, this, &ChatPage::keepDraft);
    connect(m_composer, &Composer::noteDismissed, this, &ChatPage::endEdit);
    connect(m_composer, &Composer::escaped, this, &ChatPage::escaped);
    connect(m_composer, &Composer::scopeChanged, this, [this] {
        m_meanwhile.choseScope = true;
        m_bridge.setScope(m_wanted, m_composer->scope());
    });
    connectModel();
    connect(m_transcript, &Transcript::actionWanted, this, &ChatPage::act);
    connect(m_transcript, &Transcript::searchWanted, this, &ChatPage::searchAgain);
    connect(m_transcript, &Transcript::placeActivated, this, &ChatPage::placeActivated);
    connect(m_transcript, &Transcript::linkActivated, this, &ChatPage::linkActivated);
    connect(m_header, &ChatHeader::exportWanted, this, &ChatPage::popUpExportMenu);
    connect(m_empty, &EmptyChat::questionChosen, this, [this](const QString& question) {
        m_composer->setText(question);
        ask();
    });
}

void ChatPage::refresh() {
    m_bridge.refreshFacts();
}

void ChatPage::newConversation() {
    openConversation(0);
}

void ChatPage::openConversation(qint64 conversation) {
    saveDraft();
    endEdit();
    m_beginning.reset();
    m_isFresh = conversation != m_wanted || conversation == 0 || (m_opening && m_isFresh);
    if (conversation != m_wanted || conversation == 0) {
        m_meanwhile = {};
        const QSignalBlocker quiet(m_composer);
        m_composer->setText({});
        showModel({});  // until it is known
    }
    m_wanted = conversation;
    m_opening = true;
    m_answering = 0;
    showState();
    m_bridge.open(conversation);
}

/// It cannot be opened: what is shown stays, with what has been typed.
void ChatPage::stayHere(qint64 conversation) {
    if (conversation != m_wanted || !m_opening) return;
    m_opening = false;
    m_isFresh = m_chat.id != conversation;
    m_wanted = m_chat.id;
    m_meanwhile.wantsToAsk = m_meanwhile.choseModel = false;
    m_beginning.reset();
    m_answering = writingIn(m_chat);
    if (m_isFresh) showModel(m_chat.model);
    fillComposer(m_chat);
    showState();
}

void ChatPage::askAbout(const Place& place, const QString& prefill) {
    askAbout(QStringList{place.path}, prefill);
}

void ChatPage::askAbout(const QStringList& paths, const QString& prefill) {
    openConversation(0);
    m_beginning = Beginning{paths, prefill};
    {
        const QSignalBlocker quiet(m_composer);
        m_composer->setScope(paths);
        m_composer->setText(prefill);
    }
    focusComposer();
}

void ChatPage::focusComposer() {
    m_composer->focusText();
}

void ChatPage::leavePlace() {
    m_transcript->setActiveChip(0, 0);
    if (isVisible()) focusComposer();
}

void ChatPage::type(const QString& text) {
    m_composer->type(text);
}

void ChatPage::setScopes(const QVector<Scope>& scopes) {
    m_composer->setScopes(scopes);
}

void ChatPage::showChat(const Chat& chat) {
    const bool other = chat.id != m_chat.id;
    const bool begun = m_answering < 0;  // the composer is this conversation's already
    if (other && !begun) endEdit();
    m_chat = chat;
    m_wanted = chat.id;
    m_opening = false;
    m_answering = writingIn(chat);
    m_header->setTitle(chat.id == 0 ? tr("New question") : chat.title);
    m_header->setExport(chat.messages.isEmpty() ? Export::Nothing : Export::Possible);
    m_transcript->setMessages(chat.id, chat.messages);
    m_stack->setCurrentWidget(chat.messages.isEmpty() ? static_cast<QWidget*>(m_empty) : m_transcript);
    m_transcript->scrollToEnd();
    m_consent->showIn(chat);
    if (begun)
        m_isFresh = false;
    else
        fillComposer(chat);
    const QString chosen = m_composer->model().model().choice;
    if (!m_meanwhile.choseModel)
        showModel(chat.model);
    else if (chosen != chat.model.choice)
        m_bridge.setModel(chat.id, chosen);  // while the conversation was on its way
    noteModel();
    showState();
    if (other) emit conversationChanged(chat.id);
    if (std::exchange(m_meanwhile.wantsToAsk, false)) ask();
}

/// Once for every conversation that is opened, around what was typed and chosen meanwhile.
void ChatPage::fillComposer(const Chat& chat) {
    if (!std::exchange(m_isFresh, false)) return;
    const Beginning beginning = m_beginning.value_or(Beginning{chat.scope, {}});
    const QSignalBlocker quiet(m_composer);
    if (!m_meanwhile.choseScope) m_composer->setScope(beginning.scope);
    if (!m_meanwhile.typed) m_composer->setText(beginning.prefill.isEmpty() ? chat.draft : beginning.prefill);
    m_beginning.reset();
}

void ChatPage::finishAnswer(qint64 conversation, const ChatMessage& answer) {
    m_consent->withdraw(answer.id);
    if (std::exchange(m_consentDecided, false)) refresh();  // it may be a helper's consent, too
    if (conversation != m_chat.id) return;
    for (ChatMessage& message : m_chat.messages)
        if (message.id == answer.id) message = answer;
    m_transcript->updateMessage(answer);
    if (m_answering == answer.id) m_answering = 0;
    m_consent->showIn(m_chat);
    noteModel();
    showState();
}

void ChatPage::showState() {
    m_composer->setState(m_answering != 0 ? Composer::State::Answering : Composer::State::Idle);
}

void ChatPage::showFacts(const LibraryFacts& facts) {
    m_header->setFacts(facts);
    m_empty->setExamples(facts.hasSampleLibrary ? EmptyChat::Examples::Shown : EmptyChat::Examples::Hidden);
    m_meaning = facts.meaning;
    m_composer->model().setUsual(facts.model);
    noteModel();
}

void ChatPage::alignColumn() {
    constexpr int kOutside = 2 * kGrid;  // the composer is a little wider than the words above it
    const int column = std::min(Transcript::readingWidth() + 2 * kOutside, width() - 2 * kGrid);
    const int side = std::max(kGrid, (width() - column) / 2);
    m_bottom->layout()->setContentsMargins(side, 0, side, 2 * kGrid);
}

void ChatPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    alignColumn();
}

void ChatPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_answering > 0)
        stop();
    else if (event->key() == Qt::Key_Escape)
        emit escaped();
    else if (isTyping(*event))
        type(event->text());
    else
        QWidget::keyPressEvent(event);
}

}  // namespace commonplace::ui
