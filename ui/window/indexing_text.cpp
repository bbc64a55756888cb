#include "ui/window/indexing_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace commonplace::ui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("Indexing", text);
}

QString grouped(qint64 number) {
    return QLocale().toString(number);
}

QString headline(const IndexProgress& progress) {
    if (!progress.notice.isEmpty()) return progress.notice;
    if (progress.phase == IndexProgress::Phase::Starting || progress.total == 0)
        return say("Looking at your folders…");
    const QString what = progress.phase == IndexProgress::Phase::Reading
                             ? say("Indexing %1 of %2")
                             : say("Learning meaning: %1 of %2 passages");
    return what.arg(grouped(progress.done), grouped(progress.total));
}

QString rate(const IndexProgress& progress) {
    if (progress.perSecond < 0.05) return {};
    const QString what =
        progress.phase == IndexProgress::Phase::Reading ? say("%1 pages/s") : say("%1 sentences/s");
    return what.arg(QLocale().toString(progress.perSecond, 'f', progress.perSecond < 10 ? 1 : 0));
}

}  // namespace

QString timeLeft(double seconds) {
    if (seconds <= 0) return {};
    if (seconds < 60) return say("%1 s left").arg(static_cast<int>(seconds) + 1);
    const int minutes = static_cast<int>(seconds / 60 + 0.5);
    if (minutes < 60) return say("%1 min left").arg(minutes);
    return say("%1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

IndexingState indexingState(const IndexProgress& progress) {
    IndexingState state;
    state.text = headline(progress);
    QStringList parts{QFileInfo(progress.current).fileName(), rate(progress), timeLeft(progress.secondsLeft)};
    parts.removeAll(QString());
    state.detail = parts.join(QStringLiteral(" · "));
    if (progress.total > 0) state.permille = static_cast<int>(1000 * progress.done / progress.total);
    state.problems = static_cast<int>(progress.problems);
    state.run = progress.flow == IndexProgress::Flow::Paused ? IndexingState::Run::Paused
                                                             : IndexingState::Run::Running;
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
