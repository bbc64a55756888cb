// What the library page does when a person or a bridge wants something. Built in library_page.cpp.
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>

#include "ui/bridge/paths.h"
#include "ui/library/filter_bar.h"
#include "ui/library/ledger_filter.h"
#include "ui/library/ledger_item_model.h"
#include "ui/library/ledger_table.h"
#include "ui/library/ledger_text.h"
#include "ui/library/library_page.h"
#include "ui/library/progress_card.h"
#include "ui/library/roots_panel.h"
#include "ui/library/undo_bar.h"

namespace commonplace::ui {
namespace {

constexpr int kMostLines = 3;  ///< of errors that are shown after a run
enum State { Body, Nothing, FirstReading };

Place placeOf(const LedgerEntry& entry) {
    Place place;
    place.sha256 = entry.sha256;
    place.path = entry.paths.value(0);
    place.title = entry.title;
    return place;
}

QString outcomeText(const IndexOutcome& outcome) {
    if (outcome.end == IndexOutcome::End::Failed)
        return LibraryPage::tr("Reading failed: %1").arg(outcome.error);
    QStringList lines = outcome.errors + outcome.notices;
    if (lines.size() > kMostLines) {
        const auto more = lines.size() - kMostLines;
        lines = lines.mid(0, kMostLines) << LibraryPage::tr("and %L1 more").arg(more);
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

void LibraryPage::addFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add a folder to the library"));
    if (!folder.isEmpty()) m_bridges.index.index({folder});
}

void LibraryPage::addFiles() {
    m_bridges.index.index(QFileDialog::getOpenFileNames(
        this, tr("Add files to the library"), QString(),
        tr("Documents (*.pdf *.md *.markdown *.html *.htm *.txt);;All files (*)")));
}

void LibraryPage::showProblems() {
    m_filter->setShow(LedgerFilter::Show::Problems);
}

void LibraryPage::focusFilter() {
    m_filter->focusText();
}

void LibraryPage::showFolder(const QString& path) {
    m_filter->clear();
    m_roots->setCurrent(path);
}

QByteArray LibraryPage::saveState() const {
    return m_table->saveColumns();
}

void LibraryPage::restoreState(const QByteArray& state) {
    m_table->restoreColumns(state);
}

void LibraryPage::showEvent(QShowEvent* event) {
    m_bridges.ledger.refreshSoon();
    QWidget::showEvent(event);
}

void LibraryPage::onProgress(const IndexProgress& progress) {
    m_notice->hide();
    m_progress->setProgress(progress);
    if (m_model->rowCount() == 0) showRows();
    m_bridges.ledger.refreshSoon();
}

void LibraryPage::onFinished(const IndexOutcome& outcome) {
    if (!m_bridges.index.isRunning()) m_progress->hide();
    showNotice(outcomeText(outcome),
               outcome.end == IndexOutcome::End::Failed ? LabelTone::Bad : LabelTone::Warning);
    m_bridges.ledger.refresh();
    showRows();
}

void LibraryPage::onChanged(const LedgerChanges& changes) {
    m_model->apply(changes);
    showRows();
    if (m_document->isVisible()) onCurrent();
}

void LibraryPage::onRoots(const QVector<WatchedRoot>& roots) {
    m_hasRoots = !roots.isEmpty();
    m_roots->setRoots(roots);
    showRows();
}

void LibraryPage::onCurrent() {
    // A table that merely gets the focus has a current row that nobody has chosen.
    const bool chosen = m_table->selectionModel()->hasSelection();
    if (const LedgerEntry* entry = chosen ? m_table->current() : nullptr)
        m_document->setEntry(*entry);
    else
        m_document->hide();
}

void LibraryPage::act(const LedgerEntry& entry, DocumentAction action) {
    const QString path = entry.paths.value(0);
    switch (action) {
        case DocumentAction::Open:
            if (entry.chunks > 0) emit placeActivated(placeOf(entry));
            break;
        case DocumentAction::OpenExternally:
            emit openExternally(path);
            break;
        case DocumentAction::Reveal:
            emit reveal(path);
            break;
        case DocumentAction::CopyPath:
            QGuiApplication::clipboard()->setText(readable(path));
            break;
        case DocumentAction::Retry:
            m_bridges.index.retry(entry.paths.mid(0, 1));
            break;
        case DocumentAction::Exclude:
            changeExclusion(entry);
            break;
    }
}

void LibraryPage::changeExclusion(const LedgerEntry& entry) {
    const QString path = entry.paths.value(0);
    if (path.isEmpty()) return;
    if (entry.state == DocumentState::Excluded)
        m_bridges.ledger.include(path);
    else
        m_bridges.ledger.exclude(path);
}

/// The documents are hidden; they leave the index with the next start, so that there is a way back until
/// then.
void LibraryPage::offerUndo(const QString& path) {
    m_undo->offer(
        tr("“%1” is no longer part of the library. Its files stay where they are.").arg(fileName(path)),
        [this, path] { m_bridges.ledger.undoRemove(path); });
}

void LibraryPage::onChoice(const QString& path, FileChoice choice) {
    m_bridges.index.retry({path});
    if (choice == FileChoice::Include)
        m_undo->settle();
    else
        m_undo->offer(tr("“%1” is left out of the library.").arg(fileName(path)),
                      [this, path] { m_bridges.ledger.include(path); });
}

EmptyLedger::Why LibraryPage::emptiness() const {
    using Why = EmptyLedger::Why;
    if (m_rows->rowCount() > 0) return Why::None;
    if (m_model->rowCount() > 0) {
        const bool onlyProblems = m_rows->shown() == LedgerFilter::Show::Problems;
        return onlyProblems && m_filter->text().isEmpty() ? Why::NoProblems : Why::NoMatch;
    }
    const bool reading = m_bridges.index.isAdding() || (m_bridges.index.isRunning() && m_hasRoots);
    if (reading) return m_bridges.index.isPaused() ? Why::Paused : Why::Reading;
    return m_hasRoots ? Why::NoDocuments : Why::None;
}

/// The table, or what explains that there is none.
void LibraryPage::showRows() {
    const EmptyLedger::Why why = emptiness();
    const bool reading = why == EmptyLedger::Why::Reading || why == EmptyLedger::Why::Paused;
    if (m_model->rowCount() > 0 || m_hasRoots) {
        m_states->setCurrentIndex(Body);
        if (why != EmptyLedger::Why::None) m_nothing->explain(why, m_filter->text().trimmed());
        m_list->setCurrentIndex(why == EmptyLedger::Why::None ? 0 : 1);
    } else {
        if (reading) m_first->explain(why);
        m_states->setCurrentIndex(reading ? FirstReading : Nothing);
    }
    showCounts();
    focusTableIfWaiting();
}

/// A hidden table takes no focus, which would then be wherever it fell when the page before was hidden.
void LibraryPage::focusMain() {
    m_tableIsAwaited = !m_table->isVisibleTo(this);
    (m_tableIsAwaited ? static_cast<QWidget*>(m_addFolder) : m_table)->setFocus(Qt::OtherFocusReason);
}

/// Unless the person has gone somewhere else meanwhile.
void LibraryPage::focusTableIfWaiting() {
    if (!m_tableIsAwaited || !m_table->isVisibleTo(this)) return;
    m_tableIsAwaited = false;
    if (window()->focusWidget() == m_addFolder) m_table->setFocus(Qt::OtherFocusReason);
}

void LibraryPage::showCounts() {
    const int all = m_model->rowCount();
    const int shown = m_rows->rowCount();
    if (all == 0)
        m_counts->clear();
    else
        m_counts->setText(shown == all ? documentsText(all)
                          : shown == 0 ? tr("none of %1").arg(documentsText(all))
                                       : tr("%L1 of %2").arg(shown).arg(documentsText(all)));
}

void LibraryPage::showNotice(const QString& text, LabelTone tone) {
    m_notice->setProperty("tone", tone == LabelTone::Bad ? QStringLiteral("bad") : QStringLiteral("warning"));
    m_notice->style()->unpolish(m_notice);
    m_notice->style()->polish(m_notice);
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

}  // namespace commonplace::ui
