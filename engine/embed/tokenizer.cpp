#include "engine/embed/tokenizer.h"

#include <algorithm>
#include <limits>

#include "engine/base/text.h"

namespace commonplace::embed {
namespace {

constexpr std::string_view kWordMark = "\xE2\x96\x81";
constexpr std::int16_t kReserved = 6;  // unknown, sentence borders and three unused ids are not pieces
// Enough for 128 of the longest pieces, whatever the text; longer runs of unknown characters are one id
// anyway.
constexpr std::size_t kMaximumBytes = 16384;
// Dearer than any piece (the least likely one has -14.5), as in the reference implementation.
constexpr double kUnknownScore = -25.0;

bool isInvisible(char32_t value) {
    const auto in = [value](char32_t low, char32_t high) { return value >= low && value <= high; };
    return value < 0x20 || in(0x7F, 0x9F) || value == 0xAD || value == 0x34F || value == 0x61C ||
           in(0x200B, 0x200F) || in(0x202A, 0x202E) || in(0x2060, 0x206F) || in(0xFE00, 0xFE0F) ||
           value == 0xFEFF || in(0xFFF9, 0xFFFB) || in(0xE0000, 0xE0FFF);
}

}  // namespace

/// The best way to reach a byte position: which piece ends there and where it starts.
struct Tokenizer::Step {
    double score = -std::numeric_limits<double>::infinity();
    std::size_t begin = 0;
    std::size_t end = 0;
    std::int32_t id = kUnknownId;
};

Tokenizer::Tokenizer(const Model& model) {
    std::vector<Piece> pieces;
    std::int16_t id = 0;
    model.eachPiece([&](std::string_view text, float score) {
        if (id >= kReserved) pieces.push_back({text, score, id});
        ++id;
    });
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.text < b.text; });
    m_nodes.emplace_back();
    grow(0, pieces, 0, pieces.size(), 0);
}

/// Makes the subtree for the pieces [begin, end), which share their first `depth` bytes. A piece that stands
/// twice in the vocabulary counts with its later id, as in the reference.
void Tokenizer::grow(std::uint32_t node, const std::vector<Piece>& pieces, std::size_t begin, std::size_t end,
                     std::size_t depth) {
    for (; begin < end && pieces[begin].text.size() == depth; ++begin) {
        m_nodes[node].piece = pieces[begin].id;
        m_nodes[node].score = pieces[begin].score;
    }
    m_nodes[node].firstEdge = static_cast<std::uint32_t>(m_edges.size());
    std::vector<std::size_t> starts;
    for (std::size_t i = begin; i < end; ++i)
        if (i == begin || pieces[i].text[depth] != pieces[i - 1].text[depth]) starts.push_back(i);
    m_nodes[node].edges = static_cast<std::uint16_t>(starts.size());
    for (const std::size_t start : starts) {
        m_edges.push_back({static_cast<unsigned char>(pieces[start].text[depth]),
                           static_cast<std::uint32_t>(m_nodes.size())});
        m_nodes.emplace_back();
    }
    const std::uint32_t firstEdge = m_nodes[node].firstEdge;
    starts.push_back(end);
    for (std::size_t i = 0; i + 1 < starts.size(); ++i)
        grow(m_edges[firstEdge + i].node, pieces, starts[i], starts[i + 1], depth + 1);
}

const Tokenizer::Node* Tokenizer::child(const Node& node, char byte) const {
    const auto first = m_edges.begin() + node.firstEdge;
    const auto last = first + node.edges;
    const auto wanted = static_cast<unsigned char>(byte);
    const auto found =
        std::lower_bound(first, last, wanted, [](const Edge& e, unsigned char b) { return e.byte < b; });
    return found != last && found->byte == wanted ? &m_nodes[found->node] : nullptr;
}

std::string Tokenizer::clean(std::string_view text) {
    const std::string normal = base::normalizeNfkc(base::clipUtf8(base::trim(text), kMaximumBytes));
    std::string marked;
    marked.reserve(normal.size() + normal.size() / 2);
    bool wordStarts = true;
    for (std::size_t at = 0; at < normal.size();) {
        const base::CodePoint point = base::decodeUtf8(normal, at);
        if (base::isSpace(point.value)) {
            wordStarts = true;
        } else if (!isInvisible(point.value)) {
            if (wordStarts) marked += kWordMark;
            wordStarts = false;
            base::appendUtf8(marked, point.value);
        }
        at += point.bytes;
    }
    return marked;
}

/// Extends the best path to `at` by every piece that starts there, or else by one unknown character. Of equal
/// sums the later start wins, as in the reference.
void Tokenizer::offerPieces(std::string_view marked, std::size_t at, std::size_t width,
                            std::vector<Step>& ends) const {
    const double before = ends[at].score;
    bool known = false;
    const Node* node = child(m_nodes[0], marked[at]);
    for (std::size_t end = at + 1; node;
         node = end < marked.size() ? child(*node, marked[end]) : nullptr, ++end) {
        if (node->piece < 0) continue;
        known = known || end == at + width;
        const double score = before + static_cast<double>(node->score);
        if (score >= ends[end].score) ends[end] = {score, at, end, node->piece};
    }
    const std::size_t next = at + width;
    if (!known && before + kUnknownScore > ends[next].score)
        ends[next] = {before + kUnknownScore, at, next, kUnknownId};
}

std::vector<Tokenizer::Step> Tokenizer::bestPath(std::string_view marked) const {
    std::vector<Step> ends(marked.size() + 1);
    ends[0].score = 0;
    for (std::size_t at = 0; at < marked.size();) {
        const std::size_t width = base::decodeUtf8(marked, at).bytes;
        offerPieces(marked, at, width, ends);
        at += width;
    }
    std::vector<Step> path;
    for (std::size_t end = marked.size(); end > 0; end = path.back().begin) path.push_back(ends[end]);
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<std::int32_t> Tokenizer::segment(std::string_view marked) const {
    std::vector<std::int32_t> ids;
    for (const Step& step : bestPath(marked))
        if (step.id != kUnknownId || ids.empty() || ids.back() != kUnknownId) ids.push_back(step.id);
    return ids;
}

Tokens Tokenizer::tokenize(std::string_view text) const {
    const std::string marked = clean(text);
    Tokens tokens;
    double before = 0;
    for (const Step& step : bestPath(marked)) {
        const bool known = step.id != kUnknownId;
        if (known || tokens.ids.empty() || tokens.ids.back() != kUnknownId) {
            if (tokens.ids.size() == Shape::maximumTokens) break;
            tokens.ids.push_back(step.id);
        }
        for (std::size_t at = step.begin; at < step.end;) {
            const base::CodePoint point = base::decodeUtf8(marked, at);
            at += point.bytes;
            if (marked.substr(at - point.bytes, point.bytes) == kWordMark) continue;
            const bool letter = base::isWordChar(point.value);
            ++tokens.characters;
            tokens.unknown += !known;
            tokens.letters += letter;
            tokens.unknownLetters += letter && !known;
        }
        if (known) tokens.logProbability += step.score - before;
        before = step.score;
    }
    return tokens;
}

}  // namespace commonplace::embed
