// ReaderDesk: the document that the reader has before it, on the engine's side. It decides what may be shown:
// the file's own pages when its bytes are those that were indexed, the stored text when they are not, and
// never marks in a text that they were not made for.
//
// Thread: that of the reader's lane.
#pragma once

#include <QImage>
#include <QStringList>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/document.h"
#include "engine/extract/page_viewer.h"
#include "engine/library/session.h"
#include "ui/bridge/reader_types.h"

namespace commonplace::ui {

class ReaderDesk final {
  public:
    struct Means {
        std::filesystem::path program;  ///< the worker's binary; empty: this program
        std::uint64_t maxFileBytes = 0;
    };
    explicit ReaderDesk(Means means) : m_means(std::move(means)) {}

    /// Never fails: what cannot be opened says so in `error`.
    OpenedDocument open(library::Session& session, const Place& place, const std::stop_token& stop);

    Result<QImage> image(const PageWish& wish, const std::stop_token& stop);
    Result<PageWords> words(library::Session& session, int page, const std::stop_token& stop);
    PlaceMarks marks(library::Session& session, const Place& place, const std::stop_token& stop);
    /// Of all pages, for finding; read once.
    std::shared_ptr<const QStringList> texts(library::Session& session, const std::stop_token& stop);

  private:
    /// What became of looking for the file.
    struct Found {
        std::optional<extract::Snapshot> file;  ///< with the wanted bytes
        std::string path;
        bool changed = false;  ///< it is there, with other bytes
    };
    Found lookFor(const std::string& sha256, const std::vector<std::string>& paths,
                  const std::stop_token& stop) const;
    void identify(library::Session& session, const std::string& sha256, OpenedDocument& opened);
    Result<void> showFile(library::Session& session, OpenedDocument& opened, extract::Snapshot file,
                          const std::stop_token& stop);
    Result<void> showPages(OpenedDocument& opened, extract::Snapshot file, const std::stop_token& stop);
    Result<void> showText(library::Session& session, OpenedDocument& opened, const extract::Snapshot& file,
                          const std::stop_token& stop);
    Result<void> readPages(OpenedDocument& opened, const extract::Snapshot& file,
                           const std::stop_token& stop);
    void showStored(library::Session& session, OpenedDocument& opened, const QString& why);
    /// The stored text; what cannot be read is missing at its end, and said so in `opened`.
    void loadStored(library::Session& session, OpenedDocument& opened);
    void fillTexts(OpenedDocument& opened);
    Result<std::string> textOf(library::Session& session, int page, const std::stop_token& stop);

    Means m_means;
    std::unique_ptr<extract::PageViewer> m_viewer;
    store::DocumentId m_document = 0;  ///< 0: not in the index
    document::Format m_format = document::Format::Unknown;
    std::vector<std::string> m_paths;     ///< where the index saw it
    std::vector<document::Page> m_pages;  ///< of a document that is shown as text
    ReaderKind m_kind = ReaderKind::Nothing;
    int m_pageCount = 0;
    std::shared_ptr<const QStringList> m_texts;
};

}  // namespace commonplace::ui
