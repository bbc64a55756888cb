#include "ui/chat/chat_page.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/chat_export.h"
#include "ui/chat/transcript.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

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
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(m_transcript);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    layout->addWidget(hairline(this));
    layout->addWidget(m_stack, 1);
    m_bottom = new QWidget(this);
    auto* bottom = new QVBoxLayout(m_bottom);
    bottom->setContentsMargins(0, 0, 0, 2 * kGrid);
    bottom->setSpacing(kGrid);
    bottom->addWidget(buildConsent());
    bottom->addWidget(m_composer);
    layout->addWidget(m_bottom);
}

QWidget* ChatPage::buildHeader() {
    auto* header = new QWidget(this);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(3 * kGrid, 10, 2 * kGrid, 10);
    m_title = new ElidedLabel(header);
    m_title->setObjectName(QStringLiteral("chatTitle"));
    setTextFont(*m_title, TextSize::Heading, TextWeight::Bold);
    m_title->setMinimumWidth(40);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts = textLabel({}, LabelTone::Muted, header);
    m_facts->setObjectName(QStringLiteral("chatFacts"));
    setTextFont(*m_facts, TextSize::Small);
    m_facts->setWordWrap(false);
    m_export = iconButton(QStringLiteral("export"), tr("Export conversation…"), header);
    m_export->setObjectName(QStringLiteral("exportChat"));
    QSizePolicy keepsItsRoom = m_export->sizePolicy();
    keepsItsRoom.setRetainSizeWhenHidden(true);
    m_export->setSizePolicy(keepsItsRoom);
    row->addWidget(m_title, 1);
    row->addWidget(m_facts);
    row->addWidget(m_export);
    return header;
}

QWidget* ChatPage::buildEmpty() {
    m_empty = new QWidget(this);
    auto* layout = new QVBoxLayout(m_empty);
    layout->addStretch();
    layout->addWidget(
        emptyState(QStringLiteral("ask"), tr("Ask about your documents"),
                   tr("Every sentence of an answer leads to the words it stands on. Ask in full sentences; "
                      "follow-up questions may lean on the ones before."),
                   {}, m_empty));
    m_examples = new QWidget(m_empty);
    auto* column = new QVBoxLayout(m_examples);
    column->setSpacing(kGrid);
    int number = 0;
    for (const QString& question :
         {tr("When is the observatory open to visitors?"), tr("What did the survey of the dome find?"),
          tr("How was the damp in the cabinet dealt with?")}) {
        auto* button = quietButton(question, m_examples);
        button->setObjectName(QStringLiteral("exampleQuestion%1").arg(++number));
        connect(button, &QPushButton::clicked, this, [this, question] {
            m_composer->setText(question);
            ask();
        });
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    m_examples->hide();
    layout->addWidget(m_examples);
    layout->addStretch();
    return m_empty;
}

QWidget* ChatPage::buildConsent() {
    m_consentBar = new QFrame(this);
    m_consentBar->setObjectName(QStringLiteral("consentBar"));
    m_consentBar->setProperty("kind", QStringLiteral("card"));
    m_consentText = textLabel({}, LabelTone::Ink, m_consentBar);
    auto* refuse = quietButton(tr("Quote only"), m_consentBar);
    auto* give = primaryButton(tr("Send"), m_consentBar);
    refuse->setObjectName(QStringLiteral("refuseConsent"));
    give->setObjectName(QStringLiteral("giveConsent"));
    auto* row = new QHBoxLayout(m_consentBar);
    row->setContentsMargins(14, 10, 14, 10);
    row->addWidget(m_consentText, 1);
    row->addWidget(refuse);
    row->addWidget(give);
    connect(refuse, &QPushButton::clicked, this, [this] { consent(Consent::Refused); });
    connect(give, &QPushButton::clicked, this, [this] { consent(Consent::Given); });
    m_consentBar->hide();
    return m_consentBar;
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
    connect(&m_bridge, &ChatBridge::answerText, m_transcript, &Transcript::setTextSoFar);
    connect(&m_bridge, &ChatBridge::answerFinished, this, &ChatPage::finishAnswer);
    connect(&m_bridge, &ChatBridge::remoteConsentNeeded, this, &ChatPage::showConsent);
    connect(&m_bridge, &ChatBridge::listed, this, [this](const QVector<ChatSummary>& chats) {
        for (const ChatSummary& chat : chats)  // renamed in the list
            if (chat.id == m_chat.id) m_title->setText(chat.title);
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
    connect(m_composer, &Composer::modelWanted, this, &ChatPage::modelSettingsWanted);
    connect(m_composer, &Composer::scopeChanged, this, [this] {
        m_meanwhile.choseScope = true;
        m_bridge.setScope(m_wanted, m_composer->scope());
    });
    connect(m_transcript, &Transcript::actionWanted, this, &ChatPage::act);
    connect(m_transcript, &Transcript::placeActivated, this, &ChatPage::placeActivated);
    connect(m_transcript, &Transcript::linkActivated, this, &ChatPage::linkActivated);
    connect(m_export, &QToolButton::clicked, this,
            [this] { openExportMenu(m_export->mapToGlobal(QPoint(0, m_export->height()))); });
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
    m_meanwhile.wantsToAsk = false;
    m_beginning.reset();
    m_answering = writingIn(m_chat);
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
    m_title->setText(chat.id == 0 ? tr("New question") : chat.title);
    m_export->setVisible(!chat.messages.isEmpty());
    m_transcript->setMessages(chat.id, chat.messages);
    m_stack->setCurrentWidget(chat.messages.isEmpty() ? m_empty : m_transcript);
    m_transcript->scrollToEnd();
    if (begun)
        m_isFresh = false;
    else
        fillComposer(chat);
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
    if (m_consentFor == answer.id) hideConsent();
    if (conversation != m_chat.id) return;
    for (ChatMessage& message : m_chat.messages)
        if (message.id == answer.id) message = answer;
    m_transcript->updateMessage(answer);
    if (m_answering == answer.id) m_answering = 0;
    showState();
}

void ChatPage::showState() {
    m_composer->setState(m_answering != 0 ? Composer::State::Answering : Composer::State::Idle);
}

void ChatPage::showFacts(const LibraryFacts& facts) {
    m_facts->setText(facts.files == 0 ? tr("no files yet")
                                      : tr("%1 of %2 files read").arg(facts.filesRead).arg(facts.files));
    m_examples->setVisible(facts.hasSampleLibrary);
    m_composer->setModelName(facts.model);
}

qint64 ChatPage::lastAnswer() const {
    return m_chat.messages.isEmpty() ? 0 : m_chat.messages.last().id;
}

void ChatPage::ask() {
    const QString question = m_composer->text().trimmed();
    if (question.isEmpty() || m_answering != 0) return;
    if (m_opening) {  // then, and not in the conversation that still is shown
        m_meanwhile.wantsToAsk = true;
        return;
    }
    const qint64 parent = m_editing.question != 0 ? m_editing.parent : lastAnswer();
    m_asked = m_editing;
    m_answering = -1;  // on its way to the store
    m_draftTimer.stop();
    {
        const QSignalBlocker quiet(m_composer);
        m_composer->setText({});
    }
    endEdit();
    showState();
    m_bridge.ask({m_wanted, parent, question, m_composer->scope()});
}

/// The store took nothing of it: the question is the person's again, before what was typed since.
void ChatPage::putBack(qint64 conversation, const QString& question, const QString& reason) {
    emit statusMessage(tr("The question was not stored: %1").arg(reason));
    if (conversation != m_wanted) {
        m_bridge.setDraft(conversation, question);
        return;
    }
    if (m_answering < 0) m_answering = 0;
    if (m_asked.question != 0 && !m_opening) {
        m_editing = m_asked;
        noteEdit();
    }
    const QString since = m_composer->text();
    m_composer->setText(since.trimmed().isEmpty() ? question : question + QLatin1Char('\n') + since);
    showState();
}

void ChatPage::stop() {
    if (m_answering <= 0) return;
    if (m_consentFor == m_answering) hideConsent();
    m_bridge.stop(m_answering);
}

void ChatPage::keepDraft() {
    m_meanwhile.typed = true;
    m_meanwhile.wantsToAsk = false;
    if (m_editing.question == 0) m_draftTimer.start();
}

void ChatPage::saveDraft() {
    if (!m_draftTimer.isActive()) return;
    m_draftTimer.stop();
    const QString draft = m_composer->text();
    if (m_chat.id == m_wanted) m_chat.draft = draft;
    m_bridge.setDraft(m_wanted, draft);
}

void ChatPage::edit(const ChatMessage& question) {
    if (m_opening) return;  // another conversation is about to take this one's place
    saveDraft();
    m_editing = {question.id, question.parent};
    noteEdit();
    m_composer->setText(question.text);
    focusComposer();
}

void ChatPage::noteEdit() {
    m_composer->setNote(tr("Editing a question: asking makes a new branch, the old one stays."));
}

void ChatPage::endEdit() {
    if (m_editing.question == 0) return;
    m_editing = {};
    m_composer->setNote({});
    const QSignalBlocker quiet(m_composer);
    m_composer->setText(m_answering < 0 ? QString() : m_chat.draft);
}

void ChatPage::act(const ChatMessage& message, MessageAction action) {
    switch (action) {
        case MessageAction::Copy:
            QApplication::clipboard()->setText(message.text);
            emit statusMessage(tr("Copied"));
            return;
        case MessageAction::CopyQuote: {
            QStringList quotes;
            const auto& answer = message.answer;
            for (const ChatCitation& citation : answer.abstained ? answer.nearest : answer.citations)
                if (!citation.place.quote.isEmpty()) quotes.append(quoteWithSource(citation));
            QApplication::clipboard()->setText(quotes.join(QStringLiteral("\n\n")));
            emit statusMessage(
                tr("%n quote(s) copied with their sources", nullptr, static_cast<int>(quotes.size())));
            return;
        }
        case MessageAction::Retry:
            if (m_answering == 0) m_bridge.retry(m_chat.id, message.id);
            return;
        case MessageAction::Export:
            openExportMenu(QCursor::pos());
            return;
        case MessageAction::Edit:
            edit(message);
            return;
        case MessageAction::OlderVersion:
            switchVersion(message, -1);
            return;
        case MessageAction::NewerVersion:
            switchVersion(message, 1);
            return;
    }
}

void ChatPage::switchVersion(const ChatMessage& message, int step) {
    const qsizetype at = message.siblings.indexOf(message.id) + step;
    if (at >= 0 && at < message.siblings.size()) m_bridge.switchBranch(m_chat.id, message.siblings[at]);
}

void ChatPage::openExportMenu(const QPoint& at) {
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("exportMenu"));
    const auto add = [&](const QString& name, ExportFormat format, const QString& suffix) {
        menu.addAction(name, this, [this, name, format, suffix] { exportChat(format, name, suffix); });
    };
    add(tr("Markdown"), ExportFormat::Markdown, QStringLiteral("md"));
    add(tr("HTML"), ExportFormat::Html, QStringLiteral("html"));
    add(tr("PDF"), ExportFormat::Pdf, QStringLiteral("pdf"));
    add(tr("JSON"), ExportFormat::Json, QStringLiteral("json"));
    menu.exec(at);
}

void ChatPage::exportChat(ExportFormat format, const QString& filter, const QString& suffix) {
    static const QRegularExpression unfit(QStringLiteral(R"([\\/:*?"<>|\x00-\x1f])"));
    const QString name = QString(m_chat.title).replace(unfit, QStringLiteral(" ")).simplified().left(80);
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export conversation"), name + QLatin1Char('.') + suffix,
                                     QStringLiteral("%1 (*.%2)").arg(filter, suffix));
    if (!file.isEmpty()) m_bridge.exportTo(m_chat.id, format, file);
}

void ChatPage::showConsent(const QString& server, const QString& what, qint64 answer) {
    m_consentFor = answer;
    m_consentText->setText(
        tr("This would leave your computer: %1. It goes to %2. Send it? This is asked once.")
            .arg(what, server));
    m_consentBar->show();
}

void ChatPage::hideConsent() {
    m_consentFor = 0;
    m_consentBar->hide();
}

void ChatPage::consent(Consent consent) {
    const qint64 answer = m_consentFor;
    hideConsent();
    m_bridge.consent(answer, consent);
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
    else
        QWidget::keyPressEvent(event);
}

}  // namespace commonplace::ui
