#include "ui/library/ledger_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHash>
#include <QLocale>

#include "ui/bridge/paths.h"

namespace commonplace::ui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("Ledger", text);
}

struct Words {
    const char* status;
    const char* badge;
    const char* reason;
    const char* advice;
};

/// By the engine's name of a failure.
const QHash<QString, Words>& failures() {
    static const QHash<QString, Words> words{
        {QStringLiteral("encrypted"),
         {QT_TRANSLATE_NOOP("Ledger", "Needs a password"), QT_TRANSLATE_NOOP("Ledger", "Password"),
          QT_TRANSLATE_NOOP("Ledger", "The file is encrypted and opens with a password only."),
          QT_TRANSLATE_NOOP("Ledger", "Save a copy without a password into a watched folder.")}},
        {QStringLiteral("damaged"),
         {QT_TRANSLATE_NOOP("Ledger", "Damaged"), QT_TRANSLATE_NOOP("Ledger", "Damaged"),
          QT_TRANSLATE_NOOP("Ledger", "The file cannot be opened."),
          QT_TRANSLATE_NOOP("Ledger", "Get it again from where it came from, then choose Read again.")}},
        {QStringLiteral("too_big"),
         {QT_TRANSLATE_NOOP("Ledger", "Too big"), QT_TRANSLATE_NOOP("Ledger", "Too big"),
          QT_TRANSLATE_NOOP("Ledger", "The file is over the limit."),
          QT_TRANSLATE_NOOP("Ledger", "Raise the limit under Settings › Indexing, then choose Read again.")}},
        {QStringLiteral("timed_out"),
         {QT_TRANSLATE_NOOP("Ledger", "Took too long"), QT_TRANSLATE_NOOP("Ledger", "Too slow"),
          QT_TRANSLATE_NOOP("Ledger", "Reading it took longer than the limit."),
          QT_TRANSLATE_NOOP("Ledger", "Choose Read again when the computer has less to do.")}},
        {QStringLiteral("quarantined"),
         {QT_TRANSLATE_NOOP("Ledger", "Set aside"), QT_TRANSLATE_NOOP("Ledger", "Set aside"),
          QT_TRANSLATE_NOOP("Ledger", "The reader crashed on this file twice; nothing else was harmed."),
          QT_TRANSLATE_NOOP("Ledger", "Open it in another program and save it anew, or choose Read again.")}},
        {QStringLiteral("unreadable"),
         {QT_TRANSLATE_NOOP("Ledger", "Cannot be read"), QT_TRANSLATE_NOOP("Ledger", "Unreadable"),
          QT_TRANSLATE_NOOP("Ledger", "The system does not let the file be read."),
          QT_TRANSLATE_NOOP("Ledger", "Check its permissions, then choose Read again.")}},
    };
    return words;
}

const Words* failureOf(const LedgerEntry& entry) {
    const auto found = failures().constFind(entry.statusName);
    return entry.state == DocumentState::Failed && found != failures().constEnd() ? &*found : nullptr;
}

}  // namespace

QString nameText(const LedgerEntry& entry) {
    if (!entry.title.isEmpty()) return entry.title;
    return entry.paths.isEmpty() ? say("(no name)") : fileName(entry.paths.front());
}

QString statusText(const LedgerEntry& entry) {
    if (entry.presence == Presence::Offline) return say("Offline");
    if (entry.presence == Presence::Missing) return say("File is gone");
    if (const Words* words = failureOf(entry)) return say(words->status);
    switch (entry.state) {
        case DocumentState::Failed:
            return say("Failed");
        case DocumentState::WithoutText:
            return say("No text layer");
        case DocumentState::Partial:
            return say("Partly read");
        case DocumentState::Waiting:
            return say("Waiting");
        case DocumentState::Unread:
            return say("Not read");
        case DocumentState::Excluded:
            return say("Excluded");
        case DocumentState::Indexed:
            return say("Read");
    }
    return {};
}

QString badgeText(const LedgerEntry& entry) {
    if (entry.presence == Presence::Missing) return say("Gone");
    if (entry.presence == Presence::Present) {
        if (const Words* words = failureOf(entry)) return say(words->badge);
        if (entry.state == DocumentState::WithoutText) return say("No text");
        if (entry.state == DocumentState::Partial) return say("Partly");
    }
    return statusText(entry);
}

QColor statusColour(const LedgerEntry& entry, const Tokens& tokens) {
    if (entry.presence != Presence::Present) return tokens.faint;
    switch (entry.state) {
        case DocumentState::Failed:
            return tokens.bad;
        case DocumentState::WithoutText:
        case DocumentState::Partial:
            return tokens.warning;
        case DocumentState::Indexed:
            return tokens.good;
        default:
            return tokens.faint;
    }
}

QString reasonText(const LedgerEntry& entry) {
    const Words* words = failureOf(entry);
    QString reason = words ? say(words->reason) : QString();
    if (entry.state == DocumentState::WithoutText)
        reason = say("The pages are pictures: the file holds no text to search in.");
    if (entry.state == DocumentState::Excluded) return say("You excluded this file.");
    if (entry.reason.isEmpty()) return reason;
    QString detail = entry.reason;
    detail[0] = detail[0].toUpper();
    if (!detail.endsWith(QLatin1Char('.'))) detail += QLatin1Char('.');
    return reason.isEmpty() ? detail : reason + QLatin1Char(' ') + detail;
}

QString adviceText(const LedgerEntry& entry) {
    if (entry.presence == Presence::Offline)
        return say("Connect the drive or the share it lies on; until then its text can still be searched.");
    if (entry.presence == Presence::Missing)
        return say(
            "The file was deleted or moved out of the watched folders; its text is kept until you remove the "
            "folder.");
    if (const Words* words = failureOf(entry)) return say(words->advice);
    if (entry.state == DocumentState::WithoutText)
        return say("Run a text recognition (OCR) over the file; it is read again when it has changed.");
    if (entry.state == DocumentState::Waiting) return say("It is read when its turn comes.");
    if (entry.state == DocumentState::Excluded) return say("Choose Include to have it read after all.");
    return {};
}

QString sizeText(quint64 bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), bytes < 1024 ? 0 : 1,
                                       QLocale::DataSizeSIFormat);
}

QString timeText(qint64 msSinceEpoch) {
    if (msSinceEpoch == 0) return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(msSinceEpoch);
    const QLocale locale;
    if (time.date() == QDate::currentDate())
        return say("today %1").arg(time.time().toString(QStringLiteral("HH:mm")));
    return locale.toString(time.date(), QLocale::ShortFormat);
}

QString documentsText(int count) {
    return count == 1 ? say("1 document") : say("%L1 documents").arg(count);
}

bool isRetryable(const LedgerEntry& entry) {
    return entry.presence == Presence::Present &&
           (entry.state == DocumentState::Failed || entry.state == DocumentState::Waiting);
}

bool isProblem(const LedgerEntry& entry) {
    return entry.state == DocumentState::Failed || entry.state == DocumentState::Partial ||
           entry.state == DocumentState::WithoutText || entry.presence == Presence::Missing;
}

}  // namespace commonplace::ui
