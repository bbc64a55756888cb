// PrivacySection: what leaves the computer, and the folders that never do.
#pragma once

#include "ui/bridge/app_settings.h"
#include "ui/settings/section.h"

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class ConsentBridge;

class PrivacySection final : public Section {
    Q_OBJECT
  public:
    explicit PrivacySection(ConsentBridge& consents, QWidget* parent = nullptr);
    void setValues(const AppSettings& settings);
    AppSettings applied(AppSettings settings) const;
    void addFolder(const QString& path);

  signals:
    void edited();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeServers();
    QWidget* makeFolders();
    void listServers();
    void showFolders();
    void chooseFolder();
    void removeFolder();

    ConsentBridge& m_consents;
    QLabel* m_destination;
    QLabel* m_embedding;
    QLabel* m_noServers = nullptr;
    QVBoxLayout* m_servers = nullptr;
    QStringList m_named;  ///< addresses elsewhere in the settings
    QListWidget* m_folders = nullptr;
    QPushButton* m_remove = nullptr;
};

}  // namespace commonplace::ui
