#include "ui/search/search_page.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

#include "ui/search/hit_delegate.h"
#include "ui/search/hit_model.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/scaled_font.h"
#include "ui/widgets/theme.h"

namespace commonplace::ui {
namespace {

constexpr int kDebounceMs = 5;  // a newer search cancels the older one anyway
constexpr int kScopeWidth = 200;
constexpr int kPageStep = 5;  ///< passages

}  // namespace

SearchPage::SearchPage(SearchBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_model(new HitModel(this)) {
    setObjectName(QStringLiteral("searchPage"));
    setAccessibleName(tr("Search"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 0);
    column->setSpacing(kGrid);
    column->addWidget(makeTop());
    column->addWidget(makeStatus());
    column->addWidget(makeStates(), 1);
    makeActions();
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &SearchPage::searchNow);
    connect(&m_bridge, &SearchBridge::finished, this, &SearchPage::showResults);
    setFocusProxy(m_field);
    onEdited();
}

QWidget* SearchPage::makeTop() {
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid);
    m_field = new QLineEdit(top);
    m_field->setObjectName(QStringLiteral("searchField"));
    m_field->setAccessibleName(tr("Search your documents"));
    m_field->setPlaceholderText(tr("Search your documents…"));
    m_field->setClearButtonEnabled(true);
    setTextFont(*m_field, TextSize::Heading);
    m_field->installEventFilter(this);
    m_scope = new QComboBox(top);
    m_scope->setObjectName(QStringLiteral("searchScope"));
    m_scope->setAccessibleName(tr("Where to search"));
    m_scope->setFixedWidth(kScopeWidth);
    m_scope->addItem(tr("All documents"), QString());
    row->addWidget(m_field, 1);
    row->addWidget(m_scope);
    connect(m_field, &QLineEdit::textChanged, this, &SearchPage::onEdited);
    connect(m_field, &QLineEdit::returnPressed, this, &SearchPage::activateCurrent);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &SearchPage::refresh);
    return top;
}

QWidget* SearchPage::makeStatus() {
    auto* status = new QWidget(this);
    auto* row = new QHBoxLayout(status);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    m_count = new ElidedLabel(status);  // beside an open reader there may be no room for all of it
    m_count->setProperty("tone", QStringLiteral("muted"));
    m_count->setObjectName(QStringLiteral("searchCount"));
    m_note = textLabel({}, LabelTone::Muted, status);
    m_note->setObjectName(QStringLiteral("searchNote"));
    m_ask = quietButton(tr("Ask about these"), status);
    m_ask->setObjectName(QStringLiteral("searchAsk"));
    m_ask->setToolTip(tr("Ask a question that is answered from these documents only"));
    setThemedIcon(*m_ask, QStringLiteral("ask"));
    row->addWidget(m_count);
    row->addWidget(m_note, 1);
    row->addWidget(m_ask);
    connect(m_ask, &QPushButton::clicked, this, [this] { emit askAbout(m_model->documentPaths(), query()); });
    return status;
}

QWidget* SearchPage::makeResults() {
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("searchResults"));
    m_list->setAccessibleName(tr("Passages found"));
    m_list->setModel(m_model);
    auto* delegate = new HitDelegate(m_list);
    m_list->setItemDelegate(delegate);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->installEventFilter(this);
    connect(delegate, &HitDelegate::whyClicked, m_model, &HitModel::toggleWhy);
    connect(m_list, &QListView::clicked, this, &SearchPage::activate);
    return m_list;
}

QWidget* SearchPage::makeStates() {
    m_states = new QStackedWidget(this);
    m_empty =
        emptyState(QStringLiteral("search"), tr("Find any passage"),
                   tr("Type a few words: the passages that say it best come first, also when they use other "
                      "words.\n\n\"two words\"  in quotation marks stand together, in this order\n"
                      "-word  must not occur\n"
                      "dir:reports  ext:pdf  title:budget  only such documents\n"
                      "-ext:md  none of these · dir:\"annual reports\"  with spaces\n\n"
                      "↓ and ↑ go through the passages, Enter opens one."),
                   {}, m_states);
    m_nothing =
        emptyState(QStringLiteral("search"), tr("Nothing found"),
                   tr("Try fewer or other words, leave out the quotation marks, or search in all documents. "
                      "While files are being read, more will be found."),
                   {}, m_states);
    m_error = textLabel({}, LabelTone::Bad, m_states);
    m_error->setObjectName(QStringLiteral("searchError"));
    m_error->setAlignment(Qt::AlignCenter);
    for (QWidget* place : {m_empty, m_nothing, static_cast<QWidget*>(m_error), makeResults()})
        m_states->addWidget(place);
    m_empty->setObjectName(QStringLiteral("searchEmpty"));
    m_nothing->setObjectName(QStringLiteral("searchNothing"));
    return m_states;
}

void SearchPage::makeActions() {
    auto* why = new QAction(tr("Why this result?"), this);
    why->setObjectName(QStringLiteral("searchWhy"));
    why->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));
    why->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(why, &QAction::triggered, this, &SearchPage::toggleWhy);
    addAction(why);
    m_list->installEventFilter(this);
}

QString SearchPage::query() const {
    return m_field->text();
}

void SearchPage::setQuery(const QString& query) {
    m_field->setText(query);
}

void SearchPage::setFolders(const QStringList& folders) {
    const QString chosen = m_scope->currentData().toString();
    const QSignalBlocker quiet(m_scope);
    m_scope->clear();
    m_scope->addItem(tr("All documents"), QString());
    for (const QString& folder : folders) {
        m_scope->addItem(QFileInfo(folder).fileName(), folder);
        m_scope->setItemData(m_scope->count() - 1, plainToolTip(folder), Qt::ToolTipRole);
    }
    const int at = m_scope->findData(chosen);
    m_scope->setCurrentIndex(std::max(0, at));
    if (at < 0) refresh();  // the chosen folder has gone
}

void SearchPage::focusQuery() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void SearchPage::onEdited() {
    m_arrival = Arrival::Show;
    if (!query().trimmed().isEmpty()) {
        m_debounce.start();
        return;
    }
    m_debounce.stop();
    m_bridge.cancel();
    m_model->setHits({});
    m_shownQuery.clear();
    m_count->clear();
    m_note->clear();
    m_ask->hide();
    m_states->setCurrentWidget(m_empty);
}

void SearchPage::refresh() {
    if (!query().trimmed().isEmpty()) searchNow();
}

void SearchPage::searchNow() {
    m_debounce.stop();
    const QString folder = m_scope->currentData().toString();
    m_bridge.search(query(), folder.isEmpty() ? QStringList() : QStringList(folder));
}

void SearchPage::showResults(const SearchResults& results) {
    m_shownQuery = results.query;
    m_model->setHits(results.hits);
    m_list->setCurrentIndex(m_model->nextHit(-1, 1));
    m_list->scrollToTop();
    m_note->setText(results.error.isEmpty() ? results.note + results.hint : QString());
    m_ask->setVisible(!results.hits.isEmpty());
    showCounts(results);
    if (!results.error.isEmpty()) {
        m_error->setText(tr("The search failed: %1").arg(results.error));
        m_states->setCurrentWidget(m_error);
    } else if (!results.hint.isEmpty()) {
        m_states->setCurrentWidget(m_empty);  // it teaches what a query may say
    } else {
        m_states->setCurrentWidget(results.hits.isEmpty() ? m_nothing : static_cast<QWidget*>(m_list));
    }
    if (std::exchange(m_arrival, Arrival::Show) == Arrival::Open) activate(m_list->currentIndex());
}

void SearchPage::showCounts(const SearchResults& results) {
    if (results.hits.isEmpty()) {
        m_count->clear();
        return;
    }
    const int count = m_model->documentCount();
    const QString documents = count == 1 ? tr("1 document") : tr("%L1 documents").arg(count);
    m_count->setText(tr("%1 in %2 · %3 ms")
                         .arg(passagesText(m_model->hitCount()), documents)
                         .arg(results.tookMs, 0, 'f', results.tookMs < 10 ? 1 : 0));
}

void SearchPage::move(int step) {
    const QModelIndex current = m_list->currentIndex();
    const int direction = step > 0 ? 1 : -1;
    QModelIndex next = current;
    for (int i = 0; i < std::abs(step); ++i) {
        const QModelIndex further = m_model->nextHit(next.isValid() ? next.row() : -1, direction);
        if (!further.isValid()) break;
        next = further;
    }
    if (!next.isValid()) return;
    m_list->setCurrentIndex(next);
    // The title above the first passage of a document comes into sight with it.
    if (next.row() > 0) m_list->scrollTo(m_model->index(next.row() - 1));
    m_list->scrollTo(next);
}

/// Enter behind a fast typist means the words that stand there now, not the passages still shown.
void SearchPage::activateCurrent() {
    if (m_shownQuery == query()) {
        activate(m_list->currentIndex());
        return;
    }
    m_arrival = Arrival::Open;
    refresh();
}

void SearchPage::activate(const QModelIndex& index) {
    if (!index.isValid() || m_model->kindOf(index) != HitModel::Kind::Hit) return;
    emit placeActivated(m_model->hitAt(index).place, m_model->places());
}

void SearchPage::toggleWhy() {
    m_model->toggleWhy(m_list->currentIndex());
}

bool SearchPage::eventFilter(QObject* watched, QEvent* event) {
    // Rows are as tall as their text at this width; the list itself would keep the old heights until the next
    // scroll.
    if (event->type() == QEvent::Resize && m_list && watched == m_list->viewport())
        QTimer::singleShot(0, m_list, [list = m_list] { list->doItemsLayout(); });
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (watched == m_list && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        activateCurrent();
        return true;
    }
    if (watched == m_field && key == Qt::Key_Escape && !m_field->text().isEmpty()) {
        m_field->clear();
        return true;
    }
    const int step = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? kPageStep
                     : key == Qt::Key_PageUp   ? -kPageStep
                                               : 0;
    if (step == 0) return QWidget::eventFilter(watched, event);
    move(step);
    return true;
}

void SearchPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange && m_list) m_list->doItemsLayout();
    QWidget::changeEvent(event);
}

}  // namespace commonplace::ui
