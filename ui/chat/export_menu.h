// The formats that a conversation can be exported in, as a menu that deletes itself. Show it with popup():
// exec() would open an event loop that may outlive the page below it. Thread: GUI.
#pragma once

#include <QMenu>

#include "ui/bridge/chat_types.h"

namespace commonplace::ui {

class ExportMenu final : public QMenu {
    Q_OBJECT
  public:
    explicit ExportMenu(QWidget* parent);

  signals:
    /// `name` of the format for people, `suffix` of its files.
    void chosen(commonplace::ui::ExportFormat format, const QString& name, const QString& suffix);
};

}  // namespace commonplace::ui
