// PrivacySection: what leaves the computer, and the folders that never do.
#pragma once

#include "ui/bridge/app_settings.h"
#include "ui/settings/section.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace commonplace::ui {

class PrivacySection final : public Section {
    Q_OBJECT
  public:
    explicit PrivacySection(QWidget* parent = nullptr);
    void setValues(const AppSettings& settings);
    AppSettings applied(AppSettings settings) const;
    void addFolder(const QString& path);

  signals:
    void edited();

  private:
    QWidget* makeFolders();
    void chooseFolder();
    void removeFolder();

    QLabel* m_destination;
    QListWidget* m_folders = nullptr;
    QPushButton* m_remove = nullptr;
};

}  // namespace commonplace::ui
