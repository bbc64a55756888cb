// The real window over a real library of its own, and what tests do with it.
#pragma once

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QUrl>
#include <memory>

#include "tests/support/temp_folder.h"
#include "ui/chat/message_text.h"
#include "ui/window/appearance.h"
#include "ui/window/bridges.h"
#include "ui/window/main_window.h"
#include "ui/window/window_state.h"

namespace commonplace::ui {

constexpr int kPatienceMs = 30'000;
constexpr const char* kNote =
    "# The boathouse\n\nThe boathouse was built in 1931 by the rowing club. Its roof was tiled again in "
    "1988.\n\n"
    "The spare oars lie on the upper rack, behind the lifeboat of the harbour.\n";

inline QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdString(path.native());
}

/// A window with everything behind it, as run_window.cpp builds it.
struct Program {
    explicit Program(const test::TempFolder& home)
        : state(fromPath(home / "window.ini")),
          appearance(*qApp, state),
          bridges(optionsFor(home)),
          window(bridges, appearance, state, {}) {
        window.show();
    }
    static HostOptions optionsFor(const test::TempFolder& home) {
        HostOptions options;
        options.libraryFolder = fromPath(home / "library");
        options.settingsFile = home / "settings.json";
        options.program = COMMONPLACE_PROGRAM;
        options.modelsFolder = home / "models";
        return options;
    }
    template <class Widget>
    Widget* find(const char* name) {
        return window.findChild<Widget*>(QString::fromLatin1(name));
    }

    WindowState state;
    Appearance appearance;
    Bridges bridges;
    MainWindow window;
};

class MainWindowFixture : public QObject {
  protected:
    void begin() {
        m_home = std::make_unique<test::TempFolder>();
        m_home->write("papers/boathouse.md", kNote);
        m_home->write("papers/kitchen.txt", "The kettle in the kitchen boils in four minutes.\n");
        m_program = std::make_unique<Program>(*m_home);
        QVERIFY(QTest::qWaitForWindowExposed(&m_program->window));
    }
    void end() {
        m_program.reset();
        m_home.reset();
    }
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPoint at = m_program->window.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_program->window, &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(m_program->find<QWidget>("dropOverlay")->isVisible());
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_program->window, &event);
        QVERIFY(!m_program->find<QWidget>("dropOverlay")->isVisible());
        auto* table = m_program->find<QTableView>("libraryTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->bridges.index.isRunning(), kPatienceMs);
    }
    void ask(const QString& question) {
        QSignalSpy finished(&m_program->bridges.chat, &ChatBridge::answerFinished);
        m_program->window.go(WindowPlace::Ask);
        m_program->find<QPlainTextEdit>("composerText")->setPlainText(question);
        QTest::mouseClick(m_program->find<QPushButton>("askButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(lastAnswer() && !lastAnswer()->toPlainText().isEmpty(), 30000);
    }
    MessageText* lastAnswer() {
        const auto texts = m_program->window.findChildren<MessageText*>(QStringLiteral("answerText"));
        return texts.isEmpty() ? nullptr : texts.constLast();
    }

    std::unique_ptr<test::TempFolder> m_home;
    std::unique_ptr<Program> m_program;
};

}  // namespace commonplace::ui
