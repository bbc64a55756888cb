// ReaderHeader: title, page field, zoom and the menu of the reader. It knows no document, only what it is
// told. Thread: GUI.
#pragma once

#include <QStringList>
#include <QVector>
#include <QWidget>

#include "ui/reader/page_layout.h"

class QAction;
class QLineEdit;
class QMenu;
class QToolButton;

namespace commonplace::ui {

class ElidedLabel;

class ReaderHeader final : public QWidget {
    Q_OBJECT
  public:
    explicit ReaderHeader(QWidget* parent = nullptr);

    void showTitle(const QString& title, const QString& path);
    /// Labels of all pages ("" where there is none); fewer than two pages have no field.
    void setPages(const QStringList& labels);
    void showPage(int page);
    void showZoom(double factor, ZoomFit fit);
    /// Fitting is for pages; running text only grows and shrinks.
    enum class Fitting { Possible, Senseless };
    void setFitting(Fitting fitting);
    void setToolsEnabled(bool enabled);

  signals:
    void pageWanted(int page);
    void zoomStepWanted(int steps);
    void zoomWanted(const commonplace::ui::Zoom& zoom);
    void findWanted();
    void openExternallyWanted();
    void closeWanted();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildPageField();
    void buildZoom();
    QMenu* zoomMenu();
    void goToTyped();
    QString pageName() const;

    QStringList m_labels;
    int m_page = 0;
    ElidedLabel* m_title;
    QLineEdit* m_pageField;
    QToolButton* m_zoom;
    QAction* m_fitWidth = nullptr;
    QAction* m_fitPage = nullptr;
    QVector<QWidget*> m_tools;
};

}  // namespace commonplace::ui

Q_DECLARE_METATYPE(commonplace::ui::Zoom)
