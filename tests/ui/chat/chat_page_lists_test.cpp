// The menus of the Ask place and the list of conversations.
#include <QAbstractItemModelTester>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QToolButton>

#include "tests/ui/chat/chat_fixture.h"
#include "ui/bridge/chat_export.h"
#include "ui/chat/conversation_item_model.h"
#include "ui/chat/conversation_list.h"

namespace commonplace::ui {

class ChatPageListsTest final : public ChatFixture {
    Q_OBJECT
  private slots:
    void initTestCase() { QCOMPARE(m_world.index(), QString()); }
    void init() {
        begin();
        openPage();
    }
    void cleanup() { end(); }

    void noMenuWaitsInALoopOfItsOwn();
    void menusOutliveNothing();
    void listGroupsSearchesRenamesAndUndoes();
};

void ChatPageListsTest::noMenuWaitsInALoopOfItsOwn() {
    ask(QStringLiteral("How is the rail cleaned?"));
    QTRY_VERIFY_WITH_TIMEOUT(isIdle() && lastAnswer(), 30000);
    child<QPushButton>("scopeButton")->click();  // returns at once
    QVERIFY(m_page->findChild<QMenu*>(QStringLiteral("scopeMenu")));
    m_page->findChild<QMenu*>(QStringLiteral("scopeMenu"))->close();
    child<QToolButton>("exportChat")->click();
    const QPointer<QMenu> menu = m_page->findChild<QMenu*>(QStringLiteral("exportMenu"));
    QVERIFY(menu);
    menu->actions().first()->trigger();
    menu->close();
    const QPointer<QFileDialog> dialog = m_page->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
    QVERIFY(dialog);
    QCOMPARE(dialog->defaultSuffix(), QStringLiteral("md"));
    m_page.reset();  // everything goes with it
    QVERIFY(!menu);
    QVERIFY(!dialog);

    ConversationList list(*m_bridge);
    list.resize(240, 400);
    list.show();
    auto* view = list.findChild<QListView*>(QStringLiteral("conversationView"));
    QTRY_VERIFY_WITH_TIMEOUT(view->model()->rowCount() > 1, 30000);
    view->setCurrentIndex(view->model()->index(1, 0));
    emit view->customContextMenuRequested(view->visualRect(view->currentIndex()).center());
    const QPointer<QMenu> actions = list.findChild<QMenu*>(QStringLiteral("conversationMenu"));
    QVERIFY(actions);
    actions->close();
    QTRY_VERIFY_WITH_TIMEOUT(!actions, 30000);
}

void ChatPageListsTest::menusOutliveNothing() {
    auto text = std::make_unique<MessageText>(nullptr);
    text->showQuestion(QStringLiteral("words"));
    text->show();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QApplication::sendEvent(text->viewport(), &event);  // returns at once
    const QPointer<QWidget> menu = text->findChild<QWidget*>(QStringLiteral("messageMenu"));
    QVERIFY(menu);
    text.reset();
    QVERIFY(!menu);
}

void ChatPageListsTest::listGroupsSearchesRenamesAndUndoes() {
    (void)answered(*m_bridge, {0, 0, QStringLiteral("Where is the heliograph kept?"), {}});
    ConversationList list(*m_bridge);
    list.show();
    auto* view = list.findChild<QListView*>();
    auto* model = qobject_cast<ConversationItemModel*>(view->model());
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() > 1, 30000);
    QVERIFY(model->index(0).data(ConversationItemModel::IsHeadingRole).toBool());
    QSignalSpy activated(&list, &ConversationList::activated);
    list.findChild<QLineEdit*>(QStringLiteral("conversationSearch"))->setText(QStringLiteral("heliogr"));
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 30000);
    view->setCurrentIndex(model->index(0));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QVERIFY(model->setData(model->index(0), QStringLiteral("Heliograph"), Qt::EditRole));
    QTRY_COMPARE_WITH_TIMEOUT(listed(*m_bridge, QStringLiteral("heliograph")).first().title,
                              QStringLiteral("Heliograph"), 30000);
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, 30000);
    list.findChild<QPushButton*>(QStringLiteral("undoRemoveConversation"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 30000);
}

}  // namespace commonplace::ui

QTEST_MAIN(commonplace::ui::ChatPageListsTest)
#include "chat_page_lists_test.moc"
