#include "ui/bridge/reader_desk.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

#include "engine/extract/word_places.h"
#include "ui/bridge/paths.h"
#include "ui/bridge/reader_quote.h"
#include "ui/bridge/reader_styles.h"

namespace commonplace::ui {
namespace {

constexpr double kSecondsPerCall = 20;
constexpr std::size_t kMostPaths = 4;

QString tr(const char* text) {
    return QCoreApplication::translate("Reader", text);
}

QString fromUtf8(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QRectF rectOf(const extract::Box& box) {
    return QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom)).normalized();
}

/// The words put into another version of the text of their page.
std::vector<extract::PlacedWord> movedInto(const std::string& text, const extract::PlacedPage& page) {
    std::vector<extract::DrawnWord> drawn;
    for (const auto& word : page.words)
        drawn.push_back({page.text.substr(word.begin, word.end - word.begin), word.box});
    return extract::placeWords(text, drawn);
}

PageWords wordsOf(int page, const std::string& text, const std::vector<extract::PlacedWord>& placed) {
    PageWords words;
    words.page = page;
    words.text = fromUtf8(text);
    const std::vector<int> units = unitsBefore(text);
    words.words.reserve(static_cast<qsizetype>(placed.size()));
    for (const auto& word : placed)
        words.words.append({rectOf(word.box), {units[word.begin], units[word.end]}});
    return words;
}

}  // namespace

OpenedDocument ReaderDesk::open(library::Session& session, const Place& place, const std::stop_token& stop) {
    OpenedDocument opened;
    opened.sha256 = place.sha256;
    opened.path = place.path;
    opened.title = titleOf(place);
    m_kind = ReaderKind::Nothing;
    m_texts.reset();
    m_pages.clear();
    identify(session, place.sha256.toStdString(), opened);
    std::vector<std::string> paths{nativePath(place.path)};
    paths.insert(paths.end(), m_paths.begin(), m_paths.end());
    auto found = lookFor(place.sha256.toStdString(), paths, stop);
    if (!found.file) {
        opened.file = found.changed ? FileState::Changed : FileState::Missing;
        showStored(session, opened,
                   found.changed ? tr("This file has changed since it was read.")
                                 : tr("This file is no longer where it was, or cannot be read."));
        return opened;
    }
    opened.path = windowPath(found.path);
    if (opened.sha256.isEmpty()) identify(session, found.file->sha256, opened);
    opened.sha256 = QString::fromStdString(found.file->sha256);
    m_format = extract::formatOf(found.path);
    if (const auto shown = showFile(session, opened, std::move(*found.file), stop); !shown)
        showStored(session, opened,
                   tr("Its pages cannot be shown: %1.").arg(fromUtf8(shown.error().message())));
    opened.format = QString::fromLatin1(document::name(m_format));
    return opened;
}

void ReaderDesk::identify(library::Session& session, const std::string& sha256, OpenedDocument& opened) {
    m_document = 0;
    m_format = document::Format::Unknown;
    m_paths.clear();
    if (sha256.empty()) return;
    const auto row = session.index().findBySha256(sha256);
    if (!row || !*row) return;
    m_document = (*row)->id;
    m_format = (*row)->format;
    m_paths = (*row)->paths;
    if (!(*row)->title.empty()) opened.title = fromUtf8((*row)->title);
    opened.format = QString::fromLatin1(document::name(m_format));
}

ReaderDesk::Found ReaderDesk::lookFor(const std::string& sha256, const std::vector<std::string>& paths,
                                      const std::stop_token& stop) const {
    Found found;
    for (std::size_t i = 0; i < std::min(paths.size(), kMostPaths); ++i) {
        const bool again = i > 0 && paths[i] == paths[0];
        if (paths[i].empty() || again) continue;
        auto file = extract::takeSnapshot(paths[i], m_means.maxFileBytes, stop);
        if (!file) continue;
        if (!sha256.empty() && file->sha256 != sha256) {
            found.changed = true;
            continue;
        }
        found.file = std::move(*file);
        found.path = paths[i];
        return found;
    }
    return found;
}

Result<void> ReaderDesk::showFile(library::Session& session, OpenedDocument& opened, extract::Snapshot file,
                                  const std::stop_token& stop) {
    if (!m_viewer) {
        extract::Options options;
        options.program = m_means.program;
        options.limits.secondsPerFile = kSecondsPerCall;
        TRY(m_viewer, extract::PageViewer::create(std::move(options)));
    }
    if (m_format == document::Format::Pdf) return showPages(opened, std::move(file), stop);
    return showText(session, opened, file, stop);
}

Result<void> ReaderDesk::showPages(OpenedDocument& opened, extract::Snapshot file,
                                   const std::stop_token& stop) {
    TRY(const auto outline, m_viewer->open(std::move(file), stop));
    for (const auto& sheet : outline.sheets)
        opened.pages.append({fromUtf8(sheet.label), QSizeF(sheet.width, sheet.height), {}});
    if (m_document == 0 && !outline.title.empty()) opened.title = fromUtf8(outline.title);
    opened.kind = m_kind = ReaderKind::Pages;
    m_pageCount = static_cast<int>(opened.pages.size());
    return {};
}

Result<void> ReaderDesk::showText(library::Session& session, OpenedDocument& opened,
                                  const extract::Snapshot& file, const std::stop_token& stop) {
    loadStored(session, opened);
    if (m_pages.empty()) TRY_VOID(readPages(opened, file, stop));
    fillTexts(opened);
    // Formats are not stored. They fit only if this program still reads the file as it did.
    const auto styled = m_viewer->styled(file, m_format, stop);
    if (styled && m_pages.size() == 1 && m_pages.front().text == styled->text)
        opened.styles = stylesOf(*styled);
    return {};
}

Result<void> ReaderDesk::readPages(OpenedDocument& opened, const extract::Snapshot& file,
                                   const std::stop_token& stop) {
    TRY(auto read, m_viewer->read(file, m_format, stop));
    if (read.pages.empty())
        return Error(ErrorCode::Unsupported, read.reason.empty() ? "there is no text in it" : read.reason);
    m_pages = std::move(read.pages);
    if (!read.title.empty()) opened.title = fromUtf8(read.title);
    return {};
}

void ReaderDesk::loadStored(library::Session& session, OpenedDocument& opened) {
    m_pages.clear();
    if (m_document == 0) return;
    for (int index = 0;; ++index) {
        auto page = session.index().page(m_document, index);
        if (!page) {
            if (page.error().code() != ErrorCode::NotFound)
                opened.notice = tr("Its stored text cannot be read from page %1 on: %2.")
                                    .arg(index + 1)
                                    .arg(fromUtf8(page.error().message()));
            return;
        }
        m_pages.push_back(std::move(*page));
    }
}

void ReaderDesk::fillTexts(OpenedDocument& opened) {
    opened.pages.clear();
    for (const auto& page : m_pages) opened.pages.append({fromUtf8(page.label), {}, fromUtf8(page.text)});
    opened.kind = m_kind = ReaderKind::Text;
}

void ReaderDesk::showStored(library::Session& session, OpenedDocument& opened, const QString& why) {
    opened.notice.clear();
    loadStored(session, opened);
    const QString unread = opened.notice;
    if (m_pages.empty()) {
        opened.kind = m_kind = ReaderKind::Nothing;
        opened.error = unread.isEmpty() ? why : tr("%1 %2").arg(why, unread);
        return;
    }
    opened.styles.clear();
    fillTexts(opened);
    opened.notice = tr("%1 Shown is its text as it was when it was read.").arg(why);
    if (!unread.isEmpty()) opened.notice = tr("%1 %2").arg(opened.notice, unread);
}

Result<QImage> ReaderDesk::image(const PageWish& wish, const std::stop_token& stop) {
    if (m_kind != ReaderKind::Pages) return Error(ErrorCode::NotFound, "no pages are shown");
    TRY(const auto drawn, m_viewer->render(wish.page + 1, wish.pixelWidth, stop));
    const auto* pixels = reinterpret_cast<const uchar*>(drawn.pixels.data());
    return QImage(pixels, drawn.width, drawn.height, drawn.width * 4, QImage::Format_RGB32).copy();
}

Result<PageWords> ReaderDesk::words(library::Session& session, int page, const std::stop_token& stop) {
    if (m_kind != ReaderKind::Pages) return Error(ErrorCode::NotFound, "no pages are shown");
    TRY(const auto placed, m_viewer->words(page + 1, stop));
    if (m_document == 0) return wordsOf(page, placed.text, placed.words);
    const auto stored = session.index().page(m_document, page);
    if (!stored || stored->text == placed.text) return wordsOf(page, placed.text, placed.words);
    // Read by another version of this program: places are of the stored text.
    return wordsOf(page, stored->text, movedInto(stored->text, placed));
}

Result<std::string> ReaderDesk::textOf(library::Session& session, int page, const std::stop_token& stop) {
    if (m_kind == ReaderKind::Text) {
        if (page < 0 || static_cast<std::size_t>(page) >= m_pages.size())
            return Error(ErrorCode::NotFound, "there is no such page");
        return m_pages[static_cast<std::size_t>(page)].text;
    }
    if (m_document != 0)
        if (auto stored = session.index().page(m_document, page)) return std::move(stored->text);
    if (m_kind != ReaderKind::Pages) return Error(ErrorCode::NotFound, "nothing is shown");
    TRY(auto placed, m_viewer->words(page + 1, stop));
    return std::move(placed.text);
}

PlaceMarks ReaderDesk::marks(library::Session& session, const Place& place, const std::stop_token& stop) {
    PlaceMarks marks;
    marks.page = std::max(0, place.page - 1);
    const auto text = textOf(session, marks.page, stop);
    if (!text) return marks;
    QStringList parts;
    for (const base::Range& range : rangesOf(place, *text)) {
        marks.ranges.append(utf16RangeOf(*text, range));
        parts << fromUtf8(text->substr(range.begin, range.size()));
    }
    marks.text = parts.join(QLatin1Char('\n'));
    marks.exact = !marks.ranges.isEmpty();
    if (marks.exact && m_kind == ReaderKind::Pages)
        if (const auto placed = words(session, marks.page, stop))
            marks.rects = rectanglesOf(*placed, marks.ranges);
    return marks;
}

std::shared_ptr<const QStringList> ReaderDesk::texts(library::Session& session, const std::stop_token& stop) {
    if (m_texts) return m_texts;
    auto texts = std::make_shared<QStringList>();
    const int count = m_kind == ReaderKind::Pages ? m_pageCount : static_cast<int>(m_pages.size());
    for (int page = 0; page < count && !stop.stop_requested(); ++page) {
        const auto text = textOf(session, page, stop);
        texts->append(text ? fromUtf8(*text) : QString());
    }
    if (!stop.stop_requested()) m_texts = texts;
    return texts;
}

}  // namespace commonplace::ui
