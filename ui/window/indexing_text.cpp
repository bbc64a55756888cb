#include "ui/window/indexing_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "ui/bridge/progress_text.h"

namespace commonplace::ui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("Indexing", text);
}

QString grouped(qint64 number) {
    return QLocale().toString(number);
}

}  // namespace

IndexingState indexingState(const IndexProgress& progress) {
    const bool paused = progress.flow == IndexProgress::Flow::Paused;
    IndexingState state;
    state.text = progressHeading(progress);
    QStringList parts{paused ? QString() : QFileInfo(progress.current).fileName(), progressRate(progress)};
    parts.removeAll(QString());
    state.detail = parts.join(QStringLiteral(" · "));
    state.permille = std::max(0, progressPermille(progress));
    state.problems = static_cast<int>(progress.problems);
    state.run = paused ? IndexingState::Run::Paused : IndexingState::Run::Running;
    return state;
}

IndexingState indexedState(const IndexOutcome& outcome) {
    IndexingState state;
    state.problems = static_cast<int>(outcome.failed);
    if (outcome.end == IndexOutcome::End::Failed) {
        state.text = outcome.error;
        return state;
    }
    if (outcome.end == IndexOutcome::End::Stopped) {
        state.text = say("Indexing was stopped; the rest follows when you ask for it");
        return state;
    }
    if (!outcome.errors.isEmpty()) {
        state.text = outcome.errors.constFirst();
        return state;
    }
    QStringList parts;
    if (outcome.seen > 0) parts << say("%1 files").arg(grouped(outcome.seen));
    if (outcome.added > 0) parts << say("%1 new").arg(grouped(outcome.added));
    if (outcome.changed > 0) parts << say("%1 changed").arg(grouped(outcome.changed));
    if (outcome.missing > 0) parts << say("%1 gone").arg(grouped(outcome.missing));
    parts << outcome.notices;
    state.text = parts.join(QStringLiteral(" · "));
    return state;
}

}  // namespace commonplace::ui
