// PrivacySection: what leaves the computer, and the folders that never do.
#pragma once

#include "ui/bridge/settings_bridge.h"
#include "ui/settings/section.h"

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class ConsentBridge;
class ConsentLine;

class PrivacySection final : public Section {
    Q_OBJECT
  public:
    explicit PrivacySection(ConsentBridge& consents, QWidget* parent = nullptr);
    void setValues(const AppSettings& settings);
    AppSettings applied(AppSettings settings) const;
    /// Whether anything may leave this computer at all.
    void setOffline(Offline offline);
    void addFolder(const QString& path);

  signals:
    void edited();
    void removed();  ///< a folder: to be saved at once

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeServers();
    QWidget* makeFolders();
    void listServers();
    void dropLinesBut(const QStringList& servers);
    void showFolders();
    void showDestination();
    void chooseFolder();
    void removeFolder();

    ConsentBridge& m_consents;
    QLabel* m_destination;
    QLabel* m_embedding;
    QLabel* m_noServers = nullptr;
    QVBoxLayout* m_servers = nullptr;
    QVector<ConsentLine*> m_lines;  ///< in the order of their servers
    ModelSpot m_answering;
    Offline m_offline = Offline::No;
    QStringList m_named;  ///< addresses elsewhere in the settings
    QListWidget* m_folders = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_remove = nullptr;
};

}  // namespace commonplace::ui
