// FocusKeeper: the focus of what is disabled or goes away stays on its page.
#include "ui/widgets/focus_keeper.h"

#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>
#include <QVBoxLayout>
#include <memory>

using namespace commonplace::ui;

class FocusKeeperTest final : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void itStaysOnThePageAndComesBack();
    void whoWroteMeanwhileKeepsIt();
    void whatGoesAwayLeavesItOnThePage();
    void aPersonMayLeave();

  private:
    QPushButton* add(QWidget* place) {
        auto* button = new QPushButton(place);
        place->layout()->addWidget(button);
        return button;
    }

    std::unique_ptr<QWidget> m_window;
    QLineEdit* m_field = nullptr;
    QPushButton *m_use = nullptr, *m_light = nullptr;
};

void FocusKeeperTest::init() {
    m_window = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(m_window.get());
    auto* pages = new QStackedWidget(m_window.get());
    column->addWidget(pages);
    new FocusKeeper(*pages);
    auto* page = new QWidget(pages);
    pages->addWidget(page);
    auto* rows = new QVBoxLayout(page);
    rows->addWidget(m_field = new QLineEdit(page));
    m_use = add(page);
    m_light = add(m_window.get());  // the next in the tab order
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_use->setFocus();
    QVERIFY(m_use->hasFocus());
}

void FocusKeeperTest::itStaysOnThePageAndComesBack() {
    m_use->setEnabled(false);
    QVERIFY(m_field->hasFocus());
    m_use->setEnabled(true);
    QVERIFY(m_use->hasFocus());
}

void FocusKeeperTest::whoWroteMeanwhileKeepsIt() {
    m_use->setEnabled(false);
    QTest::keyClicks(m_field, QStringLiteral("a word"));
    m_use->setEnabled(true);
    QVERIFY(m_field->hasFocus());
    QCOMPARE(m_field->text(), QStringLiteral("a word"));
}

void FocusKeeperTest::whatGoesAwayLeavesItOnThePage() {
    m_use->hide();
    QVERIFY(m_field->hasFocus());
    m_use->show();
    QVERIFY(m_field->hasFocus());
}

void FocusKeeperTest::aPersonMayLeave() {
    QTest::keyClick(m_use, Qt::Key_Tab);
    QVERIFY(m_light->hasFocus());
    m_use->setEnabled(false);
    m_use->setEnabled(true);
    QVERIFY(m_light->hasFocus());
}

QTEST_MAIN(FocusKeeperTest)
#include "focus_keeper_test.moc"
