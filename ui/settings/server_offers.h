// ServerOffers: the servers of models that listen on this computer, to choose from; nothing is chosen
// unasked.
#pragma once

#include <QWidget>

#include "ui/bridge/models_bridge.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace commonplace::ui {

class ServerOffers final : public QWidget {
    Q_OBJECT
  public:
    explicit ServerOffers(ModelsBridge& bridge, QWidget* parent = nullptr);
    /// Looks for servers; the list follows.
    void look();

  signals:
    void chosen(const QString& api, const QString& baseUrl, const QString& model);

  private:
    void show(const QVector<ModelServerOffer>& servers);
    void addServer(const ModelServerOffer& server);

    ModelsBridge& m_bridge;
    QLabel* m_state;
    QPushButton* m_look;
    QWidget* m_list;
    QVBoxLayout* m_rows;
};

}  // namespace commonplace::ui
