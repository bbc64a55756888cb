#include "ui/bridge/safe_document.h"

#include <QCoreApplication>
#include <QImage>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextFragment>
#include <QUrl>
#include <QVariant>
#include <algorithm>

namespace commonplace::ui {
namespace {

/// A paragraph without an end gets one.
QString withBreaks(const QString& text) {
    QString broken;
    qsizetype inLine = 0;
    for (const QChar c : text) {
        inLine = c == QLatin1Char('\n') ? 0 : inLine + 1;
        broken += c;
        if (inLine < SafeDocument::kMaxParagraph) continue;
        broken += QLatin1String("\n\n");
        inLine = 0;
    }
    return broken;
}

QString bounded(const QString& text) {
    if (text.size() <= SafeDocument::kMaxParagraph) return text;
    QString shown = withBreaks(text.left(SafeDocument::kMaxShown));
    if (text.size() > SafeDocument::kMaxShown)
        shown += QLatin1String("\n\n") +
                 QCoreApplication::translate("SafeDocument",
                                             "*(cut here: too long to show; copying gives all of it)*");
    return shown;
}

struct Piece {
    int begin = 0;
    int length = 0;
    QTextCharFormat format;
};

QVector<Piece> unsafePieces(const QTextDocument& document) {
    QVector<Piece> pieces;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            const QTextCharFormat format = fragment.charFormat();
            const bool badLink = format.isAnchor() && !isOpenable(format.anchorHref());
            if (format.isImageFormat() || badLink)
                pieces.append({fragment.position(), fragment.length(), format});
        }
    return pieces;
}

void replaceImage(QTextCursor& cursor, const QTextImageFormat& image) {
    const QString description = image.property(QTextFormat::ImageAltText).toString();
    cursor.insertText(QCoreApplication::translate("SafeDocument", "[picture: %1]")
                          .arg(description.isEmpty() ? image.name().left(200) : description),
                      QTextCharFormat());
}

}  // namespace

bool isOpenable(const QString& address) {
    const QString scheme = QUrl(address).scheme().toLower();
    return scheme == QLatin1String("http") || scheme == QLatin1String("https") ||
           scheme == QLatin1String("mailto");
}

void SafeDocument::setSafeMarkdown(const QString& text) {
    setUndoRedoEnabled(false);
    setMarkdown(bounded(text), MarkdownFeatures(MarkdownDialectGitHub) | MarkdownNoHTML);
    QVector<Piece> pieces = unsafePieces(*this);
    std::reverse(pieces.begin(), pieces.end());  // from the end, so that positions stay true
    QTextCursor cursor(this);
    for (const Piece& piece : pieces) {
        cursor.setPosition(piece.begin);
        cursor.setPosition(piece.begin + piece.length, QTextCursor::KeepAnchor);
        if (piece.format.isImageFormat())
            replaceImage(cursor, piece.format.toImageFormat());
        else
            cursor.setCharFormat(QTextCharFormat());
    }
}

QVariant SafeDocument::loadResource(int type, const QUrl&) {
    if (type != ImageResource) return QVariant();
    QImage nothing(1, 1, QImage::Format_ARGB32_Premultiplied);
    nothing.fill(Qt::transparent);
    return nothing;
}

QVector<CitationMarker> citationMarkers(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral(R"(\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\])"));
    QVector<CitationMarker> markers;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        CitationMarker marker{
            static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), {}};
        for (const QString& number : match.captured(1).split(QLatin1Char(',')))
            marker.numbers.append(number.trimmed().toInt());
        markers.append(marker);
    }
    return markers;
}

}  // namespace commonplace::ui
