#include "engine/llm/anthropic_json.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/llm/chat_json.h"
#include "engine/llm/json_read.h"

namespace commonplace::llm {
namespace {

// In the words that ChatPiece::finishReason has for it.
std::string finishReason(const std::string& reason) {
    if (reason == "max_tokens") return "length";
    if (reason == "refusal") return "content_filter";
    return reason == "model_context_window_exceeded" ? "context" : reason;
}

void readUsage(const JsonView& usage, ChatPiece& piece) {
    const auto fresh = usage.member("input_tokens").count();
    const auto count = [&](const char* name) { return usage.member(name).count().value_or(0); };
    if (fresh)
        piece.promptTokens = *fresh + count("cache_creation_input_tokens") + count("cache_read_input_tokens");
    piece.completionTokens = usage.member("output_tokens").count();
}

void readStop(const JsonView& object, ChatPiece& piece) {
    if (const std::string reason = object.member("stop_reason").text(); !reason.empty())
        piece.finishReason = finishReason(reason);
}

// A content block or a delta of one; what is not shown counts as hidden.
void readBlock(const JsonView& block, ChatPiece& piece) {
    const std::string type = block.member("type").text();
    if (type == "text" || type == "text_delta") piece.text += block.member("text").text();
    for (const char* hidden : {"thinking", "partial_json"})
        piece.hiddenBytes += block.member(hidden).text().size();
}

void readWhole(const JsonView& message, ChatPiece& piece) {
    const JsonView content = message.member("content");
    piece.hasAnswer = content.isArray();
    for (const JsonView& block : content.items()) readBlock(block, piece);
    readUsage(message.member("usage"), piece);
    readStop(message, piece);
}

void readError(const JsonView& value, ChatPiece& piece) {
    piece.errorStatus = statusOf(value.member("error"));
    if (!piece.error) piece.error = value.message();
}

void fillPiece(const JsonView& value, ChatPiece& piece) {
    const std::string type = value.member("type").text();
    if (type == "error" || piece.error) readError(value, piece);
    if (type == "message") readWhole(value, piece);
    if (type == "message_start") readUsage(value.member("message").member("usage"), piece);
    if (type == "content_block_start") readBlock(value.member("content_block"), piece);
    if (type == "content_block_delta") readBlock(value.member("delta"), piece);
    if (type == "message_delta") {
        readUsage(value.member("usage"), piece);
        readStop(value.member("delta"), piece);
    }
    piece.isEnd = type == "message_stop";
}

Result<ChatPiece> orBareError(Result<ChatPiece> piece, std::string_view event, std::string_view data) {
    if (event != "error" || (piece && piece->error)) return piece;
    ChatPiece bare;
    bare.error = serverMessage(data);
    return bare;
}

constexpr std::size_t kMostOpenBlocks = 64;
constexpr std::size_t kMostBlockBytes = 64 * 1024;  // of which markers are remembered
constexpr std::size_t kMostSpaceBytes = 256;
constexpr std::size_t kMostNumbers = 16;            // places of one block
constexpr std::size_t kMostCitedBytes = 16 * 1024;  // no longer quotation is proven

}  // namespace

Result<ChatPiece> readAnthropicEvent(std::string_view event, std::string_view data) {
    return orBareError(readPiece(data, fillPiece), event, data);
}

Result<ChatPiece> AnthropicReader::read(std::string_view event, std::string_view data) {
    const auto fill = [this](const JsonView& value, ChatPiece& piece) {
        fillPiece(value, piece);
        readBlocks(value, piece);
    };
    return orBareError(readPiece(data, fill), event, data);
}

/// What fillPiece() took as text is taken again, with what it was taken from.
void AnthropicReader::readBlocks(const JsonView& value, ChatPiece& piece) {
    const std::string type = value.member("type").text();
    piece.text.clear();
    if (type == "message") {
        for (const JsonView& part : value.member("content").items()) {
            Block block;
            readPart(part, block, piece);
            close(block, piece);
        }
    }
    if (type == "content_block_start") readPart(value.member("content_block"), blockOf(value), piece);
    if (type == "content_block_delta") readPart(value.member("delta"), blockOf(value), piece);
    if (type == "content_block_stop") {
        const auto open = m_open.find(value.member("index").count().value_or(0));
        if (open == m_open.end()) return;
        close(open->second, piece);
        m_open.erase(open);
    }
    if (type == "message_delta" || type == "message_stop" || piece.error) closeAll(piece);
}

AnthropicReader::Block& AnthropicReader::blockOf(const JsonView& value) {
    const long index = value.member("index").count().value_or(0);
    // More than that is no answer; the last one takes what is left.
    if (m_open.size() >= kMostOpenBlocks && !m_open.contains(index)) return m_open.rbegin()->second;
    return m_open[index];
}

void AnthropicReader::readPart(const JsonView& part, Block& block, ChatPiece& piece) const {
    const std::string type = part.member("type").text();
    if (type == "text" || type == "text_delta") takeText(part.member("text").text(), block, piece);
    if (type == "text")
        for (const JsonView& citation : part.member("citations").items())
            takeCitation(citation, block, piece);
    if (type == "citations_delta") takeCitation(part.member("citation"), block, piece);
}

void AnthropicReader::takeText(std::string_view text, Block& block, ChatPiece& piece) const {
    std::size_t end = text.size();
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
    if (end > 0) {
        piece.text += block.space;
        piece.text += text.substr(0, end);
        block.space.clear();
    }
    if (block.text.size() < kMostBlockBytes) block.text += text;
    block.space += text.substr(end);
    block.space.resize(std::min(block.space.size(), kMostSpaceBytes));
}

void AnthropicReader::takeCitation(const JsonView& citation, Block& block, ChatPiece& piece) const {
    if (!citation.isObject()) return;
    const auto index = citation.member("search_result_index").count();
    const bool isKnown = index && *index >= 0 && static_cast<std::size_t>(*index) < m_passages;
    const int number = isKnown ? static_cast<int>(*index) + 1 : 0;
    const bool isNew = std::find(block.numbers.begin(), block.numbers.end(), number) == block.numbers.end();
    if (isKnown && isNew && block.numbers.size() < kMostNumbers) block.numbers.push_back(number);
    const std::string text = citation.member("cited_text").text();
    if (!base::trim(text).empty())
        piece.cited.push_back({number, std::string(base::clipUtf8(text, kMostCitedBytes))});
}

void AnthropicReader::close(const Block& block, ChatPiece& piece) const {
    std::string markers;
    for (const int number : block.numbers) {
        const std::string marker = "[" + std::to_string(number) + "]";
        if (block.text.find(marker) == std::string::npos) markers += marker;
    }
    if (!markers.empty() && !base::trim(block.text).empty()) piece.text += " " + markers;
    piece.text += block.space;
}

void AnthropicReader::closeAll(ChatPiece& piece) {
    for (const auto& [index, block] : m_open) close(block, piece);
    m_open.clear();
}

}  // namespace commonplace::llm
