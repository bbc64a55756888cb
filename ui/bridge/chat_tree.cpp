#include "ui/bridge/chat_tree.h"

#include <algorithm>
#include <unordered_map>

#include "ui/bridge/chat_json.h"
#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

constexpr qsizetype kTitleCharacters = 60;

using Rows = std::vector<store::MessageRow>;

/// Rows come in the order of their ids.
const store::MessageRow* find(const Rows& rows, store::MessageId id) {
    const auto at = std::lower_bound(
        rows.begin(), rows.end(), id,
        [](const store::MessageRow& row, store::MessageId wanted) { return row.id < wanted; });
    return at != rows.end() && at->id == id ? &*at : nullptr;
}

std::vector<const store::MessageRow*> pathTo(const Rows& rows, store::MessageId leaf) {
    std::vector<const store::MessageRow*> path;
    const store::MessageRow* row = find(rows, leaf);
    while (row) {
        path.push_back(row);
        // A parent is always older than its child: whatever the file says, this comes to an end.
        row = row->parent < row->id ? find(rows, row->parent) : nullptr;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

ChatMessage messageOf(const store::MessageRow& row) {
    ChatMessage message;
    message.id = row.id;
    message.parent = row.parent;
    message.speaker = row.author == store::Author::Person ? Speaker::Person : Speaker::Program;
    message.text = QString::fromStdString(row.text);
    message.created = QDateTime::fromString(QString::fromStdString(row.created), Qt::ISODate);
    if (message.speaker == Speaker::Program)
        message.answer = fromDetails(QByteArray::fromStdString(row.details));
    return message;
}

std::vector<std::string> sourcesOf(const store::MessageRow& answer) {
    return nativePaths(fromDetails(QByteArray::fromStdString(answer.details)).sources);
}

}  // namespace

QVector<ChatMessage> branchTo(const Rows& rows, store::MessageId leaf) {
    std::unordered_map<store::MessageId, QVector<qint64>> children;
    for (const store::MessageRow& row : rows) children[row.parent].append(row.id);
    if (leaf == 0 && !rows.empty()) leaf = rows.back().id;
    QVector<ChatMessage> messages;
    for (const store::MessageRow* row : pathTo(rows, leaf)) {
        const QString above = messages.isEmpty() ? QString() : messages.constLast().text;
        messages.append(messageOf(*row));
        if (messages.last().speaker == Speaker::Program) messages.last().answer.question = above;
        messages.last().siblings = children[row->parent];
    }
    return messages;
}

store::MessageId newestBelow(const Rows& rows, store::MessageId from) {
    std::unordered_map<store::MessageId, store::MessageId> newestChild;
    for (const store::MessageRow& row : rows) newestChild[row.parent] = row.id;
    store::MessageId newest = from;
    for (auto child = newestChild.find(newest); child != newestChild.end() && child->second > newest;
         child = newestChild.find(newest))
        newest = child->second;
    return newest;
}

std::vector<answer::Turn> turnsTo(const Rows& rows, store::MessageId answer) {
    std::vector<answer::Turn> turns;
    const auto path = pathTo(rows, answer);
    for (std::size_t i = 0; i + 1 < path.size(); i += 2)
        if (!path[i + 1]->text.empty())
            turns.push_back({path[i]->text, path[i + 1]->text, sourcesOf(*path[i + 1])});
    return turns;
}

std::vector<answer::Turn> turnsBefore(const Rows& rows, store::MessageId question) {
    const store::MessageRow* row = find(rows, question);
    return row && row->parent < row->id ? turnsTo(rows, row->parent) : std::vector<answer::Turn>();
}

std::optional<answer::HistorySummary> summaryBefore(const Rows& rows, store::MessageId question) {
    const auto path = pathTo(rows, question);
    for (auto row = path.rbegin(); row != path.rend(); ++row) {
        if ((*row)->author == store::Author::Person) continue;
        const EarlierTurns earlier = fromDetails(QByteArray::fromStdString((*row)->details)).historySummary;
        if (!earlier.text.isEmpty())
            return answer::HistorySummary{earlier.text.toStdString(), static_cast<std::size_t>(earlier.turns),
                                          static_cast<std::size_t>(earlier.skipped)};
    }
    return std::nullopt;
}

Chat chatOf(const store::ConversationRow& row, const Rows& messages) {
    return {row.id,
            QString::fromStdString(row.title),
            QString::fromStdString(row.draft),
            fromScope(QByteArray::fromStdString(row.scope)),
            branchTo(messages, row.leaf),
            {}};
}

ChatSummary summaryOf(const store::ConversationRow& row) {
    return {row.id, QString::fromStdString(row.title),
            QDateTime::fromString(QString::fromStdString(row.updated), Qt::ISODate),
            row.pinned == store::Pinned::Yes ? Pin::Yes : Pin::No, QString()};
}

QString titleFor(const QString& question) {
    const QString line = question.simplified();
    if (line.size() <= kTitleCharacters) return line;
    const qsizetype space = line.lastIndexOf(QLatin1Char(' '), kTitleCharacters);
    return line.left(space > kTitleCharacters / 2 ? space : kTitleCharacters) + QChar(0x2026);
}

}  // namespace commonplace::ui
