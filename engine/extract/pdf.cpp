#include "engine/extract/pdf.h"

#include <iconv.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <climits>
#include <exception>
#include <memory>

#include "engine/base/text.h"
#include "engine/extract/pdf_page.h"

namespace commonplace::extract {
namespace {

using document::Status;

/// What poppler complained about, as far as it matters to a reader.
struct Complaints {
    bool structure = false;    ///< the table of objects or pages had to be guessed
    bool content = false;      ///< a stream ends early: text may be missing
    bool certificate = false;  ///< encrypted for the holders of certificates
};

bool containsAny(const std::string& text, std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return text.find(part) != std::string::npos; });
}

/// Called by poppler instead of printing.
void note(const std::string& message, void* complaints) {
    auto& found = *static_cast<Complaints*>(complaints);
    if (containsAny(message, {"Adobe.PubSec"})) found.certificate = true;
    if (containsAny(message, {"trailer dictionary", "xref table", "try to reconstruct", "Invalid XRef entry",
                              "Loop in Pages", "Failed to create page", "is wrong type"}))
        found.structure = true;
    if (containsAny(message,
                    {"in flate stream", "End of file inside", "Unterminated string", "Weird page contents"}))
        found.content = true;
}

/// Sends poppler's complaints here for as long as it lives; afterwards to nobody.
class ComplaintsRoute final {
  public:
    explicit ComplaintsRoute(Complaints& complaints) { poppler::set_debug_error_function(note, &complaints); }
    ~ComplaintsRoute() {
        poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    }
    ComplaintsRoute(const ComplaintsRoute&) = delete;
    ComplaintsRoute& operator=(const ComplaintsRoute&) = delete;
};

std::string counted(int count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

class Reader final {
  public:
    Reader(const poppler::document& document, PageSink& sink) : m_document(document), m_sink(sink) {}

    void readPages() {
        const int pages = m_document.pages();
        for (int index = 0; index < pages; ++index)
            if (m_sink.page(readPage(index)) == Flow::Stop) return;
    }

    Verdict verdict(const Complaints& complaints) const {
        Verdict verdict;
        verdict.pagesWithoutText = m_empty;
        verdict.title = cleanTitle(toUtf8(m_document.get_title()));
        verdict.reason = reason(complaints);
        verdict.status = verdict.reason.empty() ? Status::Indexed : Status::Partial;
        if (m_empty == m_read) verdict.status = Status::NoText;
        return verdict;
    }

  private:
    document::Page readPage(int index) {
        document::Page result{index + 1, {}, {}};
        const std::unique_ptr<poppler::page> page(m_document.create_page(index));
        if (page) {
            result.label = pageLabel(*page, result.number);
            result.text = pageText(*page);
        } else {
            ++m_failed;
        }
        ++m_read;
        if (base::trim(result.text).empty()) ++m_empty;
        return result;
    }

    std::string reason(const Complaints& complaints) const {
        const std::string failed =
            counted(m_failed, "page") + " of " + std::to_string(m_read) + " could not be read";
        if (m_empty == m_read) {
            const std::string nothing = "no text layer on " + counted(m_read, "page");
            return m_failed > 0 ? nothing + "; " + failed : nothing + " (scanned, drawn or empty)";
        }
        if (m_failed > 0) return failed;
        if (complaints.structure)
            return "the file is damaged and was repaired for reading; text may be missing";
        if (complaints.content) return "parts of the file are damaged; text may be missing";
        return {};
    }

    const poppler::document& m_document;
    PageSink& m_sink;
    int m_read = 0;
    int m_empty = 0;
    int m_failed = 0;
};

Verdict refused(Status status, const std::string& reason) {
    return {status, reason, {}, 0};
}

Verdict unopenable(std::string_view bytes) {
    if (bytes.empty()) return refused(Status::Damaged, "the file is empty");
    if (bytes.substr(0, 1024).find("%PDF-") == std::string_view::npos)
        return refused(Status::Damaged, "this is no PDF: it does not begin like one");
    return refused(Status::Damaged, "the PDF is damaged beyond repair and cannot be opened");
}

Verdict locked(const Complaints& complaints) {
    return refused(Status::Encrypted, complaints.certificate
                                          ? "encrypted for the holders of certain certificates"
                                          : "a password is needed to open it");
}

Verdict read(std::string_view bytes, PageSink& sink, const Complaints& complaints) {
    if (bytes.size() > INT_MAX) return refused(Status::TooBig, "PDFs over 2 GB cannot be read");
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return unopenable(bytes);
    if (document->is_locked()) return locked(complaints);
    if (document->pages() <= 0) return refused(Status::Damaged, "the PDF has no pages");
    Reader reader(*document, sink);
    reader.readPages();
    return reader.verdict(complaints);
}

}  // namespace

Verdict readPdf(std::string_view bytes, PageSink& sink) {
    Complaints complaints;
    const ComplaintsRoute route(complaints);
    try {
        return read(bytes, sink, complaints);
    } catch (const std::bad_alloc&) {
        throw;  // the worker's business: its limits, not the file's state
    } catch (const std::exception&) {
        return refused(Status::Damaged, "the PDF is damaged: reading it failed half-way");
    }
}

Converters::Converters()
    : m_open{::iconv_open("UTF-16", "UTF-8"), ::iconv_open("UTF-8", "UTF-16"),
             ::iconv_open("UTF-8", "UTF-16LE")} {}

Converters::~Converters() {
    const auto failed = reinterpret_cast<iconv_t>(-1);
    for (const iconv_t converter : m_open)
        if (converter != failed) ::iconv_close(converter);
}

}  // namespace commonplace::extract
