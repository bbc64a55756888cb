// ChatStream: the body of a chat answer as it arrives, of any protocol, in any split, made into the text of
// an answer; with the bounds that a person needs: tokens, size of a line, and the time between words. Thread:
// one at a time.
//
// What counts as a sign of life: a piece of the answer, or of hidden reasoning. Comments (": ping"), empty
// deltas and other bytes do not: before the first piece they may fill firstTokenSeconds, afterwards
// silenceSeconds, and not a moment more.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/document/chat_model.h"
#include "engine/llm/chat_piece.h"
#include "engine/llm/hidden_thoughts.h"
#include "engine/llm/line_reader.h"
#include "engine/llm/whole_code_points.h"
#include "engine/net/safe_text.h"
#include "engine/net/sse.h"

namespace commonplace::llm {

struct ChatLimits {
    int maxTokens = 1024;  ///< see tokenBound()
    double firstTokenSeconds = 300;
    double silenceSeconds = 30;
};

/// How many tokens of a stream are taken before it is cut off. More than were asked for, because only pieces
/// and bytes are known here: a piece counts as at least one token, and eight bytes as at least one (English
/// has four to five).
std::size_t tokenBound(int maxTokens);

/// Seconds since the question was sent; tests bring their own.
using SecondsSoFar = std::function<double()>;
SecondsSoFar secondsFromNow();

class ChatStream final {
  public:
    /// `onText` and `safe` must outlive it; `server` is the address for messages.
    ChatStream(StreamFormat format, ChatLimits limits, std::string server, const net::SafeText& safe,
               const document::ChatModel::OnText& onText, SecondsSoFar clock = secondsFromNow());

    /// Bytes of the body. An Error means: end the transfer. It may be the good end of the answer; conclude()
    /// knows.
    Result<void> feed(std::string_view bytes);
    /// The bounds in time, to be asked again and again; an Error as in feed().
    Result<void> check();
    /// After the transfer, once. `broken`: why it ended other than by the end of the body; Cancelled is the
    /// user's stop. An Error when nothing of the answer came, otherwise what came.
    Result<document::ChatReply> conclude(std::optional<Error> broken);
    /// The HTTP status that an error inside the stream stood for; 0: there was none, or it did not say.
    int reportedStatus() const { return m_reportedStatus; }

  private:
    enum class Form { Unknown, Events, Lines, Json };

    Result<void> decideForm(char first);
    Result<void> keepJson(std::string_view bytes);
    Result<void> takeEvents(const Result<std::vector<net::SseEvent>>& events);
    Result<void> takeEvent(const net::SseEvent& event);
    Result<void> takePiece(const ChatPiece& piece);
    Result<void> takeText(std::string_view bytes);
    Result<void> takeFinish(const std::string& reason);
    Result<void> takeWholeAnswer();
    Result<void> closeBody();
    std::string cannotRead(const char* what, const Error& error) const;
    void show(const std::string& text);
    void noteUsage(const ChatPiece& piece);
    std::string whyEmpty() const;
    Result<void> fail(ErrorCode code, const std::string& why);
    Result<void> failAsReported(std::string_view words);
    Result<void> complete();

    StreamFormat m_format;
    ChatLimits m_limits;
    std::string m_server;
    const net::SafeText& m_safe;
    const document::ChatModel::OnText& m_onText;
    SecondsSoFar m_clock;
    Form m_form = Form::Unknown;
    net::SseReader m_events;
    LineReader m_lines;
    std::string m_json;
    WholeCodePoints m_codePoints;
    HiddenThoughts m_thoughts;
    document::ChatReply m_reply;
    std::size_t m_pieces = 0;
    std::size_t m_bytes = 0;
    std::optional<double> m_lastPieceAt;
    std::optional<double> m_finishedAt;
    std::string m_finishReason;
    bool m_sawEvent = false;
    bool m_complete = false;
    int m_reportedStatus = 0;
    std::optional<Error> m_failure;
};

}  // namespace commonplace::llm
