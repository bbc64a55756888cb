// The common look of the sections of the settings: a title, an introduction, rows of a label, a control and a
// hint.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace commonplace::ui {

class Section : public QWidget {
    Q_OBJECT
  public:
    Section(const QString& title, const QString& introduction, QWidget* parent);
    const QString& title() const { return m_title; }

  protected:
    /// A row: the label above (and the accessible name of) the control, the hint below it.
    QLabel* addRow(const QString& label, QWidget* control, const QString& hint);
    void addWide(QWidget* widget);
    /// To be called at the end: keeps the rows together at the top.
    void finish();
    void changeEvent(QEvent* event) override;

  private:
    void fitWidth();

    QString m_title;
    QVBoxLayout* m_column;
};

}  // namespace commonplace::ui
