#include "engine/llm/chat_stream.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/base/text.h"
#include "engine/llm/status_error.h"

namespace commonplace::llm {
namespace {

constexpr std::size_t kMaxAnswerBytes = 1u << 20;  // of one that is not streamed
constexpr std::size_t kBytesPerToken = 8;
constexpr std::size_t kMostCited = 256;
// After the last word a server may still send its token counts; the person is not kept waiting for them.
constexpr double kGraceSeconds = 2;

bool isBlank(char c) {
    // The byte order mark is skipped byte by byte: no form begins with one of these.
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\xEF' || c == '\xBB' || c == '\xBF';
}

std::string secondsText(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%g s", seconds);
    return text;
}

}  // namespace

std::size_t tokenBound(int maxTokens) {
    return static_cast<std::size_t>(static_cast<double>(std::max(maxTokens, 0)) * 1.2) + 32;
}

SecondsSoFar secondsFromNow() {
    return [watch = base::Stopwatch()] { return watch.seconds(); };
}

ChatStream::ChatStream(StreamFormat format, ChatLimits limits, std::string server, const net::SafeText& safe,
                       const document::ChatModel::OnText& onText, SecondsSoFar clock)
    : m_format(std::move(format)),
      m_limits(limits),
      m_server(std::move(server)),
      m_safe(safe),
      m_onText(onText),
      m_clock(std::move(clock)) {}

Result<void> ChatStream::feed(std::string_view bytes) {
    if (m_form == Form::Unknown) {
        while (!bytes.empty() && isBlank(bytes.front())) bytes.remove_prefix(1);
        if (bytes.empty()) return {};
        TRY_VOID(decideForm(bytes.front()));
    }
    if (m_form == Form::Json) return keepJson(bytes);
    return takeEvents(m_form == Form::Lines ? m_lines.feed(bytes) : m_events.feed(bytes));
}

// Some servers answer a streaming request with one JSON object, and a wrong address answers with a web page.
Result<void> ChatStream::decideForm(char first) {
    if (first == '<') return fail(ErrorCode::Protocol, "it answered with a web page" + m_format.hint);
    if (m_format.framing == Framing::Lines)
        m_form = Form::Lines;
    else
        m_form = first == '{' ? Form::Json : Form::Events;
    return {};
}

Result<void> ChatStream::keepJson(std::string_view bytes) {
    if (bytes.size() > kMaxAnswerBytes - m_json.size())
        return fail(ErrorCode::Limit, "its answer is longer than 1 MiB; is this a chat model?");
    m_json += bytes;
    return {};
}

Result<void> ChatStream::takeEvents(const Result<std::vector<net::SseEvent>>& events) {
    if (!events) return fail(events.error().code(), events.error().message());
    for (const net::SseEvent& event : *events) TRY_VOID(takeEvent(event));
    return {};
}

Result<void> ChatStream::takeEvent(const net::SseEvent& event) {
    const std::string_view data = base::trim(event.data);
    if (data.empty()) return {};
    m_sawEvent = true;
    auto piece = m_format.read(event.event, data);
    if (!piece) return fail(ErrorCode::Protocol, cannotRead("a part of its stream", piece.error()));
    return takePiece(*piece);
}

Result<void> ChatStream::takePiece(const ChatPiece& piece) {
    noteUsage(piece);
    for (const document::CitedText& cited : piece.cited)
        if (m_reply.cited.size() < kMostCited) m_reply.cited.push_back(cited);
    if (!piece.text.empty() || piece.hiddenBytes > 0) {
        ++m_pieces;
        m_bytes += piece.hiddenBytes;
        TRY_VOID(takeText(piece.text));
        m_lastPieceAt = m_clock();
    }
    if (piece.error) {
        m_reportedStatus = piece.errorStatus;
        return failAsReported(*piece.error);
    }
    if (piece.finishReason) TRY_VOID(takeFinish(*piece.finishReason));
    return piece.isEnd ? complete() : Result<void>();
}

Result<void> ChatStream::takeText(std::string_view bytes) {
    const std::size_t bound = tokenBound(m_limits.maxTokens);
    const std::size_t room = bound * kBytesPerToken - std::min(m_bytes, bound * kBytesPerToken);
    const bool over = m_pieces > bound || bytes.size() > room;
    m_bytes += bytes.size();
    if (m_pieces <= bound) show(m_thoughts.push(m_codePoints.push(bytes.substr(0, room))));
    if (!over) return {};
    return fail(ErrorCode::Limit, "its answer was cut off: it is longer than the " +
                                      std::to_string(m_limits.maxTokens) + " tokens that were asked for");
}

void ChatStream::show(const std::string& text) {
    if (text.empty()) return;
    if (m_reply.text.empty()) m_reply.firstTokenMs = m_clock() * 1e3;
    m_reply.text += text;
    if (m_onText) m_onText(text);
}

Result<void> ChatStream::takeFinish(const std::string& reason) {
    m_finishedAt = m_clock();
    m_finishReason = reason;
    m_reply.finishReason = reason;
    if (reason == "error") return fail(ErrorCode::Protocol, "it broke off with an error; try again");
    if (reason == "content_filter") return fail(ErrorCode::Protocol, "its content filter ended the answer");
    if (reason == "context")
        return fail(ErrorCode::Limit,
                    "its window was full before the end of the answer; ask with fewer passages");
    return {};
}

// Counts are cumulative; what comes late can leave out what a cache held, never add what was not there.
void ChatStream::noteUsage(const ChatPiece& piece) {
    m_reply.promptTokens = std::max(m_reply.promptTokens, piece.promptTokens);
    m_reply.completionTokens = std::max(m_reply.completionTokens, piece.completionTokens);
}

Result<void> ChatStream::check() {
    if (m_failure) return *m_failure;
    const double now = m_clock();
    if (m_finishedAt)
        return now - *m_finishedAt > std::min(kGraceSeconds, m_limits.silenceSeconds) ? complete()
                                                                                      : Result<void>();
    if (!m_lastPieceAt && now > m_limits.firstTokenSeconds)
        return fail(ErrorCode::Timeout, "no word of an answer came within " +
                                            secondsText(m_limits.firstTokenSeconds) +
                                            "; is the model still loading, or the question too long for it?");
    if (m_lastPieceAt && now - *m_lastPieceAt > m_limits.silenceSeconds)
        return fail(ErrorCode::Timeout, "its answer has stopped: no further word came for " +
                                            secondsText(m_limits.silenceSeconds));
    return {};
}

Result<document::ChatReply> ChatStream::conclude(std::optional<Error> broken) {
    const bool isStopped =
        broken && broken->code() == ErrorCode::Cancelled && !m_complete && !m_finishedAt && !m_failure;
    if (isStopped) {
        m_reply.stopped = true;
        return std::move(m_reply);
    }
    if (!broken && !m_failure && !m_complete) (void)closeBody();
    if (m_finishedAt && !m_failure) m_complete = true;  // only the token counts can be missing
    if (!m_complete && !m_failure) m_failure = std::move(broken);
    if (m_failure && m_reply.text.empty()) return *m_failure;
    if (m_failure) {
        m_reply.error = m_failure->message();
        return std::move(m_reply);
    }
    show(m_thoughts.push(m_codePoints.finish()));
    show(m_thoughts.finish());
    if (m_reply.text.empty()) m_reply.error = m_server + ": " + whyEmpty();
    return std::move(m_reply);
}

// The end of the body, which is not yet the end of an answer: a connection that broke may look the same.
Result<void> ChatStream::closeBody() {
    if (m_form == Form::Unknown)
        return fail(ErrorCode::Protocol, "it answered with nothing at all" + m_format.hint);
    if (m_form == Form::Json) return takeWholeAnswer();
    TRY_VOID(takeEvents(m_form == Form::Lines ? m_lines.finish() : m_events.finish()));
    if (m_finishedAt) return {};
    if (!m_sawEvent) return fail(ErrorCode::Protocol, "what came is no chat stream" + m_format.hint);
    return fail(ErrorCode::Network, "its answer broke off: the stream was closed before its end");
}

Result<void> ChatStream::takeWholeAnswer() {
    auto piece = m_format.read({}, m_json);
    if (piece && !piece->hasAnswer && !piece->error)
        piece = Error(ErrorCode::Protocol, "there is no answer in it");
    if (!piece) return fail(ErrorCode::Protocol, cannotRead("its answer", piece.error()));
    TRY_VOID(takePiece(*piece));
    m_complete = true;
    return {};
}

std::string ChatStream::cannotRead(const char* what, const Error& error) const {
    return std::string(what) + " cannot be read, " + error.message() + m_format.hint;
}

std::string ChatStream::whyEmpty() const {
    if (m_finishReason == "length")
        return "the " + std::to_string(m_limits.maxTokens) +
               " tokens of the answer were used up before its first word";
    if (m_pieces > 0) return "the model thought, but wrote no answer; ask again";
    return "the model gave an empty answer; ask again";
}

Result<void> ChatStream::fail(ErrorCode code, const std::string& why) {
    m_failure = Error(code, m_server + ": " + why);
    return *m_failure;
}

Result<void> ChatStream::failAsReported(std::string_view words) {
    const std::string quoted = m_safe.quote(words);
    return fail(codeOf({m_reportedStatus, {}, std::string(words)}),
                "it reported an error" + (quoted.empty() ? "; see its log" : ": " + quoted));
}

Result<void> ChatStream::complete() {
    m_complete = true;
    return Error(ErrorCode::Cancelled, "the answer is complete");
}

}  // namespace commonplace::llm
