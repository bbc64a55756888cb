#include "ui/settings/settings_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/settings/appearance_section.h"
#include "ui/settings/backup_section.h"
#include "ui/settings/files_section.h"
#include "ui/settings/index_section.h"
#include "ui/settings/meaning_section.h"
#include "ui/settings/model_section.h"
#include "ui/settings/privacy_section.h"
#include "ui/widgets/controls.h"

namespace commonplace::ui {
namespace {

constexpr int kListWidth = 176;  // at least
constexpr int kSaveMs = 400;
constexpr int kSavedMs = 3000;    // how long it says so
constexpr int kRemovedMs = 8000;  // time to read how it comes back
constexpr int kMostResults = 1000;

/// Opens the protected rows of a section to the small sections that are made here.
class PlainSection final : public Section {
  public:
    using Section::addRow;
    using Section::addWide;
    using Section::finish;
    using Section::Section;
};

}  // namespace

SettingsPage::SettingsPage(SettingsBridge& bridge, ModelsBridge& models, EmbeddingBridge& embedding,
                           ConsentBridge& consents, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_sections(new QListWidget(this)),
      m_pages(new QStackedWidget(this)),
      m_state(textLabel({}, LabelTone::Muted, this)) {
    setObjectName(QStringLiteral("settingsPage"));
    setAccessibleName(tr("Settings"));
    m_sections->setObjectName(QStringLiteral("settingsSections"));
    m_sections->setAccessibleName(tr("Sections of the settings"));
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sections->setProperty("kind", QStringLiteral("nav"));
    m_sections->setSpacing(1);
    m_state->setObjectName(QStringLiteral("settingsState"));
    auto* right = new QVBoxLayout;
    right->addWidget(m_pages, 1);
    m_state->setContentsMargins(3 * kGrid, 0, 3 * kGrid, kGrid);
    right->addWidget(m_state);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * kGrid, 2 * kGrid, 0, 0);
    row->addWidget(m_sections);
    row->addLayout(right, 1);
    addSection(m_model = new ModelSection(m_bridge, models, consents, this));
    addSection(m_files = new FilesSection(models, this));
    addSection(m_backup = new BackupSection(models, consents, this));
    addSection(m_meaning = new MeaningSection(m_bridge, embedding, models, this));
    addSection(m_index = new IndexSection(m_bridge.libraryFolder(), this));
    addSection(makeSearch());
    addSection(m_appearance = new AppearanceSection(this));
    addSection(makeShortcuts());
    addSection(m_privacy = new PrivacySection(consents, this));
    connect(m_sections, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_sections->setCurrentRow(0);
    fitList();
    setFocusProxy(m_sections);
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(kSaveMs);
    connect(&m_saveSoon, &QTimer::timeout, this, &SettingsPage::saveNow);
    connect(m_model, &ModelSection::edited, this, &SettingsPage::onEdited);
    connect(m_model, &ModelSection::filesWanted, this, [this] { open(Place::ModelFiles); });
    connect(m_files, &FilesSection::useWanted, this, &SettingsPage::useFile);
    connect(m_backup, &BackupSection::edited, this, &SettingsPage::onEdited);
    connect(m_privacy, &PrivacySection::edited, this, &SettingsPage::onEdited);
    connect(m_index, &IndexSection::edited, this, &SettingsPage::onEdited);
    connect(m_results, &QSpinBox::valueChanged, this, &SettingsPage::onEdited);
    connect(m_index, &IndexSection::folderOpened, this, &SettingsPage::reveal);
    connect(m_index, &IndexSection::folderChosen, this, &SettingsPage::libraryFolderChosen);
    connect(m_appearance, &AppearanceSection::themeChanged, this, &SettingsPage::themeChanged);
    connect(m_appearance, &AppearanceSection::fontScaleChanged, this, &SettingsPage::fontScaleChanged);
    connect(&m_bridge, &SettingsBridge::loaded, this, &SettingsPage::onLoaded);
    connect(&m_bridge, &SettingsBridge::saved, this, [this](const AppSettings& saved) {
        m_stateEnds.start(m_nextState.isEmpty() ? kSavedMs : kRemovedMs);
        showState(m_nextState.isEmpty() ? tr("Saved.") : m_nextState, "muted");
        emit settingsChanged(saved);
    });
    connect(&m_bridge, &SettingsBridge::failed, this,
            [this](const QString& reason) { showState(reason, "bad"); });
    m_stateEnds.setSingleShot(true);
    connect(&m_stateEnds, &QTimer::timeout, this, [this] {
        m_nextState.clear();
        m_state->clear();
    });
    connect(&embedding, &EmbeddingBridge::switched, this, [this](const QString& baseUrl) {
        m_settings.embeddingUrl = baseUrl;  // which is not for this page to save
        followParts();
    });
    connect(m_backup, &BackupSection::removed, this, &SettingsPage::saveNow);
    connect(m_privacy, &PrivacySection::removed, this, &SettingsPage::saveNow);
    followParts();
    // What is typed before the file has been read would be overwritten by it.
    for (QWidget* section :
         {static_cast<QWidget*>(m_model), static_cast<QWidget*>(m_backup), static_cast<QWidget*>(m_index),
          static_cast<QWidget*>(m_results), static_cast<QWidget*>(m_privacy)})
        section->setEnabled(false);
    models.refresh();
    m_bridge.load();
}

SettingsPage::~SettingsPage() = default;

void SettingsPage::addSection(Section* section) {
    m_sections->addItem(section->title());
    auto* scroll = new QScrollArea(m_pages);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(section);
    m_pages->addWidget(scroll);
}

Section* SettingsPage::makeSearch() {
    auto* section = new PlainSection(tr("Search"), {}, this);
    m_results = new QSpinBox(section);
    m_results->setObjectName(QStringLiteral("settingsResults"));
    m_results->setRange(1, kMostResults);
    section->addRow(tr("Passages to show"), m_results,
                    tr("Per search, best first; more take a little longer."));
    section->finish();
    return section;
}

Section* SettingsPage::makeShortcuts() {
    auto* section = new PlainSection(tr("Shortcuts"), {}, this);
    m_shortcuts = new QTableWidget(0, 2, section);
    m_shortcuts->setObjectName(QStringLiteral("settingsShortcuts"));
    m_shortcuts->setAccessibleName(tr("Shortcuts"));
    m_shortcuts->setHorizontalHeaderLabels({tr("Keys"), tr("What they do")});
    m_shortcuts->verticalHeader()->hide();
    m_shortcuts->horizontalHeader()->setStretchLastSection(true);
    m_shortcuts->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_shortcuts->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_shortcuts->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_shortcuts->setShowGrid(false);
    m_shortcuts->setTabKeyNavigation(false);
    m_shortcuts->setMinimumHeight(50 * kGrid);
    section->addWide(m_shortcuts);
    section->finish();
    return section;
}

void SettingsPage::open(Place place) {
    m_sections->setCurrentRow(static_cast<int>(place));
}

void SettingsPage::setAppearance(ThemeMode mode, double fontScale) {
    m_appearance->setValues(mode, fontScale);
}

void SettingsPage::setShortcuts(const QVector<QPair<QString, QString>>& shortcuts) {
    m_shortcuts->setRowCount(static_cast<int>(shortcuts.size()));
    for (int row = 0; row < m_shortcuts->rowCount(); ++row) {
        m_shortcuts->setItem(row, 0, new QTableWidgetItem(shortcuts[row].first));
        m_shortcuts->setItem(row, 1, new QTableWidgetItem(shortcuts[row].second));
    }
    m_shortcuts->resizeColumnToContents(0);
    m_shortcuts->setColumnWidth(0, m_shortcuts->columnWidth(0) + 2 * kGrid);
}

void SettingsPage::hideEvent(QHideEvent* event) {
    if (m_saveSoon.isActive()) saveNow();
    QWidget::hideEvent(event);
}

void SettingsPage::onLoaded(const AppSettings& settings) {
    m_known = Known::Loaded;
    for (QWidget* section :
         {static_cast<QWidget*>(m_model), static_cast<QWidget*>(m_backup), static_cast<QWidget*>(m_index),
          static_cast<QWidget*>(m_results), static_cast<QWidget*>(m_privacy)})
        section->setEnabled(true);
    m_settings = settings;
    showSettings();
    emit settingsChanged(settings);
}

void SettingsPage::showSettings() {
    const QSignalBlocker quiet(m_results);
    m_model->setValues(m_settings);
    m_backup->setValues(m_settings);
    m_index->setValues(m_settings);
    m_results->setValue(m_settings.results);
    followParts();
}

void SettingsPage::change(const std::function<AppSettings(AppSettings)>& how) {
    if (m_known != Known::Loaded) return;
    saveNow();
    const AppSettings now = how(m_settings);
    if (now == m_settings) return;
    m_settings = now;
    m_nextState.clear();
    showSettings();
    m_bridge.save(now);
}

void SettingsPage::setOffline(Offline offline) {
    m_model->setOffline(offline);
    m_meaning->setOffline(offline);
    m_privacy->setOffline(offline);
}

void SettingsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    // The list has its new letters a moment later.
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(this, &SettingsPage::fitList, Qt::QueuedConnection);
}

void SettingsPage::fitList() {
    const int edges = 2 * (m_sections->frameWidth() + m_sections->spacing());
    m_sections->setFixedWidth(std::max(kListWidth, m_sections->sizeHintForColumn(0) + edges));
}

void SettingsPage::onEdited() {
    m_nextState.clear();
    if (m_known == Known::Loaded) m_saveSoon.start();
}

void SettingsPage::saveNow() {
    m_saveSoon.stop();
    AppSettings now = m_index->applied(m_backup->applied(m_privacy->applied(m_model->applied(m_settings))));
    now.results = m_results->value();
    if (now == m_settings) return;
    const QVector<SettingsRemoval> removals = removalsBetween(m_settings, now);
    m_settings = now;
    followParts();
    for (const SettingsRemoval& removal : removals) {
        m_nextState = tr("%1 was removed. Ctrl+Z brings it back.").arg(removal.what);
        emit removed(removal);
    }
    m_bridge.save(now);
}

void SettingsPage::useFile(const QString& path) {
    if (m_known != Known::Loaded) return;
    saveNow();
    AppSettings now = m_settings;
    now.api = QStringLiteral("local");
    now.baseUrl.clear();
    now.model = path;
    m_model->setValues(now);
    saveNow();
}

/// The sections that show what was chosen in another one.
void SettingsPage::followParts() {
    m_files->setValues(m_settings);
    m_meaning->setValues(m_settings);
    m_privacy->setValues(m_settings);
}

void SettingsPage::showState(const QString& text, const char* tone) {
    if (qstrcmp(tone, "bad") == 0) m_stateEnds.stop();  // until it has been mended
    m_state->setText(text);
    m_state->setProperty("tone", QString::fromLatin1(tone));
    m_state->style()->unpolish(m_state);
    m_state->style()->polish(m_state);
}

}  // namespace commonplace::ui
