// MainWindow: the first window of the program: search as you type, and folders by drag and drop. Composition
// only.
#pragma once

#include <QMainWindow>
#include <QStringList>

class QDragEnterEvent;
class QDropEvent;
class QLineEdit;
class QListWidget;
class QTimer;

namespace commonplace::ui {

class LibraryBridge;

class MainWindow final : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(LibraryBridge& bridge, QWidget* parent = nullptr);

    void add(const QStringList& paths);

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void buildLayout();
    void connectBridge();

    LibraryBridge& m_bridge;
    QLineEdit* m_query = nullptr;
    QListWidget* m_results = nullptr;
    QTimer* m_typing = nullptr;
};

/// Runs the window until it is closed; returns the exit code. `paths` are added to the library first.
int runWindow(int argc, char** argv, const QString& libraryFolder, const QStringList& paths);

}  // namespace commonplace::ui
