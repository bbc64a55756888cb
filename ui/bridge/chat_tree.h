// The branch of a conversation's tree that is shown. Pure functions over rows of the store.
#pragma once

#include <optional>
#include <vector>

#include "engine/answer/answerer.h"
#include "engine/store/conversations.h"
#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

/// From the beginning to `leaf` (0: the newest message), every message with its siblings.
QVector<ChatMessage> branchTo(const std::vector<store::MessageRow>& rows, store::MessageId leaf);
/// The newest message at or below `from`: where switching to a branch leads.
store::MessageId newestBelow(const std::vector<store::MessageRow>& rows, store::MessageId from);
/// The questions and answers before the question `question`, oldest first; unanswered ones are left out.
std::vector<answer::Turn> turnsBefore(const std::vector<store::MessageRow>& rows, store::MessageId question);
/// The same up to and with `answer`.
std::vector<answer::Turn> turnsTo(const std::vector<store::MessageRow>& rows, store::MessageId answer);

/// What the newest of those answers had instead of the oldest turns, so that it is not made anew; nothing
/// when all have had room so far.
std::optional<answer::HistorySummary> summaryBefore(const std::vector<store::MessageRow>& rows,
                                                    store::MessageId question);

Chat chatOf(const store::ConversationRow& row, const std::vector<store::MessageRow>& messages);
ChatSummary summaryOf(const store::ConversationRow& row);
/// The first words of a question, at most about 60 characters.
QString titleFor(const QString& question);

}  // namespace commonplace::ui
