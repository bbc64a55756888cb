// How the tests of conversations begin and end: one library with the sample documents for all cases of a
// program, for each case a bridge of its own and, where it opens one, a page.
#pragma once

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include "tests/ui/chat/chat_world.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/message_text.h"

namespace commonplace::ui {

using fakes::HttpServer;

class ChatFixture : public QObject {
  protected:
    void begin() {
        m_world.answerFrom("");
        m_bridge = std::make_unique<ChatBridge>(m_world.host());
    }
    void end() {
        m_page.reset();
        m_bridge.reset();
    }
    void openPage() {
        m_page = std::make_unique<ChatPage>(*m_bridge);
        m_page->resize(760, 700);
        m_page->show();
    }
    template <class Widget>
    Widget* child(const char* name) {
        return m_page->findChild<Widget*>(QLatin1String(name));
    }
    void ask(const QString& question) {
        child<QPlainTextEdit>("composerText")->setPlainText(question);
        QTest::keyClick(child<QPlainTextEdit>("composerText"), Qt::Key_Return);
    }
    /// The page has heard of the end of an answer, too.
    bool isIdle() { return !child<QPushButton>("askButton")->isHidden(); }
    /// The text of the last answer that is shown.
    MessageText* lastAnswer() {
        MessageText* last = nullptr;
        for (auto* one : m_page->findChildren<MessageText*>(QStringLiteral("answerText")))
            if (one->isVisible() &&
                (!last || one->mapTo(m_page.get(), QPoint()).y() > last->mapTo(m_page.get(), QPoint()).y()))
                last = one;
        return last;
    }
    ChatMessage askIn(qint64 conversation, qint64 parent, const QString& model = {}) {
        return answered(*m_bridge, {conversation, parent, kQuestion, {}, model});
    }
    /// The conversation that was begun last.
    qint64 newest() { return listed(*m_bridge).first().id; }

    const QString kQuestion = QStringLiteral("How is the rail cleaned?");
    const QString kFollowUp = QStringLiteral("And how often?");
    ChatWorld m_world;
    std::unique_ptr<ChatBridge> m_bridge;
    std::unique_ptr<ChatPage> m_page;
};

}  // namespace commonplace::ui
