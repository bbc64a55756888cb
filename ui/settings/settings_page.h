// SettingsPage: everything a person can choose. Changes apply at once.
#pragma once

#include <QPair>
#include <QTimer>
#include <QVector>
#include <QWidget>

#include "ui/bridge/embedding_bridge.h"
#include "ui/bridge/models_bridge.h"
#include "ui/bridge/settings_bridge.h"
#include "ui/settings/removals.h"
#include "ui/widgets/theme.h"

class QLabel;
class QListWidget;
class QSpinBox;
class QStackedWidget;
class QTableWidget;

namespace commonplace::ui {

class AppearanceSection;
class BackupSection;
class ConsentBridge;
class FilesSection;
class IndexSection;
class MeaningSection;
class ModelSection;
class PrivacySection;
class Section;

class SettingsPage final : public QWidget {
    Q_OBJECT
  public:
    SettingsPage(SettingsBridge& bridge, ModelsBridge& models, EmbeddingBridge& embedding,
                 ConsentBridge& consents, QWidget* parent = nullptr);
    ~SettingsPage() override;

    enum class Place {
        Models,
        ModelFiles,
        StandIns,
        Meaning,
        Indexing,
        Search,
        Appearance,
        Shortcuts,
        Privacy
    };
    void open(Place place);
    /// Shows and saves what `how` makes of the settings.
    void change(const std::function<AppSettings(AppSettings)>& how);
    /// Whether anything may leave this computer at all.
    void setOffline(Offline offline);
    void setAppearance(ThemeMode mode, double fontScale);
    /// What each key does: ("Ctrl+K", "Commands").
    void setShortcuts(const QVector<QPair<QString, QString>>& shortcuts);

  signals:
    void themeChanged(commonplace::ui::ThemeMode mode);
    void fontScaleChanged(double scale);
    /// After every change that was saved, and once when they have been read.
    void settingsChanged(const commonplace::ui::AppSettings& settings);
    /// Something was taken away that can be brought back with change().
    void removed(const commonplace::ui::SettingsRemoval& removal);
    void libraryFolderChosen(const QString& path);  ///< takes effect at the next start
    void reveal(const QString& path);

  protected:
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void addSection(Section* section);
    Section* makeSearch();
    Section* makeShortcuts();
    void onLoaded(const AppSettings& settings);
    void onEdited();
    void saveNow();
    void useFile(const QString& path);
    void followParts();
    void showSettings();
    void fitList();
    void showState(const QString& text, const char* tone);

    SettingsBridge& m_bridge;
    AppSettings m_settings;
    enum class Known { NotYet, Loaded };
    Known m_known = Known::NotYet;  ///< nothing is saved before the file has been read
    QTimer m_saveSoon;
    QTimer m_stateEnds;   ///< what was said has been read
    QString m_nextState;  ///< what is said instead of "Saved.": something was removed
    QListWidget* m_sections;
    QStackedWidget* m_pages;
    QLabel* m_state;
    ModelSection* m_model = nullptr;
    FilesSection* m_files = nullptr;
    BackupSection* m_backup = nullptr;
    MeaningSection* m_meaning = nullptr;
    PrivacySection* m_privacy = nullptr;
    IndexSection* m_index = nullptr;
    AppearanceSection* m_appearance = nullptr;
    QSpinBox* m_results = nullptr;
    QTableWidget* m_shortcuts = nullptr;
};

}  // namespace commonplace::ui
