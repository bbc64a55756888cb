#include "engine/extract/page_viewer.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "engine/extract/protocol_runs.h"
#include "engine/extract/protocol_view.h"
#include "engine/extract/worker_process.h"

namespace commonplace::extract {
namespace {

using Outcome = Attempt::Outcome;

Error explain(const Attempt& attempt) {
    switch (attempt.outcome) {
        case Outcome::TimedOut:
            return {ErrorCode::Timeout, "showing it took too long and was stopped"};
        case Outcome::OutOfMemory:
            return {ErrorCode::Limit, "showing it needs more memory than the limit"};
        case Outcome::Cancelled:
            return {ErrorCode::Cancelled, "showing it was cancelled"};
        case Outcome::Nonsense:
            return {ErrorCode::Protocol, attempt.detail};
        case Outcome::Crashed:
        case Outcome::Answered:
            break;
    }
    return {ErrorCode::Crashed, "the reader crashed on it (" + attempt.detail + ")"};
}

}  // namespace

/// The worker, and which file it has open.
class PageViewer::Conversation final {
  public:
    explicit Conversation(Options options) : m_options(std::move(options)) {}

    Result<Outline> open(Snapshot file, const std::stop_token& stop) {
        m_file = std::move(file);
        if (worn()) drop();
        return openInWorker(stop);
    }

    void close() {
        m_file.reset();
        m_worker.reset();
        m_openInWorker = false;
    }

    /// Asks about a page of the open file; a new worker is shown the file first.
    template <class Answer, class Message, class Decode>
    Result<Answer> askPage(const Message& message, protocol::Kind kind, const Decode& decode,
                           const std::stop_token& stop) {
        if (!m_file) return Error(ErrorCode::NotFound, "no document is open");
        if (!m_worker || !m_openInWorker) TRY_VOID(reopen(stop));
        Request request;
        protocol::append(request.record, message);
        return ask<Answer>(request, kind, decode, stop);
    }

    Result<document::ExtractedDocument> read(const Snapshot& file, document::Format format,
                                             const std::stop_token& stop) {
        TRY(WorkerProcess* const process, worker());
        auto attempt = process->extract(file, format, stop);
        if (attempt && attempt->outcome == Outcome::Answered) return std::move(attempt->document);
        drop();
        return attempt ? explain(*attempt) : attempt.error();
    }

    Result<StyledText> styled(const Snapshot& file, document::Format format, const std::stop_token& stop) {
        Request request{{}, file.memory.get()};
        protocol::append(request.record, protocol::Extract{format, file.bytes}, protocol::Kind::Style);
        return ask<StyledText>(request, protocol::Kind::Styled, protocol::decodeStyled, stop);
    }

  private:
    bool worn() const { return m_worker && m_worker->files() > m_options.filesPerWorker; }

    Result<WorkerProcess*> worker() {
        if (!m_worker) {
            m_openInWorker = false;
            TRY(m_worker, WorkerProcess::start(m_options));
        }
        return m_worker.get();
    }

    void drop() {
        m_worker.reset();
        m_openInWorker = false;
    }

    Result<Outline> openInWorker(const std::stop_token& stop) {
        Request request{{}, m_file->memory.get()};
        protocol::append(request.record, protocol::Open{m_file->bytes});
        m_openInWorker = false;
        auto outline = ask<Outline>(request, protocol::Kind::Outline, protocol::decodeOutline, stop);
        m_openInWorker = outline.has_value();
        return outline;
    }

    Result<void> reopen(const std::stop_token& stop) {
        const auto outline = openInWorker(stop);
        if (!outline) return outline.error();
        return {};
    }

    /// One record with the answer, or the worker's own account of why there is none.
    template <class Answer, class Decode>
    Result<Answer> ask(const Request& request, protocol::Kind kind, const Decode& decode,
                       const std::stop_token& stop) {
        TRY(WorkerProcess* const process, worker());
        std::optional<Result<Answer>> answer;
        const auto accept = [&](const protocol::Record& record) -> Result<ReplyState> {
            if (record.kind == protocol::Kind::Failed)
                answer = protocol::decodeFailed(record.payload);
            else if (record.kind == kind)
                answer = decode(record.payload);
            else
                return Error(ErrorCode::Protocol, "the extraction worker answered another question");
            if (!*answer && answer->error().code() == ErrorCode::Protocol) return answer->error();
            return ReplyState::Complete;
        };
        const auto attempt = process->ask(request, accept, stop);
        if (attempt && attempt->outcome == Outcome::Answered) return std::move(*answer);
        drop();
        return attempt ? explain(*attempt) : attempt.error();
    }

    Options m_options;
    std::unique_ptr<WorkerProcess> m_worker;
    std::optional<Snapshot> m_file;
    bool m_openInWorker = false;
};

PageViewer::PageViewer(std::unique_ptr<Conversation> conversation)
    : m_conversation(std::move(conversation)) {}
PageViewer::~PageViewer() = default;

Result<std::unique_ptr<PageViewer>> PageViewer::create(Options options) {
    if (options.program.empty()) options.program = "/proc/self/exe";
    if (::access(options.program.c_str(), X_OK) != 0)
        return base::systemError(
            errno, "cannot run \"" + base::displayPath(options.program) + "\" to show documents");
    return std::unique_ptr<PageViewer>(new PageViewer(std::make_unique<Conversation>(std::move(options))));
}

Result<Outline> PageViewer::open(Snapshot file, std::stop_token stop) {
    return m_conversation->open(std::move(file), stop);
}

void PageViewer::close() {
    m_conversation->close();
}

Result<PlacedPage> PageViewer::words(int page, std::stop_token stop) {
    return m_conversation->askPage<PlacedPage>(protocol::Words{page}, protocol::Kind::PlacedWords,
                                               protocol::decodePlacedPage, stop);
}

Result<PageImage> PageViewer::render(int page, int width, std::stop_token stop) {
    return m_conversation->askPage<PageImage>(protocol::Render{page, width}, protocol::Kind::Image,
                                              protocol::decodeImage, stop);
}

Result<document::ExtractedDocument> PageViewer::read(const Snapshot& file, document::Format format,
                                                     std::stop_token stop) {
    return m_conversation->read(file, format, stop);
}

Result<StyledText> PageViewer::styled(const Snapshot& file, document::Format format, std::stop_token stop) {
    return m_conversation->styled(file, format, stop);
}

}  // namespace commonplace::extract
