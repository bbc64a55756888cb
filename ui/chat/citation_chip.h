// The [n] markers of an answer as chips: inline objects of a text document, drawn in the colours of a widget.
#pragma once

#include <QObject>
#include <QTextCharFormat>
#include <QTextObjectInterface>

class QWidget;

namespace commonplace::ui {

/// What a chip says about its quote.
enum class ChipTone {
    Plain,
    Missing,
    Open,     ///< not judged (yet), or another passage says more: drawn in grey
    Unclear,  ///< its number has several findings, and which is meant here is not known: drawn as Open
};

class CitationChip final : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
  public:
    static constexpr int kType = QTextFormat::UserObject + 1;

    explicit CitationChip(const QWidget& colours, QObject* parent) : QObject(parent), m_colours(colours) {}

    /// Insert QChar::ObjectReplacementCharacter with it. `citation` is a place in the answer's list, from 1:
    /// one number may stand for several quotes. Its anchor is an address of its own; 0: known to nobody yet,
    /// and no anchor.
    static QTextCharFormat format(int number, int citation, ChipTone tone);
    /// 0: not a chip.
    static int numberOf(const QTextCharFormat& format);
    /// Of a chip.
    static ChipTone toneOf(const QTextCharFormat& format);
    /// The citation of an address of format(), 0 for all others.
    static int citationOf(const QString& address);
    /// Of an address of format(): Unclear, or Plain for all others.
    static ChipTone toneOf(const QString& address);

    /// Drawn filled: the one that the reader shows. 0: none.
    void setActive(int citation) { m_active = citation; }

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& area, QTextDocument* document, int position,
                    const QTextFormat& format) override;

  private:
    const QWidget& m_colours;
    int m_active = 0;
};

}  // namespace commonplace::ui
