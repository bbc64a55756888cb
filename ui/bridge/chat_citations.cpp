#include "ui/bridge/chat_citations.h"

#include <QRegularExpression>
#include <algorithm>
#include <limits>

namespace commonplace::ui {
namespace {

/// Letters and digits, and where they stood: what is left when Markdown, escapes and line ends differ.
struct Bones {
    QString text;
    QVector<qsizetype> places;
};

Bones bonesOf(const QString& text) {
    Bones bones;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isLetterOrNumber()) continue;
        bones.text += text[i];
        bones.places.append(i);
    }
    return bones;
}

bool isQuoteMark(QChar c) {
    static const QString marks = QStringLiteral("\"\u201C\u201D\u201E\u00AB\u00BB");
    return marks.contains(c);
}

/// Only signs lie between `at` and a quotation mark, going by `step`.
bool touchesQuoteMark(const QString& text, qsizetype at, int step) {
    for (at += step; at >= 0 && at < text.size() && !text[at].isLetterOrNumber(); at += step)
        if (isQuoteMark(text[at])) return true;
    return false;
}

/// Where the last quotation of these words ends, if no sentence ends between it and the end of `text`; -1:
/// nowhere.
qsizetype endOfQuotation(const QString& text, const Bones& bones, const QString& words) {
    static const QRegularExpression sentenceEnd(QStringLiteral(R"([.!?]\s+\S|\n\s*\n)"));
    for (qsizetype at = bones.text.lastIndexOf(words); at >= 0;
         at = at > 0 ? bones.text.lastIndexOf(words, at - 1) : -1) {
        const qsizetype begin = bones.places[at], end = bones.places[at + words.size() - 1];
        if (sentenceEnd.match(text, end).hasMatch()) return -1;
        if (touchesQuoteMark(text, begin, -1) && touchesQuoteMark(text, end, 1)) return end;
    }
    return -1;
}

constexpr qsizetype kFarAway = std::numeric_limits<qsizetype>::max();
constexpr qsizetype kLeastShared = 4;  // of a claim's end, to be known by

/// Claims are Markdown: what a link leads to is not shown.
QString withoutAddresses(const QString& markdown) {
    static const QRegularExpression links(
        QStringLiteral(R"(\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()]*)?\))"));
    QString shown = markdown;
    return shown.replace(links, QStringLiteral("]"));
}

/// How far the words from `begin` to `end` stand from a marker at `place`, all in bones: what ends before it
/// is nearer than what it stands in, and that nearer than what follows.
qsizetype farFrom(qsizetype begin, qsizetype end, qsizetype place) {
    return end <= place ? 3 * (place - end) : begin < place ? 1 : 3 * (begin - place) + 2;
}

/// The same for a claim. Where it stands nearer to another marker of the number it is not said with this one.
qsizetype distanceOf(const QString& claim, const QString& text, qsizetype place,
                     const QVector<qsizetype>& rivals) {
    qsizetype least = kFarAway;
    if (claim.isEmpty()) return least;
    // It began in the block before, and ends here.
    if (place >= kLeastShared && claim.endsWith(QStringView(text).left(place))) return 0;
    for (qsizetype at = text.indexOf(claim); at >= 0; at = text.indexOf(claim, at + 1)) {
        const qsizetype end = at + claim.size(), far = farFrom(at, end, place);
        const bool isOthers = std::any_of(rivals.begin(), rivals.end(),
                                          [&](qsizetype rival) { return farFrom(at, end, rival) < far; });
        if (!isOthers) least = std::min(least, far);
    }
    return least;
}

}  // namespace

CitationMatcher::CitationMatcher(const QVector<ChatCitation>& citations) {
    for (const ChatCitation& citation : citations) {
        const bool missing = !citation.verified && !citation.place.quote.isEmpty();
        Known known{citation.place.number, missing, citation.isReference(),
                    bonesOf(citation.place.quote).text};
        for (const QString& claim : citation.claims)
            known.claims << bonesOf(claim).text << bonesOf(withoutAddresses(claim)).text;
        m_known.append(known);
    }
}

MarkerCitation CitationMatcher::nearest(const QVector<int>& references, const Spot& spot) const {
    // All places of the number have the same finding.
    if (references.size() == 1) return {references.first(), CitationRelation::Number};
    MarkerCitation best{references.first(), CitationRelation::Unclear};
    const Bones bones = bonesOf(spot.text);
    const auto placeOf = [&](qsizetype at) -> qsizetype {
        return std::lower_bound(bones.places.begin(), bones.places.end(), at) - bones.places.begin();
    };
    QVector<qsizetype> places;
    for (const CitationMarker& marker : spot.markers)
        if (marker.numbers.contains(spot.number)) places.append(placeOf(marker.begin));
    qsizetype least = kFarAway;
    for (const int i : references)
        for (const QString& claim : m_known[i].claims)
            if (const auto far = distanceOf(claim, bones.text, placeOf(spot.at), places); far < least) {
                least = far;
                best = {i, CitationRelation::Number};
            }
    return best;
}

MarkerCitation CitationMatcher::plain(const Spot& spot) const {
    MarkerCitation found;
    QVector<int> references;
    for (int i = 0; i < m_known.size(); ++i)
        if (m_known[i].number == spot.number && m_known[i].reference) references.append(i);
    if (!references.isEmpty()) return nearest(references, spot);
    for (int i = 0; i < m_known.size(); ++i) {
        if (m_known[i].number != spot.number) continue;
        if (!m_known[i].missing) return {i, CitationRelation::Number};
        if (found.index < 0) found = {i, CitationRelation::Number};
    }
    return found;
}

MarkerCitation CitationMatcher::quoted(int number, const QString& before) const {
    MarkerCitation found;
    const Bones bones = bonesOf(before);
    qsizetype last = -1, longest = 0;
    for (int i = 0; i < m_known.size(); ++i) {
        const Known& known = m_known[i];
        if (known.number != number || known.reference || known.bones.isEmpty()) continue;
        const qsizetype end = endOfQuotation(before, bones, known.bones);
        if (end < 0 || end < last || (end == last && known.bones.size() <= longest)) continue;
        found = {i, CitationRelation::OwnQuote};
        last = end;
        longest = known.bones.size();
    }
    return found;
}

QVector<QVector<MarkerCitation>> CitationMatcher::match(const QString& text,
                                                        const QVector<CitationMarker>& markers) const {
    QVector<QVector<MarkerCitation>> all;
    QString before;
    int end = 0;
    for (const CitationMarker& marker : markers) {
        const QString between = text.mid(end, marker.begin - end);
        if (all.isEmpty() || !between.trimmed().isEmpty()) before = between;  // "[1] [2]" share their words
        all.append(QVector<MarkerCitation>());
        for (const int number : marker.numbers) {
            const MarkerCitation own = quoted(number, before);
            all.last().append(own.index >= 0 ? own : plain({number, marker.begin, text, markers}));
        }
        end = marker.begin + marker.length;
    }
    return all;
}

}  // namespace commonplace::ui
