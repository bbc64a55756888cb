#include "ui/chat/answer_markup.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextCursor>
#include <QTextFrame>
#include <QTextTable>
#include <algorithm>

#include "ui/bridge/chat_citations.h"
#include "ui/bridge/safe_document.h"
#include "ui/chat/citation_chip.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr double kLineHeight = 138;  // per cent
constexpr int kCellPadding = 6;

bool isKnown(const AnswerMarkup& answer, int number) {
    return std::any_of(answer.citations.begin(), answer.citations.end(),
                       [number](const ChatCitation& one) { return one.place.number == number; });
}

/// A number that no citation has is the writer's own text, unless the answer is still on its way.
bool areKnown(const QVector<int>& numbers, const AnswerMarkup& answer) {
    return std::all_of(numbers.begin(), numbers.end(), [&](int number) {
        return number > 0 && (answer.writing == Writing::Yes || isKnown(answer, number));
    });
}

/// Puts chips in the place of markers.
class ChipPlacer final {
  public:
    explicit ChipPlacer(const AnswerMarkup& answer) : m_answer(answer), m_matcher(answer.citations) {}

    void place(const QTextBlock& block) const {
        const QString text = block.text();
        const auto markers = citationMarkers(text);
        const auto cited = m_matcher.match(text, markers);
        for (auto i = markers.size() - 1; i >= 0; --i)  // from the end, so that positions stay true
            if (areKnown(markers[i].numbers, m_answer)) replace(block, markers[i], cited[i]);
    }

  private:
    /// Only the quote that stands before a chip can be missing, and only a plain claim unsupported: its red
    /// is not that of another claim.
    ChipTone toneOf(const MarkerCitation& cited) const {
        if (m_answer.writing == Writing::Yes) return ChipTone::Open;
        if (cited.relation == CitationRelation::None) return ChipTone::Plain;
        if (cited.relation == CitationRelation::Unclear) return ChipTone::Unclear;
        const ChatCitation& citation = m_answer.citations[cited.index];
        const bool isMissing = citation.isReference()
                                   ? citation.lacksSupport()
                                   : cited.relation == CitationRelation::OwnQuote && !citation.verified;
        if (isMissing) return ChipTone::Missing;
        return findingOn(citation) == PlaceFinding::Open ? ChipTone::Open : ChipTone::Plain;
    }

    void replace(const QTextBlock& block, const CitationMarker& marker,
                 const QVector<MarkerCitation>& cited) const {
        QTextCursor cursor(block);
        cursor.setPosition(block.position() + marker.begin);
        cursor.setPosition(cursor.position() + marker.length, QTextCursor::KeepAnchor);
        if (cursor.charFormat().fontFixedPitch()) return;  // code
        for (qsizetype i = 0; i < marker.numbers.size(); ++i)
            cursor.insertText(QString(QChar::ObjectReplacementCharacter),
                              CitationChip::format(marker.numbers[i], cited[i].index + 1, toneOf(cited[i])));
    }

    const AnswerMarkup& m_answer;
    CitationMatcher m_matcher;
};

/// Quotations that stand in no passage are underlined where they are claimed.
void markInvented(SafeDocument& document, const AnswerMarkup& answer, const Tokens& colours) {
    QTextCharFormat wrong;
    wrong.setForeground(colours.bad);
    for (const ChatCitation& citation : answer.citations) {
        if (citation.place.number != 0 || citation.place.quote.isEmpty()) continue;
        QTextCursor found = document.find(citation.place.quote);
        if (!found.isNull()) found.mergeCharFormat(wrong);
    }
}

void colourMatches(const QTextBlock& block, const QRegularExpression& pattern, const QColor& colour) {
    QTextCharFormat format;
    format.setForeground(colour);
    for (auto matches = pattern.globalMatch(block.text()); matches.hasNext();) {
        const auto match = matches.next();
        QTextCursor cursor(block);
        cursor.setPosition(block.position() + static_cast<int>(match.capturedStart()));
        cursor.setPosition(cursor.position() + static_cast<int>(match.capturedLength()),
                           QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

/// Enough to find one's way: words most languages share, numbers, strings, comments; later ones paint over
/// earlier.
void colourCode(const QTextBlock& block, const Tokens& colours) {
    static const QRegularExpression words(QStringLiteral(
        R"(\b(if|else|elif|for|while|return|class|struct|def|fn|func|function|import|from|include|const|let|var|new|try|catch|except|throw|raise|switch|case|break|continue|public|private|static|void|int|bool|true|false|null|None|True|False|select|where|and|or|not|in)\b)"));
    static const QRegularExpression numbers(QStringLiteral(R"(\b\d[\w.]*\b)"));
    static const QRegularExpression strings(QStringLiteral(R"("[^"]*"|'[^']*')"));
    static const QRegularExpression comments(QStringLiteral(R"((^|\s)(//|#\s|--\s).*$)"));
    constexpr int kLongestLine = 2000;
    if (block.length() > kLongestLine) return;
    colourMatches(block, words, colours.accent);
    colourMatches(block, numbers, colours.warning);
    colourMatches(block, strings, colours.good);
    colourMatches(block, comments, colours.muted);
}

void styleCode(const QTextBlock& block, const Tokens& colours) {
    QTextCharFormat font;
    font.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
    QTextCursor cursor(block);
    cursor.select(QTextCursor::BlockUnderCursor);
    cursor.mergeCharFormat(font);
    colourCode(block, colours);
}

void styleBlock(const QTextBlock& block, const Tokens& colours, int emPixels) {
    QTextBlockFormat format = block.blockFormat();
    QTextCursor cursor(block);
    if (isCode(block)) {
        const auto isOther = [](const QTextBlock& neighbour) {
            return !neighbour.isValid() || !isCode(neighbour);
        };
        format.setTopMargin(isOther(block.previous()) ? emPixels * 0.7 : 0);
        format.setBottomMargin(isOther(block.next()) ? emPixels * 0.7 : 0);
        format.setLeftMargin(emPixels * 0.75);
        format.setRightMargin(emPixels * 0.75);
        format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        format.setNonBreakableLines(false);
        cursor.setBlockFormat(format);
        styleCode(block, colours);
        return;
    }
    format.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
    if (quoteLevel(block) > 0) {
        format.setLeftMargin(emPixels * quoteLevel(block));
        format.setRightMargin(0);
    }
    if (!block.textList()) {
        format.setTopMargin(block.position() == 0 ? 0 : emPixels * (format.headingLevel() > 0 ? 0.8 : 0.3));
        format.setBottomMargin(emPixels * 0.3);
    }
    cursor.setBlockFormat(format);
}

void styleTable(QTextTable& table, const Tokens& colours) {
    QTextTableFormat format = table.format();
    format.setBorder(0);
    format.setBorderCollapse(true);
    format.setCellSpacing(0);
    format.setCellPadding(kCellPadding);
    format.setTopMargin(kGrid);
    format.setBottomMargin(kGrid);
    table.setFormat(format);
    for (int row = 0; row < table.rows(); ++row)
        for (int column = 0; column < table.columns(); ++column) {
            QTextTableCell cell = table.cellAt(row, column);
            QTextTableCellFormat line = cell.format().toTableCellFormat();
            line.setBottomBorder(1);
            line.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            line.setBottomBorderBrush(colours.line);
            line.setLeftPadding(column == 0 ? 0 : kCellPadding * 2);
            cell.setFormat(line);
            QTextCharFormat words;
            words.setForeground(row == 0 ? colours.muted : colours.ink);
            words.setFontWeight(QFont::Normal);
            QTextCursor cursor = cell.firstCursorPosition();
            cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(words);
        }
}

void styleTables(QTextFrame& frame, const Tokens& colours) {
    for (QTextFrame* child : frame.childFrames())
        if (auto* table = qobject_cast<QTextTable*>(child)) styleTable(*table, colours);
}

void addCaret(SafeDocument& document, const Tokens& colours) {
    QTextCharFormat format;
    format.setForeground(colours.accent);
    QTextCursor cursor(&document);
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(QString(QChar(0x258D)), format);
}

}  // namespace

int quoteLevel(const QTextBlock& block) {
    return block.blockFormat().intProperty(QTextFormat::BlockQuoteLevel);
}

bool isCode(const QTextBlock& block) {
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
           block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

void showAnswer(SafeDocument& document, const AnswerMarkup& answer, const Tokens& colours) {
    document.setSafeMarkdown(answer.text);
    const int em = static_cast<int>(QFontMetricsF(document.defaultFont()).height());
    markInvented(document, answer, colours);
    styleTables(*document.rootFrame(), colours);
    const ChipPlacer chips(answer);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        styleBlock(block, colours, em);
        chips.place(block);
    }
    if (answer.writing == Writing::Yes) addCaret(document, colours);
}

QString plainText(const QTextDocument& document) {
    QString text;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (!text.isEmpty()) text += QLatin1Char('\n');
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const int number = CitationChip::numberOf(it.fragment().charFormat());
            for (const QChar c : it.fragment().text())
                text += number > 0 && c == QChar::ObjectReplacementCharacter
                            ? QStringLiteral("[%1]").arg(number)
                            : QString(c);
        }
    }
    return text;
}

}  // namespace commonplace::ui
