// A chat model that says what a test wants: one byte or one kilobyte at a time, broken off in the middle,
// without end, truthful, lying, or obedient to whatever the passages tell it.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/chat_model.h"

namespace commonplace::test {

class FakeChatModel final : public document::ChatModel {
  public:
    using Reply = std::function<std::string(const document::ChatRequest&)>;

    explicit FakeChatModel(Reply reply) : m_reply(std::move(reply)) {}
    explicit FakeChatModel(std::string text)
        : m_reply([text](const document::ChatRequest&) { return text; }) {}

    std::size_t bytesPerPiece = 7;
    std::size_t contextWindow = 8192;
    std::optional<std::size_t> breaksAfter;  ///< bytes
    bool endless = false;                    ///< repeats its reply until it is stopped
    std::optional<Error> refuses;
    std::function<std::optional<Error>(const document::ChatRequest&)> beforeAnswer;
    std::vector<std::string> notes;
    std::optional<double> costUsd;
    std::optional<long> promptTokens;
    std::string finishReason;
    std::vector<document::CitedText> cited;
    bool reachesBound = false;  ///< says that its tokens were used up, as models in this process do
    const document::TokenCounter* tokens = nullptr;
    std::function<void(std::size_t)> beforePiece;  ///< called with the bytes said so far

    document::WindowSource windowFrom = document::WindowSource::Settings;
    std::string name = "fake-model";
    document::Place where = document::Place::ThisComputer;

    const std::string& id() const override { return name; }
    std::size_t window() const override { return contextWindow; }
    document::WindowSource windowSource() const override { return windowFrom; }
    document::Place place() const override { return where; }
    const document::TokenCounter* counter() const override { return tokens; }
    std::optional<double> mostCostUsd(const document::ChatRequest&) const override { return costUsd; }

    Result<document::ChatReply> chat(const document::ChatRequest& request, const OnText& onText,
                                     std::stop_token stop) override {
        requests.push_back(request);
        if (refuses) return *refuses;
        if (beforeAnswer)
            if (const auto error = beforeAnswer(request)) return *error;
        document::ChatReply reply;
        reply.notes = notes;
        reply.costUsd = costUsd;
        reply.promptTokens = promptTokens;
        reply.finishReason = finishReason;
        reply.cited = cited;
        const std::string text = m_reply(request);
        do {
            say(text, reply, onText, stop);
        } while (endless && !text.empty() && !reply.stopped);
        reply.completionTokens = static_cast<long>(reply.text.size() / 4);
        if (reachesBound) {
            reply.completionTokens = request.maxTokens;
            reply.finishReason = "length";
            reply.error = "broke off at the bound";
        }
        return reply;
    }

    std::vector<document::ChatRequest> requests;

  private:
    void say(const std::string& text, document::ChatReply& reply, const OnText& onText,
             const std::stop_token& stop) const {
        for (std::size_t at = 0; at < text.size() && !reply.error; at += bytesPerPiece) {
            if (beforePiece) beforePiece(reply.text.size());
            reply.stopped = stop.stop_requested();
            if (reply.stopped) return;
            if (breaksAfter && reply.text.size() >= *breaksAfter) {
                reply.error = "the connection broke";
                return;
            }
            const std::string piece = text.substr(at, bytesPerPiece);
            reply.text += piece;
            onText(piece);
        }
    }

    Reply m_reply;
};

/// The words between the tags of passage `number` of a request; empty when it is not there.
inline std::string passageOf(const document::ChatRequest& request, int number) {
    const std::string& text = request.messages.back().text;
    const std::size_t tag = text.find("<passage number=\"" + std::to_string(number) + "\"");
    if (tag == std::string::npos) return {};
    const std::size_t begin = text.find('\n', tag) + 1;
    return text.substr(begin, text.find("\n</passage>", begin) - begin);
}

/// Quotes the first `words` words of passage 1.
inline std::string truthful(const document::ChatRequest& request, std::size_t words = 8) {
    const std::string passage = passageOf(request, 1);
    std::size_t end = 0;
    for (std::size_t i = 0; i < words && end != std::string::npos; ++i)
        end = passage.find_first_of(" \n", end + 1);
    return "It says \"" + passage.substr(0, end) + "\" [1].";
}

/// The same with one letter or digit in the middle changed.
inline std::string lying(const document::ChatRequest& request) {
    std::string text = truthful(request);
    char& middle = text[text.size() / 2];
    middle = middle == 'x' ? 'y' : 'x';
    return text;
}

/// Says whatever follows "SAY:" anywhere in its messages: the model that falls for every injection.
inline std::string obedient(const document::ChatRequest& request) {
    for (const document::Message& message : request.messages) {
        const std::size_t order = message.text.find("SAY:");
        if (order != std::string::npos)
            return message.text.substr(order + 4, message.text.find('\n', order) - order - 4);
    }
    return "Nothing to obey.";
}

}  // namespace commonplace::test
