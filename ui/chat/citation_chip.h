// The [n] markers of an answer as chips: inline objects of a text document, drawn in the colours of a widget.
#pragma once

#include <QObject>
#include <QTextCharFormat>
#include <QTextObjectInterface>

class QWidget;

namespace commonplace::ui {

/// What a chip says about its quote.
enum class ChipTone { Plain, Missing };

class CitationChip final : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
  public:
    static constexpr int kType = QTextFormat::UserObject + 1;

    explicit CitationChip(const QWidget& colours, QObject* parent) : QObject(parent), m_colours(colours) {}

    /// Insert QChar::ObjectReplacementCharacter with it; its anchor is "cite:<number>".
    static QTextCharFormat format(int number, ChipTone tone);
    /// 0: not a chip.
    static int numberOf(const QTextCharFormat& format);
    /// The number of an address of format(), 0 for all others.
    static int numberOf(const QString& address);

    /// Drawn filled: the one that the reader shows. 0: none.
    void setActive(int number) { m_active = number; }

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& area, QTextDocument* document, int position,
                    const QTextFormat& format) override;

  private:
    const QWidget& m_colours;
    int m_active = 0;
};

}  // namespace commonplace::ui
