// Welcome: what a first start shows: how to begin, in three choices. Thread: GUI.
#pragma once

#include <QWidget>

namespace commonplace::ui {

class Welcome final : public QWidget {
    Q_OBJECT
  public:
    explicit Welcome(QWidget* parent);

  signals:
    void addFolderRequested();
    void sampleRequested();
    void modelRequested();
    void quotesOnlyRequested();  ///< go on without a model: search, and answers made of quotations
};

}  // namespace commonplace::ui
