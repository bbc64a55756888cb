// What the status line says of indexing and of what leaves this computer.
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include "ui/bridge/progress_text.h"
#include "ui/library/progress_card.h"
#include "ui/window/indexing_text.h"
#include "ui/window/network_light.h"
#include "ui/window/status_line.h"

using namespace commonplace::ui;

class PartsStatusTest : public QObject {
    Q_OBJECT

  private slots:
    void theLightTellsWhatWasSent();
    void theLightNamesEveryPlace();
    void progressIsToldInWords();
    void cardAndStatusLineSayTheSame();
    void aPausedRunHasNoRate();
    void everyMessageHasItsWholeTime();
    void passagesAreNotCountedInSentences();
};

void PartsStatusTest::theLightTellsWhatWasSent() {
    NetworkState state;
    QCOMPARE(networkText(state, {}), QStringLiteral("0 bytes sent to other computers"));
    PlacesElsewhere answers, helper;
    answers.answers = QStringLiteral("api.example.com");
    helper.helper = QStringLiteral("small.example.com");
    QVERIFY(networkText(state, answers).contains(QStringLiteral("nothing sent yet")));
    QVERIFY(networkText(state, helper).contains(helper.helper));
    state.offline = Offline::Yes;
    QVERIFY(networkText(state, helper).contains(QStringLiteral("0 bytes")));
    QCOMPARE(networkText(state, answers), QStringLiteral("Offline: 0 bytes sent to other computers"));
    state.offline = Offline::No;
    state.hosts = {{QStringLiteral("api.example.com"), 1229, 10}};
    QCOMPARE(networkText(state, {}), QStringLiteral("1.2 KiB sent to api.example.com since the start"));

    NetworkLight light(nullptr);
    light.setState(state);
    light.show();
    QSignalSpy wanted(&light, &NetworkLight::offlineWanted);
    light.click();
    auto* popover = light.findChild<QWidget*>(QStringLiteral("networkPopover"));
    QVERIFY(popover);
    QVERIFY(popover->findChild<QLabel*>(QStringLiteral("networkHosts"))
                ->text()
                .contains(QStringLiteral("1.2 KiB")));
    popover->findChild<QCheckBox*>(QStringLiteral("offlineSwitch"))->click();
    QCOMPARE(wanted.value(0).value(0).value<Offline>(), Offline::Yes);
    popover->close();
}

void PartsStatusTest::theLightNamesEveryPlace() {
    PlacesElsewhere places;
    places.standIns = {QStringLiteral("stand-in.example.org"), QStringLiteral("other.example.org")};
    NetworkState state;
    QVERIFY(networkText(state, places).contains(QStringLiteral("stand-in.example.org or other.example.org")));
    places.answers = QStringLiteral("api.example.com");
    places.helper = QStringLiteral("small.example.com");
    places.meaning = {QStringLiteral("vectors.example.net")};
    NetworkLight light(nullptr);
    light.setState(state);
    light.setPlaces(places);
    const QStringList all = places.standIns + places.meaning + QStringList{places.answers, places.helper};
    for (const QString& host : all) {
        QVERIFY2(light.toolTip().contains(host), qPrintable(host));
        QVERIFY2(light.accessibleDescription().contains(host), qPrintable(host));
    }
    QVERIFY(light.toolTip().contains(QStringLiteral("once you allow it")));
    light.show();
    light.click();
    auto* popover = light.findChild<QWidget*>(QStringLiteral("networkPopover"));
    QVERIFY(popover);
    const QString told = popover->findChild<QLabel*>(QStringLiteral("networkPlaces"))->text();
    for (const QString& host : all) QVERIFY2(told.contains(host), qPrintable(host));
    for (const QLabel* label : popover->findChildren<QLabel*>())  // no line of it is cut off
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
    popover->close();
    state.offline = Offline::Yes;
    light.setState(state);
    QVERIFY(!light.toolTip().contains(places.answers));  // now nothing can go there
    places.consent = Consent::Given;
    QVERIFY(!placeLines(places).first().contains(QStringLiteral("once you allow it")));
}

void PartsStatusTest::progressIsToldInWords() {
    IndexProgress progress;
    progress.phase = IndexProgress::Phase::Reading;
    progress.done = 214;
    progress.total = 1032;
    progress.perSecond = 31;
    progress.secondsLeft = 250;
    progress.problems = 2;
    progress.current = QStringLiteral("/papers/report.pdf");
    const IndexingState state = indexingState(progress);
    QVERIFY(state.text.contains(QStringLiteral("214")));
    QCOMPARE(state.detail, QStringLiteral("report.pdf · 31 pages/s · 4 min left"));
    QCOMPARE(state.permille, 207);
    QCOMPARE(state.problems, 2);
    QCOMPARE(timeLeftText(0), QString());
    QCOMPARE(timeLeftText(7300), QStringLiteral("2 h 2 min left"));
    IndexOutcome failed;
    failed.end = IndexOutcome::End::Failed;
    failed.error = QStringLiteral("the disk is full");
    QCOMPARE(indexedState(failed).text, failed.error);
}

static IndexProgress someProgress() {
    IndexProgress progress;
    progress.phase = IndexProgress::Phase::Reading;
    progress.done = 214;
    progress.total = 1032;
    progress.perSecond = 31;
    progress.secondsLeft = 250;
    progress.current = QStringLiteral("/papers/report.pdf");
    return progress;
}

void PartsStatusTest::cardAndStatusLineSayTheSame() {
    ProgressCard card;
    card.setProgress(someProgress());
    const auto* heading = card.findChild<QLabel*>(QStringLiteral("libraryProgressHeading"));
    QCOMPARE(heading->text(), QStringLiteral("Reading 214 of 1,032 files"));
    QCOMPARE(indexingState(someProgress()).text, heading->text());
    QCOMPARE(progressRate(someProgress()), QStringLiteral("31 pages/s · 4 min left"));
}

void PartsStatusTest::aPausedRunHasNoRate() {
    IndexProgress progress = someProgress();
    progress.flow = IndexProgress::Flow::Paused;
    const IndexingState state = indexingState(progress);
    QCOMPARE(state.text, QStringLiteral("Paused after 214 of 1,032 files"));
    QCOMPARE(state.detail, QString());
    QCOMPARE(progressRate(progress), QString());
    progress.phase = IndexProgress::Phase::Starting;
    QCOMPARE(indexingState(progress).text, QStringLiteral("Paused"));
}

/// The end of the first one must not take the second one away, were it in the same words.
void PartsStatusTest::everyMessageHasItsWholeTime() {
    QWidget window;
    StatusLine line(&window);
    line.say(QStringLiteral("Undone: Remove model"));
    auto* ends = line.findChild<QTimer*>(QStringLiteral("statusMessageEnds"));
    QVERIFY(ends && ends->isActive());
    const int whole = ends->interval();
    QTRY_VERIFY_WITH_TIMEOUT(ends->remainingTime() < whole / 2, 30'000);
    const int left = ends->remainingTime();
    line.say(QStringLiteral("Undone: Remove model"));
    QVERIFY(ends->remainingTime() > left);
    ends->setInterval(0);
    auto* message = line.findChild<QLabel*>(QStringLiteral("statusMessage"));
    QTRY_VERIFY_WITH_TIMEOUT(message->text().isEmpty(), 30'000);
}

void PartsStatusTest::passagesAreNotCountedInSentences() {
    IndexProgress progress = someProgress();
    progress.phase = IndexProgress::Phase::Meaning;
    QVERIFY(progressHeading(progress).contains(QStringLiteral("passages")));
    QCOMPARE(progressRate(progress), QStringLiteral("4 min left"));
}

QTEST_MAIN(PartsStatusTest)
#include "parts_status_test.moc"
