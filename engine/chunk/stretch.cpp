#include "engine/chunk/stretch.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace commonplace::chunk {
namespace {

using base::Range;

// A longer run without white space and word borders is base64, a rule of dashes or the like: it counts (and
// may be cut) at every 64 bytes, so that no chunk grows without bound.
constexpr std::size_t kLongestWord = 64;

/// A word, or 64 bytes of something else, in cleaned text.
struct Atom {
    std::size_t begin = 0;
    bool isWord = true;
};

class Atoms {
  public:
    explicit Atoms(std::string_view text) : m_text(text) {}

    std::vector<Atom> split() && {
        const std::vector<Range> words = base::words(m_text);
        m_atoms.reserve(words.size() + words.size() / 16);
        std::size_t at = 0;
        for (const Range& word : words) {
            if (word.begin - at > kLongestWord) addParts({at + kLongestWord, word.begin}, false);
            addParts(word, true);
            at = word.end;
        }
        if (m_text.size() - at > kLongestWord) addParts({at + kLongestWord, m_text.size()}, false);
        return std::move(m_atoms);
    }

  private:
    void addParts(Range range, bool isWord) {
        std::size_t at = range.begin;
        while (at < range.end && (static_cast<unsigned char>(m_text[at]) & 0xC0) == 0x80) ++at;
        while (at < range.end) {
            m_atoms.push_back({at, isWord});
            if (range.end - at <= kLongestWord) return;
            at += std::max<std::size_t>(1, base::clipUtf8(m_text.substr(at), kLongestWord).size());
        }
    }

    std::string_view m_text;
    std::vector<Atom> m_atoms;
};

/// Why a place between two words is a good one to cut a long sentence.
enum class Cut { BetweenClauses, BetweenLines };

class Splitter {
  public:
    Splitter(std::string_view stretch, const Options& options)
        : m_stretch(stretch),
          m_options(options),
          m_clean(clean(stretch)),
          m_atoms(Atoms(m_clean.text).split()) {}

    std::vector<Piece> run() && {
        const std::vector<Range> sentences = base::sentences(m_stretch);
        m_pieces.reserve(sentences.size());
        std::size_t atom = 0;
        for (const Range& sentence : sentences) {
            const std::size_t first = atom;
            const std::size_t end = cleanOffset(sentence.end);
            while (atom < m_atoms.size() && m_atoms[atom].begin < end) ++atom;
            addSentence(sentence, {first, atom});
        }
        return std::move(m_pieces);
    }

  private:
    /// The first clean byte that came from `source` or behind it. Called with growing arguments.
    std::size_t cleanOffset(std::size_t source) {
        const auto& offsets = m_clean.sourceOffset;
        while (m_cleanAt < m_clean.text.size() && offsets[m_cleanAt] < source) ++m_cleanAt;
        return m_cleanAt;
    }

    void addSentence(const Range& sentence, const Range& atoms) {
        const Border border = startsParagraph(sentence.begin) ? Border::Paragraph : Border::Sentence;
        const std::size_t limit = static_cast<std::size_t>(m_options.segmentWords);
        if (atoms.size() <= limit) {
            m_pieces.push_back({sentence, wordCount(atoms), border});
        } else if (atoms.size() <= static_cast<std::size_t>(m_options.words)) {
            // One in sixteen is kept free: a dictionary may see one word more in a piece than it saw in the
            // whole.
            cut(sentence, atoms, {limit - limit / 16, Cut::BetweenClauses, border, Border::Within});
        } else {
            const std::size_t small =
                std::min(limit, static_cast<std::size_t>(std::max(1, m_options.overlapWords)));
            cut(sentence, atoms, {small, Cut::BetweenLines, border, Border::Sentence});
        }
    }

    /// Number of atoms, 0 when none of them is a word.
    int wordCount(const Range& atoms) const {
        for (std::size_t i = atoms.begin; i < atoms.end; ++i)
            if (m_atoms[i].isWord) return static_cast<int>(atoms.size());
        return 0;
    }

    bool startsParagraph(std::size_t source) const {
        // m_cleanAt stands behind this sentence; the white space before it is in the source.
        int lineEnds = 0;
        for (std::size_t at = source; at > 0 && lineEnds < 2; --at) {
            const char c = m_stretch[at - 1];
            if (c == '\n') ++lineEnds;
            if (c == '\f') return true;
            if (c != '\n' && c != ' ' && c != '\t' && c != '\r') return false;
        }
        return true;
    }

    struct Plan {
        std::size_t limit = 0;
        Cut cut = Cut::BetweenClauses;
        Border first = Border::Sentence;
        Border next = Border::Within;
    };

    /// Even pieces of at most `plan.limit` atoms.
    void cut(const Range& sentence, Range atoms, Plan plan) {
        std::size_t begin = sentence.begin;
        while (atoms.size() > plan.limit) {
            const std::size_t pieces = (atoms.size() + plan.limit - 1) / plan.limit;
            const std::size_t middle = breakNear(atoms, atoms.begin + atoms.size() / pieces, plan);
            const Place place = placeBefore(middle);
            m_pieces.push_back({{begin, place.end}, wordCount({atoms.begin, middle}), plan.first});
            plan.first = plan.next;
            begin = place.begin;
            atoms.begin = middle;
        }
        m_pieces.push_back({{begin, sentence.end}, wordCount(atoms), plan.first});
    }

    /// The atom near `target` before which the cut looks best.
    std::size_t breakNear(const Range& atoms, std::size_t target, const Plan& plan) const {
        const std::size_t reach = plan.limit / 4;
        const std::size_t low = std::max(atoms.begin + 1, target - std::min(target, reach));
        const std::size_t high = std::min({atoms.begin + plan.limit, atoms.end - 1, target + reach});
        std::size_t best = std::clamp(target, low, high);
        int bestScore = std::numeric_limits<int>::min();
        for (std::size_t at = low; at <= high; ++at) {
            const int distance = std::abs(static_cast<int>(at) - static_cast<int>(target));
            const int score = 256 * quality(at, plan.cut) - distance;
            if (score > bestScore) {
                bestScore = score;
                best = at;
            }
        }
        return best;
    }

    int quality(std::size_t atom, Cut cut) const {
        const Place place = placeBefore(atom);
        const std::string_view gap = m_stretch.substr(place.end, place.begin - place.end);
        const char before = place.end > 0 ? m_stretch[place.end - 1] : ' ';
        const bool lines = cut == Cut::BetweenLines;
        int score = gap.empty() ? 0 : 1;
        if (gap.find('\n') != gap.npos) score += lines ? 4 : 1;
        if (before == ';' || before == ':') score += 3;
        if (before == ',') score += lines ? 1 : 2;
        return score;
    }

    /// The white space before an atom, in the source; where none is, an empty range at the atom.
    struct Place {
        std::size_t end = 0;    ///< of the piece before
        std::size_t begin = 0;  ///< of the piece that starts with the atom
    };

    Place placeBefore(std::size_t atom) const {
        // Brackets, quotes and currency signs between the space and the word stay with the word.
        const std::size_t begin = m_atoms[atom].begin;
        const std::size_t last = atom == 0 ? 0 : m_atoms[atom - 1].begin;
        for (std::size_t at = begin; at > last + 1; --at) {
            const char c = m_clean.text[at - 1];
            if (c == ' ' || c == '\n') return {m_clean.sourceOffset[at - 1], m_clean.sourceOffset[at]};
        }
        return {m_clean.sourceOffset[begin], m_clean.sourceOffset[begin]};
    }

    std::string_view m_stretch;
    const Options& m_options;
    CleanText m_clean;
    std::vector<Atom> m_atoms;
    std::vector<Piece> m_pieces;
    std::size_t m_cleanAt = 0;
};

}  // namespace

std::vector<Piece> piecesOf(std::string_view stretch, const Options& options) {
    return Splitter(stretch, options).run();
}

}  // namespace commonplace::chunk
