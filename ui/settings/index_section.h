// IndexSection: what is read, how fast, and where the library lies.
#pragma once

#include "ui/bridge/settings_bridge.h"
#include "ui/settings/section.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace commonplace::ui {

class IndexSection final : public Section {
    Q_OBJECT
  public:
    explicit IndexSection(const QString& libraryFolder, QWidget* parent = nullptr);

    void setValues(const AppSettings& settings);
    AppSettings applied(AppSettings settings) const;

  signals:
    void edited();
    void folderOpened(const QString& path);
    void folderChosen(const QString& path);

  private:
    QWidget* makeFolder(const QString& folder);
    void chooseFolder();

    QString m_folder;
    QLineEdit* m_folderLine = nullptr;
    QLabel* m_folderNote = nullptr;
    QPlainTextEdit* m_ignored = nullptr;
    QSpinBox* m_maxFile = nullptr;
    QSpinBox* m_workers = nullptr;
};

}  // namespace commonplace::ui
