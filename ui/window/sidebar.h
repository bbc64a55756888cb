// Sidebar: the way to every place of the window, the conversations, the watched folders. Thread: GUI.
#pragma once

#include <QHash>
#include <QPair>
#include <QVector>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

enum class WindowPlace { Ask, Search, Library, Settings };

/// A watched folder as the sidebar shows it.
struct SidebarFolder {
    QString path;
    int documents = 0;
    enum class State { Online, Offline };
    State state = State::Online;
};

class Sidebar final : public QWidget {
    Q_OBJECT
  public:
    /// `conversations` becomes the middle of the sidebar, and its child.
    Sidebar(QWidget& conversations, QWidget* parent);

    void setCurrent(WindowPlace section);
    void setFolders(const QVector<SidebarFolder>& folders);

  signals:
    void newRequested();
    void sectionRequested(commonplace::ui::WindowPlace section);
    void folderActivated(const QString& path);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QPushButton* addSection(WindowPlace section, const QString& iconName, const QString& text);
    void addFolder(const SidebarFolder& folder);

    QVBoxLayout* m_column;
    QHash<WindowPlace, QPushButton*> m_buttons;
    QLabel* m_foldersTitle = nullptr;
    QVBoxLayout* m_folders = nullptr;
};

}  // namespace commonplace::ui
