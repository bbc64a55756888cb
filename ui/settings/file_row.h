// FileRow: one model file of this computer, with what it is and what can be done with it.
#pragma once

#include <QFrame>

#include "ui/bridge/models_types.h"

namespace commonplace::ui {

class FileRow final : public QFrame {
    Q_OBJECT
  public:
    enum class Trial { None, Running };
    /// `use`: what it does now ("writes answers"), empty: nothing.
    FileRow(const LocalModel& model, const QString& use, Trial trial, QWidget* parent);

  signals:
    void useWanted();
    void tryWanted();  ///< nobody knows yet whether it can be used
    void removeWanted();

  private:
    QWidget* makeUse(const LocalModel& model, const QString& use, Trial trial);
};

/// "llama · Q4_K_M · 397 MB · reads 32,768 tokens"
QString factsText(const LocalModel& model);

}  // namespace commonplace::ui
