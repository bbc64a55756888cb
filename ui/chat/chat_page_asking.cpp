// ChatPage's deeds: asking, editing, drafts, and what the buttons of a message do.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMimeData>
#include <QRegularExpression>

#include "ui/bridge/chat_bridge.h"
#include "ui/bridge/chat_copy.h"
#include "ui/bridge/chat_export.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/consent_bar.h"
#include "ui/chat/export_menu.h"
#include "ui/chat/model_bar.h"
#include "ui/chat/model_button.h"

namespace commonplace::ui {

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
    m_bridge.ask({m_wanted, parent, question, m_composer->scope(), m_composer->model().model().choice});
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

void ChatPage::connectModel() {
    ModelButton& button = m_composer->model();
    connect(&button, &ModelButton::settingsWanted, this, &ChatPage::modelSettingsWanted);
    connect(&button, &ModelButton::modelsWanted, this, &ChatPage::modelsWanted);
    connect(&button, &ModelButton::chosen, this, [this](const ChatModel& model) {
        keepModel(model);
        noteModel();
    });
    connect(m_modelBar, &ModelBar::usualWanted, this, &ChatPage::useUsualModel);
    connect(&m_bridge, &ChatBridge::modelChanged, this, [this](qint64 conversation, const ChatModel& model) {
        const bool isCurrent = conversation == m_wanted && model.choice == m_composer->model().model().choice;
        if (!isCurrent) return;
        m_meanwhile.choseModel = false;  // stored: a conversation that comes from now on has it
        if (conversation == m_chat.id) m_chat.model = model;
        showModel(model);
    });
}

/// The person's choice for the conversation that was asked for last, which may still be on its way.
void ChatPage::keepModel(const ChatModel& model) {
    m_meanwhile.choseModel = true;
    if (m_wanted == m_chat.id) m_chat.model = model;
    m_bridge.setModel(m_wanted, model.choice);
}

void ChatPage::setModels(const QVector<ChatModel>& models) {
    m_composer->model().setModels(models);
}

void ChatPage::setRestorableModel(const QString& file) {
    m_modelBar->setRestorable(file);
    noteModel();
}

void ChatPage::chooseModel() {
    m_composer->model().openMenu();
}

void ChatPage::showModel(const ChatModel& model) {
    m_composer->model().setModel(model);
    noteModel();
}

/// What follows from who answers: the light, and a card when the conversation's own model does not.
void ChatPage::noteModel() {
    const ModelButton& button = m_composer->model();
    const ChatMessage* last =
        m_chat.messages.isEmpty() || m_chat.id != m_wanted ? nullptr : &m_chat.messages.last();
    m_modelBar->showFor(button.model(), last, button.usual());
    const ChatModel& now = button.answering();
    emit placesElsewhereChanged({now.remote, now.consent, now.standIns, now.helper, m_meaning});
}

void ChatPage::useUsualModel(qint64 failedAnswer) {
    showModel({});
    keepModel({});
    if (failedAnswer != 0 && m_answering == 0) m_bridge.retry(m_wanted, failedAnswer);
    focusComposer();
}

void ChatPage::stop() {
    if (m_answering <= 0) return;
    m_consent->withdraw(m_answering);
    m_bridge.stop(m_answering);
    focusComposer();  // the button that was clicked goes
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
            copy(message);
            return;
        case MessageAction::CopyQuote:
            copyQuotes(message.answer);
            return;
        case MessageAction::Retry:
        case MessageAction::Quote:
            answerAgain(message.id, action);
            return;
        case MessageAction::Export:
            popUpExportMenu(QCursor::pos());
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

void ChatPage::searchAgain(qint64 answer, const QString& query) {
    if (m_answering == 0) {
        sayWhatGoes(answer);
        m_bridge.retry(m_chat.id, answer, query);
        focusComposer();
    } else {
        emit statusMessage(tr("An answer is being written: stop it first (Esc)"));
    }
}

void ChatPage::answerAgain(qint64 answer, MessageAction how) {
    if (m_answering != 0) return;
    sayWhatGoes(answer);
    if (how == MessageAction::Quote)
        m_bridge.quote(m_chat.id, answer);
    else
        m_bridge.retry(m_chat.id, answer);
    focusComposer();  // the button goes with the answer
}

/// A new answer in the middle begins a branch: what followed the old one is not lost.
void ChatPage::sayWhatGoes(qint64 answer) {
    if (answer != lastAnswer())
        emit statusMessage(tr("Asked again. What followed the earlier answer is kept: ‹ leads back to it"));
}

void ChatPage::switchVersion(const ChatMessage& message, int step) {
    const qsizetype at = message.siblings.indexOf(message.id) + step;
    if (at >= 0 && at < message.siblings.size()) m_bridge.switchBranch(m_chat.id, message.siblings[at]);
}

qint64 ChatPage::lastAnswer() const {
    return m_chat.messages.isEmpty() ? 0 : m_chat.messages.last().id;
}

/// Plain text is Markdown; where formatted text is wanted, the same as HTML.
void ChatPage::copy(const ChatMessage& message) {
    auto* data = new QMimeData;  // the clipboard's from now on
    if (message.speaker == Speaker::Person) {
        data->setText(message.text);
    } else {
        const CopiedAnswer copied = copyOf(message);
        data->setText(copied.markdown);
        data->setHtml(copied.html);
        data->setData(QStringLiteral("text/markdown"), copied.markdown.toUtf8());
    }
    QApplication::clipboard()->setMimeData(data);
    const bool hasSources = !message.answer.citations.isEmpty() || !message.answer.nearest.isEmpty();
    emit statusMessage(hasSources ? tr("Copied with the list of sources") : tr("Copied"));
}

void ChatPage::copyQuotes(const ChatAnswer& answer) {
    QStringList quotes;
    for (const ChatCitation& citation : answer.abstained ? answer.nearest : answer.citations)
        if (!citation.place.quote.isEmpty()) quotes.append(quoteWithSource(citation));
    QApplication::clipboard()->setText(quotes.join(QStringLiteral("\n\n")));
    emit statusMessage(tr("%n quote(s) copied with their sources", nullptr, static_cast<int>(quotes.size())));
}

void ChatPage::popUpExportMenu(const QPoint& at) {
    auto* menu = new ExportMenu(this);
    connect(menu, &ExportMenu::chosen, this, &ChatPage::exportChat);
    menu->popup(at);
}

/// The dialog is the page's and waits for nobody: the page may go while it is open.
void ChatPage::exportChat(ExportFormat format, const QString& name, const QString& suffix) {
    static const QRegularExpression unfit(QStringLiteral(R"([\\/:*?"<>|\x00-\x1f])"));
    const QString file = QString(m_chat.title).replace(unfit, QStringLiteral(" ")).simplified().left(80);
    auto* dialog =
        new QFileDialog(this, tr("Export conversation"), {}, QStringLiteral("%1 (*.%2)").arg(name, suffix));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(file + QLatin1Char('.') + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format, conversation = m_chat.id](const QString& chosen) {
                m_bridge.exportTo(conversation, format, chosen);
            });
    dialog->open();
}

}  // namespace commonplace::ui
