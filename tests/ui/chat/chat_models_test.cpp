// A model for each conversation: remembered, asked alone, consented to by itself, and told when it is gone.
#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <filesystem>
#include <fstream>

#include "engine/net/traffic.h"
#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_models.h"
#include "ui/chat/composer.h"
#include "ui/chat/model_button.h"

namespace commonplace::ui {

class ChatModelsTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void eachConversationAsksItsOwnModel();
    void aRetryAsksThePresentModel();
    void itsServerIsConsentedToByItself();
    void offlineHoldsForItToo();
    void whatIsGoneSaysSo();
    void aChoiceThatIsNoneIsAnError();
    void nothingStandsInForIt();
    void listsWhatCanBeChosen();
    void theMenuChoosesByKeyboard();
    void aModelThatDoesNotAnswerOffersTheDefault();
    void aChoiceForWhatDoesNotOpenIsNotThisOnes();
    void aModelThatGoesWhileItIsShownSaysSo();
};

QString choiceOf(const HttpServer& server, const char* model) {
    return QString::fromStdString(server.url()) + QStringLiteral("/v1#") + QLatin1String(model);
}

void ChatModelsTest::eachConversationAsksItsOwnModel() {
    HttpServer usual({fakes::chatReply({"usual"})}), own({fakes::chatReply({"own"})});
    m_world.answerFrom(usual.url() + "/v1");
    const ChatMessage first = askIn(0, 0, choiceOf(own, "mine"));
    QCOMPARE(first.text, QStringLiteral("own"));
    QCOMPARE(first.answer.model, QStringLiteral("mine"));
    QVERIFY(usual.requests().empty());
    const qint64 conversation = newest();
    QCOMPARE(askIn(conversation, first.id).text, QStringLiteral("own"));
    QVERIFY(usual.requests().empty());

    QCOMPARE(askIn(0, 0).text, QStringLiteral("usual"));  // another one begins with the default

    m_bridge = std::make_unique<ChatBridge>(m_world.host());  // as after a restart
    const Chat again = opened(*m_bridge, conversation);
    QCOMPARE(again.model.choice, choiceOf(own, "mine"));
    QCOMPARE(again.model.name, QStringLiteral("mine"));
    QVERIFY(again.model.remote.isEmpty());
    m_bridge->setModel(conversation, {});
    QCOMPARE(askIn(conversation, again.messages.last().id).text, QStringLiteral("usual"));
}

void ChatModelsTest::aRetryAsksThePresentModel() {
    HttpServer usual({fakes::chatReply({"usual"})}), own({fakes::chatReply({"own"})});
    m_world.answerFrom(usual.url() + "/v1");
    const ChatMessage first = askIn(0, 0);
    const qint64 conversation = newest();
    m_bridge->setModel(conversation, choiceOf(own, "mine"));
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->retry(conversation, first.id);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    const auto second = finished.last().at(1).value<ChatMessage>();
    QCOMPARE(second.text, QStringLiteral("own"));
    QCOMPARE(second.siblings.size(), 2);
    m_bridge->setModel(conversation, QStringLiteral("none"));
    m_bridge->retry(conversation, first.id);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    QCOMPARE(finished.last().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
    m_bridge->switchBranch(conversation, first.id);
    QCOMPARE(opened(*m_bridge, conversation).messages.last().answer.model, first.answer.model);
}

void ChatModelsTest::itsServerIsConsentedToByItself() {
    HttpServer usual({fakes::chatReply({"usual"})});
    m_world.answerFrom(usual.url() + "/v1");  // nobody need be asked about this one
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    m_bridge->ask({0, 0, kQuestion, {}, QStringLiteral("https://own.invalid/v1#big")});
    QTRY_COMPARE_WITH_TIMEOUT(needed.size(), 1, 30000);
    QCOMPARE(needed.first().at(0).toString(), QStringLiteral("https://own.invalid"));
    QVERIFY(needed.first().at(1).toString().contains(QStringLiteral("big")));
    m_bridge->refreshFacts();  // what the settings name is another question
    (void)listed(*m_bridge);
    m_bridge->consent(needed.first().at(2).toLongLong(), Consent::Refused);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(finished.first().at(1).value<ChatMessage>().answer.mode, AnswerMode::Extractive);
    QCOMPARE(needed.size(), 1);  // a gate that was opened anew would have asked again, or never have ended
    QVERIFY(usual.requests().empty());
}

void ChatModelsTest::offlineHoldsForItToo() {
    m_world.host().traffic().setReach(net::Reach::LoopbackOnly);
    QSignalSpy needed(m_bridge.get(), &ChatBridge::remoteConsentNeeded);
    const ChatMessage answer = askIn(0, 0, QStringLiteral("https://own.invalid/v1#big"));
    m_world.host().traffic().setReach(net::Reach::Anywhere);
    QCOMPARE(needed.size(), 0);
    QVERIFY2(answer.answer.error.contains(QStringLiteral("offline switch")), qPrintable(answer.answer.error));
}

void ChatModelsTest::whatIsGoneSaysSo() {
    const ChatMessage answer = askIn(0, 0, QStringLiteral("/nowhere/gone.gguf"));
    QVERIFY2(answer.answer.error.contains(QStringLiteral("not there any more")),
             qPrintable(answer.answer.error));
    QVERIFY(answer.text.isEmpty());
    const Chat chat = opened(*m_bridge, newest());
    QCOMPARE(chat.model.name, QStringLiteral("gone"));
    QCOMPARE(chat.model.problem, QStringLiteral("its file gone.gguf is not there"));
}

void ChatModelsTest::aChoiceThatIsNoneIsAnError() {
    for (const char* choice : {"rm -rf", "http://", "ftp://x/y", "none of these"}) {
        const ChatMessage answer = askIn(0, 0, QString::fromLatin1(choice));
        QVERIFY2(!answer.answer.error.isEmpty(), choice);
        QVERIFY(!opened(*m_bridge, newest()).model.problem.isEmpty());
    }
}

void ChatModelsTest::nothingStandsInForIt() {
    config::Settings settings;
    settings.model.baseUrl = "http://127.0.0.1:1/v1";
    settings.model.contextWindow = 4000;
    settings.model.fallbacks = {{{"openai", "http://127.0.0.1:2/v1", "f", 2000}, false}};
    const auto own = settingsFor(settings, QStringLiteral("http://127.0.0.1:3/v1#x"));
    QVERIFY(own.has_value());
    QCOMPARE(own->model.baseUrl, std::string("http://127.0.0.1:3/v1"));
    QVERIFY(own->model.fallbacks.empty());
    QCOMPARE(own->model.contextWindow, 4000);
    const auto known = settingsFor(settings, QStringLiteral("http://127.0.0.1:2/v1#f"));
    QCOMPARE(known->model.contextWindow, 2000);
    QCOMPARE(settingsFor(settings, {})->model.fallbacks.size(), std::size_t(1));
    QVERIFY(settingsFor(settings, QStringLiteral("none"))->model.baseUrl.empty());
}

void ChatModelsTest::listsWhatCanBeChosen() {
    AppSettings settings;
    settings.baseUrl = QStringLiteral("http://127.0.0.1:8080/v1");
    settings.small = {QStringLiteral("openai"), QStringLiteral("https://api.example.org/v1"),
                      QStringLiteral("s")};
    LocalModel chat, embedding, broken;
    chat.path = QStringLiteral("/models/qwen.gguf");
    chat.kind = broken.kind = LocalModel::Kind::Chat;
    embedding.path = QStringLiteral("/models/bge.gguf");
    embedding.kind = LocalModel::Kind::Embedding;
    broken.path = QStringLiteral("/models/broken.gguf");
    broken.problem = QStringLiteral("it is cut short");
    const ModelServerOffer server{
        QStringLiteral("ollama"),
        QStringLiteral("http://127.0.0.1:11434"),
        {QStringLiteral("llama3"), QStringLiteral("evil\u202e\n&name"), QStringLiteral("llama3")},
        {}};
    const auto models = chatModels(settings, {chat, embedding, broken}, {server});
    QCOMPARE(models.size(), 4);
    QCOMPARE(models[0].remote, QStringLiteral("api.example.org"));
    QCOMPARE(models[1].name, QStringLiteral("qwen"));
    QCOMPARE(models[1].choice, QStringLiteral("/models/qwen.gguf"));
    QCOMPARE(models[2].where, QStringLiteral("127.0.0.1:11434"));
    QCOMPARE(models[2].choice, QStringLiteral("http://127.0.0.1:11434#llama3"));
    QVERIFY(!models[3].name.contains(QChar(0x202e)));
}

void ChatModelsTest::theMenuChoosesByKeyboard() {
    openPage();
    QSignalSpy wanted(m_page.get(), &ChatPage::modelsWanted);
    QSignalSpy remote(m_page.get(), &ChatPage::placesElsewhereChanged);
    auto* button = child<ModelButton>("modelButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->text().contains(QStringLiteral("Quotes only")), 30000);
    ChatModel far;
    far.choice = QStringLiteral("https://api.example.org/v1#big");
    far.name = QStringLiteral("big & bold");
    far.where = far.remote = QStringLiteral("api.example.org");
    m_page->chooseModel();
    QCOMPARE(wanted.size(), 1);
    auto* menu = child<QMenu>("modelMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().at(0)->isChecked(), true);
    m_page->setModels({far});  // it comes while the menu is open
    const auto actions = menu->actions();
    const auto row = std::find_if(actions.begin(), actions.end(),
                                  [&](const QAction* one) { return one->data().toString() == far.choice; });
    QVERIFY(row != actions.end());
    QVERIFY((*row)->text().contains(QStringLiteral("sent to api.example.org")));
    menu->setActiveAction(*row);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(button->model().choice, far.choice);
    QVERIFY(button->text().contains(QStringLiteral("big && bold")));
    QVERIFY(button->accessibleName().contains(QStringLiteral("api.example.org")));
    QVERIFY(!remote.isEmpty());
    QCOMPARE(remote.last().at(0).value<PlacesElsewhere>().answers, QStringLiteral("api.example.org"));
    m_page->newConversation();
    QTRY_VERIFY_WITH_TIMEOUT(button->model().choice.isEmpty(), 30000);
    QCOMPARE(remote.last().at(0).value<PlacesElsewhere>().answers, QString());
}

void ChatModelsTest::aModelThatDoesNotAnswerOffersTheDefault() {
    const fakes::LoopbackPort closed;
    openPage();
    QSignalSpy finished(m_bridge.get(), &ChatBridge::answerFinished);
    ChatModel own;
    own.choice = QString::fromStdString(closed.url()) + QStringLiteral("/v1#mine");
    own.name = QStringLiteral("mine");
    m_page->setModels({own});
    m_page->chooseModel();
    for (QAction* action : child<QMenu>("modelMenu")->actions())
        if (action->data().toString() == own.choice) action->trigger();
    ask(kQuestion);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    auto* use = child<QPushButton>("useDefaultModel");
    QTRY_VERIFY_WITH_TIMEOUT(use->isVisible(), 30000);
    QVERIFY(child<QLabel>("modelBarText")->text().contains(QStringLiteral("mine")));
    use->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
    const auto again = finished.last().at(1).value<ChatMessage>();
    QCOMPARE(again.answer.mode, AnswerMode::Extractive);
    QCOMPARE(again.siblings.size(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(!use->isVisible(), 30000);
    QVERIFY(child<ModelButton>("modelButton")->model().choice.isEmpty());
    QVERIFY(opened(*m_bridge, m_page->conversation()).model.choice.isEmpty());
}

void ChatModelsTest::aChoiceForWhatDoesNotOpenIsNotThisOnes() {
    (void)askIn(0, 0);
    openPage();
    m_page->openConversation(newest());
    QTRY_COMPARE_WITH_TIMEOUT(m_page->conversation(), newest(), 30000);
    auto* button = child<ModelButton>("modelButton");
    QVERIFY(button->model().choice.isEmpty());
    QSignalSpy failed(m_bridge.get(), &ChatBridge::openFailed);
    m_page->openConversation(1'000'000);
    ChatModel other;
    other.choice = QStringLiteral("http://127.0.0.1:1/v1#other");
    button->setModel(other);
    emit button->chosen(other);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(button->model().choice, QString(), 30000);
}

void ChatModelsTest::aModelThatGoesWhileItIsShownSaysSo() {
    const std::filesystem::path file = m_world.path("own.gguf");
    std::ofstream(file) << "GGUF";
    const ChatMessage answer = askIn(0, 0, QStringLiteral("none"));
    const qint64 conversation = newest();
    openPage();
    m_page->openConversation(conversation);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->conversation(), conversation, 30000);
    auto* button = child<ModelButton>("modelButton");
    QSignalSpy changed(m_bridge.get(), &ChatBridge::modelChanged);
    ChatModel own;
    own.choice = QString::fromStdString(file.native());
    button->setModel(own);
    emit button->chosen(own);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30000);
    QVERIFY(button->model().problem.isEmpty());
    std::filesystem::remove(file);
    m_bridge->switchBranch(conversation, answer.id);  // it comes again, without having been opened anew
    QTRY_VERIFY_WITH_TIMEOUT(button->model().problem.contains(QStringLiteral("is not there")), 30000);
    const auto* bar = child<QLabel>("modelBarText");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 30000);
    QVERIFY2(!bar->text().contains(QLatin1Char('/')), qPrintable(bar->text()));  // no long path
    m_page->setRestorableModel(QStringLiteral("own.gguf"));
    QVERIFY2(
        bar->text().contains(QStringLiteral("own.gguf")) && bar->text().contains(QStringLiteral("Ctrl+Z")),
        qPrintable(bar->text()));
    m_page->setRestorableModel(QStringLiteral("other.gguf"));
    QVERIFY(!bar->text().contains(QStringLiteral("Ctrl+Z")));
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatModelsTest)
#include "chat_models_test.moc"
