// DropOverlay: the clear target that covers the window while files are dragged over it. Thread: GUI.
#pragma once

#include <QStringList>
#include <QWidget>

class QMimeData;

namespace commonplace::ui {

/// Local files and folders in dropped or pasted data, as absolute paths that carry every byte
/// (bridge/paths.h); URLs of other machines are left out.
QStringList localPaths(const QMimeData& data);

class DropOverlay final : public QWidget {
    Q_OBJECT
  public:
    explicit DropOverlay(QWidget* parent);

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace commonplace::ui
