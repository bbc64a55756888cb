// FilesSection: the model files of this computer: what is there, what is on its way, and how more are added:
// dropped here, chosen, downloaded, or fetched by an Ollama that runs here.
#pragma once

#include <QHash>

#include "ui/bridge/app_settings.h"
#include "ui/bridge/models_bridge.h"
#include "ui/settings/section.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class TransferRow;

class FilesSection final : public Section {
    Q_OBJECT
  public:
    explicit FilesSection(ModelsBridge& bridge, QWidget* parent = nullptr);
    /// Which files are in use.
    void setValues(const AppSettings& settings);

  signals:
    void useWanted(const QString& path);

  protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    QWidget* makeUndo();
    QWidget* makeDrop();
    QWidget* makeDownload();
    QWidget* makePull();
    void chooseFiles();
    void chooseFolder();
    void add(const QStringList& paths);
    void download();
    void pull();
    void showFiles(const QVector<LocalModel>& models);
    void showTransfers(const QVector<ModelTransfer>& transfers);
    void tryOut(const QString& name);
    void onTried(const QString& name, const QString& problem);
    void offerUndo(const QString& name, qint64 freed);
    void forgetUndo(const QString& name);
    void onDeleted();
    void showUndo();
    qint64 freed() const;
    QString useOf(const LocalModel& model) const;

    ModelsBridge& m_bridge;
    AppSettings m_settings;
    QVector<LocalModel> m_files;
    QStringList m_trying;                ///< names
    QHash<QString, QString> m_problems;  ///< why a file cannot be used, by name: found by a trial
    QLabel* m_empty = nullptr;
    QVBoxLayout* m_rows = nullptr;
    QVBoxLayout* m_transferRows = nullptr;
    QVector<TransferRow*> m_transfers;
    QWidget* m_undoPart = nullptr;
    QLabel* m_undoText = nullptr;
    QPushButton* m_delete = nullptr;
    struct RemovedFile {
        QString name;
        qint64 freed = 0;  ///< bytes, when it is deleted
    };
    QVector<RemovedFile> m_removed;  ///< that can be brought back, the newest last
    QWidget* m_drop = nullptr;
    QCheckBox* m_link = nullptr;
    QLineEdit* m_url = nullptr;
    QLineEdit* m_hash = nullptr;
    QLabel* m_urlProblem = nullptr;
    QLineEdit* m_pullName = nullptr;
    QLabel* m_state = nullptr;
};

}  // namespace commonplace::ui
