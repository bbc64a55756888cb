// SafeDocument: Markdown of a model or a file as a text document that cannot load anything.
//
// Every resource is refused (an image gets one transparent pixel, or Qt would go and open the file itself);
// images become their description, raw HTML stays text, and of links only http, https and mailto ones are
// left. Thread: that of the object, any.
#pragma once

#include <QString>
#include <QTextDocument>
#include <QVector>

namespace commonplace::ui {

class SafeDocument final : public QTextDocument {
    Q_OBJECT
  public:
    using QTextDocument::QTextDocument;
    /// Replaces the content. What is longer than kMaxShown is cut, and says so.
    void setSafeMarkdown(const QString& text);

    static constexpr qsizetype kMaxShown = 100'000;     ///< UTF-16 units
    static constexpr qsizetype kMaxParagraph = 20'000;  ///< laying out one line costs more than its length

  protected:
    QVariant loadResource(int type, const QUrl& name) override;
};

/// Whether a person may be asked to open this address: http, https, mailto; nothing else, however it is
/// written.
bool isOpenable(const QString& address);

/// "[2]" or "[1, 3]" in a text, as engine/prompt writes them.
struct CitationMarker {
    int begin = 0;
    int length = 0;
    QVector<int> numbers;
};
QVector<CitationMarker> citationMarkers(const QString& text);

}  // namespace commonplace::ui
