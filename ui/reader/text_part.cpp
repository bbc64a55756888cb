#include "ui/reader/text_part.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace commonplace::ui {
namespace {

constexpr int kLineUnits = 10;        ///< what a line end counts for: short lines take longer to lay out
constexpr int kNameUnits = 100;       ///< what the line that names a page counts for
constexpr int kMostLabel = 40;        ///< of a page's label
constexpr int kSpaceLookedFor = 500;  ///< units before a break

QString tr(const char* text) {
    return QCoreApplication::translate("Reader", text);
}

QString nameOfPage(const OpenedDocument& document, int page) {
    const QString index = QString::number(page + 1);
    const QString label = document.pages.at(page).label.left(kMostLabel);
    return label.isEmpty() ? tr("Page %1").arg(index) : tr("Page %1 (%2)").arg(label, index);
}

/// The nearest place at or before `at` that does not divide a character.
int characterEdge(const QString& text, int at) {
    return at > 0 && at < text.size() && text.at(at).isLowSurrogate() ? at - 1 : at;
}

/// A place in a text and how much may be shown from there on.
struct Reach {
    int at = 0;
    int left = 0;
};

int unitsOf(QChar unit) {
    return unit == QLatin1Char('\n') ? kLineUnits : 1;
}

Reach reachBack(const QString& text, Reach reach) {
    while (reach.at > 0 && unitsOf(text.at(reach.at - 1)) <= reach.left)
        reach.left -= unitsOf(text.at(--reach.at));
    return reach;
}

Reach reachAhead(const QString& text, Reach reach) {
    while (reach.at < text.size() && unitsOf(text.at(reach.at)) <= reach.left)
        reach.left -= unitsOf(text.at(reach.at++));
    return reach;
}

/// Where a stretch ends that may be at most as long as a paragraph: behind a space, if one is near.
int breakBefore(const QString& text, int from, int limit) {
    for (int at = limit; at > std::max(from, limit - kSpaceLookedFor); --at)
        if (text.at(at - 1).isSpace()) return at;
    return characterEdge(text, limit);
}

}  // namespace

TextPart::TextPart(const OpenedDocument& document, int page, int offset) {
    if (document.pages.isEmpty()) return;
    const Start start = startBefore(document, page, offset);
    for (int at = start.page; at < document.pages.size() && m_left > 0; ++at)
        appendPage(document, at, at == start.page ? start.offset : 0);
    // A line end of two characters would be one in the widget, and every place behind it wrong.
    m_text.replace(QLatin1String("\r\n"), QLatin1String(" \n"));
    describe(document);
}

TextPart::Start TextPart::startBefore(const OpenedDocument& document, int page, int offset) {
    const int last = static_cast<int>(document.pages.size()) - 1;
    int at = std::clamp(page, 0, last);
    const auto length = [&](int of) { return static_cast<int>(document.pages.at(of).text.size()); };
    Reach reach = reachBack(document.pages.at(at).text, {std::clamp(offset, 0, length(at)), kMostUnits / 2});
    while (reach.at == 0 && at > 0 && reach.left > kNameUnits) {
        --at;
        reach = reachBack(document.pages.at(at).text, {length(at), reach.left - kNameUnits});
    }
    return {at, characterEdge(document.pages.at(at).text, reach.at)};
}

void TextPart::appendPage(const OpenedDocument& document, int page, int from) {
    const QString& source = document.pages.at(page).text;
    if (document.pages.size() > 1) {
        if (!m_text.isEmpty()) m_text += QLatin1String("\n\n");
        m_names << static_cast<int>(m_text.size());
        m_namedPages << page;
        m_text += nameOfPage(document, page) + QLatin1Char('\n');
        m_left -= kNameUnits;
    }
    const Reach reach = reachAhead(source, {from, std::max(0, m_left)});
    m_left = reach.at < source.size() ? 0 : reach.left;
    appendPieces(source, page, from, characterEdge(source, reach.at));
}

void TextPart::appendPieces(const QString& source, int page, int from, int to) {
    m_pieces.append({page, from, from, static_cast<int>(m_text.size())});
    int lineBegin = from;
    while (m_pieces.constLast().end < to) {
        Piece& piece = m_pieces.last();
        const int farthest = std::min(to, lineBegin + kMostParagraph);
        const auto line = QStringView(source).mid(lineBegin, farthest - lineBegin);
        const auto lineEnd = line.indexOf(QLatin1Char('\n'));
        const int next = lineEnd < 0 ? to : lineBegin + static_cast<int>(lineEnd) + 1;
        const bool fits = lineEnd >= 0 || farthest == to;
        piece.end = fits ? next : breakBefore(source, lineBegin, lineBegin + kMostParagraph);
        lineBegin = piece.end;
        if (fits) continue;
        m_text += source.mid(piece.begin, piece.end - piece.begin) + QLatin1Char('\n');
        m_pieces.append({page, lineBegin, lineBegin, static_cast<int>(m_text.size())});
    }
    const Piece& last = m_pieces.constLast();
    m_text += source.mid(last.begin, last.end - last.begin);
}

const TextPart::Piece* TextPart::pieceAt(int page, int offset) const {
    const auto behind = std::upper_bound(
        m_pieces.begin(), m_pieces.end(), Start{page, offset}, [](const Start& at, const Piece& piece) {
            return at.page != piece.page ? at.page < piece.page : at.offset < piece.begin;
        });
    if (behind == m_pieces.begin() || (behind - 1)->page != page) return nullptr;
    return &*(behind - 1);
}

bool TextPart::holds(int page, int offset) const {
    const Piece* piece = pieceAt(page, std::max(0, offset));
    if (!piece) return false;
    const bool isLast = piece == &m_pieces.constLast() || (piece + 1)->page != page;
    // Behind the end of a page is its end; where the shown part ends inside a page, the rest is elsewhere.
    return offset < piece->end || (isLast && (m_description.isEmpty() || piece != &m_pieces.constLast()));
}

std::optional<TextRange> TextPart::find(int page, const TextRange& range) const {
    const auto first = std::lower_bound(m_pieces.begin(), m_pieces.end(), page,
                                        [](const Piece& piece, int at) { return piece.page < at; });
    if (first == m_pieces.end() || first->page != page) return std::nullopt;
    const auto last = std::upper_bound(first, m_pieces.end(), page,
                                       [](int at, const Piece& piece) { return at < piece.page; }) -
                      1;
    if (range.end < first->begin || range.begin > last->end) return std::nullopt;
    const auto positionOf = [&](int offset) {
        const Piece* piece = pieceAt(page, std::clamp(offset, first->begin, last->end));
        return piece->position + std::clamp(offset, piece->begin, piece->end) - piece->begin;
    };
    return TextRange{positionOf(range.begin), positionOf(std::max(range.begin, range.end))};
}

int TextPart::pageAt(int position) const {
    const auto behind = std::upper_bound(m_pieces.begin(), m_pieces.end(), position,
                                         [](int at, const Piece& piece) { return at < piece.position; });
    if (m_pieces.isEmpty()) return 0;
    return behind == m_pieces.begin() ? m_pieces.constFirst().page : (behind - 1)->page;
}

int TextPart::nameOf(int page) const {
    const auto found = std::lower_bound(m_namedPages.begin(), m_namedPages.end(), page);
    if (found == m_namedPages.end() || *found != page) return -1;
    return m_names.at(found - m_namedPages.begin());
}

void TextPart::describe(const OpenedDocument& document) {
    const Piece& first = m_pieces.constFirst();
    const Piece& last = m_pieces.constLast();
    const auto length = document.pages.at(last.page).text.size();
    const int count = static_cast<int>(document.pages.size());
    if (first.page == 0 && first.begin == 0 && last.page + 1 == count && last.end == length) return;
    const QLocale locale;
    if (first.page != last.page) {
        m_description =
            tr("pages %1 to %2 of %3")
                .arg(locale.toString(first.page + 1), locale.toString(last.page + 1), locale.toString(count));
        return;
    }
    m_description =
        tr("characters %1 to %2 of %3")
            .arg(locale.toString(first.begin + 1), locale.toString(last.end), locale.toString(length));
    if (count > 1) m_description += tr(" of page %1").arg(locale.toString(first.page + 1));
}

}  // namespace commonplace::ui
