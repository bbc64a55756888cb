// PassageList: "Passages of this answer": numbered chips with their quotes; the current one is raised.
// Thread: GUI.
#pragma once

#include <QVector>
#include <QWidget>

#include "ui/bridge/types.h"

class QLabel;
class QListWidget;

namespace commonplace::ui {

class PassageList final : public QWidget {
    Q_OBJECT
  public:
    explicit PassageList(QWidget* parent = nullptr);

    void showPlaces(const QVector<Place>& places, int current);
    const QVector<Place>& places() const { return m_places; }
    int current() const;
    void setCurrent(int row);
    /// The passages of the open document are named by their quote alone, others by their title too.
    void setOpenDocument(const QString& sha256);

  signals:
    void activated(int row);

  private:
    QString lineOf(const Place& place) const;
    void fitHeight();

    QVector<Place> m_places;
    QString m_open;
    QListWidget* m_list;
};

}  // namespace commonplace::ui
