#include "ui/window/palette_items.h"

#include <QAction>
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace commonplace::ui {
namespace {

constexpr int kMostTyped = 7;  ///< of conversations and of documents, when something is typed
constexpr int kRecent = 4;     ///< conversations, when nothing is

bool beginsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

qsizetype findBeginning(const QString& text, const QString& word) {
    qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    while (at > 0 && !beginsWord(text, at)) at = text.indexOf(word, at + 1, Qt::CaseInsensitive);
    return at;
}

/// The lower the better; nothing: it does not match.
std::optional<int> rankOf(const PaletteMatch& match, const QString& typed) {
    if (!match.titleMarks.isEmpty()) return match.item.title.startsWith(typed, Qt::CaseInsensitive) ? 0 : 1;
    if (!match.detailMarks.isEmpty()) return 2;
    return std::nullopt;
}

bool isOffered(const PaletteItem& item) {
    return item.group != PaletteGroup::Commands || (item.action && item.action->isEnabled());
}

qsizetype limitOf(PaletteGroup group, const QString& typed) {
    if (group == PaletteGroup::Commands) return 100;
    if (!typed.isEmpty()) return kMostTyped;
    return group == PaletteGroup::Conversations ? kRecent : 0;
}

QVector<PaletteMatch> bestOf(PaletteGroup group, const QVector<PaletteItem>& items, const QString& typed) {
    constexpr int kRanks = 3;
    std::array<QVector<PaletteMatch>, kRanks> ranked;
    const qsizetype limit = limitOf(group, typed);
    for (const PaletteItem& item : items) {
        if (item.group != group || !isOffered(item)) continue;
        if (ranked[0].size() >= limit) break;
        PaletteMatch match{item, wordBeginnings(item.title, typed), wordBeginnings(item.detail, typed)};
        const auto rank = typed.isEmpty() ? std::optional<int>(0) : rankOf(match, typed);
        if (rank && ranked[static_cast<std::size_t>(*rank)].size() < limit)
            ranked[static_cast<std::size_t>(*rank)].append(std::move(match));
    }
    QVector<PaletteMatch> best = ranked[0] + ranked[1] + ranked[2];
    if (best.size() > limit) best.resize(limit);
    return best;
}

}  // namespace

QVector<TextRange> wordBeginnings(const QString& text, const QString& typed) {
    QVector<TextRange> marks;
    for (const QString& word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype at = findBeginning(text, word);
        if (at < 0) return {};
        marks.append({static_cast<int>(at), static_cast<int>(at + word.size())});
    }
    return marks;
}

QVector<PaletteMatch> matching(const QVector<PaletteItem>& items, const QString& typed) {
    const QString words = typed.simplified();
    QVector<PaletteMatch> all;
    for (const PaletteGroup group :
         {PaletteGroup::Commands, PaletteGroup::Conversations, PaletteGroup::Documents})
        all += bestOf(group, items, words);
    return all;
}

}  // namespace commonplace::ui
