// The reader over a real library with documents that these tests make: columns, turned pages, formatted
// notes, and files that have changed since they were read.
#pragma once

#include <QHash>
#include <QSignalSpy>
#include <QTest>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/file.h"
#include "engine/base/hash.h"
#include "engine/library/library.h"
#include "engine/store/index_store.h"
#include "tests/engine/extract/pdf_maker.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/host.h"
#include "ui/bridge/reader_bridge.h"
#include "ui/reader/reader_pane.h"

namespace commonplace::ui {

using extract::column;
using extract::makePdf;
using extract::PdfParts;
using extract::textAt;

inline const std::string kColumns =
    column(72, 700,
           {"The left column begins here and", "is read to its end before any-",
            "thing of the right one is, even", "though both stand side by side."}) +
    column(330, 700,
           {"The right column follows it. Its", "lines share their heights with",
            "those of the left one, so that", "they are easily confused."});

inline std::string romanPdf() {
    PdfParts parts;
    for (int i = 1; i <= 6; ++i)
        parts.pages.push_back(
            {textAt(72, 700, "Preliminary page number " + std::to_string(i) + " of this little book"), ""});
    parts.title = "A little book";
    parts.catalog = "/PageLabels<</Nums[0<</S/r>> 4<</S/D>>]>>";
    return makePdf(parts);
}

constexpr const char* kNote =
    "# The boiler\n\nIt was serviced in **March 2021** by a firm from Görlitz.\n\n"
    "## Costs\n\nThe bill came to 214 euros and was paid at once.\n";

constexpr const char* kOlderText = "*Words* as an older version of this program read them.";

/// Everything that is formatted, and marks in it.
constexpr const char* kFormatted =
    "# The *great* boiler\n\nServiced **in March** with `--force`, see [the "
    "contract](https://example.org/).\n\n"
    "- first of the items\n- second item 😀 is Größe\n\n> A quote of the sweep.\n\n---\n\n"
    "```sh\nmake all\n\nmake install\n```\n\n| Name | Price |\n|---|---|\n| Nozzle | 38 euros |\n\n"
    "[local](file:///etc/passwd) and ![a picture](/tmp/tracked.png) end.\n";

class ReaderPaneFixture : public QObject {
  protected:
    void beginAll() {
        write("columns.pdf", makePdf(PdfParts{{{kColumns, ""}}, "Two columns", ""}));
        write("turned.pdf", makePdf(PdfParts{{{kColumns, "/Rotate 90"}}, "Turned", ""}));
        write("roman.pdf", romanPdf());
        write("boiler.md", kNote);
        write("formatted.md", kFormatted);
        write("page.html",
              "<h2>A page</h2><p>With <b>bold</b> words.</p><blockquote>Quoted.</blockquote>"
              "<img src='http://127.0.0.1:9/x.png' alt='a pixel'>");
        write("edited.md", "# Before\n\nThe words of the **first** version.\n");
        write("changes.pdf", makePdf({"These are the words of the first version of it"}));
        write("gone.txt", "A line that will be gone from the disk before anybody looks.\n");
        index();
        indexAsOlder("older.md", "*Words* as **this** version reads them otherwise.\n");
        m_files.write("changes.pdf", makePdf({"Somebody has written something else since then"}));
        m_files.write("edited.md", "# After\n\nOther words.\n");
        std::filesystem::remove(m_files / "gone.txt");
    }
    void begin() {
        HostOptions options;
        options.libraryFolder = QString::fromStdString(m_libraryFolder.path().native());
        options.settingsFile = m_libraryFolder / "settings.json";
        options.program = COMMONPLACE_PROGRAM;
        m_host = std::make_unique<Host>(std::move(options));
        m_bridge = std::make_unique<ReaderBridge>(*m_host);
        m_pane = std::make_unique<ReaderPane>(*m_bridge);
        m_pane->resize(560, 800);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void end() {
        m_pane.reset();
        m_bridge.reset();
        m_host.reset();
    }
    Place place(const char* file, int page, const char* quote) const {
        const auto path = m_files / file;
        Place place;
        place.path = QString::fromStdString(path.native());
        place.sha256 = m_hashes.value(QString::fromLatin1(file));
        place.page = page;
        place.quote = QString::fromUtf8(quote);
        return place;
    }
    void write(const char* file, const std::string& bytes) {
        m_files.write(file, bytes);
        m_hashes.insert(QString::fromLatin1(file), QString::fromStdString(base::sha256Hex(bytes)));
    }
    void index() {
        library::OpenOptions options;
        options.folder = m_libraryFolder.path();
        options.program = COMMONPLACE_PROGRAM;
        auto library = library::Library::open(std::move(options));
        QVERIFY(library.has_value());
        ingest::Gate gate;
        const auto report =
            (*library)->index({{m_files.path()}, store::Depth::Text, ingest::Retry::No}, gate, {}, {});
        QVERIFY(report.has_value());
        QCOMPARE(report->summary.failed, 0);
    }
    /// Puts a file into the index with a text that extraction does not make of it today.
    void indexAsOlder(const char* file, const std::string& bytes) {
        write(file, bytes);
        auto store = store::IndexStore::open(m_libraryFolder / "index.db", store::Access::Guest);
        QVERIFY(store.has_value());
        store::NewDocument older;
        older.sha256 = base::sha256Hex(bytes);
        older.bytes = bytes.size();
        older.extractor = "older";
        older.content.format = document::Format::Markdown;
        older.content.status = document::Status::Indexed;
        older.content.pages.push_back({0, {}, kOlderText});
        QVERIFY((*store)->storeDocument(older, {(m_files / file).native(), bytes.size(), 0}).has_value());
    }
    template <class Widget>
    Widget* child(const char* name) const {
        return m_pane->findChild<Widget*>(QString::fromLatin1(name));
    }
    /// Opens a place and waits until its words are lit.
    void openLit(const Place& place) {
        QSignalSpy marks(m_bridge.get(), &ReaderBridge::marksReady);
        m_pane->open(place);
        QTRY_VERIFY_WITH_TIMEOUT(!marks.isEmpty(), 30000);
    }
    QRectF litBounds(int page) const {
        QRectF all;
        for (const QRectF& rect : m_pane->litRectangles(page)) all |= rect;
        return all;
    }

    test::TempFolder m_files;
    test::TempFolder m_libraryFolder;
    QHash<QString, QString> m_hashes;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<ReaderBridge> m_bridge;
    std::unique_ptr<ReaderPane> m_pane;
};

}  // namespace commonplace::ui
