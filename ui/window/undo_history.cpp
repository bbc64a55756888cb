#include "ui/window/undo_history.h"

#include <algorithm>
#include <utility>

namespace commonplace::ui {
namespace {

constexpr int kMostActs = 100;

}  // namespace

void UndoHistory::record(UndoableAct act) {
    const auto isSame = [&act](const UndoableAct& other) { return other.key == act.key; };
    if (std::any_of(m_done.begin(), m_done.end(), isSame)) return;
    m_undone.clear();
    m_done.push_back(std::move(act));
    if (m_done.size() > kMostActs) m_done.removeFirst();
    emit changed();
}

void UndoHistory::forget(const QString& key) {
    if (m_done.removeIf([&key](const UndoableAct& act) { return act.key == key; }) > 0) emit changed();
}

void UndoHistory::undo() {
    if (m_done.isEmpty()) return;
    const UndoableAct act = m_done.takeLast();  // before it runs: what it causes must find it gone
    m_undone.push_back(act);
    act.undo();
    emit changed();
}

void UndoHistory::redo() {
    if (m_undone.isEmpty()) return;
    const UndoableAct act = m_undone.takeLast();
    m_done.push_back(act);
    act.redo();
    emit changed();
}

}  // namespace commonplace::ui
