#include "engine/extract/worker.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <new>
#include <string>

#include "engine/base/text.h"
#include "engine/extract/inbox.h"
#include "engine/extract/mapping.h"
#include "engine/extract/outbox.h"
#include "engine/extract/pdf.h"
#include "engine/extract/pdf_view.h"
#include "engine/extract/protocol.h"
#include "engine/extract/protocol_runs.h"
#include "engine/extract/protocol_view.h"
#include "engine/extract/sandbox.h"
#include "engine/extract/structured_text.h"
#include "engine/extract/text_formats.h"
#include "engine/extract/watchdog.h"

namespace commonplace::extract {
namespace {

using document::Format;
using document::Status;

constexpr std::size_t kSendBlock = 64u << 10;

/// Sends pages as they come, in blocks, and keeps to the limits of the text.
class SocketSink final : public PageSink {
  public:
    SocketSink(int socket, std::uint64_t textLimit) : m_socket(socket), m_textLeft(textLimit) {}

    Flow page(document::Page page) override {
        if (page.text.size() > m_textLeft || m_pages >= protocol::kMaxPages) m_cut = true;
        page.text.resize(base::clipUtf8(page.text, m_textLeft).size());
        m_textLeft -= page.text.size();
        m_lastPageBytes = page.text.size();
        if (m_pages < protocol::kMaxPages) protocol::append(m_out, page);
        ++m_pages;
        return flush(kSendBlock);
    }

    Flow heading(document::Heading heading) override {
        if (heading.begin >= m_lastPageBytes || ++m_headings > protocol::kMaxHeadings) return Flow::Stop;
        protocol::append(m_out, heading);
        return flush(kSendBlock);
    }

    /// The end of the answer; false when nobody listens any more.
    bool finish(Verdict verdict) {
        if (m_cut) {
            verdict.status = Status::TooBig;
            verdict.reason = "its text is longer than the limit; only the beginning was read";
        }
        verdict.pagesWithoutText = std::min(verdict.pagesWithoutText, static_cast<int>(m_pages));
        protocol::append(m_out, verdict);
        flush(0);
        return !m_broken;
    }

  private:
    Flow flush(std::size_t threshold) {
        if (m_out.size() > threshold && !m_broken) {
            m_broken = !sendAll(m_socket, m_out);
            m_out.clear();
        }
        return m_cut || m_broken ? Flow::Stop : Flow::Continue;
    }

    int m_socket;
    std::uint64_t m_textLeft;
    std::string m_out;
    std::uint32_t m_pages = 0;
    std::uint32_t m_headings = 0;
    std::size_t m_lastPageBytes = 0;
    bool m_cut = false;
    bool m_broken = false;
};

Verdict readAs(Format format, std::string_view bytes, PageSink& sink) {
    switch (format) {
        case Format::Pdf:
            return readPdf(bytes, sink);
        case Format::Markdown:
            return readMarkdown(bytes, sink);
        case Format::Html:
            return readHtml(bytes, sink);
        case Format::Text:
            return readPlainText(bytes, sink);
        case Format::Unknown:
            break;
    }
    return {Status::Unsupported, "files of this kind are not read by this version", {}, 0};
}

class Worker final {
  public:
    explicit Worker(int socket)
        : m_socket(socket), m_inbox(socket, protocol::kRecordSlack, Descriptors::Accept) {}

    /// Serves until the parent hangs up or says something that cannot be.
    int run() {
        if (!greet()) return kRefused;
        Watchdog watchdog(m_socket, m_welcome.memoryBytes);
        while (const auto record = m_inbox.next()) {
            allowCpuSeconds(m_welcome.cpuSeconds);
            watchdog.start();
            const bool sent = serve(*record);
            watchdog.stop();
            if (!sent) return kRefused;
        }
        return 0;
    }

  private:
    static constexpr int kRefused = 1;

    bool greet() {
        std::string hello;
        protocol::appendHello(hello);
        if (!sendAll(m_socket, hello)) return false;
        const auto record = m_inbox.next();
        if (!record || record->kind != protocol::Kind::Welcome) return false;
        auto welcome = protocol::decodeWelcome(record->payload);
        if (!welcome) return false;
        m_welcome = *welcome;
        enterSandbox(m_welcome.memoryBytes);
        return true;
    }

    bool serve(const protocol::Record& record) {
        try {
            switch (record.kind) {
                case protocol::Kind::Extract:
                    return extract(record.payload);
                case protocol::Kind::Open:
                    return open(record.payload);
                case protocol::Kind::Words:
                    return words(record.payload);
                case protocol::Kind::Render:
                    return render(record.payload);
                case protocol::Kind::Style:
                    return style(record.payload);
                default:
                    return false;
            }
        } catch (const std::bad_alloc&) {
            ::_exit(protocol::kExitMemory);
        }
    }

    bool extract(std::string_view payload) {
        const auto request = protocol::decodeExtract(payload);
        const base::UniqueFd file = m_inbox.takeDescriptor();
        if (!request || !file) return false;
        const Mapping mapping(file.get(), request->bytes);
        if (mapping.failed()) ::_exit(protocol::kExitMemory);
        SocketSink sink(m_socket, m_welcome.textBytes);
        return sink.finish(readAs(request->format, mapping.bytes(), sink));
    }

    bool open(std::string_view payload) {
        const auto request = protocol::decodeOpen(payload);
        const base::UniqueFd file = m_inbox.takeDescriptor();
        if (!request || !file) return false;
        m_view.reset();
        auto view = PdfView::open(file, request->bytes);
        if (!view) return refuse(view.error());
        m_view = std::move(*view);
        return send(Result<Outline>(m_view->outline()));
    }

    bool words(std::string_view payload) {
        const auto request = protocol::decodeWords(payload);
        return request && m_view && send(m_view->words(request->page));
    }

    bool render(std::string_view payload) {
        const auto request = protocol::decodeRender(payload);
        return request && m_view && send(m_view->render(request->page, request->width));
    }

    bool style(std::string_view payload) {
        const auto request = protocol::decodeExtract(payload);
        const base::UniqueFd file = m_inbox.takeDescriptor();
        if (!request || !file) return false;
        const Mapping mapping(file.get(), request->bytes);
        if (mapping.failed()) ::_exit(protocol::kExitMemory);
        return send(readStyled(request->format, mapping.bytes()));
    }

    template <class Answer>
    bool send(const Result<Answer>& answer) {
        if (!answer) return refuse(answer.error());
        std::string out;
        protocol::append(out, *answer);
        return sendAll(m_socket, out).has_value();
    }

    bool refuse(const Error& error) {
        std::string out;
        protocol::appendFailed(out, error);
        return sendAll(m_socket, out).has_value();
    }

    int m_socket;
    Inbox m_inbox;
    Converters m_converters;
    protocol::Welcome m_welcome;
    std::unique_ptr<PdfView> m_view;  // the document that is looked at
};

}  // namespace

int runWorker(int fd) {
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond RLIMIT_FSIZE fails instead
    return Worker(fd).run();
}

}  // namespace commonplace::extract
