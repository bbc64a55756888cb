// A stand-in by keyboard, and what the pages about models say before anything was done on them.
#include <QLabel>
#include <QPushButton>

#include "tests/ui/settings/models_window.h"

using namespace commonplace::ui;

class StandInKeysTest final : public QObject {
    Q_OBJECT
  private slots:
    void init() { m_library = std::make_unique<TempLibrary>(); }
    void cleanup() { m_library.reset(); }
    void tabGoesFromTheAddressToAllow();
    void thePrivacyPageNamesTheServerOfThisComputer();

  private:
    std::unique_ptr<TempLibrary> m_library;
};

void StandInKeysTest::tabGoesFromTheAddressToAllow() {
    Window window(*m_library);
    window.page.open(SettingsPage::Place::StandIns);
    window.click("settingsFallbackAdd");
    auto* field = window.find<QComboBox>("settingsFallback");
    QVERIFY(field);
    QTRY_VERIFY_WITH_TIMEOUT(field->isVisible(), kPatienceMs);
    field->setFocus();
    QTest::keyClicks(field->lineEdit(), QStringLiteral("https://standin.example/v1#model"));
    QTest::keyClick(field, Qt::Key_Tab);
    const QWidget* focus = window.page.window()->focusWidget();
    QVERIFY(focus);
    QCOMPARE(focus->objectName(), QStringLiteral("settingsConsentTurn"));
    QVERIFY(focus->isVisible());
}

void StandInKeysTest::thePrivacyPageNamesTheServerOfThisComputer() {
    Window window(*m_library);
    window.page.change([](AppSettings settings) {
        settings.baseUrl = QStringLiteral("http://127.0.0.1:8431/v1");
        settings.model = QStringLiteral("m");
        return settings;
    });
    const auto* text = window.find<QLabel>("settingsPrivacy");
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QStringLiteral("127.0.0.1:8431")), kPatienceMs);
    QVERIFY(text->text().contains(QStringLiteral("Nothing leaves it")));
    const auto* state =
        window.find<QLabel>("settingsServersState");  // a server is set, and nobody has looked
    QVERIFY(state && !state->text().isEmpty() && !state->isHidden());
}

QTEST_MAIN(StandInKeysTest)
#include "stand_in_keys_test.moc"
