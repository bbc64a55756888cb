// FileRow: one model file of this computer, with what it is and what can be done with it.
#pragma once

#include <QFrame>

#include "ui/bridge/models_types.h"

namespace commonplace::ui {

class FileRow final : public QFrame {
    Q_OBJECT
  public:
    /// `use`: what it does now ("writes answers"), empty: nothing.
    FileRow(const LocalModel& model, const QString& use, QWidget* parent);

  signals:
    void useWanted();
    void removeWanted();
};

/// "llama · Q4_K_M · 397 MB · reads 32,768 tokens"
QString factsText(const LocalModel& model);

}  // namespace commonplace::ui
