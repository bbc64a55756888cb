#include "ui/bridge/progress_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>

namespace commonplace::ui {
namespace {

using Phase = IndexProgress::Phase;

constexpr double kSlowest = 0.05;  // per second: below it a rate says nothing
constexpr int kWhole = 1000;

QString say(const char* text) {
    return QCoreApplication::translate("Indexing", text);
}

bool isPaused(const IndexProgress& progress) {
    return progress.flow == IndexProgress::Flow::Paused;
}

QString speed(const IndexProgress& progress) {
    // The other rate counts sentences, and a heading that counts passages would seem to contradict it.
    if (progress.phase != Phase::Reading || progress.perSecond < kSlowest) return {};
    return say("%1 pages/s")
        .arg(QLocale().toString(progress.perSecond, 'f', progress.perSecond < 10 ? 1 : 0));
}

}  // namespace

QString progressHeading(const IndexProgress& progress) {
    if (!progress.notice.isEmpty()) return progress.notice;
    const bool paused = isPaused(progress);
    if (progress.phase == Phase::Starting || progress.total == 0)
        return paused ? say("Paused") : say("Looking for new and changed files…");
    QString text;
    if (progress.phase == Phase::Reading)
        text = paused ? say("Paused after %1 of %2 files") : say("Reading %1 of %2 files");
    else
        text = paused ? say("Paused after learning the meaning of %1 of %2 passages")
                      : say("Learning the meaning of %1 of %2 passages");
    const QLocale locale;
    return text.arg(locale.toString(progress.done), locale.toString(progress.total));
}

QString progressRate(const IndexProgress& progress) {
    if (isPaused(progress)) return {};  // the clock stands still, and a rate of a moment ago is no news
    QStringList parts{speed(progress), timeLeftText(progress.secondsLeft)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString timeLeftText(double seconds) {
    if (seconds <= 0) return {};
    if (seconds < 60) return say("less than a minute left");
    const auto minutes = static_cast<qint64>(seconds / 60 + 0.5);
    if (minutes < 60) return say("%1 min left").arg(minutes);
    return say("%1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

int progressPermille(const IndexProgress& progress) {
    if (progress.total <= 0) return -1;
    return static_cast<int>(std::clamp<qint64>(kWhole * progress.done / progress.total, 0, kWhole));
}

}  // namespace commonplace::ui
