// The line above a conversation: its title, how much of the library can answer, and the export. Thread: GUI.
#pragma once

#include <QWidget>

#include "ui/bridge/chat_types.h"

class QLabel;
class QToolButton;

namespace commonplace::ui {

class ElidedLabel;

/// An empty conversation leaves nothing to export.
enum class Export { Nothing, Possible };

class ChatHeader final : public QWidget {
    Q_OBJECT
  public:
    explicit ChatHeader(QWidget* parent);

    void setTitle(const QString& title);
    void setFacts(const LibraryFacts& facts);
    void setExport(Export possible);

  signals:
    /// `at`: where a menu may open, on the screen.
    void exportWanted(const QPoint& at);

  private:
    ElidedLabel* m_title;
    QLabel* m_facts;
    QToolButton* m_export;
};

}  // namespace commonplace::ui
