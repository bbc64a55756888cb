// ElidedLabel: one line of plain text that ends with "…" where the room ends.
// Thread: GUI.
#pragma once

#include <QLabel>

namespace commonplace::ui {

class ElidedLabel final : public QLabel {
    Q_OBJECT
  public:
    explicit ElidedLabel(QWidget* parent);
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace commonplace::ui
