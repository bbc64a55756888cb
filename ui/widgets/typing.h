// What a key means where nothing takes text.
#pragma once

class QKeyEvent;

namespace commonplace::ui {

/// Whether a key writes something that is seen: no shortcut, no space (it scrolls), no control character.
bool isTyping(const QKeyEvent& key);

}  // namespace commonplace::ui
