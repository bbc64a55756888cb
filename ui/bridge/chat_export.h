// A conversation as a file: Markdown, HTML, PDF or JSON. Citations become footnotes with title, page, quote
// and whether the quote is proven. Nothing is loaded for it. Thread: any (one document of its own per call).
#pragma once

#include <QByteArray>
#include <QString>

#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

QByteArray exportChat(const Chat& chat, ExportFormat format);

/// One line of Markdown that holds nothing but this text.
QString markdownText(const QString& text);
/// “the quote” (Handbook, p. iv (6))
QString quoteWithSource(const ChatCitation& citation);
/// One footnote without its number: source, quote, proven or not.
QString footnote(const ChatCitation& citation);

}  // namespace commonplace::ui
