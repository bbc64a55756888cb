// An answer as it goes into somebody's own text: its words and the numbered list of its sources, as Markdown
// and as HTML. Nothing is loaded for it. Thread: any.
#pragma once

#include <QString>

#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

struct CopiedAnswer {
    QString markdown;
    QString html;
};

/// Sources stand under the numbers that the text uses, each place once: title, page label and index, path;
/// with a word where a quote was not found or a reference lacks support. An answer that abstains lists its
/// nearest passages instead; one without either is its text alone.
CopiedAnswer copyOf(const ChatMessage& answer);

}  // namespace commonplace::ui
