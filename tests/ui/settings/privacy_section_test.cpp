// PrivacySection: the servers that may receive texts, by keyboard.
#include "ui/settings/privacy_section.h"

#include <QPointer>
#include <QPushButton>
#include <QTest>

#include "tests/fakes/temp_library.h"
#include "ui/bridge/consent_bridge.h"
#include "ui/settings/consent_line.h"

using namespace commonplace::ui;

constexpr int kPatienceMs = 30'000;

class PrivacySectionTest : public QObject {
    Q_OBJECT
  private slots:
    void withdrawingKeepsThePlaceOfTheKeyboard();
};

void PrivacySectionTest::withdrawingKeepsThePlaceOfTheKeyboard() {
    commonplace::fakes::TempLibrary library;
    const auto host = library.open();
    ConsentBridge consents(*host);
    PrivacySection section(consents);
    section.show();
    for (const char* name : {"a", "b", "c"})
        consents.set(QStringLiteral("https://%1.example.org").arg(QLatin1String(name)), Consent::Given);
    const auto lines = [&section] { return section.findChildren<ConsentLine*>(); };
    QTRY_COMPARE_WITH_TIMEOUT(lines().size(), 3, kPatienceMs);
    const auto buttonOf = [&lines](const QString& server) -> QPushButton* {
        for (ConsentLine* line : lines())
            if (line->server().contains(server)) return line->findChild<QPushButton*>();
        return nullptr;
    };
    const QPointer<QPushButton> kept = buttonOf(QStringLiteral("c.example"));
    QPushButton* withdraw = buttonOf(QStringLiteral("b.example"));
    QVERIFY(kept && withdraw);
    withdraw->setFocus();
    QTest::keyClick(withdraw, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(lines().size(), 2, kPatienceMs);
    QVERIFY(kept);
    QCOMPARE(section.focusWidget(), static_cast<QWidget*>(kept.data()));
    QTest::keyClick(kept, Qt::Key_Space);  // the last one: the keyboard stays in this section
    QTRY_COMPARE_WITH_TIMEOUT(lines().size(), 1, kPatienceMs);
    QVERIFY(section.focusWidget());
    QCOMPARE(section.focusWidget()->objectName(), QStringLiteral("settingsLocalOnlyAdd"));
}

QTEST_MAIN(PrivacySectionTest)
#include "privacy_section_test.moc"
