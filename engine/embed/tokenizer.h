// Tokenizer: text to the piece ids of the built-in encoder (SentencePiece's unigram model: Kudo 2018, arXiv
// 1804.10959).
//
// The text is normalised (NFKC), control and zero-width characters dropped, white space collapsed; every word
// starts with the mark U+2581. Among all ways to cut it into pieces the one with the highest sum of log
// probabilities wins (Viterbi). A character that begins no piece is unknown; neighbouring unknown characters
// share one id.
//
// Thread: immutable after construction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/embed/model.h"

namespace commonplace::embed {

struct Tokens {
    std::vector<std::int32_t> ids;   ///< at most Shape::maximumTokens
    std::size_t characters = 0;      ///< code points that the ids stand for, word marks left out
    std::size_t unknown = 0;         ///< those of them that are in no piece
    std::size_t letters = 0;         ///< those of them that are letters, marks or numbers
    std::size_t unknownLetters = 0;  ///< letters, marks and numbers in no piece
    double logProbability = 0;       ///< sum of the scores of the ids' pieces, in nats
};

class Tokenizer final {
  public:
    static constexpr std::int32_t kUnknownId = 0;

    explicit Tokenizer(const Model& model);

    /// Only the beginning of a longer text counts: the window of the encoder.
    Tokens tokenize(std::string_view text) const;
    /// The ids of text that is cleaned already, without a limit: for tests against the reference.
    std::vector<std::int32_t> segment(std::string_view marked) const;

    /// Normalised text with U+2581 before each word; a text of nothing but space and controls becomes empty.
    static std::string clean(std::string_view text);

  private:
    /// A trie over the bytes of the pieces; edges of a node are neighbours in m_edges, ascending by byte.
    struct Node {
        std::uint32_t firstEdge = 0;
        std::uint16_t edges = 0;
        std::int16_t piece = -1;
        float score = 0;
    };
    struct Edge {
        unsigned char byte = 0;
        std::uint32_t node = 0;
    };
    struct Piece {
        std::string_view text;
        float score = 0;
        std::int16_t id = 0;
    };
    struct Step;

    void grow(std::uint32_t node, const std::vector<Piece>& pieces, std::size_t begin, std::size_t end,
              std::size_t depth);
    const Node* child(const Node& node, char byte) const;
    std::vector<Step> bestPath(std::string_view marked) const;
    void offerPieces(std::string_view marked, std::size_t at, std::size_t width,
                     std::vector<Step>& ends) const;

    std::vector<Node> m_nodes;
    std::vector<Edge> m_edges;
};

}  // namespace commonplace::embed
