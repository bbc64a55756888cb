// Where the words of a place stand: quotes with omissions light what they quote, or nothing.
#include "ui/bridge/reader_quote.h"

#include <QTest>

namespace commonplace::ui {
namespace {

QStringList litOn(const std::string& page, const char* quote) {
    Place place;
    place.quote = QString::fromUtf8(quote);
    QStringList lit;
    for (const base::Range& range : rangesOf(place, page))
        lit << QString::fromStdString(page.substr(range.begin, range.size()));
    return lit;
}

const std::string kPage =
    "The end of the year was near and he was cold. The boiler was serviced in March by a firm. Nobody knew "
    "its "
    "name then. The bill came to 214 euros and was paid at once.";

}  // namespace

class ReaderQuoteTest : public QObject {
    Q_OBJECT

  private slots:
    void lightsThePartsOfAQuoteWithOmissions() {
        const QStringList both{"boiler was serviced in March", "bill came to 214 euros"};
        QCOMPARE(litOn(kPage, "boiler was serviced in March … bill came to 214 euros"), both);
        QCOMPARE(litOn(kPage, "boiler was serviced in March [...] bill came to 214 euros..."), both);
    }

    void lightsNothingWhenThePartsAreInAnotherOrder() {
        QCOMPARE(litOn(kPage, "bill came to 214 euros … boiler was serviced in March"), QStringList());
    }

    void lightsNothingForAFewCommonWords() {
        QCOMPARE(litOn(kPage, "the … was … and"), QStringList());
        QCOMPARE(litOn(kPage, "boiler was serviced in March … and was"), QStringList());
        QCOMPARE(litOn(kPage, "he was … Nobody knew"), QStringList());
    }

    void lightsNothingWhenThePartsAreFarApart() {
        std::string far = kPage;
        far.insert(far.find("The bill"), std::string(2500, '.') + ' ');
        QCOMPARE(litOn(far, "boiler was serviced in March … bill came to 214 euros"), QStringList());
    }

    void findsTheBeginningThatTheRestFollows() {
        const std::string page = "boiler was serviced in March" + std::string(3000, '.') + "\n" + kPage;
        Place place;
        place.quote = QStringLiteral("boiler was serviced in March … bill came to 214 euros");
        const auto ranges = rangesOf(place, page);
        QCOMPARE(ranges.size(), std::size_t{2});
        QVERIFY(ranges[0].begin > 3000);
    }

    void shortQuotesWithoutOmissionsAreFound() {
        QCOMPARE(litOn(kPage, "214 Euros"), QStringList{"214 euros"});
    }
};

}  // namespace commonplace::ui

QTEST_GUILESS_MAIN(commonplace::ui::ReaderQuoteTest)
#include "reader_quote_test.moc"
